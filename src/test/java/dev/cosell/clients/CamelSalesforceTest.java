package dev.cosell.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.component.salesforce.SalesforceComponent;
import org.apache.camel.component.salesforce.api.SalesforceException;
import org.apache.camel.component.salesforce.api.SalesforceMultipleChoicesException;
import org.apache.camel.component.salesforce.api.dto.AbstractDescribedSObjectBase;
import org.apache.camel.component.salesforce.api.dto.Limits;
import org.apache.camel.component.salesforce.api.dto.SObjectDescription;
import org.apache.camel.component.salesforce.api.dto.UpsertSObjectResult;
import org.apache.camel.component.salesforce.api.dto.composite.SObjectComposite;
import org.apache.camel.component.salesforce.api.dto.composite.SObjectComposite.Method;
import org.apache.camel.component.salesforce.api.dto.composite.SObjectCompositeResponse;
import org.apache.camel.component.salesforce.api.dto.composite.SObjectCompositeResult;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The component camel-salesforce takes the sandbox for an org: one case for each thing the component is used for. */
class CamelSalesforceTest {
    private static final String KEY = "sObjectName=Opportunity&sObjectIdName=Referral_Identifier__c&rawPayload=true&sObjectIdValue=";
    private static final String DEAL = "{\"Name\":\"Deal\",\"StageName\":\"Prospecting\",\"CloseDate\":\"2027-03-31\"}";
    private static final String TOKEN = "POST /services/oauth2/token";

    private static RunningSandbox sandbox;
    private static SalesforceOfCamel salesforce;
    @TempDir
    private static Path folder;

    @BeforeAll
    static void start() {
        sandbox = new RunningSandbox();
        salesforce = SalesforceOfCamel.withClientCredentials(sandbox.salesforce());
    }

    @AfterAll
    static void stop() {
        salesforce.close();
        sandbox.close();
    }

    @BeforeEach
    void reset() {
        salesforce.sandbox("POST", "/sandbox/reset", null);
    }

    static Stream<Arguments> grants() throws Exception {
        KeyStoreParameters keys = new KeyStoreParameters();
        keys.setResource("file:" + keyStore());
        keys.setPassword("changeit");
        return Stream.of(grant("client credentials", component -> component.setClientSecret("sandbox")),
                grant("JWT", component -> component.setKeystore(keys), component -> component.setUserName("sandbox")),
                grant("JWT for an org with its own login host", component -> component.setKeystore(keys),
                        component -> component.setUserName("sandbox"),
                        component -> component.setJwtAudience("https://login.salesforce.com")),
                grant("refresh token", component -> component.setRefreshToken("sandbox")),
                grant("password", component -> component.setClientSecret("sandbox"),
                        component -> component.setUserName("sandbox"),
                        component -> component.setPassword("sandbox")));
    }

    @SafeVarargs
    private static Arguments grant(String name, Consumer<SalesforceComponent>... settings) {
        return Arguments.of(name, (Consumer<SalesforceComponent>) component -> {
            for (Consumer<SalesforceComponent> each : settings) {
                each.accept(component);
            }
        });
    }

