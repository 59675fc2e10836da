package dev.cosell.sync.decide;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** When a move that nobody can take back goes, waits, or is given up. */
class HoldsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T14:05:00Z");
    private static final Map<String, Object> WON = Map.of("status", "Closed");
    private static final String CLOSING = "Closing as won";

    private Instant notBefore;
    private Map<String, Object> referral = Map.of();
    private final ReferralRules rules = new PlainReferrals() {
        @Override
        public Irreversible irreversible(Map<String, Object> referral, Map<String, Object> patch, Instant now) {
            return patch.containsKey("status")
                    ? new Irreversible(CLOSING, "set the stage back", notBefore, "it is too early") : null;
        }

        @Override
        public boolean isDone(Map<String, Object> referral, String what) {
            return what.equals(CLOSING) && closed(referral);
        }
    };

    private Holds holds(HoldPolicy policy, Waits before, Instant now) {
        return new Holds(rules, referral, before, new TimeRules(policy, Duration.ofDays(3)).at(now), Stops.NONE);
    }

    private static HoldPolicy after(int minutes) {
        return new HoldPolicy(Duration.ofMinutes(minutes));
    }

    @Test
    void at_once_is_the_rule() {
        Holds holds = holds(HoldPolicy.IMMEDIATELY, Waits.NONE, NOW);
        assertThat(holds.holds(WON)).isFalse();
        assertThat(holds.after().isNone()).isTrue();
        assertThat(holds.sentences()).isEmpty();
    }

    @Test
    void a_move_waits_its_time_is_told_once_and_goes() {
        Holds first = holds(after(15), Waits.NONE, NOW);
        assertThat(first.holds(WON)).isTrue();
        assertThat(first.holds(Map.of("name", "n"))).as("everything else travels").isFalse();
        assertThat(first.sentences())
                .containsExactly("Closing as won waits until 2026-11-22 14:20 UTC; set the stage back");
        assertThat(first.after().next()).isEqualTo("2026-11-22T14:20:00Z");

        Holds meanwhile = holds(after(15), first.after(), NOW.plusSeconds(600));
        assertThat(meanwhile.holds(WON)).isTrue();
        assertThat(meanwhile.sentences()).isEmpty();
        assertThat(meanwhile.after()).isEqualTo(first.after());

        Holds then = holds(after(15), first.after(), NOW.plusSeconds(900));
        assertThat(then.holds(WON)).isFalse();
        assertThat(then.sentences()).isEmpty();
        assertThat(then.after().isNone()).isTrue();
    }

    @Test
    void undoing_it_cancels_it_and_wanting_it_again_begins_anew() {
        Holds first = holds(after(15), Waits.NONE, NOW);
        first.holds(WON);
        Holds undone = holds(after(15), first.after(), NOW.plusSeconds(60));
        assertThat(undone.sentences()).containsExactly("Closing as won is cancelled; nothing was sent");
        Holds again = holds(after(15), undone.after(), NOW.plusSeconds(840));
        assertThat(again.holds(WON)).isTrue();
        assertThat(again.after().next()).isEqualTo(NOW.plusSeconds(840 + 900));
    }

    /** It was told as cancelled, and that nothing was sent, while the deal was closed. */
    @Test
    void a_move_that_another_crm_or_a_person_made_meanwhile_is_done_and_not_cancelled() {
        Holds first = holds(HoldPolicy.AFTER_APPROVAL, Waits.NONE, NOW);
        first.holds(WON);
        referral = WON;
        Holds done = holds(HoldPolicy.AFTER_APPROVAL, first.after(), NOW.plusSeconds(60));
        assertThat(done.sentences()).containsExactly("Closing as won is done already, so it waits no longer");
        assertThat(done.after().isNone()).isTrue();
        referral = null;
        assertThat(holds(HoldPolicy.AFTER_APPROVAL, first.after(), NOW).sentences()).as("nothing is there")
                .containsExactly("Closing as won is cancelled; nothing was sent");
    }

    @Test
    void an_approval_lets_go_what_was_held_then_and_nothing_later() {
        Holds first = holds(HoldPolicy.AFTER_APPROVAL, Waits.NONE, NOW);
        assertThat(first.holds(WON)).isTrue();
        assertThat(first.sentences()).containsExactly("Closing as won waits for approval; set the stage back");
        assertThat(first.after().next()).as("no time brings it").isNull();

        Waits approved = new Waits(first.after().held(), List.of(), NOW.plusSeconds(30));
        assertThat(holds(HoldPolicy.AFTER_APPROVAL, approved, NOW.plusSeconds(31)).holds(WON)).isFalse();
        Waits undone = new Waits(List.of(), List.of(), NOW.plusSeconds(30));
        assertThat(holds(HoldPolicy.AFTER_APPROVAL, undone, NOW.plusSeconds(60)).holds(WON)).as("wanted anew")
                .isTrue();
    }

    /** Whoever found the amounts right and released them closed deals as lost, too. */
    @Test
    void a_direction_that_is_released_takes_no_move_with_it_that_waits_for_approval() {
        Direction direction = Direction.TO_PARTNER_CENTER;
        Waits both = new Waits(List.of(new Held(direction.held(), NOW, null), new Held(CLOSING, NOW, null)), List.of(),
                null);
        Stops again = new Stops(Set.of(direction), Map.of(direction, NOW.plusSeconds(30)));
        for (Stops stops : List.of(new Stops(Set.of(), again.released()), again)) {
            Holds holds = new Holds(rules, referral, both,
                    new TimeRules(HoldPolicy.AFTER_APPROVAL, Duration.ofDays(3)).at(NOW.plusSeconds(31)), stops);
            assertThat(holds.stops(direction)).isFalse();
            assertThat(holds.holds(WON)).isTrue();
            assertThat(holds.after().held()).containsExactly(new Held(CLOSING, NOW, null));
        }
    }

    @Test
    void an_earliest_time_holds_whatever_the_policy_and_gives_its_reason() {
        notBefore = NOW.plus(Duration.ofHours(72));
        Holds holds = holds(HoldPolicy.IMMEDIATELY, Waits.NONE, NOW);
        assertThat(holds.holds(WON)).isTrue();
        assertThat(holds.sentences()).singleElement().asString().contains("2026-11-25 14:05 UTC (it is too early)");
        assertThat(holds(HoldPolicy.IMMEDIATELY, holds.after(), notBefore).holds(WON)).isFalse();
    }

    /** It was won at once, and Microsoft refused to register the deal. */
    @Test
    void an_approval_let_a_win_go_before_its_earliest_time() {
        notBefore = NOW.plus(Duration.ofHours(72));
        for (HoldPolicy policy : List.of(HoldPolicy.AFTER_APPROVAL, after(15), HoldPolicy.IMMEDIATELY)) {
            Holds first = holds(policy, Waits.NONE, NOW);
            assertThat(first.holds(WON)).isTrue();
            Waits approved = new Waits(first.after().held(), List.of(), NOW.plusSeconds(30));
            Holds then = holds(policy, approved, NOW.plusSeconds(31));
            assertThat(then.holds(WON)).as("%s", policy).isTrue();
            assertThat(then.sentences()).isEmpty();
            assertThat(then.after().held()).containsExactly(new Held(CLOSING, NOW, notBefore));
            assertThat(then.after().next()).as("goes by itself").isEqualTo(notBefore);
            assertThat(holds(policy, then.after(), notBefore).holds(WON)).isFalse();
        }
    }

    @Test
    void a_win_that_waits_for_approval_kept_its_earliest_time_to_itself() {
        notBefore = NOW.plus(Duration.ofHours(72));
        Holds first = holds(HoldPolicy.AFTER_APPROVAL, Waits.NONE, NOW);
        assertThat(first.holds(WON)).isTrue();
        assertThat(first.sentences()).containsExactly("Closing as won waits for approval, and until "
                + "2026-11-25 14:05 UTC (it is too early); set the stage back");
        assertThat(first.after().next()).as("no time brings it without an approval").isNull();
        assertThat(holds(HoldPolicy.AFTER_APPROVAL, first.after(), notBefore).holds(WON)).isTrue();
    }

    @Test
    void a_wait_for_microsoft_that_is_over_stays_over() {
        Deadline silence = Deadline.open(Deadline.Kind.MICROSOFT, NOW, NOW);
        Deadline later = Deadline.open(Deadline.Kind.MICROSOFT, NOW.plusSeconds(9), NOW.plusSeconds(9));
        Waits told = new Waits(List.of(), List.of(silence.as(Deadline.State.TOLD)), null);
        assertThat(told.with(List.of(later))).as("nothing new is known").isEqualTo(told);
        Waits over = told.with(List.of(later.as(Deadline.State.ANSWERED)));
        assertThat(over.deadlines()).containsExactly(silence.as(Deadline.State.ANSWERED));
        assertThat(over.with(List.of(later))).isEqualTo(over);
    }

    @Test
    void a_deadline_speaks_once_and_microsofts_only_when_it_was_looked_up() {
        Deadline answer = Deadline.open(Deadline.Kind.ANSWER, NOW.plusSeconds(60), NOW);
        Deadline silence = Deadline.open(Deadline.Kind.MICROSOFT, NOW, NOW);
        Waits waits = new Waits(List.of(), List.of(answer, silence), null);
        assertThat(waits.asksMicrosoft(NOW)).isTrue();
        Holds first = holds(HoldPolicy.IMMEDIATELY, waits, NOW);
        assertThat(first.warnings()).singleElement().asString()
                .contains("accept or decline it before 2026-11-22 14:06 UTC");
        assertThat(holds(HoldPolicy.IMMEDIATELY, first.after(), NOW).warnings()).isEmpty();
        assertThat(holds(HoldPolicy.IMMEDIATELY, first.after().microsoft(Deadline.State.SILENT), NOW).warnings())
                .singleElement().asString().contains("Microsoft did not answer");
        assertThat(holds(HoldPolicy.IMMEDIATELY, first.after().microsoft(Deadline.State.ABSENT), NOW).warnings())
                .singleElement().asString().contains("shows no part of Microsoft's in this deal");
        assertThat(holds(HoldPolicy.IMMEDIATELY, first.after().microsoft(Deadline.State.ANSWERED), NOW).warnings())
                .isEmpty();
    }
}
