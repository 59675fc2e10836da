package dev.cosell.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.backfill.Backfill.Phase;
import dev.cosell.backfill.Records.Found;
import dev.cosell.state.Database;
import dev.cosell.sync.books.FirstSync;
import dev.cosell.verbs.Reason;
import dev.cosell.verbs.Trouble;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reason quotes the value that is at fault, and was kept until somebody began the fourth job after it. */
class OldReasonsTest {
    private static final Duration YEAR = Duration.ofDays(365);

    @Test
    void what_an_ended_job_quoted_was_kept_until_other_jobs_were_begun(@TempDir Path folder) {
        try (Database database = Database.open(Database.h2(folder.resolve("cosell").toString()), null, null)) {
            new FirstSync(database, List.of("salesforce")).begin(false, false);
            Clock now = Clock.systemUTC();
            long job = faulty(database, now);
            assertThat(forget(database, Duration.ofDays(364), now)).as("it is not old").isZero();

            Jobs jobs = new Jobs(database, now);
            jobs.move(jobs.find(job).orElseThrow(), Phase.COUNTED, null, null);
            assertThat(forget(database, Duration.ofDays(364), now)).as("it is not old").isZero();
            assertThat(forget(database, Duration.ofDays(366), now)).isOne();
            Records records = new Records(database, now);
            assertThat(records.page(job, null, null, 10)).singleElement()
                    .satisfies(line -> assertThat(line.reason()).isNull());
            assertThat(records.causes(job)).singleElement()
                    .satisfies(cause -> assertThat(cause.cause()).doesNotContain("jo@"));
        }
    }

    /** It was kept for ever, for such a job comes to no end by itself. */
    @Test
    void what_a_job_that_waits_for_a_person_quoted_is_deleted_a_year_after_it_was_counted(@TempDir Path folder) {
        try (Database database = Database.open(Database.h2(folder.resolve("cosell").toString()), null, null)) {
            new FirstSync(database, List.of("salesforce")).begin(false, false);
            Clock now = Clock.systemUTC();
            long job = faulty(database, now);
            Jobs counted = new Jobs(database, Clock.offset(now, Duration.ofDays(2)));
            counted.move(counted.find(job).orElseThrow(), Phase.ASKING, "Look at the counts first", null);
            assertThat(forget(database, Duration.ofDays(366), now)).isZero();
            assertThat(forget(database, Duration.ofDays(368), now)).isOne();
        }
    }

    private static long faulty(Database database, Clock now) {
        Backfill job = new Jobs(database, now).begin("salesforce", null, null, true, "ana",
                List.of("salesforce")).orElseThrow();
        Records records = new Records(database, now);
        records.add(job, List.of(new Found("salesforce", "1", null)), "end", true);
        records.foreseen(job.id(), "salesforce", "1", Prediction.faulty(
                List.of(new Reason(Trouble.REFUSED, "Email", "Email: jo@ is no e-mail address"))));
        return job.id();
    }

    private static int forget(Database database, Duration later, Clock now) {
        return new OldReasons(database, YEAR, Clock.offset(now, later)).forget();
    }
}
