package dev.cosell.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.backfill.Backfill.Phase;
import dev.cosell.backfill.Records.Found;
import dev.cosell.state.Database;
import dev.cosell.sync.books.FirstSync;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A job from before a CRM was added let that CRM's first sync go, though nobody had counted anything for it. */
class UncountedCrmTest {
    private static final String SALESFORCE = "salesforce";
    private static final String DYNAMICS = "dynamics";

    @TempDir
    Path folder;
    private final Clock clock = Clock.fixed(Instant.parse("2026-11-22T14:05:00Z"), ZoneOffset.UTC);
    private Database database;
    private Jobs jobs;
    private Records records;
    private FirstSync first;

    @BeforeEach
    void open() {
        database = Database.open(Database.h2(folder.resolve("cosell").toString()), null, null);
        jobs = new Jobs(database, clock);
        records = new Records(database, clock);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Backfills started(String... crms) {
        first = new FirstSync(database, List.of(crms));
        first.begin(false, false);
        Backfills backfills = new Backfills(database, first, new BackfillSteps.Rules(new Breakers(0, 0), 10), clock);
        backfills.adjustToCrms();
        return backfills;
    }

    /** What is left to do is done; the phase of the job then. */
    private Phase ended(Backfills backfills, Backfill job) {
        BackfillSteps steps = backfills.steps(null, crm -> 1, system -> Optional.empty(), () -> false);
        Turn turn = steps.turn();
        Step step = steps.next(turn);
        while (step != null) {
            for (var hint : step.hints()) {
                steps.handed(hint, step, turn);
                List.of(SALESFORCE, DYNAMICS).forEach(crm -> records.done(crm, hint.id(), Kind.CREATE));
            }
            step = steps.next(turn);
        }
        return now(job).phase();
    }

    private Backfill now(Backfill job) {
        return jobs.find(job.id()).orElseThrow();
    }

    /** With records for the CRMs that it was begun with. */
    private Backfill begun(Backfills backfills, Phase phase) {
        Backfill job = now(backfills.begin(FirstSync.PARTNER_CENTER, null, null, false, "ana").orElseThrow().id());
        records.add(job, job.crms().stream().map(crm -> new Found(crm, "r-1", Kind.CREATE)).toList(), "end", true);
        if (phase != Phase.COUNTING) {
            jobs.move(now(job), phase, null, null);
        }
        return now(job);
    }

    private Backfill now(long id) {
        return jobs.find(id).orElseThrow();
    }

    private boolean asks(String crm) {
        return new FirstSync(database, List.of(SALESFORCE, DYNAMICS)).asks(crm, FirstSync.PARTNER_CENTER);
    }

    @ParameterizedTest
    @EnumSource(names = {"COUNTING", "RUNNING"})
    void a_job_at_work_went_on_and_let_the_added_crm_go(Phase phase) {
        Backfill job = begun(started(SALESFORCE), phase);
        Backfills both = started(SALESFORCE, DYNAMICS);
        assertThat(now(job).phase()).isEqualTo(Phase.STOPPED);
        assertThat(now(job).reason()).contains("not counted for dynamics", "./cosell backfill partner-center");
        assertThat(ended(both, job)).isEqualTo(Phase.STOPPED);
        assertThat(asks(DYNAMICS)).isTrue();
        assertThat(both.begin(FirstSync.PARTNER_CENTER, null, null, false, "ben")).isPresent();
    }

    @ParameterizedTest
    @EnumSource(names = {"COUNTED", "ASKING"})
    void a_job_at_rest_could_be_let_go(Phase phase) {
        Backfill job = begun(started(SALESFORCE), phase);
        Backfills both = started(SALESFORCE, DYNAMICS);
        assertThat(both.uncounted(job.id())).containsExactly(DYNAMICS);
        assertThat(both.go(job.id())).isFalse();
        assertThat(both.needs()).as("nobody is told to let it go").doesNotContainKey("backfill " + job.id())
                .containsKey(FirstSync.PARTNER_CENTER);

        Backfills without = started(SALESFORCE);
        assertThat(without.uncounted(job.id())).isEmpty();
        assertThat(without.go(job.id())).isTrue();
        assertThat(ended(without, job)).isEqualTo(Phase.DONE);
        assertThat(asks(SALESFORCE)).isFalse();
        assertThat(asks(DYNAMICS)).isTrue();
    }

    @Test
    void one_that_counts_for_both_lets_both_go() {
        Backfill job = begun(started(SALESFORCE, DYNAMICS), Phase.ASKING);
        Backfills both = started(SALESFORCE, DYNAMICS);
        assertThat(both.needs()).containsKey("backfill " + job.id());
        assertThat(both.go(job.id())).isTrue();
        assertThat(both.hands(DYNAMICS, "r-1")).isTrue();
        assertThat(ended(both, job)).isEqualTo(Phase.DONE);
        assertThat(asks(SALESFORCE) || asks(DYNAMICS)).isFalse();
    }

    /** What it knew of that CRM was left, and yet its first sync was let go at the end. */
    @Test
    void a_crm_that_was_taken_out_while_the_job_worked_and_named_again_is_counted_no_more() {
        Backfill job = begun(started(SALESFORCE, DYNAMICS), Phase.RUNNING);
        started(SALESFORCE);
        assertThat(now(job).phase()).isEqualTo(Phase.RUNNING);
        Backfills both = started(SALESFORCE, DYNAMICS);
        assertThat(now(job).phase()).isEqualTo(Phase.STOPPED);
        assertThat(both.go(job.id())).isFalse();
        assertThat(asks(DYNAMICS)).isTrue();
    }

    @Test
    void what_was_not_counted_for_a_crm_is_not_handed_to_its_sync() {
        Backfills backfills = started(SALESFORCE);
        Backfill job = begun(backfills, Phase.COUNTED);
        assertThat(backfills.hands(SALESFORCE, "r-1")).as("nobody let it go").isFalse();
        assertThat(backfills.go(job.id())).isTrue();
        assertThat(backfills.hands(SALESFORCE, "r-1")).isTrue();
        assertThat(backfills.hands(DYNAMICS, "r-1")).isFalse();
        assertThat(backfills.hands(SALESFORCE, "r-2")).isFalse();
    }

    /** A CRM that is asked nothing any more gets what happened from a sweep. */
    @Test
    void a_crm_that_was_let_go_before_stops_no_job() {
        started(SALESFORCE, DYNAMICS);
        first.done(FirstSync.PARTNER_CENTER, List.of(DYNAMICS));
        Backfill job = begun(started(SALESFORCE), Phase.RUNNING);
        started(SALESFORCE, DYNAMICS);
        assertThat(now(job).phase()).isEqualTo(Phase.RUNNING);
    }
}
