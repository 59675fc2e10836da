package dev.cosell.sandbox.partnercenter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cosell.sandbox.IssuedTokens;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Microsoft's seller and another partner can do in the sandbox, and who is told. */
class MicrosoftSellerTest {
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

    private static Map<String, Object> microsoft(String what, String json) {
        return client.control("POST", "microsoft/latest/" + what, json).json();
    }

    @Test
    void a_deal_of_the_portal_can_have_microsofts_referral_and_each_answer_is_possible() {
        Map<String, Object> own = client.deal("{}");
        Map<String, Object> invited = microsoft("invited", "{}");
        assertThat(invited).containsEntry("engagementId", own.get("engagementId"))
                .containsEntry("organizationId", "msft")
                .containsEntry("status", "New").containsEntry("substatus", "Pending").containsEntry("team", List.of());
        assertThat(invited.get("id")).isNotEqualTo(own.get("id"));
        assertThat(client.control("GET", "deals/latest", null).json()).containsEntry("id", own.get("id"));

        assertThat(microsoft("answer", "{\"substatus\":\"Engaged\"}")).containsEntry("status", "New")
                .containsEntry("substatus", "Engaged");
        assertThat(microsoft("sellers", "{\"sellers\":[{\"firstName\":\"Jo\"}]}")).containsEntry("team",
                List.of(Map.of("firstName", "Jo")));
        assertThat(microsoft("lost", "{\"reason\":\"No budget\"}")).containsEntry("substatus", "Lost")
                .containsEntry("statusReason", "No budget");
        assertThat(client.control("GET", "deals/" + own.get("id"), null).json()).containsEntry("status", "Active");
    }

    @Test
    void referrals_of_others_are_announced_as_related_and_are_not_ours_to_write() {
        client.control("PUT", "webhook", "{\"url\":\"http://localhost:1/nowhere\"}");
        Map<String, Object> own = client.deal("{}");
        Map<String, Object> theirs = client.control("POST", "partners/latest", "{}").json();
        assertThat(theirs).containsEntry("engagementId", own.get("engagementId")).containsEntry("organizationName",
                "Fast Lane Partners");
        microsoft("invited", "{}");
        microsoft("accept", "{}");

        await().untilAsserted(() -> assertThat(client.control("GET", "deliveries", null).list())
                .extracting(entry -> String.valueOf(((Map<?, ?>) entry).get("event")))
                .contains("referral-created", "related-referral-created", "related-referral-updated"));
        assertThat(client.control("GET", "deals/latest", null).json()).containsEntry("id", own.get("id"));
        assertThat(client.control("POST", "microsoft/unknown/invited", "{}").status()).isEqualTo(404);
        assertThat(client.control("POST", "partners/unknown", "{}").status()).isEqualTo(404);
    }
}
