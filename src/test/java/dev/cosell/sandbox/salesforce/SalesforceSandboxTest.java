package dev.cosell.sandbox.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cosell.sandbox.salesforce.RunningSalesforce.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SalesforceSandboxTest {
    private static final String DEAL = "{\"Name\":\"Deal\",\"StageName\":\"Prospecting\",\"CloseDate\":\"2026-09-30\"}";
    private static RunningSalesforce salesforce;

    @BeforeAll
    static void start() {
        salesforce = new RunningSalesforce();
    }

    @AfterAll
    static void stop() {
        salesforce.close();
    }

    @BeforeEach
    void fresh() {
        salesforce.fresh();
    }

    private static String code(Reply reply) {
        return reply.body().get(0).get("errorCode").asText();
    }

    private static String create() {
        return salesforce.api("POST", "sobjects/Opportunity", DEAL).body().get("id").asText();
    }

    private static JsonNode read(String id) {
        return salesforce.api("GET", "sobjects/Opportunity/" + id, null).body();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "grant_type=client_credentials&client_id=sandbox&client_secret=sandbox",
        "grant_type=refresh_token&client_id=sandbox&refresh_token=sandbox",
        "grant_type=password&client_id=sandbox&client_secret=sandbox&username=sandbox&password=sandbox"})
    void opensASession(String form) {
        Reply reply = salesforce.login(form);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body().get("id").asText()).matches(".*/id/00D\\w{15}/005\\w{15}");
        assertThat(reply.body().get("instance_url").asText()).isEqualTo(salesforce.url);
    }

    @Test
    void opensASessionForAnAssertion() {
        String claims = "{\"iss\":\"sandbox\",\"sub\":\"sandbox\",\"aud\":\"https://login.salesforce.com\",\"exp\":\""
                + (salesforce.clock.millis() / 1000 + 270) + "\"}";
        String part = Base64.getUrlEncoder().encodeToString(claims.getBytes(StandardCharsets.UTF_8));

        assertThat(salesforce.login(
                "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=e30." + part + ".c2ln")
                .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            grant_type=client_credentials&client_id=sandbox&client_secret=wrong, invalid_client
            grant_type=client_credentials&client_id=wrong&client_secret=sandbox, invalid_client_id
            grant_type=refresh_token&client_id=sandbox&refresh_token=wrong, invalid_grant
            grant_type=password&client_id=sandbox&client_secret=sandbox&username=sandbox&password=wrong, invalid_grant
            grant_type=magic&client_id=sandbox&client_secret=sandbox, unsupported_grant_type
            """)
    void refusesALoginWithTwoKeys(String form, String error) {
        Reply reply = salesforce.login(form);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).hasSize(2);
        assertThat(reply.body().get("error").asText()).isEqualTo(error);
    }

    @Test
    void endsSessions() {
        salesforce.token();
        salesforce.control("POST", "sessions/expire", null);
        Reply reply = salesforce.api("GET", "limits", null);
        assertThat(reply.status()).isEqualTo(401);
        assertThat(code(reply)).isEqualTo("INVALID_SESSION_ID");
        assertThat(reply.raw().headers().firstValue("Sforce-Limit-Info"))
                .hasValueSatisfying(info -> assertThat(info).startsWith("api-usage="));

        salesforce.fresh();
        salesforce.send("GET", "/services/oauth2/revoke?token=" + salesforce.token(), null);
        assertThat(salesforce.api("GET", "limits/", null).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/services/data", "/services/data/"})
    void listsVersionsToAnybody(String path) {
        assertThat(salesforce.send("GET", path, null).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(textBlock = "v37.0, 200\nv66.0/, 200\nv36.0, 404\nv67.0, 404")
    void knowsVersions(String version, int status) {
        assertThat(salesforce
                .send("GET", "/services/data/" + version, null, "Authorization", "OAuth " + salesforce.token())
                .status())
                .isEqualTo(status);
    }

    @Test
    void derivesFieldsFromTheStage() {
        String id = create();
        JsonNode open = read(id);
        assertThat(open.get("Probability").asInt()).isEqualTo(10);
        assertThat(open.get("ForecastCategoryName").asText()).isEqualTo("Pipeline");
        assertThat(open.get("CurrencyIsoCode").asText()).isEqualTo("USD");
        assertThat(open.get("Sync_with_Partner_Center__c").asBoolean()).isFalse();

        assertThat(salesforce.api("PATCH", "sobjects/Opportunity/" + id.substring(0, 15),
                "{\"stagename\":\"Closed Won\",\"Amount\":1000}").status())
                .isEqualTo(204);
        JsonNode won = read(id);
        assertThat(won.get("IsClosed").asBoolean()).isTrue();
        assertThat(won.get("IsWon").asBoolean()).isTrue();
        assertThat(won.get("ExpectedRevenue").decimalValue()).isEqualByComparingTo("1000");

        salesforce.api("PATCH", "sobjects/Opportunity/" + id, "{\"StageName\":\"On Hold\"}");
        assertThat(read(id).get("IsClosed").asBoolean()).isFalse();
    }

    @Test
    void stampsToTheSecondOnEveryWrite() {
        String id = create();
        assertThat(read(id).get("SystemModstamp").asText()).matches(".*:01\\.000\\+0000|.*\\.000\\+0000");
        String before = read(id).get("SystemModstamp").asText();
        salesforce.clock.advance(Duration.ofSeconds(2));
        salesforce.api("PATCH", "sobjects/Opportunity/" + id, "{\"Name\":\"Deal\"}");
        assertThat(read(id).get("SystemModstamp").asText()).isGreaterThan(before);
    }

    @Test
    void givesIdsWithTheirChecksum() {
        assertThat(SalesforceIds.complete("001A0000006Vm9r")).isEqualTo("001A0000006Vm9rIAC");
        assertThat(create()).hasSize(18).startsWith("006");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"Name":"x"}                                                                        | REQUIRED_FIELD_MISSING
            {"Name":"x","StageName":"Prospecting","CloseDate":"2026-09-30","Nope__c":1}          | INVALID_FIELD
            {"Name":"x","StageName":"Prospecting","CloseDate":"2026-09-30","IsWon":true}         | INVALID_FIELD_FOR_INSERT_UPDATE
            {"Name":"x","StageName":"Prospecting","CloseDate":"2026-09-30","Id":"006000000000000"} | INVALID_FIELD
            {"Name":"x","StageName":"Nowhere","CloseDate":"2026-09-30"}                          | INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST
            {"Name":"x","StageName":"Prospecting","CloseDate":"2026-09-30","How_can_Microsoft_help__c":"Money"} | INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST
            {"Name":"x","StageName":"Prospecting","CloseDate":"soon"}                            | JSON_PARSER_ERROR
            {"Name":"x","StageName":"Prospecting","CloseDate":"2026-09-30","AccountId":"001000000000000"} | INVALID_CROSS_REFERENCE_KEY
            {"Name":"x","StageName":"Prospecting","CloseDate":"2026-09-30","AccountId":"003000000000000"} | FIELD_INTEGRITY_EXCEPTION
            {"Name":"x","StageName":"Prospecting","CloseDate":"2026-09-30","AccountId":"?"}      | MALFORMED_ID
            {"Name":"x" "StageName"                                                              | JSON_PARSER_ERROR
            """)
    void refusesBadRows(String body, String code) {
        Reply reply = salesforce.api("POST", "sobjects/Opportunity", body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(code(reply)).isEqualTo(code);
    }

    @Test
    void refusesDatesOutsideItsYearsAndAddressesThatAreNone() {
        for (String date : new String[] {"0001-01-01", "1699-12-31", "4001-01-01"}) {
            Reply reply = salesforce.api("POST", "sobjects/Opportunity",
                    "{\"Name\":\"Deal\",\"StageName\":\"Qualification\",\"CloseDate\":\"" + date + "\"}");
            assertThat(code(reply)).isEqualTo("FIELD_INTEGRITY_EXCEPTION");
            assertThat(reply.body().get(0).get("message").asText()).contains("Close Date: invalid date: ");
        }
        assertThat(code(salesforce.api("POST", "sobjects/Contact", "{\"LastName\":\"Haddad\",\"Email\":\"n/a\"}")))
                .isEqualTo("INVALID_EMAIL_ADDRESS");
    }

    @Test
    void namesTheLimitOfALongText() {
        Reply reply = salesforce.api("POST", "sobjects/Opportunity", DEAL.replace("Deal", "x".repeat(121)));

        assertThat(code(reply)).isEqualTo("STRING_TOO_LONG");
        assertThat(reply.body().get(0).get("message").asText()).contains("max length=120");
    }

    @Test
    void hidesFieldsFromTheUser() {
        salesforce.control("POST", "settings", "{\"hiddenFields\":[\"Opportunity.Amount\"],\"multiCurrency\":false}");

        assertThat(code(salesforce.query("SELECT Amount FROM Opportunity"))).isEqualTo("INVALID_FIELD");
        assertThat(code(salesforce.api("POST", "sobjects/Opportunity", "{\"CurrencyIsoCode\":\"GBP\"}")))
                .isEqualTo("INVALID_FIELD");
        assertThat(salesforce.api("GET", "sobjects/Opportunity/describe/", null).body().get("fields")
                .findValuesAsText("name"))
                .contains("Name", "Referral_Identifier__c").doesNotContain("Amount", "CurrencyIsoCode");
    }

    @Test
    void upserts() {
        String path = "sobjects/Opportunity/Referral_Identifier__c/R-1";
        Reply created = salesforce.api("PATCH", path, DEAL);
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.body().get("created").asBoolean()).isTrue();

        Reply updated = salesforce.api("PATCH", path.replace("R-1", "r-1/"), "{\"Amount\":5}");
        assertThat(updated.status()).isEqualTo(200);
        assertThat(updated.body().get("id")).isEqualTo(created.body().get("id"));
        assertThat(salesforce.api("GET", path + "?fields=Amount", null).body().get("Amount").decimalValue())
                .isEqualByComparingTo("5");

        assertThat(code(salesforce.api("PATCH", path, "{\"Referral_Identifier__c\":\"R-1\"}")))
                .isEqualTo("INVALID_FIELD");
        assertThat(salesforce.api("PATCH", path.replace("R-1", "R-2") + "?updateOnly=true", DEAL).status())
                .isEqualTo(404);
        Reply twin = salesforce.api("POST", "sobjects/Opportunity",
                DEAL.replace("}", ",\"Referral_Identifier__c\":\"R-1\"}"));
        assertThat(code(twin)).isEqualTo("DUPLICATE_VALUE");
    }

    @Test
    void answersWithChoicesWhenTwoRowsMatch() {
        create();
        String first = create();
        Map<String, Object> saved = salesforce.sandbox.snapshot();
        Map<String, Object> rows = Database.object(Database.object(saved.get("database")).get("rows"));
        for (Object row : (java.util.List<?>) rows.get("Opportunity")) {
            Database.object(row).put("Referral_Identifier__c", "R-9");
        }
        salesforce.sandbox.restore(dev.cosell.sandbox.Json.copy(saved));

        Reply reply = salesforce.api("PATCH", "sobjects/Opportunity/Referral_Identifier__c/R-9", "{\"Amount\":1}");
        assertThat(reply.status()).isEqualTo(300);
        assertThat(reply.body()).hasSize(2);
        assertThat(read(first).get("Amount").isNull()).isTrue();
    }

    @Test
    void keepsDeletedRowsForQueryAll() {
        String id = salesforce.opportunity("{}");
        assertThat(salesforce.api("DELETE", "sobjects/Opportunity/" + id, null).status()).isEqualTo(204);

        Reply gone = salesforce.api("GET", "sobjects/Opportunity/" + id, null);
        assertThat(gone.status()).isEqualTo(404);
        assertThat(code(gone)).isEqualTo("ENTITY_IS_DELETED");
        assertThat(code(salesforce.api("PATCH", "sobjects/Opportunity/" + id, "{}"))).isEqualTo("ENTITY_IS_DELETED");
        assertThat(code(salesforce.api("GET", "sobjects/Opportunity/006000000000000AAA", null))).isEqualTo("NOT_FOUND");
        assertThat(salesforce.query("SELECT Id FROM Opportunity").body().get("totalSize").asInt()).isZero();
        JsonNode all = salesforce.api("GET", "queryAll?q=SELECT%20Id,IsDeleted%20FROM%20Opportunity", null).body();
        assertThat(all.get("records").get(0).get("IsDeleted").asBoolean()).isTrue();
        assertThat(salesforce.query("SELECT Id FROM Microsoft_Solution__c").body().get("totalSize").asInt()).isZero();
    }

    @Test
    void runsACompositeWithReferences() {
        Reply reply = salesforce.api("POST", "composite", """
                {"allOrNone":true,"compositeRequest":[
                 {"method":"POST","url":"/services/data/v56.0/sobjects/Account/","referenceId":"acc","body":{"attributes":{"type":"Account"},"Name":"Contoso"}},
                 {"method":"PATCH","url":"/services/data/v56.0/sobjects/Opportunity/Referral_Identifier__c/R%2D7","referenceId":"opp",
                  "body":{"Name":"Deal @{acc.id}","StageName":"Prospecting","CloseDate":"2026-09-30","AccountId":"@{acc.id}"}},
                 {"method":"GET","url":"/services/data/v56.0/query/?q=SELECT Id, Account.Name FROM Opportunity WHERE Referral_Identifier__c = 'R-7'","referenceId":"q"},
                 {"method":"PATCH","url":"/services/data/v56.0/sobjects/Opportunity/@{q.records[0].Id}","referenceId":"upd","body":{"Amount":7}}]}""");

        JsonNode parts = reply.body().get("compositeResponse");
        assertThat(parts.findValuesAsText("httpStatusCode")).containsExactly("201", "201", "200", "204");
        assertThat(parts.get(2).get("body").get("records").get(0).get("Account").get("Name").asText())
                .isEqualTo("Contoso");
        assertThat(parts.get(0).get("httpHeaders").get("Location").asText()).contains("/sobjects/Account/001");
    }

    @Test
    void rollsACompositeBack() {
        String id = create();
        Reply reply = salesforce.api("POST", "composite/", """
                {"allOrNone":true,"compositeRequest":[
                 {"method":"POST","url":"/services/data/v56.0/sobjects/Account","referenceId":"acc","body":{"Name":"Contoso"}},
                 {"method":"PATCH","url":"/services/data/v56.0/sobjects/Opportunity/%s","referenceId":"a","body":{"Amount":7}},
                 {"method":"PATCH","url":"/services/data/v56.0/sobjects/Opportunity/%s","referenceId":"b","body":{"Amount":"much"}},
                 {"method":"DELETE","url":"/services/data/v56.0/sobjects/Opportunity/%s","referenceId":"c"}]}""".formatted(id, id, id));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body().get("compositeResponse").findValuesAsText("errorCode"))
                .containsExactly("PROCESSING_HALTED", "PROCESSING_HALTED", "JSON_PARSER_ERROR", "PROCESSING_HALTED");
        assertThat(read(id).get("Amount").isNull()).isTrue();
        assertThat(salesforce.query("SELECT Id FROM Account").body().get("totalSize").asInt()).isZero();
    }

    @Test
    void haltsOnAReferenceWithoutValue() {
        String id = create();
        JsonNode parts = salesforce.api("POST", "composite", """
                {"allOrNone":false,"compositeRequest":[
                 {"method":"GET","url":"/services/data/v56.0/query?q=SELECT Id FROM Opportunity WHERE Name = 'nobody'","referenceId":"guard"},
                 {"method":"PATCH","url":"/services/data/v56.0/sobjects/Opportunity/@{guard.records[0].Id}","referenceId":"a","body":{"Amount":7}},
                 {"method":"PATCH","url":"/services/data/v56.0/sobjects/Opportunity/%s","referenceId":"b","body":{"Amount":8}}]}"""
                .formatted(id)).body().get("compositeResponse");

        assertThat(parts.get(1).get("body").get(0).get("message").asText()).startsWith("Invalid reference specified");
        assertThat(parts.get(2).get("httpStatusCode").asInt()).isEqualTo(204);
    }

    @Test
    void refusesAMalformedEnvelope() {
        assertThat(salesforce
                .api("POST", "composite",
                        "{\"compositeRequest\":[{\"method\":\"GET\",\"url\":\"/services/data/v56.0/limits\"}]}")
                .status())
                .isEqualTo(400);
    }

    @Test
    void actsAsTheSeller() {
        JsonNode made = salesforce
                .send("POST", "/sandbox/opportunities", "{\"Amount\":5,\"Referral_Identifier__c\":\"R-3\"}",
                        "Content-Type", "text/plain")
                .body();
        assertThat(made.get("Sync_with_Partner_Center__c").asBoolean()).isTrue();
        assertThat(made.get("CurrencyIsoCode").asText()).isEqualTo("GBP");
        assertThat(made.get("account").get("BillingCountry").asText()).isEqualTo("GB");
        assertThat(made.get("contact").get("Email").asText()).contains("@");
        assertThat(made.get("solutions")).hasSize(1);

        salesforce.api("PATCH", "sobjects/Opportunity/" + made.get("Id").asText(), "{\"Amount\":6}");
        assertThat(read(made.get("Id").asText()).get("LastModifiedById")).isNotEqualTo(made.get("LastModifiedById"));

        JsonNode edited = salesforce.control("PATCH", "opportunities/latest",
                "{\"Amount\":7,\"solutions\":[{\"id\":\"A\",\"name\":\"a\"},{\"id\":\"B\",\"name\":\"b\"}],"
                        + "\"contact\":null}")
                .body();
        assertThat(edited.get("LastModifiedById")).isEqualTo(made.get("LastModifiedById"));
        assertThat(edited.get("solutions")).hasSize(2);
        assertThat(edited.get("contact").isNull()).isTrue();
        assertThat(salesforce.control("GET", "opportunities/R-3", null).body().get("Amount").asInt()).isEqualTo(7);
        assertThat(salesforce.control("GET", "opportunities", null).body()).hasSize(1);
        assertThat(salesforce.control("DELETE", "opportunities/latest", null).status()).isEqualTo(204);
        assertThat(salesforce.control("GET", "opportunities/latest", null).status()).isEqualTo(404);
    }

    @Test
    void ignoresTheAmountOfADealWithProducts() {
        String id = salesforce.opportunity("{\"HasOpportunityLineItem\":true}");
        assertThat(salesforce.api("PATCH", "sobjects/Opportunity/" + id, "{\"Amount\":1}").status()).isEqualTo(204);
        assertThat(read(id).get("Amount").asInt()).isEqualTo(72000);
    }

    @Test
    void keepsOnePrimaryContact() {
        String id = salesforce.opportunity("{}");
        String other = salesforce.api("POST", "sobjects/Contact", "{\"LastName\":\"Second\"}").body().get("id")
                .asText();
        salesforce.api("POST", "sobjects/OpportunityContactRole",
                "{\"OpportunityId\":\"" + id + "\",\"ContactId\":\"" + other + "\",\"IsPrimary\":true}");

        assertThat(salesforce.query("SELECT Id FROM OpportunityContactRole WHERE IsPrimary = true").body()
                .get("totalSize").asInt()).isEqualTo(1);
        assertThat(read(id).get("ContactId").asText()).isEqualTo(other);
    }

    @Test
    void survivesASnapshot() {
        String id = salesforce.opportunity("{}");
        salesforce.token();
        Map<String, Object> saved = dev.cosell.sandbox.Json.copy(salesforce.sandbox.snapshot());
        JsonNode before = salesforce.control("GET", "opportunities/" + id, null).body();
        salesforce.control("DELETE", "opportunities/" + id, null);
        salesforce.control("POST", "sessions/expire", null);
        salesforce.sandbox.restore(saved);

        assertThat(salesforce.control("GET", "opportunities/latest", null).body()).isEqualTo(before);
        assertThat(read(id).get("Name")).isEqualTo(before.get("Name"));
        assertThat(create()).isGreaterThan(id);
    }

    @Test
    void failsTheWritesItWasToldTo() {
        salesforce.control("POST", "settings",
                "{\"failWrites\":{\"errorCode\":\"UNABLE_TO_LOCK_ROW\",\"message\":\"unable to obtain exclusive "
                        + "access\"}}");

        assertThat(code(salesforce.api("POST", "sobjects/Opportunity", DEAL))).isEqualTo("UNABLE_TO_LOCK_ROW");
        assertThat(create()).startsWith("006");
    }

    @Test
    void countsCallsAndWrites() {
        salesforce.token();
        String id = create();
        read(id);
        salesforce.query("SELECT Id FROM Opportunity");

        JsonNode stats = salesforce.control("GET", "stats", null).body();
        assertThat(stats.get("writes").asInt()).isEqualTo(1);
        assertThat(salesforce.count("GET /services/data/sobjects/Opportunity/{id}")).isEqualTo(1);
        assertThat(salesforce.count("GET /services/data/query")).isEqualTo(1);
    }
}
