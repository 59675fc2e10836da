package dev.cosell.sync.decide;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LinkTest {
    private static final Instant NOW = Instant.parse("2026-11-22T14:05:00Z");
    private static final Breaker BREAKER = new Breaker(3, Duration.ofMinutes(10));
    private static final Link DEAL = Link.of("crm", Ends.deal("r1", "e1", "crm-1"));

    @Test
    void two_records_are_joined_unless_one_is_missing_a_lead_or_only_claimed() {
        assertThat(DEAL.isJoined()).isTrue();
        assertThat(DEAL.with(Standing.of(LinkState.PARKED, "why")).isJoined()).isTrue();
        assertThat(DEAL.with(Standing.of(LinkState.CLAIMED, "why")).isJoined()).isFalse();
        assertThat(Link.of("crm", Ends.deal("r1", "e1", null)).isJoined()).isFalse();
        assertThat(Link.of("crm", Ends.lead("r1", "e1", "lead-1")).isJoined()).isFalse();
        assertThat(Link.of("crm", Ends.lead("r1", "e1", "lead-1")).isLead()).isTrue();
    }

    @Test
    void a_link_takes_the_row_of_another_and_nothing_else() {
        Link old = new Link(7, "crm", Ends.deal("r2", null, null), Agreement.NONE, Standing.of(LinkState.PARKED, "why"),
                new WriteCount(NOW, 2), Waits.NONE);
        Link next = DEAL.inPlaceOf(old);
        assertThat(next.id()).isEqualTo(7);
        assertThat(next.inPlaceOf(null)).isEqualTo(DEAL);
        assertThat(next.ends()).isEqualTo(DEAL.ends());
        assertThat(next.writes()).isEqualTo(WriteCount.NONE);
    }

    @Test
    void later_versions_keep_the_order_and_what_was_agreed() {
        Link ordered = DEAL
                .with(new Agreement(AgreedValues.NONE, new Agreement.Seen("1", 10L), new Agreement.Seen("a", 20L)));
        assertThat(ordered.at("2", "b").agreement()).isEqualTo(
                new Agreement(AgreedValues.NONE, new Agreement.Seen("2", 10L), new Agreement.Seen("b", 20L)));
    }

    @Test
    void writes_are_counted_within_the_window() {
        WriteCount first = BREAKER.counted(null, true, NOW);
        assertThat(first).isEqualTo(new WriteCount(NOW, 1));
        assertThat(BREAKER.counted(DEAL.with(first), true, NOW.plusSeconds(60))).isEqualTo(new WriteCount(NOW, 2));
        assertThat(BREAKER.counted(DEAL.with(first), false, NOW.plusSeconds(60))).isEqualTo(first);
        assertThat(BREAKER.counted(DEAL.with(first), true, NOW.plusSeconds(601)))
                .isEqualTo(new WriteCount(NOW.plusSeconds(601), 1));
        assertThat(BREAKER.open(DEAL.with(new WriteCount(NOW, 3)), NOW.plusSeconds(60))).isTrue();
        assertThat(BREAKER.open(DEAL.with(new WriteCount(NOW, 3)), NOW.plusSeconds(601))).isFalse();
        assertThat(BREAKER.open(null, NOW)).isFalse();
    }
}
