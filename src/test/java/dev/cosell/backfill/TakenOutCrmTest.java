package dev.cosell.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.backfill.Backfill.Phase;
import dev.cosell.backfill.Records.Found;
import dev.cosell.backfill.Records.Line;
import dev.cosell.state.Database;
import dev.cosell.sync.books.FirstSync;
import dev.cosell.verbs.Hint;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run waited for ever for a CRM that was taken out of the settings meanwhile, and no other one could begin. */
class TakenOutCrmTest {
    private static final String SALESFORCE = "salesforce";
    private static final String DYNAMICS = "dynamics";

    @TempDir
    Path folder;
    private final Clock clock = Clock.fixed(Instant.parse("2026-11-22T14:05:00Z"), ZoneOffset.UTC);
    private Database database;
    private Jobs jobs;
    private Records records;

    @BeforeEach
    void open() {
        database = Database.open(Database.h2(folder.resolve("cosell").toString()), null, null);
        jobs = new Jobs(database, clock);
        records = new Records(database, clock);
        new FirstSync(database, List.of(SALESFORCE, DYNAMICS)).begin(false, true);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Backfills started(String... crms) {
        Backfills backfills = new Backfills(database, new FirstSync(database, List.of(crms)),
                new BackfillSteps.Rules(new Breakers(0, 0), 10), clock);
        backfills.adjustToCrms();
        return backfills;
    }

    /** What the next turn hands over. */
    private static List<String> next(Backfills backfills) {
        BackfillSteps steps = backfills.steps(null, crm -> 1, system -> Optional.empty(), () -> false);
        Step step = steps.next(steps.turn());
        return step == null ? List.of() : step.hints().stream().map(Hint::id).toList();
    }

    /** Two referrals that concern both CRMs, and one that concerns Dynamics 365 alone. */
    private Backfill counted(Phase then) {
        Backfill job = jobs.begin(FirstSync.PARTNER_CENTER, null, null, false, "ana",
                List.of(SALESFORCE, DYNAMICS)).orElseThrow();
        records.add(job, List.of(new Found(SALESFORCE, "r-1", Kind.UPDATE), new Found(DYNAMICS, "r-1", Kind.UPDATE),
                new Found(SALESFORCE, "r-2", Kind.UPDATE), new Found(DYNAMICS, "r-2", Kind.UPDATE),
                new Found(DYNAMICS, "r-3", Kind.CREATE)), "end", true);
        jobs.move(phase(job), then, null, null);
        return phase(job);
    }

    private Backfill phase(Backfill job) {
        return jobs.find(job.id()).orElseThrow();
    }

    @Test
    void a_run_ends_when_the_remaining_crm_is_done() {
        Backfill job = counted(Phase.RUNNING);
        List.of("r-1", "r-2").forEach(id -> records.handed(job.id(), id));
        records.done(SALESFORCE, "r-1", Kind.UPDATE);
        Backfills backfills = started(SALESFORCE);
        assertThat(next(backfills)).as("one is at work, and none is left to be handed over").isEmpty();
        assertThat(phase(job).phase()).isEqualTo(Phase.RUNNING);

        records.done(SALESFORCE, "r-2", Kind.UPDATE);
        assertThat(next(backfills)).isEmpty();
        assertThat(phase(job).phase()).isEqualTo(Phase.DONE);
        assertThat(records.page(job.id(), Kind.LEFT, null, 10)).hasSize(3)
                .allSatisfy(line -> assertThat(line.reason()).contains("not synced any more", "crms"))
                .extracting(Line::crm).containsOnly(DYNAMICS);
        assertThat(backfills.begin(SALESFORCE, null, null, false, "ben")).isPresent();
    }

    @Test
    void a_job_that_goes_through_it_is_stopped_and_may_go_when_it_is_named_again() {
        Backfill job = jobs.begin(DYNAMICS, null, null, false, "ana", List.of(DYNAMICS)).orElseThrow();
        Backfills without = started(SALESFORCE);
        assertThat(phase(job).phase()).isEqualTo(Phase.STOPPED);
        assertThat(phase(job).reason()).isEqualTo("dynamics is not synced any more (setting crms)");
        assertThat(without.go(job.id())).isFalse();

        assertThat(started(SALESFORCE, DYNAMICS).go(job.id())).isTrue();
        assertThat(phase(job).phase()).isEqualTo(Phase.COUNTING);
    }

    @Test
    void a_job_that_rests_meanwhile_is_as_it_was_when_the_crm_is_named_again() {
        Backfill job = counted(Phase.ASKING);
        assertThat(started(SALESFORCE).needs()).hasSize(1);
        Backfills both = started(SALESFORCE, DYNAMICS);
        assertThat(both.go(job.id())).isTrue();
        assertThat(next(both)).containsExactly("r-1", "r-2", "r-3");
    }

    @Test
    void a_job_that_is_let_go_without_the_crm_hands_over_nothing_that_concerns_it_alone() {
        Backfill job = counted(Phase.ASKING);
        Backfills without = started(SALESFORCE);
        assertThat(without.go(job.id())).isTrue();
        assertThat(next(without)).containsExactly("r-1", "r-2");
    }

    @Test
    void a_question_about_records_of_a_crm_that_is_taken_out_needs_nobody() {
        Backfill job = jobs.begin(DYNAMICS, null, null, false, "ana", List.of(DYNAMICS)).orElseThrow();
        jobs.move(job, Phase.ASKING, "Many would be closed", null);
        assertThat(started(SALESFORCE, DYNAMICS).needs()).hasSize(1);
        assertThat(started(SALESFORCE).needs()).isEmpty();
    }
}
