package dev.cosell.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Hint;
import dev.cosell.verbs.Reason;
import dev.cosell.verbs.Trouble;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

/** A record at which a system always failed was tried for ever: it was no parked record, and nobody was told. */
class ServerErrorsTest {
    private static final String BROKEN = "broken";

    private final DefaultCamelContext context = new DefaultCamelContext();
    private static final Fault.ServerError STRANGE = Fault.ServerError.strange("salesforce", "no JSON");

    private Fault.ServerError error = new Fault.ServerError("salesforce", "Salesforce answered 500");
    private final VerbCounts verbs = new VerbCounts(List.of("partner-center", "salesforce"));
    private final RoutePolicy update = verb("salesforce-update");
    private Instant now = Instant.parse("2026-11-30T14:05:00Z");
    private Instant answered;
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private final ServerErrors errors = new ServerErrors(verbs, system -> Optional.ofNullable(answered), clock);
    private final Defects defects = new Defects(errors, clock);

    private RoutePolicy verb(String id) {
        return verbs.createRoutePolicy(context, id, new RouteDefinition("direct:" + id));
    }

    private Exchange sync(String id, Hint.Origin origin) {
        Exchange exchange = new DefaultExchange(context);
        exchange.setVariable("crm", "salesforce");
        exchange.setProperty(Defects.HINT, new Hint("salesforce", id, "7", origin));
        return exchange;
    }

    private Exchange failed(String id) {
        Exchange exchange = sync(id, Hint.Origin.POLL);
        exchange.setException(error);
        update.onExchangeDone(null, exchange);
        return exchange;
    }

    /** Whether the record is to blame after so many more failures. */
    private boolean after(String id, int failures) {
        boolean toBlame = false;
        for (int number = 0; number < failures; number++) {
            now = now.plusSeconds(60);
            toBlame = errors.areOfTheRecord(failed(id), error);
        }
        return toBlame;
    }

    private void another(RoutePolicy verb) {
        verb.onExchangeDone(null, sync("another", Hint.Origin.POLL));
    }

    @Test
    void a_record_is_to_blame_when_the_same_call_succeeds_for_others_in_between() {
        for (int time = 0; time < 3; time++) {
            assertThat(after(BROKEN, 1)).isFalse();
            another(update);
        }
        assertThat(after(BROKEN, 11)).isFalse();
        assertThat(after(BROKEN, 1)).isTrue();
        assertThat(errors.reasons(error, null)).singleElement().satisfies(reason -> {
            assertThat(reason.key()).isEqualTo("CS-413 salesforce");
            assertThat(reason.words()).endsWith("answers otherwise: Salesforce answered 500");
        });
    }

    @Test
    void while_a_system_is_away_no_record_is_to_blame_nor_with_its_first_calls_afterwards() {
        assertThat(after(BROKEN, 1)).isFalse();
        another(update);
        answered = now;
        assertThat(after(BROKEN, 300)).isFalse();
        another(update);
        assertThat(after(BROKEN, 1)).isFalse();
        assertThat(after(BROKEN, 10)).isFalse();
        another(update);
        assertThat(after(BROKEN, 1)).as("for the third time").isTrue();
    }

    @Test
    void other_calls_of_the_system_prove_nothing_soon() {
        RoutePolicy read = verb("salesforce-get");
        for (int time = 0; time < 15; time++) {
            assertThat(after(BROKEN, 1)).isFalse();
            another(read);
        }
    }

    @Test
    void a_record_that_is_alone_is_to_blame_when_its_system_answers_otherwise_for_long() {
        assertThat(after(BROKEN, 1)).isFalse();
        for (int time = 0; time < 29; time++) {
            answered = now.plusSeconds(30);
            assertThat(after(BROKEN, 1)).isFalse();
        }
        answered = now.plusSeconds(30);
        assertThat(after(BROKEN, 1)).isTrue();
    }

    /** What stands in between may say anything to all calls, and each seemed to be an answer of the system. */
    @Test
    void strange_answers_to_all_calls_blame_nobody_however_long() {
        error = STRANGE;
        for (int time = 0; time < 100; time++) {
            answered = now.plusSeconds(30);
            assertThat(after(BROKEN, 1)).isFalse();
        }
    }

    @Test
    void a_record_to_which_strange_answers_come_is_to_blame_while_the_same_call_succeeds_for_others() {
        error = STRANGE;
        for (int time = 0; time < 14; time++) {
            assertThat(after(BROKEN, 1)).isFalse();
            another(update);
        }
        assertThat(after(BROKEN, 1)).isTrue();
        assertThat(errors.reasons(error, null)).singleElement().satisfies(reason -> assertThat(reason.words())
                .contains("an answer that is none of its own").endsWith("no JSON"));
    }

    @Test
    void when_a_system_takes_no_write_of_any_record_none_is_to_blame() {
        for (int time = 0; time < 100; time++) {
            answered = now.plusSeconds(30);
            now = now.plusSeconds(60);
            assertThat(IntStream.range(0, 4).mapToObj(number -> errors.areOfTheRecord(failed("deal " + number),
                    error))).containsOnly(false);
        }
    }

    @Test
    void a_sync_that_asks_twice_has_failed_once_and_one_that_succeeds_begins_anew() {
        for (int time = 0; time < 13; time++) {
            Exchange sync = failed(BROKEN);
            assertThat(errors.areOfTheRecord(sync, error)).isFalse();
            assertThat(errors.areOfTheRecord(sync, error)).isFalse();
            another(update);
        }
        defects.forget(sync(BROKEN, Hint.Origin.POLL));
        for (int time = 0; time < 14; time++) {
            assertThat(after(BROKEN, 1)).isFalse();
            another(update);
        }
        assertThat(after(BROKEN, 1)).isTrue();
    }

    @Test
    void what_stopped_the_record_before_stays_its_reason() {
        List<Reason> found = List.of(new Reason(Trouble.CURRENCY, "the CRM has no EUR"));
        assertThat(errors.reasons(error, found)).isEqualTo(found);
    }

    @Test
    void only_looks_that_time_has_brought_are_made_again_by_time() {
        assertThat(errors.meetALookOfTime(sync(BROKEN, Hint.Origin.AGAIN))).isTrue();
        assertThat(errors.meetALookOfTime(sync(BROKEN, Hint.Origin.RETRY))).isFalse();
        assertThat(errors.meetALookOfTime(new DefaultExchange(context))).isFalse();
    }
}
