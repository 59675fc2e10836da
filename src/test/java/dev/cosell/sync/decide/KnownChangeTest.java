package dev.cosell.sync.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.sync.decide.Agreement.Seen;
import dev.cosell.verbs.Hint;
import dev.cosell.verbs.RecordView;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Which notification tells of nothing but what both sides agree on. */
class KnownChangeTest {
    private static final Instant CHANGED = Instant.parse("2026-02-04T11:00:00.7654321Z");

    private static Pair pair(Instant told, Link link) {
        return Pair.of("salesforce", new Hint("partner-center", "R1", null, Hint.Origin.WEBHOOK).changedAt(told), link);
    }

    private static Link link(String version, Instant changed) {
        return Link.of("salesforce", Ends.deal("R1", null, "006A"))
                .with(new Agreement(AgreedValues.NONE, new Seen(version, RecordView.micros(changed)), Seen.NONE));
    }

    @Test
    void theVeryChangeThatTheLinkKnows() {
        assertThat(pair(CHANGED, link("v1", CHANGED)).isKnownChange()).isTrue();
    }

    @Test
    void anotherTimeOrNoneIsNews() {
        assertThat(pair(CHANGED.plusNanos(1000), link("v1", CHANGED)).isKnownChange()).isFalse();
        assertThat(pair(null, link("v1", CHANGED)).isKnownChange()).isFalse();
    }

    @Test
    void aTimeInWholeMillisecondsMayStandForTwoChanges() {
        Instant coarse = Instant.parse("2026-02-04T11:00:00.765Z");
        assertThat(pair(coarse, link("v1", coarse)).isKnownChange()).isFalse();
    }

    @Test
    void aVersionThatHasToComeBackAsNewsIsNotKnown() {
        assertThat(pair(CHANGED, link(null, CHANGED)).isKnownChange()).isFalse();
        assertThat(pair(CHANGED, null).isKnownChange()).isFalse();
        assertThat(pair(CHANGED, link("v1", CHANGED).with(Standing.of(LinkState.PARKED, "why"))).isKnownChange())
                .isFalse();
    }
}
