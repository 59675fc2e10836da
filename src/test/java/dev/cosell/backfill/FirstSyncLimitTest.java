package dev.cosell.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.backfill.Backfill.Phase;
import dev.cosell.backfill.Records.Found;
import dev.cosell.state.Database;
import dev.cosell.sync.books.FirstSync;
import dev.cosell.verbs.Hint;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three new referrals, each of which becomes an opportunity in both CRMs. */
class FirstSyncLimitTest {
    private static final List<String> CRMS = List.of("salesforce", "dynamics");

    @TempDir
    Path folder;
    private final Clock clock = Clock.fixed(Instant.parse("2026-11-22T14:05:00Z"), ZoneOffset.UTC);
    private Database database;
    private Records records;
    private Backfill job;

    @BeforeEach
    void count() {
        database = Database.open(Database.h2(folder.resolve("cosell").toString()), null, null);
        records = new Records(database, clock);
        new FirstSync(database, CRMS).begin(false, false);
        Jobs jobs = new Jobs(database, clock);
        job = jobs.begin(FirstSync.PARTNER_CENTER, null, null, false, "ana", CRMS).orElseThrow();
        records.add(job, Stream.of("r-1", "r-2", "r-3").flatMap(id -> CRMS.stream().map(crm ->
                new Found(crm, id, Kind.CREATE))).toList(), "end", true);
        jobs.move(jobs.find(job.id()).orElseThrow(), Phase.ASKING, "Look first", null);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Backfills limited(int limit) {
        return new Backfills(database, new FirstSync(database, CRMS),
                new BackfillSteps.Rules(new Breakers(0, 0), limit), clock);
    }

    /** What is handed over, and done, until the job rests. */
    private List<String> letGo(Backfills backfills) {
        assertThat(backfills.go(job.id())).isTrue();
        BackfillSteps steps = backfills.steps(null, crm -> 1, system -> Optional.empty(), () -> false);
        Turn turn = steps.turn();
        Step step = steps.next(turn);
        List<String> ids = step.hints().stream().map(Hint::id).toList();
        step.hints().forEach(hint -> {
            steps.handed(hint, step, turn);
            CRMS.forEach(crm -> records.done(crm, hint.id(), Kind.CREATE));
        });
        assertThat(steps.next(turn)).isNull();
        return ids;
    }

    /** With two CRMs twice as many opportunities were made as somebody wanted to look at. */
    @Test
    void the_limit_was_exceeded_by_the_number_of_crms() {
        Backfills backfills = limited(5);
        assertThat(backfills.last()).get().extracting(Backfills.View::nextLimit).isEqualTo(5);
        assertThat(letGo(backfills)).containsExactly("r-1", "r-2");
        assertThat(records.handed(job.id())).isEqualTo(4);
        assertThat(backfills.last()).get().satisfies(view -> {
            assertThat(view.phase()).isEqualTo("ASKING");
            assertThat(view.reason()).contains("4 of 6 records, a record once for each CRM", "first-sync-limit");
        });
        assertThat(letGo(backfills)).containsExactly("r-3");
        assertThat(backfills.last()).get().extracting(Backfills.View::phase).isEqualTo("DONE");
    }

    /** A record goes to all of its CRMs at once. */
    @Test
    void a_limit_below_the_number_of_crms_lets_one_record_go() {
        Backfills backfills = limited(1);
        assertThat(backfills.last()).get().extracting(Backfills.View::nextLimit).isEqualTo(2);
        assertThat(letGo(backfills)).containsExactly("r-1");
        assertThat(letGo(backfills)).containsExactly("r-2");
    }
}
