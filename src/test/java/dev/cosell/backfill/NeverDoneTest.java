package dev.cosell.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.backfill.Backfill.Phase;
import dev.cosell.backfill.Records.Found;
import dev.cosell.state.Database;
import dev.cosell.sync.books.FirstSync;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hint of one record came again for ever; the run waited for it, and with it the first sync. */
class NeverDoneTest {
    private static final String CRM = "salesforce";

    @TempDir
    Path folder;
    private Instant now = Instant.parse("2026-11-22T14:05:00Z");
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private Database database;
    private Records records;
    private FirstSync first;
    private BackfillSteps steps;
    private long job;

    @BeforeEach
    void a_run_that_has_handed_over_two_records() {
        database = Database.open(Database.h2(folder.resolve("cosell").toString()), null, null);
        first = new FirstSync(database, List.of(CRM));
        first.begin(false, false);
        Jobs jobs = new Jobs(database, clock);
        records = new Records(database, clock);
        Backfill begun = jobs.begin(CRM, null, null, false, "ana", List.of(CRM)).orElseThrow();
        job = begun.id();
        records.add(begun, List.of(new Found(CRM, "006A", Kind.UPDATE), new Found(CRM, "006B", Kind.UPDATE)), "end",
                true);
        jobs.move(jobs.find(job).orElseThrow(), Phase.RUNNING, null, null);
        List.of("006A", "006B").forEach(id -> records.handed(job, id));
        steps = new Backfills(database, first, new BackfillSteps.Rules(new Breakers(0, 0), 10), clock)
                .steps(null, crm -> 1, system -> Optional.empty(), () -> false);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Backfill after(Duration time) {
        now = now.plus(time);
        steps.next(steps.turn());
        return new Jobs(database, clock).find(job).orElseThrow();
    }

    @Test
    void a_run_ends_when_one_is_not_done_for_an_hour_while_others_are() {
        assertThat(after(Duration.ofSeconds(1)).phase()).isEqualTo(Phase.RUNNING);
        records.done(CRM, "006B", Kind.UPDATE);
        assertThat(after(Duration.ofMinutes(59)).phase()).isEqualTo(Phase.RUNNING);
        assertThat(first.asks(CRM)).isTrue();

        Backfill ended = after(Duration.ofMinutes(1));
        assertThat(ended.phase()).isEqualTo(Phase.DONE);
        assertThat(ended.reason()).contains("006A").doesNotContain("006B");
        assertThat(records.page(job, null, null, 10)).extracting(Records.Line::outcome)
                .containsExactly(Kind.FAULTY, Kind.UPDATE);
        assertThat(records.page(job, null, null, 1).get(0).reason()).contains("006A", "stays on the queue");
        assertThat(first.asks(CRM)).isFalse();
    }

    @Test
    void a_run_waits_when_none_is_done_any_more() {
        assertThat(after(Duration.ofDays(1)).phase()).isEqualTo(Phase.RUNNING);
        records.done(CRM, "006B", Kind.UPDATE);
        assertThat(after(Duration.ZERO).phase()).isEqualTo(Phase.DONE);
    }
}
