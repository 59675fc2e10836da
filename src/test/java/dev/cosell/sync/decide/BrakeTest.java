package dev.cosell.sync.decide;

import static dev.cosell.sync.decide.PlainDeals.REFERRALS;
import static dev.cosell.sync.decide.PlainDeals.SIDE;
import static dev.cosell.sync.decide.PlainDeals.agreed;
import static dev.cosell.sync.decide.PlainDeals.opportunity;
import static dev.cosell.sync.decide.PlainDeals.pair;
import static dev.cosell.sync.decide.PlainDeals.referral;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.verbs.Hint;
import dev.cosell.verbs.RecordView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a direction stops, what counts for it, and what a deal does meanwhile. */
class BrakeTest {
    private static final Instant NOW = Instant.parse("2026-11-22T14:05:00Z");
    private static final Decider DECIDER = PlainDeals.decider(REFERRALS, LeadMode.OFF);

    @ParameterizedTest
    @CsvSource({
        "20, 50, 50, 60, false", "20, 50, 51, 60, true", "20, 50, 51, 255, false", "20, 50, 52, 255, true",
        "20, 50, 200, 1000, false", "20, 50, 201, 1000, true", "100, 1, 1000, 1000, false", "20, 50, 51, 0, true",
        "99, 1, 2147483647, 2147483647, true"})
    void it_stops_above_the_share_and_above_the_least(int share, int least, int overwritten, int linked,
            boolean stops) {
        assertThat(new Brake(share, least).stops(overwritten, linked)).isEqualTo(stops);
    }

    private static Decision decide(Pair pair, Direction... stopped) {
        return decide(pair, new Stops(Set.of(stopped), Map.of()));
    }

    private static Decision decide(Pair pair, Stops stops) {
        return DECIDER.decide(pair, new CrmSide(SIDE.view(), SIDE.mapping(), true, stops), TimeRules.USUAL.at(NOW));
    }

    private static Set<Direction> counted(Pair pair) {
        return counted(decide(pair), Stops.NONE);
    }

    private static Set<Direction> counted(Decision decision, Stops stops) {
        return Overwrites.counted(decision, SIDE.mapping().opportunity(), stops, NOW).keySet();
    }

    /** For which time a change of the referral counts whose last known state is of one hour ago. */
    private static Instant counts(Instant changed, Hint.Origin origin) {
        Map<String, Object> referral = referral(Map.of("dealValue", 300));
        referral.put("updatedDateTime", changed.toString());
        Agreement.Seen known = new Agreement.Seen("\"0\"", RecordView.micros(NOW.minus(Duration.ofHours(1))));
        Link link = PlainDeals.link(agreed("Amount", "100.00"));
        Link seen = link.with(new Agreement(link.agreed(), known, Agreement.Seen.NONE));
        Pair pair = pair(new Hint("partner-center", "r1", null, origin), seen, referral,
                opportunity(Map.of("Amount", 100)));
        return Overwrites.counted(decide(pair), SIDE.mapping().opportunity(), Stops.NONE, NOW).get(Direction.TO_CRM);
    }

    @Test
    void what_changed_counts_for_when_it_did() {
        Instant lately = NOW.minus(Duration.ofMinutes(40));
        assertThat(counts(lately, Hint.Origin.SWEEP)).isEqualTo(lately);
        assertThat(counts(NOW.plusSeconds(90), Hint.Origin.SWEEP)).as("a clock that is ahead").isEqualTo(NOW);
    }

    @Test
    void a_restored_backup_and_another_mapping_count_for_now_whatever_the_stamps_say() {
        Instant known = NOW.minus(Duration.ofHours(1));
        assertThat(counts(known.minus(Duration.ofDays(9)), Hint.Origin.SWEEP)).as("restored").isEqualTo(NOW);
        assertThat(counts(known, Hint.Origin.RETRY)).as("another mapping").isEqualTo(NOW);
        assertThat(counts(NOW.minusSeconds(9), Hint.Origin.BACKFILL)).isEqualTo(NOW);
    }

