package dev.cosell.sandbox.partnercenter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cosell.sandbox.IssuedTokens;
import dev.cosell.sandbox.Json;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.HashSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PartnerCenterSandboxTest {
    private static final String AUDIENCE = "https://api.partner.microsoft.com";
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

    @Test
    void tokenEndpointGivesTokensAndNamesTheErrorsOfEntra() {
        PartnerCenterClient.Result refreshed = client.token("grant_type=refresh_token&refresh_token=sandbox", AUDIENCE,
                "sandbox");
        assertThat(refreshed.status()).isEqualTo(200);
        assertThat(refreshed.json()).containsEntry("token_type", "Bearer").containsKeys("access_token",
                "refresh_token");
        PartnerCenterClient.Result wrongSecret = client.token("grant_type=client_credentials", AUDIENCE, "guess");
        assertThat(wrongSecret.status()).isEqualTo(401);
        assertThat(wrongSecret.json()).containsEntry("error", "invalid_client").containsEntry("error_codes",
                List.of(7000215));
        PartnerCenterClient.Result dead = client.token("grant_type=refresh_token&refresh_token=old", AUDIENCE,
                "sandbox");
        assertThat(dead.status()).isEqualTo(400);
        assertThat(dead.json()).containsEntry("error", "invalid_grant").containsEntry("error_codes", List.of(70008));
    }

    @Test
    void theOlderTokenEndpointSpeaksOfResourcesAndWritesNumbersAsTexts() {
        PartnerCenterClient.Result refreshed = older("grant_type=refresh_token&refresh_token=sandbox");
        assertThat(refreshed.json()).containsEntry("resource", AUDIENCE).containsKeys("refresh_token", "not_before",
                "expires_on");
        assertThat(refreshed.json().get("expires_in")).isInstanceOf(String.class);
        assertThat(client
                .send("GET", "/v1.0/engagements/referrals", null, "Authorization",
                        "Bearer " + refreshed.json().get("access_token"))
                .status()).isEqualTo(200);

        String password = "grant_type=password&username=sandbox&password=sandbox";
        assertThat(older(password).json()).containsEntry("error_codes", List.of(50076));
        client.settings("{\"multiFactor\":false}");
        assertThat(older(password).json()).containsKeys("access_token", "refresh_token");
        assertThat(older("grant_type=password&username=sandbox&password=guess").json()).containsEntry("error_codes",
                List.of(50126));
    }

    private static PartnerCenterClient.Result older(String grant) {
        return client.send("POST", "/tenant/oauth2/token",
                "client_id=sandbox&client_secret=sandbox&resource=" + AUDIENCE + "&" + grant,
                "Content-Type", "application/x-www-form-urlencoded");
    }

    @Test
    void strictRotationKillsTheOldRefreshToken() {
        client.settings("{\"strictRotation\":true}");
        Object second = client.token("grant_type=refresh_token&refresh_token=sandbox", AUDIENCE, "sandbox").json()
                .get("refresh_token");
        assertThat(client.token("grant_type=refresh_token&refresh_token=sandbox", AUDIENCE, "sandbox").status())
                .isEqualTo(400);
        assertThat(client.token("grant_type=refresh_token&refresh_token=" + second, AUDIENCE, "sandbox").status())
                .isEqualTo(200);
    }

    @Test
    void referralsTakeOnlyADelegatedTokenOfTheirOwnAudience() {
        String path = "/v1.0/engagements/referrals";
        String other = client.token("https://api.partnercenter.microsoft.com");
        Object application = client.token("grant_type=client_credentials", AUDIENCE, "sandbox").json()
                .get("access_token");
        assertThat(client.send("GET", path, null).status()).isEqualTo(401);
        assertThat(client.send("GET", path, null, "Authorization", "Bearer " + other).status()).isEqualTo(401);
        assertThat(client.send("GET", path, null, "Authorization", "Bearer " + application).status()).isEqualTo(401);
        assertThat(client.api("GET", "", null).status()).isEqualTo(200);
        client.settings("{\"withoutRole\":true}");
        assertThat(client.api("GET", "", null).status()).isEqualTo(403);
    }

    @Test
    void ownDealIsCreatedActiveAndMicrosoftsWaits() {
        PartnerCenterClient.Result own = create(Map.of("type", "Shared", "status", "New", "substatus", "Pending",
                "inviteContext", Map.of("assistanceRequestCode", "ProofOfConceptOrDemo")));
        assertThat(own.status()).isEqualTo(200);
        assertThat(own.json()).containsEntry("status", "Active").containsEntry("substatus", "Accepted")
                .containsEntry("direction", "Outgoing");
        assertThat(own.header("ETag")).isEqualTo(own.json().get("eTag")).startsWith("\"").endsWith("\"");
        PartnerCenterClient.Result microsofts = create(
                Map.of("type", "Shared", "engagementId", own.json().get("engagementId"),
                        "target", List.of(Map.of("type", "BusinessProfileLocation", "id", "msft")),
                        "inviteContext", Map.of("assistanceRequestCode", "ProofOfConceptOrDemo")));
        assertThat(microsofts.json()).containsEntry("status", "New").containsEntry("substatus", "Pending")
                .containsEntry("organizationId", "msft").containsEntry("engagementId", own.json().get("engagementId"));
        assertThat(client.value(
                client.api("GET", "?$filter=engagementId%20eq%20'" + own.json().get("engagementId") + "'", null)))
                .hasSize(2);
    }

    @Test
    void missingFieldsAreRefusedInTheDocumentedShape() {
        Map<String, Object> document = PartnerCenterClient.document(Map.of());
        Trees.put(document, "details/requirements/solutions", List.of());
        PartnerCenterClient.Result refused = client.api("POST", "", text(document));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(Trees.text(refused.json(), "error/code")).isEqualTo("invalidRequest");
        assertThat(Trees.text(refused.json(), "error/message")).isEqualTo("Solution ID is required.");
        Trees.put(document, "details/requirements/solutions", List.of(Map.of("id", "SOL-1")));
        Trees.put(document, "customerProfile/address/country", "GBR");
        assertThat(client.api("POST", "", text(document)).status()).isEqualTo(400);
        assertThat(client.api("POST", "", "{oops").status()).isEqualTo(400);
    }

    @Test
    void patchHonoursIfMatchPreferAndTheListOfPaths() {
        Map<String, Object> deal = client.deal("{}");
        String path = "/" + deal.get("id");
        String value = "[{\"op\":\"replace\",\"path\":\"/details/dealValue\",\"value\":123.45}]";
        PartnerCenterClient.Result silent = client.api("PATCH", path, value, "If-Match", (String) deal.get("eTag"));
        assertThat(silent.status()).isEqualTo(204);
        assertThat(client.api("PATCH", path, value, "If-Match", (String) deal.get("eTag")).status()).isEqualTo(412);
        PartnerCenterClient.Result shown = client.api("PATCH", path, value, "If-Match", silent.header("ETag"), "Prefer",
                "return=representation");
        assertThat(shown.status()).isEqualTo(200);
        assertThat(Trees.get(shown.json(), "details/dealValue")).hasToString("123.45");
        for (String refused : List.of("{\"op\":\"remove\",\"path\":\"/details/notes\"}",
                "{\"op\":\"replace\",\"path\":\"/mpnId\",\"value\":\"1\"}",
                "{\"op\":\"add\",\"path\":\"/details/notes\",\"value\":\"x\"}",
                "{\"op\":\"replace\",\"path\":\"/details/requirements/solutions\",\"value\":[]}",
                "{\"op\":\"replace\",\"path\":\"/status\",\"value\":\"New\"}",
                "{\"op\":\"replace\",\"path\":\"/consent/consentToShareReferralWithMicrosoftSellers\",\"value\":false}")) {
            assertThat(client.api("PATCH", path, "[" + refused + "]").status()).as(refused).isEqualTo(400);
        }
        assertThat(client.api("PATCH", path, "[{\"op\":\"replace\",\"path\":\"/name\",\"value\":\"Other\"}]").status())
                .isEqualTo(204);
        client.settings("{\"refuseNamePatch\":true}");
        assertThat(client.api("PATCH", path, "[{\"op\":\"replace\",\"path\":\"/name\",\"value\":\"Third\"}]").status())
                .isEqualTo(400);
    }

    @Test
    void closedIsFinal() {
        String path = "/" + client.deal("{}").get("id");
        assertThat(client.api("PATCH", path, "[{\"op\":\"replace\",\"path\":\"/status\",\"value\":\"Closed\"},"
                + "{\"op\":\"replace\",\"path\":\"/substatus\",\"value\":\"Won\"}]").status()).isEqualTo(204);
        assertThat(client.api("GET", path, null).json()).containsEntry("status", "Closed").extracting("closedDateTime")
                .isNotNull();
        assertThat(client.api("PATCH", path, "[{\"op\":\"replace\",\"path\":\"/details/notes\",\"value\":\"x\"}]")
                .status()).isEqualTo(400);
    }

    @Test
    void listFiltersSortsAndPagesWithANextLinkThatCannotBeFollowed() {
        for (int i = 0; i < 230; i++) {
            client.deal("{\"externalReferenceId\":\"crm-" + i + "\"}");
        }
        Map<String, Object> middle = client
                .value(client.api("GET", "?$filter=externalReferenceId%20eq%20'crm-120'", null)).get(0);
        assertThat(client.value(
                client.api("GET", "?$orderby=createdDateTime%20desc&$top=3&$select=id,externalReferenceId", null)))
                .extracting(item -> item.get("externalReferenceId")).containsExactly("crm-229", "crm-228", "crm-227");
        assertThat(client.value(client.api("GET", "?$filter=updatedDateTime%20ge%20" + middle.get("updatedDateTime")
                + "%20and%20direction%20eq%20'Outgoing'&$orderby=updatedDateTime%20asc", null)).get(0))
                .containsEntry("id", middle.get("id"));
        Set<Object> seen = new HashSet<>();
        String query = "?$orderby=updatedDateTime%20asc&$count=true";
        int pages = 0;
        for (; query != null; pages++) {
            Map<String, Object> page = client.api("GET", query, null).json();
            ((List<?>) page.get("value")).forEach(item -> seen.add(((Map<?, ?>) item).get("id")));
            String link = (String) page.get("@odata.nextLink");
            assertThat(link == null || link.contains("/v1.0/referrals?$skiptoken=")).isTrue();
            query = link == null ? null : link.substring(link.indexOf('?'));
        }
        assertThat(pages).isEqualTo(3);
        assertThat(seen).hasSize(230);
        assertThat(client.api("GET", "?$filter=name%20eq%20'x'", null).status()).isEqualTo(400);
        client.settings("{\"refuseUpdatedFilter\":true,\"refuseExternalReferenceFilter\":true}");
        assertThat(client.api("GET", "?$filter=updatedDateTime%20ge%202026-01-01T00:00:00Z", null).status())
                .isEqualTo(400);
        assertThat(client.api("GET", "?$filter=externalReferenceId%20eq%20'x'", null).status()).isEqualTo(400);
    }

    @Test
    void teamMembersCanBeFiltered() {
        client.deal("{\"team\":[{\"firstName\":\"Bo\",\"email\":\"bo@tidewater.example\"}]}");
        client.deal("{}");
        assertThat(client.value(client.api("GET",
                "?$filter=status%20eq%20'Active'%20and%20team/any(t:t/email%20eq%20'bo@tidewater.example')", null)))
                .hasSize(1);
    }

    @Test
    void staleReadsShowTheVersionBefore() {
        String path = "/" + client.deal("{\"name\":\"First\"}").get("id");
        client.control("PATCH", "deals/latest", "{\"name\":\"Second\"}");
        client.control("POST", "faults", "{\"method\":\"GET\",\"path\":\"referrals/\",\"stale\":true}");
        assertThat(client.api("GET", path, null).json()).containsEntry("name", "First");
        assertThat(client.api("GET", path, null).json()).containsEntry("name", "Second");
    }

    @Test
    void microsoftsSellerAnswers() {
        client.control("POST", "microsoft/deals", "{\"name\":\"From Microsoft\"}");
        assertThat(client.control("GET", "deals/latest", null).json()).containsEntry("status", "New")
                .containsEntry("direction", "Incoming");
        assertThat(client.control("POST", "microsoft/latest/accept", null).status()).isEqualTo(404);
        Map<String, Object> own = client
                .deal("{\"type\":\"Shared\",\"inviteContext\":{\"assistanceRequestCode\":\"GeneralOrOther\"}}");
        create(Map.of("engagementId", own.get("engagementId"), "target",
                List.of(Map.of("type", "BusinessProfileLocation", "id", "msft")),
                "inviteContext", Map.of("assistanceRequestCode", "GeneralOrOther")));
        Map<String, Object> accepted = client.control("POST", "microsoft/" + own.get("engagementId") + "/accept",
                "{\"msxId\":\"7-ABC\",\"sellers\":[{\"firstName\":\"Sam\",\"email\":\"sam@microsoft.example\"}]}")
                .json();
        assertThat(accepted).containsEntry("status", "Active");
        assertThat(Trees.get(accepted, "team/0/firstName")).isEqualTo("Sam");
        assertThat(
                Trees.get(client.control("GET", "deals/" + own.get("id"), null).json(), "trackingInfo/microsoftMsxId"))
                .isEqualTo("7-ABC");
        assertThat(client.control("POST", "microsoft/latest/decline", "{\"reason\":\"No match\"}").json())
                .containsEntry("status", "Closed").containsEntry("substatus", "Declined")
                .containsEntry("statusReason", "No match");
    }

    @Test
    void webhookIsRegisteredAndTestEventsAreLimited() {
        String[] auth = {"Authorization", "Bearer " + client.token("https://api.partnercenter.microsoft.com")};
        assertThat(client.send("GET", Registration.PATH, null).status()).isEqualTo(401);
        assertThat(client.send("GET", Registration.PATH, null, auth).status()).isEqualTo(404);
        assertThat(client.send("GET", Registration.PATH + "/events", null, auth).list())
                .contains("related-referral-updated");
        PartnerCenterClient.Result registered = client.send("POST", Registration.PATH,
                "{\"WebhookUrl\":\"http://localhost:1/hook\",\"WebhookEvents\":[\"referral-created\",\"test-created\"],"
                        + "\"signatureTokenToMsSignatureHeader\":true}",
                auth);
        assertThat(registered.json()).containsKey("SubscriberId").containsEntry("SignatureTokenToMsSignatureHeader",
                true);
        Object correlation = client.send("POST", Registration.PATH + "/validationEvents", null, auth).json()
                .get("correlationId");
        assertThat(client.send("GET", Registration.PATH + "/validationEvents/" + correlation, null, auth).json())
                .containsEntry("correlationId", correlation);
        client.send("POST", Registration.PATH + "/validationEvents", null, auth);
        assertThat(client.send("POST", Registration.PATH + "/validationEvents", null, auth).status()).isEqualTo(429);
    }

    @Test
    void deliveriesAreRetriedAndLogged() {
        client.settings("{\"firstPauseMillis\":1}");
        client.control("PUT", "webhook", "{\"url\":\"http://localhost:1/hook\"}");
        client.deal("{}");
        await().untilAsserted(() -> {
            Map<?, ?> entry = (Map<?, ?>) client.control("GET", "deliveries", null).list().get(0);
            assertThat(entry.get("attempts")).isEqualTo(10);
            assertThat(entry.get("state")).isEqualTo("given up");
        });
    }

    @Test
    void stateSurvivesASnapshot() {
        Map<String, Object> deal = client.deal("{\"externalReferenceId\":\"crm-1\"}");
        client.settings("{\"refuseNamePatch\":true}");
        Map<String, Object> snapshot = Json.object(Json.bytes(sandbox.snapshot()));
        client.control("POST", "reset", null);
        PartnerCenterSandbox other = new PartnerCenterSandbox(vertx, Clock.systemUTC(),
                new IssuedTokens(Clock.systemUTC()), null);
        other.restore(snapshot);
        PartnerCenterClient second = new PartnerCenterClient(other.listen("localhost", 0));
        assertThat(second.api("GET", "/" + deal.get("id"), null).json()).isEqualTo(deal);
        assertThat(second.value(second.api("GET", "?$filter=externalReferenceId%20eq%20'crm-1'", null))).hasSize(1);
        assertThat(second.control("GET", "settings", null).json()).containsEntry("refuseNamePatch", true);
        assertThat(second.control("GET", "deals/latest", null).json()).containsEntry("id", deal.get("id"));
        assertThat(other.authority()).isEqualTo(sandbox.authority());
        other.close();
    }

    private static PartnerCenterClient.Result create(Map<String, Object> wanted) {
        return client.api("POST", "", text(PartnerCenterClient.document(wanted)));
    }

    private static String text(Object tree) {
        return new String(Json.bytes(tree), StandardCharsets.UTF_8);
    }
}
