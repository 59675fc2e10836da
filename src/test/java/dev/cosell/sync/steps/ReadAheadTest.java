package dev.cosell.sync.steps;

import static dev.cosell.sync.decide.PlainDeals.CRM;
import static dev.cosell.sync.decide.PlainDeals.REFERRALS;
import static dev.cosell.sync.decide.PlainDeals.SIDE;
import static dev.cosell.sync.decide.PlainDeals.agreed;
import static dev.cosell.sync.decide.PlainDeals.link;
import static dev.cosell.sync.decide.PlainDeals.opportunity;
import static dev.cosell.sync.decide.PlainDeals.pair;
import static dev.cosell.sync.decide.PlainDeals.referral;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.sync.decide.Decision;
import dev.cosell.sync.decide.Pair;
import dev.cosell.sync.decide.PlainDeals;
import dev.cosell.sync.decide.Situation;
import dev.cosell.verbs.Hint;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

/** What may rest on an opportunity that was read with others, in the order in which the sync route asks. */
class ReadAheadTest {
    private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    private static final Map<String, Object> EDITED = opportunity(Map.of("Amount", 300, "Version", "8"));

    private final List<String> waiting = new ArrayList<>(List.of("crm-2"));
    private final ReadAhead ahead = new ReadAhead(Map.of("crm", CRM), (crm, wanted, most) ->
            waiting.stream().filter(wanted).limit(most).toList(), CLOCK);
    private final KeptOpportunities kept = new KeptOpportunities(REFERRALS, crm -> SIDE.mapping(), CLOCK);
    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

    /** As it is after the sync route has read both sides, the opportunity together with others. */
    private Decision decided(int inPartnerCenter) {
        Hint hint = new Hint("crm", "crm-1", "8", Hint.Origin.POLL);
        Pair reported = pair(hint, link(agreed("Amount", "100.00")), null, null);
        exchange.setVariable("pair", reported);
        List<String> together = ahead.together(reported);
        assertThat(together).containsExactly("crm-1", "crm-2");
        ahead.handOver("crm", together, List.of(EDITED));
        ahead.recall(exchange);
        kept.recall(exchange);
        Pair read = exchange.getVariable("pair", Pair.class);
        assertThat(read.opportunity().fields()).isEqualTo(EDITED);
        Map<String, Object> referral = referral(Map.of("dealValue", inPartnerCenter));
        return PlainDeals.decide(read.withReferral(PlainDeals.known(referral)));
    }

    @SuppressWarnings("unchecked")
    private boolean isTooLittle(Decision decision) {
        return kept.isTooLittle(decision, exchange.getVariable("keptOpportunity", Map.class));
    }

    @Test
    void an_edit_that_a_later_one_can_take_back_needs_no_other_read() {
        Decision decision = decided(100);
        assertThat(decision.situation()).isEqualTo(Situation.CHANGED);
        assertThat(isTooLittle(decision)).isFalse();
    }

    /** It began beside the first one, with an opportunity far behind in the queue. */
    @Test
    void a_second_sync_reads_with_those_that_the_first_one_does_not_read() {
        IntStream.range(3, 60).forEach(number -> waiting.add("crm-" + number));
        List<String> first = ahead.together(reported("crm-1"));
        List<String> second = ahead.together(reported("crm-59"));
        assertThat(first).hasSize(25).startsWith("crm-1", "crm-2").endsWith("crm-25");
        assertThat(second).hasSize(25).startsWith("crm-59", "crm-26").endsWith("crm-49");
    }

    /** Whoever was to sync the one that was left stood still for a minute. */
    @Test
    void an_opportunity_that_a_sync_claimed_and_does_not_read_keeps_nobody_waiting() {
        List<String> first = new ArrayList<>();
        List<ReadAhead> self = new ArrayList<>();
        ReadAhead overtaken = new ReadAhead(Map.of("crm", CRM), (crm, wanted, most) -> {
            if (!first.isEmpty()) {
                return List.of("crm-1", "crm-2");
            }
            first.add("begun");
            first.addAll(self.get(0).together(reported("crm-9")));
            return List.of("crm-2", "crm-3");
        }, CLOCK);
        self.add(overtaken);

        assertThat(overtaken.together(reported("crm-1"))).as("all but crm-3 is read by another sync").isEmpty();
        assertThat(first).containsExactly("begun", "crm-9", "crm-1", "crm-2");
        assertThat(CompletableFuture.supplyAsync(() -> overtaken.together(reported("crm-3"))))
                .succeedsWithin(Duration.ofSeconds(20));
    }

    private static Pair reported(String id) {
        return pair(new Hint("crm", id, "8", Hint.Origin.POLL), null, null, null);
    }

    @Test
    void a_conflict_is_not_decided_by_what_was_read_ahead() {
        Decision decision = decided(200);
        assertThat(decision.situation()).isEqualTo(Situation.CONFLICT);
        assertThat(isTooLittle(decision)).isTrue();
    }
}