    private static Pair amounts(Object referral, Object opportunity) {
        Map<String, Object> details = referral == null ? Map.of() : Map.of("dealValue", referral);
        Map<String, Object> fields = opportunity == null ? Map.of() : Map.of("Amount", opportunity);
        return pair(agreed("Amount", referral != null && opportunity != null ? "100.00" : null), referral(details),
                opportunity(fields));
    }

    @Test
    void a_value_that_takes_the_place_of_another_counts_and_one_that_fills_an_empty_field_does_not() {
        assertThat(counted(amounts(300, 100))).containsExactly(Direction.TO_CRM);
        assertThat(counted(amounts(100, 300))).containsExactly(Direction.TO_PARTNER_CENTER);
        assertThat(counted(amounts(100, 100))).isEmpty();
        assertThat(counted(amounts(null, 300))).isEmpty();
        assertThat(counted(amounts(300, null))).isEmpty();
    }

    @Test
    void what_is_stopped_stays_different_and_goes_when_a_person_lets_it() {
        Decision stopped = decide(amounts(300, 100), Direction.TO_CRM);
        assertThat(stopped.crmPatch()).isEmpty();
        assertThat(stopped.written()).isEmpty();
        assertThat(stopped.agreed().of(SIDE.mapping().opportunity().rows().stream()
                .filter(row -> row.name().equals("Amount")).findFirst().orElseThrow()))
                .isEqualTo(Agreed.on("100.00", "100.00"));
        List<Held> held = stopped.waits().held();
        assertThat(held).containsExactly(new Held(Direction.TO_CRM.held(), NOW, null));

        Pair waiting = amounts(300, 100);
        waiting = waiting.withLink(waiting.link().with(new Waits(held, List.of(), null)));
        assertThat(decide(waiting, Direction.TO_CRM).waits().held()).as("since when it waits").isEqualTo(held);
        Pair released = waiting.withLink(waiting.link().with(new Waits(held, List.of(), NOW.plusSeconds(1))));
        Decision goes = decide(released, Direction.TO_CRM);
        assertThat(goes.crmPatch()).containsKey("Amount");
        assertThat(counted(goes, Stops.NONE)).as("what a person let go").isEmpty();
        Pair mended = amounts(100, 100);
        mended = mended.withLink(mended.link().with(new Waits(held, List.of(), null)));
        Decision dropped = decide(mended, Direction.TO_CRM);
        assertThat(dropped.situation()).isEqualTo(Situation.AGREED);
        assertThat(dropped.waits().held()).isEmpty();
        assertThat(dropped.sentences()).isEmpty();
    }

    private static Pair waitingSince(Instant since) {
        Pair pair = amounts(300, 100);
        return pair.withLink(pair.link()
                .with(new Waits(List.of(new Held(Direction.TO_CRM.held(), since, null)), List.of(), null)));
    }

    @Test
    void what_waited_when_its_direction_was_released_goes_uncounted_even_when_it_is_stopped_again() {
        Stops again = new Stops(Set.of(Direction.TO_CRM), Map.of(Direction.TO_CRM, NOW));
        Decision goes = decide(waitingSince(NOW), again);
        assertThat(goes.crmPatch()).containsKey("Amount");
        assertThat(counted(goes, again)).isEmpty();
        assertThat(decide(waitingSince(NOW.plusMillis(1)), again).crmPatch()).as("what waits since then").isEmpty();

        Stops released = new Stops(Set.of(), Map.of(Direction.TO_CRM, NOW));
        assertThat(counted(decide(waitingSince(NOW), released), released)).isEmpty();
        assertThat(counted(decide(waitingSince(NOW.plusMillis(1)), released), released))
                .containsExactly(Direction.TO_CRM);
        Stops other = new Stops(Set.of(Direction.TO_CRM), Map.of(Direction.TO_PARTNER_CENTER, NOW));
        assertThat(decide(waitingSince(NOW), other).crmPatch()).as("the other direction was released").isEmpty();
    }
}
