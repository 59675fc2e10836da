package dev.cosell.sync.books;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.state.Database;
import dev.cosell.state.ReadyDatabase;
import dev.cosell.sync.decide.Ends;
import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.LinkState;
import dev.cosell.sync.decide.Situation;
import dev.cosell.sync.decide.Standing;
import dev.cosell.sync.steps.ParkedLooks;
import dev.cosell.verbs.Cause;
import dev.cosell.verbs.Hint;
import dev.cosell.verbs.Reason;
import dev.cosell.verbs.Trouble;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParkedLooksTest extends StateContract {
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    Path directory;
    private LinkStore links;

    @Override
    Database open() {
        return Database.open(ReadyDatabase.h2(directory.resolve("cosell")), null, null);
    }

    @BeforeEach
    void store() {
        links = new LinkStore(database, new SeenVersions(database, clock), clock);
    }

    private void parks(String crm, String crmId, Cause... causes) {
        Standing parked = Standing.parked(LinkState.PARKED,
                List.of(causes).stream().map(cause -> new Reason(cause, "it is odd")).toList());
        links.finish(new Finished(Link.of(crm, Ends.deal(null, null, crmId)).at(null, "c1").with(parked), null,
                List.of()));
    }

    private ParkedLooks looks(Duration later, ToIntFunction<String> backlog) {
        return new ParkedLooks(links, List.of("salesforce", "dynamics"), backlog, HOUR, Clock.offset(clock, later));
    }

    private static List<String> ids(List<Hint> hints) {
        return hints.stream().map(Hint::id).toList();
    }

    @Test
    void what_is_parked_for_an_hour_is_looked_at_unless_another_look_would_do_harm() {
        parks("salesforce", "006A", Trouble.DENIED);
        parks("salesforce", "006B", Trouble.REFUSED, Situation.UNSTABLE);
        parks("salesforce", "006C", Trouble.DEFECT);
        parks("dynamics", "op-1", Trouble.CURRENCY);
        parks("siebel", "1-ABC", Trouble.CURRENCY);

        assertThat(looks(Duration.ofMinutes(59), crm -> 0).next()).isEmpty();
        ParkedLooks looks = looks(HOUR, crm -> 0);
        assertThat(looks.next()).containsExactly(new Hint("salesforce", "006A", null, Hint.Origin.AGAIN),
                new Hint("dynamics", "op-1", null, Hint.Origin.AGAIN));
        assertThat(ids(looks.next())).as("and again").containsExactly("006A", "op-1");
        assertThat(ids(looks(HOUR, crm -> crm.equals("salesforce") ? 500 : 0).next())).as("while one has much to do")
                .containsExactly("op-1");
    }

    /** It was not looked at for as long as the clock had been ahead. */
    @Test
    void what_was_parked_by_a_clock_that_was_ahead_is_looked_at() {
        links = new LinkStore(database, new SeenVersions(database, clock), Clock.offset(clock, Duration.ofDays(20)));
        parks("salesforce", "006A", Trouble.DENIED);
        assertThat(ids(looks(Duration.ZERO, crm -> 0).next())).containsExactly("006A");
    }

    /** Each hour came on top of the one before, for as long as a CRM was paused. */
    @Test
    void looks_of_the_last_turn_that_still_wait_are_not_handed_over_again() {
        List<String> parked = IntStream.range(0, 30).mapToObj(number -> "006-" + number).toList();
        parked.forEach(id -> parks("salesforce", id, Trouble.DENIED));
        int[] waiting = {1};
        ParkedLooks looks = looks(HOUR, crm -> waiting[0]);
        assertThat(ids(looks.next())).isEqualTo(parked);
        waiting[0] = 31;
        assertThat(looks.next()).isEmpty();
        waiting[0] = 30;
        assertThat(ids(looks.next())).isEqualTo(parked);
    }

    /** Of 101 the last one was handed over alone, and one other hint that waited on ended all looks after it. */
    @Test
    void a_few_hints_that_come_again_and_again_did_not_stop_the_looks() {
        parks("salesforce", "006A", Trouble.DENIED);
        int[] waiting = {3};
        ParkedLooks looks = looks(HOUR, crm -> waiting[0]);
        for (int some : List.of(3, 19, 0, 5)) {
            waiting[0] = some;
            assertThat(ids(looks.next())).as(some + " wait").containsExactly("006A");
        }
    }

    /** Those that come again may be more than the few that are parked. */
    @Test
    void looks_go_on_beside_many_hints_that_come_again_and_again() {
        parks("salesforce", "006A", Trouble.DENIED);
        int[] waiting = {40};
        ParkedLooks looks = looks(HOUR, crm -> waiting[0]);
        assertThat(ids(looks.next())).containsExactly("006A");
        waiting[0] = 41;
        assertThat(looks.next()).as("it still waits, as when the CRM is paused").isEmpty();
        waiting[0] = 40;
        assertThat(ids(looks.next())).containsExactly("006A");
    }

    @Test
    void a_hundred_are_looked_at_in_one_turn_and_the_others_after_them() {
        for (int number = 0; number < 250; number++) {
            parks("salesforce", "006-" + number, Trouble.REFUSED);
        }
        ParkedLooks looks = looks(HOUR, crm -> 0);
        List<String> all = new ArrayList<>();
        for (int turn = 0; turn < 3; turn++) {
            List<String> some = ids(looks.next());
            assertThat(some).hasSize(turn < 2 ? 100 : 50);
            all.addAll(some);
        }
        assertThat(all).doesNotHaveDuplicates().hasSize(250);
        assertThat(ids(looks.next())).as("anew").isEqualTo(all.subList(0, 100));
    }
}
