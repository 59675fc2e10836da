package dev.cosell.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cosell.verbs.Fault;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.ExchangeHelper;
import org.apache.camel.support.UnitOfWorkHelper;
import org.junit.jupiter.api.Test;

/** Whose call waits how long, with five calls a minute against a clock that the test turns. */
class TurnsTest {
    private static final Request LOOK = new Request("GET", "/referrals/1", Map.of(), null);
    private static final Request PAGE = new Request("GET", "/referrals", Map.of(), null).patiently();

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private final CallRate rate = new CallRate("partner-center", 5, clock);
    private final Turns turns = new Turns("partner-center", rate);
    private final DefaultCamelContext camel = new DefaultCamelContext();


    private Exchange exchange() {
        return new DefaultExchange(camel);
    }

    /** All calls that come within two turns are taken; the next free one is a minute away. */
    private void others() {
        for (int call = 0; call < 4; call++) {
            rate.take(CallRate.Patience.BEGUN);
        }
    }

    /** The looks of a backfill waited like the writes of a sync, and kept syncs out for as long as there were any. */
    @Test
    void what_is_done_with_a_page_is_not_begun_by_reading_it() {
        Exchange backfill = exchange();
        turns.await(backfill, PAGE);
        others();
        Exchange look = ExchangeHelper.createCopy(backfill, false);
        assertThatThrownBy(() -> turns.await(look, LOOK)).isInstanceOf(Fault.Throttled.class);
    }

    /** The CRM was asked for each attempt of a sync that Partner Center then had no call for. */
    @Test
    void a_turn_that_is_taken_before_the_call_serves_the_call() {
        Exchange sync = exchange();
        turns.take(sync);
        others();
        Exchange late = exchange();
        assertThatThrownBy(() -> turns.take(late)).isInstanceOf(Fault.Throttled.class);
        turns.await(sync, LOOK);
        now = now.plusSeconds(15);
        assertThat(rate.take(CallRate.Patience.BEGUN)).as("four calls in front of it, and not five")
                .isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void a_turn_of_what_makes_no_call_is_given_back() {
        Exchange sync = exchange();
        turns.take(sync);
        assertThat(rate.tryNow()).isFalse();
        UnitOfWorkHelper.doneSynchronizations(sync, sync.getExchangeExtension().handoverCompletions());
        assertThat(rate.tryNow()).isTrue();
        assertThat(rate.tryNow()).isFalse();
    }
}
