package dev.cosell.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.backfill.Backfill.Phase;
import dev.cosell.backfill.Records.Found;
import dev.cosell.state.Database;
import dev.cosell.sync.books.FirstSync;
import dev.cosell.verbs.Hint;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hints of a run went from the queue without being done: the run waited for them for ever. */
class LostHintsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T14:05:00Z");
    private static final String CRM = "salesforce";

    @TempDir
    Path folder;
    private Database database;
    private long job;

    @BeforeEach
    void a_run_of_two_records_one_of_which_is_done() {
        database = Database.open(Database.h2(folder.resolve("cosell").toString()), null, null);
        Jobs jobs = new Jobs(database, at(NOW));
        Records records = new Records(database, at(NOW));
        Backfill begun = jobs.begin(CRM, null, null, false, "ana", List.of(CRM)).orElseThrow();
        job = begun.id();
        records.add(begun, List.of(new Found(CRM, "006A", Kind.UPDATE), new Found(CRM, "006B", Kind.UPDATE)), "end",
                true);
        jobs.move(jobs.find(job).orElseThrow(), Phase.RUNNING, null, null);
        List.of("006A", "006B").forEach(id -> records.handed(job, id));
        records.done(CRM, "006B", Kind.UPDATE);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static Clock at(Instant moment) {
        return Clock.fixed(moment, ZoneOffset.UTC);
    }

    /** What the run hands over next so long after it has handed over all. */
    private List<String> next(Duration later, int backlog) {
        Clock clock = at(NOW.plus(later));
        BackfillSteps steps = new Backfills(database, new FirstSync(database, List.of(CRM)),
                new BackfillSteps.Rules(new Breakers(0, 0), 10), clock).steps(null, crm -> backlog,
                        system -> Optional.empty(), () -> false);
        Step step = steps.next(steps.turn());
        return step == null ? List.of() : step.hints().stream().map(Hint::id).toList();
    }

    @Test
    void what_lies_on_no_queue_after_some_minutes_is_handed_over_once_more() {
        assertThat(next(Duration.ofMinutes(4), 0)).isEmpty();
        assertThat(next(Duration.ofMinutes(6), 1)).as("it is in work, or comes again").isEmpty();
        assertThat(next(Duration.ofMinutes(6), 0)).containsExactly("006A");

        new Records(database, at(NOW.plus(Duration.ofMinutes(6)))).handed(job, "006A");
        assertThat(next(Duration.ofMinutes(7), 0)).as("its second hint is on its way").isEmpty();
        new Records(database, at(NOW)).done(CRM, "006A", Kind.EQUAL);
        assertThat(next(Duration.ofMinutes(7), 0)).isEmpty();
        assertThat(new Jobs(database, at(NOW)).find(job).orElseThrow().phase()).isEqualTo(Phase.DONE);
    }

    @Test
    void what_a_torn_journal_may_have_lost_is_handed_over_once_more_at_once() {
        Backfills.handAgain(database, at(NOW));
        assertThat(next(Duration.ZERO, 1)).containsExactly("006A");
    }
}
