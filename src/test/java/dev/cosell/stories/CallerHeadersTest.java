package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.TemporaryFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Headers steer Camel's components. Those of a caller, even of one whose signature is right, steer nothing. */
@InWorld(value = {"salesforce", "dynamics"}, settings = {"salesforce.poll-interval=1d", "dynamics.poll-interval=1d",
        "partner-center.sweep-interval=1d"})
class CallerHeadersTest {
    private static World world;

    private static Map<String, String> steering(String foreign, Path file) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String prefix : List.of("", "camel", "CAMEL")) {
            headers.put(prefix.isEmpty() ? "CamelHttpUri" : prefix + "HttpUri", foreign);
        }
        headers.putAll(Map.of("CamelHttpMethod", "DELETE", "CamelHttpPath", "/elsewhere", "CamelHttpQuery", "x=1",
                "CamelHttpBaseUri", foreign,
                "CamelFileName", file.toString(), "CamelBeanMethodName", "refused", "CamelToDynamic", foreign,
                "CamelJmsDestinationName", "elsewhere",
                "CamelExecCommandExecutable", "/bin/true"));
        headers.putAll(Map.of("sObjectQuery", "SELECT Id FROM User", "sObjectName", "User", "sObjectId",
                "0058d0000000001AAA", "sObjectSearch",
                "FIND {x}", "apexUrl", "/x", "apexMethod", "DELETE", "rawPath", "/services/data/v60.0/sobjects/User",
                "rawMethod", "DELETE",
                "rawHttpHeaders", "X-Probe", "compositeMethod", "DELETE"));
        headers.putAll(Map.of("JMSReplyTo", "elsewhere", "JMSXGroupID", "elsewhere", "JMSPriority", "9",
                "JMSExpiration", "1", "JMSDestination",
                "elsewhere", "If-Match", "*", "X-HTTP-Method-Override", "DELETE", "Prefer", "x"));
        headers.put("mail.smtp.from", "elsewhere");
        return headers;
    }

    private static Map<String, Map<String, Object>> calls() {
        Map<String, Map<String, Object>> calls = new LinkedHashMap<>();
        calls.put("partner-center", Api.map(world.partnerCenter().get("/sandbox/stats").get("calls")));
        for (String crm : List.of("salesforce", "dynamics")) {
            calls.put(crm, Api.map(world.crm(crm).api().get("/sandbox/stats").get("calls")));
        }
        return calls;
    }

    private static void countFromZero() {
        world.partnerCenter().post("/sandbox/stats/reset", Map.of());
        List.of("salesforce", "dynamics").forEach(crm -> world.crm(crm).api().post("/sandbox/stats/reset", Map.of()));
    }

    /**
     * The deal moves, unannounced, and is then reported with these headers and this query; all calls that follow from
     * it.
     */
    private static Map<String, Map<String, Object>> callsAfter(String referralId, int value, Map<String, String> more,
            String query) {
        world.partnerCenter().patch("/sandbox/deals/" + referralId, Map.of("details", Map.of("dealValue", value)));
        byte[] event = world.event(referralId);
        Map<String, String> headers = new LinkedHashMap<>(world.signed(event));
        headers.putAll(more);
        countFromZero();
        HttpResponse<byte[]> answer = world.application().raw("POST", "/webhooks/partner-center" + query, event,
                headers);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().map().keySet())
                .noneMatch(name -> name.matches("(?i)camel.*|jms.*|sobject.*|raw.*|apex.*|composite.*"));
        for (String crm : List.of("salesforce", "dynamics")) {
            world.eventually(() -> assertThat(world.opportunityFor(world.crm(crm), referralId).toString())
                    .contains(String.valueOf(value)));
        }
        world.settle();
        Map<String, Map<String, Object>> calls = calls();
        assertThat(calls.values()).allSatisfy(each -> assertThat(each).isNotEmpty());
        calls.values().forEach(each -> each.keySet().removeIf(call -> call.contains("/sandbox/")));
        return calls;
    }

    @Test
    void headersAndQueriesOfACallerHaveNoEffect() throws IOException {
        String referralId = world.newDeal(Map.of());
        List.of("salesforce", "dynamics").forEach(crm -> world.opportunityFor(world.crm(crm), referralId));
        // The first sweep of a start may be late on a busy machine, and would be counted with the calls of the deal.
        world.firstReadsAreOver();
        world.partnerCenter().post("/sandbox/settings", Map.of("deliveries", false));
        callsAfter(referralId, 61000, Map.of(), "");
        Map<String, Map<String, Object>> usual = callsAfter(referralId, 62000, Map.of(), "");
        Path file = TemporaryFolder.named("cosell-caller").resolve("written.txt");
        try (ServerSocket elsewhere = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            String foreign = "http://localhost:" + elsewhere.getLocalPort() + "/";
            assertThat(callsAfter(referralId, 63000, steering(foreign, file), "")).isEqualTo(usual);
            assertThat(callsAfter(referralId, 64000, Map.of(),
                    "?sObjectQuery=SELECT+Id+FROM+User&CamelHttpUri=" + foreign + "&CamelFileName=" + file
                            + "&rawPath=/x&JMSReplyTo=elsewhere"))
                    .isEqualTo(usual);
            elsewhere.setSoTimeout(200);
            org.assertj.core.api.Assertions.assertThatThrownBy(elsewhere::accept)
                    .isInstanceOf(SocketTimeoutException.class);
        }
        assertThat(file).doesNotExist();
    }
}
