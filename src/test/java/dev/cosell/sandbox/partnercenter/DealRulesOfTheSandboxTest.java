package dev.cosell.sandbox.partnercenter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.sandbox.IssuedTokens;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** PUT, field rules and registrations of the stand-in Partner Center. */
class DealRulesOfTheSandboxTest {
    private static final String ONE = "/";
    private static Vertx vertx;
    private static PartnerCenterSandbox sandbox;
    private static PartnerCenterClient client;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        sandbox = new PartnerCenterSandbox(vertx, Clock.systemUTC(), new IssuedTokens(Clock.systemUTC()), null);
        client = new PartnerCenterClient(sandbox.listen("localhost", 0));
    }

    @AfterAll
    static void stop() {
        sandbox.close();
        vertx.close();
    }

    @BeforeEach
    void reset() {
        client.control("POST", "reset", null);
    }

    private static PartnerCenterClient.Result patch(Map<String, Object> deal, String operations) {
        return client.api("PATCH", ONE + deal.get("id"), operations, "Content-Type", "application/json",
                "X-Caller-Id", "11111111-2222-3333-4444-555555555555");
    }

    private static String replace(String path, String value) {
        return "[{\"op\":\"replace\",\"path\":\"" + path + "\",\"value\":" + value + "}]";
    }

    @Test
    void putReplacesTheWholeResourceWithItsVersionAndWithoutLinks() {
        Map<String, Object> deal = new LinkedHashMap<>(client.deal("{}"));
        String version = (String) deal.get("eTag");
        assertThat(put(deal, version).status()).as("with links").isEqualTo(400);
        deal.remove("links");
        deal.put("campaignId", "spring");
        assertThat(client.api("PUT", ONE + deal.get("id"), json(deal)).status()).as("without If-Match").isEqualTo(400);
        PartnerCenterClient.Result stored = put(deal, version);
        assertThat(stored.status()).isEqualTo(200);
        assertThat(stored.json()).containsEntry("campaignId", "spring");
        assertThat(put(deal, version).status()).isEqualTo(412);
    }

    private static PartnerCenterClient.Result put(Map<String, Object> deal, String version) {
        return client.api("PUT", ONE + deal.get("id"), json(deal), "If-Match", version, "Content-Type",
                "application/json");
    }

    private static String json(Map<String, Object> tree) {
        return new String(dev.cosell.sandbox.Json.bytes(tree), java.nio.charset.StandardCharsets.UTF_8);
    }

    @Test
    void undocumentedPathsAndOperationsAreRefused() {
        Map<String, Object> deal = client.deal("{}");
        assertThat(patch(deal, replace("/mpnId", "\"1\"")).status()).isEqualTo(400);
        assertThat(patch(deal, replace("/inviteContext/notes", "\"x\"")).status()).isEqualTo(400);
        assertThat(patch(deal, "[{\"op\":\"remove\",\"path\":\"/details/notes\"}]").status()).isEqualTo(400);
    }

    @Test
    void aDealNobodyHasAcceptedTakesItsStatusAndCrmIdOnly() {
        Map<String, Object> inbound = client.control("POST", "microsoft/deals", "{}").json();
        assertThat(patch(inbound, replace("/details/notes", "\"x\"")).status()).isEqualTo(400);
        assertThat(patch(inbound, replace("/externalReferenceId", "\"x\"")).status()).isEqualTo(204);
        client.settings("{\"refuseCrmIdWhileNew\":true}");
        assertThat(patch(inbound, replace("/externalReferenceId", "\"y\"")).status()).isEqualTo(400);
        assertThat(patch(inbound, "[{\"op\":\"replace\",\"path\":\"/status\",\"value\":\"Closed\"},"
                + "{\"op\":\"replace\",\"path\":\"/substatus\",\"value\":\"Declined\"},"
                + "{\"op\":\"replace\",\"path\":\"/externalReferenceId\",\"value\":\"y\"}]").status())
                .isEqualTo(400);
        client.settings("{\"fieldRules\":false}");
        assertThat(patch(inbound, replace("/details/notes", "\"x\"")).status()).isEqualTo(204);
    }

    @Test
    void theContactOfASharedDealStays() {
        Map<String, Object> shared = client.deal("{}");
        assertThat(patch(shared, replace("/customerProfile/team", "[]")).status()).isEqualTo(400);
        Map<String, Object> secret = client
                .deal("{\"consent\":{\"consentToShareReferralWithMicrosoftSellers\":false}}");
        assertThat(patch(secret, replace("/customerProfile/team", "[]")).status()).isEqualTo(204);
    }

    @Test
    void aReplacementMakesNothingOnTheWayToIt() {
        Map<String, Object> bare = client.deal("{\"details\":{\"requirements\":null}}");
        assertThat(patch(bare, replace("/details/requirements/solutions", "[{\"id\":\"SOL-1\"}]")).status())
                .isEqualTo(400);
        assertThat(patch(bare, replace("/details/notes", "\"there\"")).status()).isEqualTo(204);
    }

    @Test
    void onlyAWonSharedDealIsRegisteredAndNotFromADayBeforeItWasSigned() {
        Map<String, Object> open = client.deal("{}");
        assertThat(patch(open, registration("2026-10-01", "2026-09-28")).status()).isEqualTo(400);
        Map<String, Object> won = client.deal("{\"status\":\"Closed\",\"substatus\":\"Won\"}");
        assertThat(patch(won, registration("2026-09-01", "2026-09-28")).status()).isEqualTo(400);
        assertThat(client.api("PATCH", ONE + won.get("id"), registration("2026-10-01", "2026-09-28")).status())
                .as("by nobody knows which product").isEqualTo(400);
        assertThat(patch(won, registration("2026-10-01", "2026-09-28")).status()).isEqualTo(204);
        assertThat(client.control("GET", "deals/" + won.get("id"), null).json()).containsEntry("registrationStatus",
                "ReviewPending");
    }

    private static String registration(String start, String sign) {
        return "[{\"op\":\"add\",\"path\":\"/registrations/-\",\"value\":{\"type\":\"AzureIPCoSell\","
                + "\"solutionDetails\":[{\"id\":\"SOL-1\"}],"
                + "\"contract\":{\"currency\":\"GBP\",\"value\":1,\"term\":\"Perpetual\",\"startDateTime\":\"" + start
                + "T00:00:00Z\",\"signDateTime\":\"" + sign + "T00:00:00Z\"}}}]";
    }
}
