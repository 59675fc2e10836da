package dev.cosell.sync.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.sync.books.AuditEntry;
import dev.cosell.sync.books.BrakeStore;
import dev.cosell.sync.books.Waiting;
import dev.cosell.sync.books.Watermarks;
import dev.cosell.sync.decide.Brake;
import dev.cosell.sync.decide.Direction;
import dev.cosell.sync.decide.Ends;
import dev.cosell.sync.decide.Held;
import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.Waits;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What waited for a direction that was released, gone through by instances of which none lasts. */
class ReleasesTest extends BooksAtHand {
    private static final AuditEntry ENTRY = new AuditEntry(NOW, "crm", null, null, "BRAKE", "STOP", "", null, false);
    private static final Clock AN_HOUR_LATER = Clock.offset(CLOCK, Duration.ofHours(1));

    private static final class Instance {
        final Brakes brakes;
        final Releases releases;

        Instance(Brakes brakes, Releases releases) {
            this.brakes = brakes;
            this.releases = releases;
        }

        private List<String> turn(int most) {
            Releases.Turn turn = next(most);
            releases.handedOver(turn);
            return ids(turn);
        }

        private Releases.Turn next(int most) {
            return releases.next(crm -> true, crm -> true, most);
        }
    }

    private Instance instance(Clock clock) {
        BrakeStore store = new BrakeStore(database, clock);
        Brakes brakes = new Brakes(new Brake(50, 3), store, clock);
        return new Instance(brakes, new Releases(brakes, store, new Watermarks(database, clock), clock));
    }

    private static List<String> ids(Releases.Turn turn) {
        return turn.deals().map(Waiting::crmId).toList();
    }

    private void held(int count) {
        Held held = new Held(Direction.TO_CRM.held(), NOW, null);
        for (int deal = 1; deal <= count; deal++) {
            stored(Link.of("crm", Ends.deal("r" + deal, "e" + deal, "crm-" + deal))
                    .with(new Waits(List.of(held), List.of(), null)));
        }
    }

    private void stopped(Clock at) {
        new BrakeStore(database, at).stop("crm", Direction.TO_CRM, "Many.", ENTRY);
    }

    private void released(Clock at) {
        new BrakeStore(database, at).release("crm", Direction.TO_CRM, ENTRY);
    }

    /** The rest waited for a start, and no figure showed it. */
    @Test
    void what_waits_for_a_release_is_let_go_also_when_the_instance_that_was_told_leaves_for_good() {
        held(5);
        stopped(CLOCK);
        assertThat(instance(AN_HOUR_LATER).turn(2)).isEmpty();
        released(AN_HOUR_LATER);
        List<String> seen = new ArrayList<>(instance(AN_HOUR_LATER).turn(2));
        assertThat(seen).hasSize(2);
        Clock aDayLater = Clock.offset(CLOCK, Duration.ofDays(1));
        assertThat(ids(instance(aDayLater).next(2))).as("what is not handed over comes again").hasSize(2);
        Instance another = instance(aDayLater);
        seen.addAll(another.turn(2));
        seen.addAll(another.turn(2));
        assertThat(seen).containsExactly("crm-1", "crm-2", "crm-3", "crm-4", "crm-5");
        assertThat(another.turn(2)).as("once").isEmpty();
        assertThat(instance(aDayLater).turn(2)).as("whoever looks").isEmpty();
    }

    @Test
    void what_waits_when_a_direction_is_released_for_the_second_time_is_let_go_like_the_first() {
        held(2);
        stopped(CLOCK);
        released(AN_HOUR_LATER);
        assertThat(instance(AN_HOUR_LATER).turn(9)).hasSize(2);
        stopped(AN_HOUR_LATER);
        Clock twoHoursLater = Clock.offset(CLOCK, Duration.ofHours(2));
        assertThat(instance(twoHoursLater).turn(9)).as("stopped again").isEmpty();
        released(twoHoursLater);
        assertThat(instance(twoHoursLater).turn(9)).hasSize(2);
    }

    @Test
    void what_waits_for_a_release_rests_while_the_queue_of_its_crm_has_much_to_do_or_the_crm_is_not_synced() {
        held(1);
        stopped(CLOCK);
        released(AN_HOUR_LATER);
        Releases releases = instance(AN_HOUR_LATER).releases;
        assertThat(ids(releases.next(crm -> true, crm -> false, 9))).isEmpty();
        assertThat(ids(releases.next(crm -> false, crm -> true, 9))).isEmpty();
        assertThat(ids(releases.next(crm -> true, crm -> true, 9))).hasSize(1);
    }

    @Test
    void a_deal_that_was_held_by_an_instance_that_had_not_heard_of_the_release_is_looked_at_again() {
        stopped(CLOCK);
        released(CLOCK);
        assertThat(instance(CLOCK).turn(10)).isEmpty();
        held(1);
        Instance one = instance(CLOCK);
        assertThat(one.turn(10)).containsExactly("crm-1");
        assertThat(one.turn(10)).as("its hint is in the queue").isEmpty();
        assertThat(instance(Clock.offset(CLOCK, Duration.ofMinutes(11))).turn(10)).isEmpty();
    }

    /** Every sync of the process waited while tens of thousands of deals were read. */
    @Test
    void no_decision_waits_while_deals_are_looked_for_that_were_held_after_a_release() {
        stopped(CLOCK);
        released(CLOCK);
        held(1);
        Instance one = instance(CLOCK);
        assertThat(ids(one.releases.next(crm -> true, crm -> decides(one.brakes), 10))).isNotEmpty();
    }

    private static boolean decides(Brakes brakes) {
        return CompletableFuture.supplyAsync(() -> brakes.stops("crm")).orTimeout(10, TimeUnit.SECONDS).join()
                .stopped().isEmpty();
    }
}
