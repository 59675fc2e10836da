package dev.cosell.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.backfill.Records.Found;
import dev.cosell.backfill.Step.Look;
import dev.cosell.state.Database;
import dev.cosell.sync.books.FirstSync;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Hint;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A record on which another sync was at work ended each turn, so that with its CRM paused the count had no end. */
class TakenLookTest {
    private static final String CRM = "salesforce";

    static Stream<Fault> anotherSyncIsAtWork() {
        return Stream.of(new Fault.Taken(CRM, "Referral r-1 waits while opportunity 006A is being shared"),
                new Fault.VersionConflict(CRM, "Referral r-1 and opportunity 006A were joined by another sync"));
    }

    @ParameterizedTest
    @MethodSource("anotherSyncIsAtWork")
    void a_record_that_is_just_being_shared_or_joined_kept_the_count_from_its_end(Fault fault, @TempDir Path folder)
            throws Exception {
        try (Database database = Database.open(Database.h2(folder.resolve("cosell").toString()), null, null)) {
            FirstSync first = new FirstSync(database, List.of(CRM));
            first.begin(false, true);
            Clock clock = Clock.systemUTC();
            Backfills backfills =
                    new Backfills(database, first, new BackfillSteps.Rules(new Breakers(0, 0), 10), clock);
            long job = backfills.begin(FirstSync.PARTNER_CENTER, null, null, true, "ana").orElseThrow().id();
            new Records(database, clock).add(new Jobs(database, clock).find(job).orElseThrow(),
                    List.of(new Found(CRM, "r-1", null)), "end", true);
            BackfillSteps steps = backfills.steps(null, crm -> 0, system -> Optional.empty(), () -> false);
            Look look = steps.next(steps.turn()).looks().get(0);
            assertThat(look.hint().origin()).as("it writes nothing").isEqualTo(Hint.Origin.PREVIEW);

            steps.unforeseen(look, fault);
            assertThat(steps.next(steps.turn())).isNull();
            assertThat(backfills.find(job)).get().satisfies(view -> {
                assertThat(view.phase()).isEqualTo("COUNTED");
                assertThat(view.found()).containsOnlyKeys(Kind.UPDATE);
            });
            assertThat(backfills.records(job, null, null, 10)).singleElement()
                    .satisfies(line -> assertThat(line.reason()).contains("r-1", "006A"));
        }
    }
}
