package dev.cosell.trace;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cosell.stories.Log;
import dev.cosell.stories.World;
import dev.cosell.trace.SpanReceiver.One;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What programs learn of a change while it travels: its trace, and the lines of the log as JSON. */
class TracesTest {
    private static final String FOREIGN = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String NAME = "Lighthouse of \"Peggotty\"\n{\"forged\": true}";

    private static SpanReceiver receiver;
    private static World world;
    private static Log log;
    private static String referralId;
    private static Map<String, String> crmIds;

    @BeforeAll
    static void live() throws IOException {
        receiver = new SpanReceiver();
        log = Log.from(Level.INFO);
        world = new World(Map.of("traces.url", receiver.address(), "traces.secret-header",
                "Authorization: Bearer of-the-receiver", "log.format", "json"), Path.of("routes"), "salesforce",
                "dynamics");
        // Before the first sweep is over it may find the deal sooner than its notification, and the trace is the
        // sweep's.
        world.eventually(() -> assertThat(receiver.spans()).extracting(One::name).contains("partner-center-sweep"));
        world.settle();
        referralId = world.newDeal(Map.of("name", NAME));
        crmIds = Stream.of("salesforce", "dynamics").collect(Collectors.toMap(crm -> crm, crm -> world.crm(crm)
                .id(world.opportunityFor(world.crm(crm), referralId))));
        world.settle();
    }

    @AfterAll
    static void stop() {
        world.close();
        log.close();
        receiver.close();
    }

    private static Map<String, One> byId() {
        return receiver.spans().stream().collect(Collectors.toMap(One::id, Function.identity()));
    }

    /** Names of a span and of all above it, itself first. */
    private static List<String> chain(One span, Map<String, One> all) {
        return Stream.iterate(span, each -> each != null, each -> all.get(each.parent())).map(TracesTest::place)
                .toList();
    }

    private static String place(One span) {
        return span.attributes().getOrDefault("component", "") + " " + span.name();
    }

    private static List<One> roots() {
        return receiver.spans().stream().filter(span -> span.parent().isEmpty())
                .filter(span -> place(span).contains("platform-http")).toList();
    }

    @Test
    void a_change_is_one_trace_from_the_notification_through_the_queue_to_the_last_write() {
        world.eventually(() -> assertThat(roots()).isNotEmpty());
        world.eventually(() -> {
            Map<String, One> all = byId();
            Set<String> mine = roots().stream().map(One::trace).collect(Collectors.toSet());
            for (String crm : List.of("salesforce", "dynamics")) {
                List<List<String>> writes = all.values().stream().filter(span -> mine.contains(span.trace()))
                        .filter(span -> span.name().equals(crm + "-create")).map(span -> chain(span, all)).toList();
                assertThat(writes).as("traces that wrote to " + crm).isNotEmpty().allSatisfy(chain ->
                        assertThat(String.join(" < ", chain))
                                .contains("create-opportunity", "reconcile", "sync." + crm)
                                .endsWith("camel-platform-http POST"));
            }
            // The referral learns the id of the first CRM's record: the last write, in the same trace.
            assertThat(all.values()).filteredOn(span -> span.name().equals("partner-center-update"))
                    .extracting(One::trace).anyMatch(mine::contains);
        });
        assertThat(receiver.spans()).allSatisfy(span -> assertThat(span.resource())
                .containsEntry("service.name", "cosell-sync").containsKeys("service.version", "service.instance.id"));
        assertThat(receiver.authorizations()).containsOnly("Bearer of-the-receiver");
    }

    @Test
    void no_span_of_a_trace_has_a_parent_outside_of_it() {
        world.eventually(() -> {
            Map<String, One> all = byId();
            assertThat(all.values()).filteredOn(span -> !span.parent().isEmpty()).isNotEmpty().allSatisfy(span ->
                    assertThat(all).as(place(span)).containsKey(span.parent()));
            assertThat(all.values()).filteredOn(span -> !span.parent().isEmpty()).allSatisfy(span ->
                    assertThat(all.get(span.parent()).trace()).isEqualTo(span.trace()));
        });
    }

