package dev.cosell.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.backfill.Backfill.Phase;
import dev.cosell.backfill.Records.Found;
import dev.cosell.state.Database;
import dev.cosell.sync.books.FirstSync;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job whose records were forgotten was let go: it was done at once, and let the first sync go with it. */
class OutdatedBackfillTest {
    private static final List<String> CRMS = List.of("salesforce", "dynamics");

    @TempDir
    Path folder;
    private Database database;
    private FirstSync first;
    private Backfills backfills;

    @BeforeEach
    void open() {
        database = Database.open(Database.h2(folder.resolve("cosell").toString()), null, null);
        first = new FirstSync(database, CRMS);
        first.begin(false, false);
        backfills = new Backfills(database, first, new BackfillSteps.Rules(new Breakers(0, 0), 10),
                Clock.systemUTC());
    }

    @AfterEach
    void close() {
        database.close();
    }

    /** A dry run that found one deal to create. */
    private long counted(String source) {
        Jobs jobs = new Jobs(database, Clock.systemUTC());
        Backfill job = jobs.begin(source, null, null, true, "ana", CRMS).orElseThrow();
        new Records(database, Clock.systemUTC()).add(job, List.of(new Found("salesforce", "1", Kind.CREATE)), "end",
                true);
        jobs.move(jobs.find(job.id()).orElseThrow(), Phase.COUNTED, null, null);
        return job.id();
    }

    /** Lets it go; whether the first sync asks after the next turn. */
    private boolean asksAfter(long job, boolean goes) {
        assertThat(backfills.isOutdated(job)).isNotEqualTo(goes);
        assertThat(backfills.go(job)).isEqualTo(goes);
        BackfillSteps steps = backfills.steps(null, crm -> 0, system -> Optional.empty(), () -> false);
        Step step = steps.next(steps.turn());
        assertThat(step == null ? 0 : step.hints().size()).isEqualTo(goes ? 1 : 0);
        return first.asks("partner-center");
    }

    @Test
    void of_the_jobs_of_a_system_only_the_last_one_goes() {
        long before = counted("partner-center");
        long last = counted("partner-center");
        assertThat(asksAfter(before, false)).isTrue();
        assertThat(asksAfter(last, true)).isTrue();
    }

    @Test
    void one_goes_when_others_of_other_systems_were_begun_that_left_it_its_records() {
        long job = counted("partner-center");
        CRMS.forEach(this::counted);
        assertThat(asksAfter(job, true)).isTrue();
    }

    @Test
    void none_goes_whose_records_are_forgotten() {
        long job = counted("partner-center");
        CRMS.forEach(this::counted);
        counted("salesforce");
        assertThat(asksAfter(job, false)).isTrue();
    }
}