    private static Path keyStore() throws Exception {
        Path file = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-alias", "only",
                "-keyalg", "RSA", "-dname", "CN=cosell", "-storetype", "PKCS12", "-keystore", file.toString(),
                "-storepass", "changeit").start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue()).isZero();
        return file;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("grants")
    void startsAndStopsWithEachGrant(String name, Consumer<SalesforceComponent> settings) {
        String token;
        try (SalesforceOfCamel other = new SalesforceOfCamel(sandbox.salesforce(), settings)) {
            assertThat(salesforce.calls(TOKEN)).as("one login at the start").isEqualTo(1);
            assertThat(other.json("query?rawPayload=true", "SELECT COUNT() FROM User").get("totalSize").asInt())
                    .isPositive();
            token = other.component.getSession().getAccessToken();
        }
        assertThat(salesforce.calls("GET /services/oauth2/revoke")).isEqualTo(1);
        assertThat(salesforce.sandbox("GET", "/services/data/v56.0/limits?oauth_token=" + token, null).get(0)
                .get("errorCode").asText())
                .isEqualTo("INVALID_SESSION_ID");
    }

    private static String created(String object, String fields) {
        JsonNode answer = salesforce.json("createSObject?rawPayload=true&sObjectName=" + object, fields);
        assertThat(answer.get("success").asBoolean()).isTrue();
        return answer.get("id").asText();
    }

    private static JsonNode read(String id, String fields) {
        return salesforce.json(
                "getSObject?rawPayload=true&sObjectName=Opportunity&sObjectId=" + id + "&sObjectFields=" + fields,
                null);
    }

    @Test
    void createsUpdatesAndDeletesARow() {
        String id = created("Opportunity", DEAL);
        Exchange updated = salesforce.call("updateSObject?rawPayload=true&sObjectName=Opportunity&sObjectId=" + id,
                "{\"Amount\":120000.5}");
        assertThat(updated.getException()).isNull();
        assertThat(updated.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo("204");
        assertThat(read(id, "Name,Amount").get("Amount").asDouble()).isEqualTo(120000.5);
        assertThat(salesforce.call("deleteSObject?sObjectName=Opportunity&sObjectId=" + id, null).getException())
                .isNull();
        assertThat(salesforce.call("getSObject?rawPayload=true&sObjectName=Opportunity&sObjectId=" + id, null)
                .getException()).isInstanceOf(SalesforceException.class)
                .satisfies(refused -> assertThat(((SalesforceException) refused).getStatusCode()).isEqualTo(404));
    }

    @Test
    void upsertsTwiceAndMeetsTwoRowsOfOneKey() {
        Exchange first = salesforce.call("upsertSObject?" + KEY + "R%2F1", DEAL);
        assertThat(first.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo("201");
        Exchange second = salesforce.call("upsertSObject?" + KEY + "R%2F1", "{\"Name\":\"Renamed\"}");
        assertThat(second.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo("200");
        assertThat(second.getMessage().getBody(String.class)).contains("\"created\":false");
        assertThat(salesforce.json("getSObjectWithId?" + KEY + "R%2F1", null).get("Name").asText())
                .isEqualTo("Renamed");

        salesforce.sandbox("POST", "/sandbox/settings", "{\"duplicates\":true}");
        created("Opportunity", DEAL.replace("}", ",\"Referral_Identifier__c\":\"R/1\"}"));
        assertThat(salesforce.call("upsertSObject?" + KEY + "R%2F1", "{\"Name\":\"Which?\"}").getException())
                .isInstanceOf(SalesforceMultipleChoicesException.class)
                .satisfies(choices -> assertThat(((SalesforceMultipleChoicesException) choices).getChoices()).hasSize(2)
                        .allMatch(url -> url.startsWith("/services/data/v56.0/sobjects/Opportunity/006")));
    }

    @Test
    void queriesTwoPages() {
        salesforce.sandbox("POST", "/sandbox/settings", "{\"queryPage\":2}");
        for (int i = 1; i <= 3; i++) {
            created("Account", "{\"Name\":\"Page " + i + "\"}");
        }
        JsonNode first = salesforce.json("query?rawPayload=true",
                "SELECT Id, Name FROM Account WHERE Name LIKE 'Page %' ORDER BY Name");
        assertThat(first.get("totalSize").asInt()).isEqualTo(3);
        assertThat(first.get("done").asBoolean()).isFalse();
        assertThat(first.get("records").findValuesAsText("Name")).containsExactly("Page 1", "Page 2");
        JsonNode second = salesforce.json("queryMore?rawPayload=true", first.get("nextRecordsUrl").asText());
        assertThat(second.get("done").asBoolean()).isTrue();
        assertThat(second.get("records").findValuesAsText("Name")).containsExactly("Page 3");
    }

    @Test
    void queryAllShowsADeletedRow() {
        String id = created("Opportunity", DEAL);
        salesforce.call("deleteSObject?sObjectName=Opportunity&sObjectId=" + id, null);
        String soql = "SELECT Id, IsDeleted FROM Opportunity WHERE Id = '" + id + "'";
        assertThat(salesforce.json("query?rawPayload=true", soql).get("totalSize").asInt()).isZero();
        assertThat(salesforce.json("queryAll?rawPayload=true", soql).get("records").get(0).get("IsDeleted").asBoolean())
                .isTrue();
    }

    @Test
    void describesAnObjectAndTellsLimitsAndVersions() {
        SObjectDescription description = salesforce.call("getDescription?sObjectName=Opportunity", null).getMessage()
                .getBody(SObjectDescription.class);
        assertThat(description.getName()).isEqualTo("Opportunity");
        assertThat(description.getFields()).filteredOn(field -> field.getName().equals("Referral_Identifier__c"))
                .singleElement()
                .satisfies(field -> assertThat(field.isExternalId() && field.isUnique()).isTrue());
        assertThat(salesforce.json("getDescription?rawPayload=true&sObjectName=Task", null).get("keyPrefix").asText())
                .isEqualTo("00T");
        Limits limits = salesforce.call("limits", null).getMessage().getBody(Limits.class);
        assertThat(limits.getDailyApiRequests().getMax()).isEqualTo(100_000);
        assertThat(limits.getDailyApiRequests().getRemaining()).isLessThan(100_000);
        assertThat(salesforce.json("getVersions?rawPayload=true", null).findValuesAsText("version")).contains("37.0",
                "56.0", "66.0");
        assertThat(salesforce.json("getGlobalObjects?rawPayload=true", null).get("sobjects").findValuesAsText("name"))
                .contains("Opportunity", "PushTopic");
        assertThat(salesforce.json("getResources?rawPayload=true", null).get("query").asText())
                .isEqualTo("/services/data/v56.0/query");
        assertThat(salesforce.json("getBasicInfo?rawPayload=true&sObjectName=Account", null).has("recentItems"))
                .isTrue();
    }

    /** A row as the component's own generator would write its class. */
    public static final class Account extends AbstractDescribedSObjectBase {
        private String website;

        public Account() {
            getAttributes().setType("Account");
        }

        @JsonProperty("Website")
        public String getWebsite() {
            return website;
        }

        @JsonProperty("Website")
        public void setWebsite(String website) {
            this.website = website;
        }

        @Override
        public SObjectDescription description() {
            SObjectDescription description = new SObjectDescription();
            description.setName("Account");
            return description;
        }
    }

    @Test
    void laterPartsOfACompositeUseAnswersOfEarlierOnes() {
        Account account = new Account();
        account.setName("Contoso");
        account.setWebsite("https://contoso.example");
        SObjectComposite composite = new SObjectComposite("56.0", true);
        composite.addCreate(account, "acc");
        composite.addGeneric(Method.PATCH, "/sobjects/Opportunity/Referral_Identifier__c/R-1",
                Map.of("Name", "Deal", "StageName", "Prospecting", "CloseDate",
                        "2027-03-31", "AccountId", "@{acc.id}"),
                "opp");
        composite.addGet("Opportunity", "@{opp.id}", "row", "AccountId", "Account.Name");
        composite.addQuery("SELECT Id, Name FROM Account WHERE Name = 'Contoso'", "q");
        Exchange exchange = salesforce.call("composite", composite);
        assertThat(exchange.getException()).isNull();
        List<SObjectCompositeResult> results = exchange.getMessage().getBody(SObjectCompositeResponse.class)
                .getCompositeResponse();
        assertThat(results).extracting(SObjectCompositeResult::getReferenceId).containsExactly("acc", "opp", "row",
                "q");
        assertThat(results).extracting(SObjectCompositeResult::getHttpStatusCode).as(results.toString())
                .containsExactly(201, 201, 200, 200);
        assertThat(results.get(2).getBody().toString()).contains("Contoso");
    }

    @Test
    void oneBadRowOfACollectionHindersNoOther() {
        List<Map<String, Object>> rows = List.of(
                Map.of("attributes", Map.of("type", "Opportunity"), "Referral_Identifier__c", "R-1", "Name", "Good",
                        "StageName", "Prospecting", "CloseDate", "2027-03-31"),
                Map.of("attributes", Map.of("type", "Opportunity"), "Referral_Identifier__c", "R-2", "Name", "Bad",
                        "StageName", "Nowhere", "CloseDate", "2027-03-31"));
        Exchange exchange = salesforce.call(
                "compositeUpsertSObjectCollections?sObjectName=Opportunity&sObjectIdName=Referral_Identifier__c", rows);
        assertThat(exchange.getException()).isNull();
        List<?> results = exchange.getMessage().getBody(List.class);
        assertThat(results).extracting("success", "created").containsExactly(tuple(true, true), tuple(false, null));
        assertThat(((UpsertSObjectResult) results.get(1)).getErrors()).singleElement()
                .satisfies(
                        error -> assertThat(error.getErrorCode()).isEqualTo("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"));
    }

    @Test
    void aRawCallAsksForUpdatedRows() {
        String id = created("Opportunity", DEAL);
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Exchange exchange = salesforce.call(
                "raw?rawMethod=GET&rawPath=/services/data/v56.0/sobjects/Opportunity/updated/&rawQueryParameters=start,end",
                null,
                Map.of("start", now.minus(1, ChronoUnit.HOURS).toString().replace("Z", "+00:00"), "end",
                        now.plus(1, ChronoUnit.HOURS).toString().replace("Z", "+00:00")));
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody(String.class)).contains("\"ids\":[\"" + id + "\"]",
                "latestDateCovered");
    }

    @Test
    void aSessionThatEndsBetweenTwoCallsIsRenewed() {
        created("Opportunity", DEAL);
        salesforce.sandbox("POST", "/sandbox/stats/reset", null);
        salesforce.sandbox("POST", "/sandbox/sessions/expire", null);
        created("Opportunity", DEAL);
        assertThat(salesforce.calls(TOKEN)).isEqualTo(1);
        assertThat(salesforce.calls("POST /services/data/sobjects/Opportunity")).as("refused, then repeated")
                .isEqualTo(2);
    }
}