    /** Services send such a header with a mark that says "not to be kept", and nothing would be kept here either. */
    @Test
    void a_notification_that_brings_a_trace_along_begins_one_of_its_own() {
        world.settle();
        long before = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
        byte[] event = world.event(referralId);
        Map<String, String> headers = new HashMap<>(world.signed(event));
        headers.put("traceparent", "00-" + FOREIGN + "-00f067aa0ba902b7-00");
        assertThat(world.deliver(event, headers).statusCode()).isEqualTo(200);
        world.eventually(() -> assertThat(roots()).extracting(root -> root.span().getStartTimeUnixNano())
                .as("of a notification that came later").anyMatch(begun -> begun >= before));
        assertThat(receiver.spans()).extracting(One::trace).doesNotContain(FOREIGN);
    }

    @Test
    void spans_hold_no_value_of_a_deal() {
        world.eventually(() -> assertThat(roots()).isNotEmpty());
        assertThat(receiver.spans()).allSatisfy(span -> {
            assertThat(span.span().getEventsList()).isEmpty();
            assertThat(span.name() + span.attributes()).doesNotContain("Peggotty", "@", "SELECT", "?", "token");
        });
    }

    // ---- the log

    private static List<JsonNode> lines() {
        ObjectMapper json = new ObjectMapper();
        return log.written().stream().map(line -> {
            try {
                return json.readTree(line);
            } catch (IOException e) {
                throw new UncheckedIOException(line, e);
            }
        }).toList();
    }

    @Test
    void each_line_of_the_log_is_one_object_that_names_its_deal_and_its_trace() {
        world.eventually(() -> assertThat(roots()).isNotEmpty());
        Set<String> traces = roots().stream().map(One::trace).collect(Collectors.toSet());
        for (String crm : List.of("salesforce", "dynamics")) {
            List<JsonNode> made = lines().stream().filter(line -> line.path("formattedMessage").asText()
                    .contains("CREATE_OPPORTUNITY")).filter(line -> line.path("mdc").path("crm").asText().equals(crm))
                    .toList();
            assertThat(made).as(crm).singleElement().satisfies(line -> {
                assertThat(line.path("mdc").path("referralId").asText()).isEqualTo(referralId);
                assertThat(line.path("mdc").path("crmId").asText()).isEqualTo(crmIds.get(crm));
                assertThat(line.path("mdc").path("traceId").asText()).isIn(traces);
                assertThat(line.path("level").asText()).isEqualTo("INFO");
                assertThat(line.path("loggerName").asText()).isEqualTo("cosell.journey");
                assertThat(line.path("timestamp").asLong()).isPositive();
                assertThat(line.path("formattedMessage").asText()).contains("Peggotty");
                assertThat(line.has("forged")).isFalse();
            });
        }
    }

    /** A verb of Salesforce ends on a thread of its client: what is logged there has to name the deal, too. */
    @Test
    void a_line_that_is_logged_behind_a_call_names_the_deal_and_no_other() {
        List<String> ids = Stream.of("Groynes", "Breakwater").map(name -> world.crm("salesforce")
                .newOpportunity(world.crm("salesforce").country(name))).toList();
        for (String id : ids) {
            world.eventually(() -> assertThat(world.parked()).anyMatch(line -> line.contains(id)));
        }
        world.settle();
        for (String id : ids) {
            assertThat(lines()).filteredOn(line -> line.path("level").asText().equals("WARN"))
                    .filteredOn(line -> line.path("formattedMessage").asText().contains(id))
                    .isNotEmpty().allSatisfy(line -> assertThat(line.path("mdc").path("crmId").asText()).isEqualTo(id));
        }
        world.partnerCenter().post("/sandbox/faults", Map.of("status", 503, "times", 1));
        byte[] event = world.event(referralId);
        assertThat(world.deliver(event, world.signed(event)).statusCode()).isEqualTo(200);
        world.eventually(() -> assertThat(lines()).filteredOn(line -> line.path("formattedMessage").asText()
                .contains("the change waits in the queue")).isNotEmpty().allSatisfy(line ->
                assertThat(line.path("mdc").path("referralId").asText()).isEqualTo(referralId)));
        world.andAgainNothingHappens();
    }
}
