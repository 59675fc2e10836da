package dev.cosell.sandbox.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cosell.sandbox.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fields, objects and permissions that an administrator makes by API. */
class CustomizingTest {
    private static final String CODE = "{\"FullName\":\"Opportunity.Code__c\",\"Metadata\":{\"type\":\"Text\","
            + "\"label\":\"Code\",\"length\":20,\"unique\":true,"
            + "\"externalId\":true}}";
    private static final String SEEN = "Sync_with_Partner_Center__c";
    private static final RunningSalesforce salesforce = new RunningSalesforce();

    @AfterAll
    static void stop() {
        salesforce.close();
    }

    @BeforeEach
    void fresh() {
        salesforce.fresh();
    }

    private static RunningSalesforce.Reply create(String field) {
        return salesforce.api("POST", "tooling/sobjects/CustomField", field);
    }

    private static JsonNode tooling(String soql) {
        return salesforce.api("GET", "tooling/query?q=" + URLEncoder.encode(soql, StandardCharsets.UTF_8), null).body()
                .get("records");
    }

    private static void grant(String field) {
        String set = salesforce.api("POST", "sobjects/PermissionSet", "{\"Name\":\"Sync\",\"Label\":\"Sync\"}").body()
                .get("id").asText();
        assertThat(
                salesforce.api("POST", "sobjects/FieldPermissions",
                        "{\"ParentId\":\"" + set + "\",\"SobjectType\":\"Opportunity\",\"Field\":\"Opportunity."
                                + field + "\",\"PermissionsRead\":true,\"PermissionsEdit\":true}")
                        .status())
                .isEqualTo(201);
        String user = salesforce.query("SELECT Id FROM User WHERE Username = 'sandbox'").body().get("records").get(0)
                .get("Id").asText();
        assertThat(salesforce.api("POST", "sobjects/PermissionSetAssignment",
                "{\"PermissionSetId\":\"" + set + "\",\"AssigneeId\":\"" + user + "\"}").status())
                .isEqualTo(201);
    }

    private static RunningSalesforce.Reply createObject(String fullName, String token) {
        return salesforce.send("POST", "/services/Soap/m/56.0",
                "<soapenv:Envelope xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\""
                        + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
                        + "xmlns=\"http://soap.sforce.com/2006/04/metadata\"><soapenv:Header><SessionHeader>"
                        + "<sessionId>" + token
                        + "</sessionId></SessionHeader></soapenv:Header><soapenv:Body><createMetadata><metadata "
                        + "xsi:type=\"CustomObject\"><fullName>" + fullName
                        + "</fullName><deploymentStatus>Deployed</deploymentStatus><label>Part</label><nameField><label>Part</label>"
                        + "<type>Text</type></nameField><pluralLabel>Parts</pluralLabel><sharingModel>ReadWrite</sharingModel></metadata></createMetadata>"
                        + "</soapenv:Body></soapenv:Envelope>",
                "Content-Type", "text/xml");
    }

    @Test
    void aFieldIsSeenByNobodyUntilAPermissionSetSaysSo() {
        RunningSalesforce.Reply made = create(CODE);
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.body().get("id").asText()).startsWith("00N").hasSize(18);
        String id = salesforce.opportunity("{}");
        assertThat(salesforce.query("SELECT Code__c FROM Opportunity").body().get(0).get("errorCode").asText())
                .isEqualTo("INVALID_FIELD");
        assertThat(salesforce.api("PATCH", "sobjects/Opportunity/" + id, "{\"Code__c\":\"C-1\"}").status())
                .isEqualTo(400);

        grant("Code__c");
        assertThat(salesforce.api("PATCH", "sobjects/Opportunity/" + id, "{\"Code__c\":\"C-1\"}").status())
                .isEqualTo(204);
        assertThat(salesforce.api("GET", "sobjects/Opportunity/Code__c/c-1", null).body().get("Id").asText())
                .isEqualTo(id);
    }

    @Test
    void theSwitchShowsNewFieldsToEverybody() {
        salesforce.control("POST", "settings", "{\"fieldPermissions\":false}");
        create(CODE);
        assertThat(salesforce.query("SELECT Code__c FROM Opportunity").status()).isEqualTo(200);
    }

    @Test
    void aRichTextFieldKeepsFormattingAndDropsScripts() {
        salesforce.control("POST", "settings", "{\"fieldPermissions\":false}");
        assertThat(create(
                "{\"FullName\":\"Opportunity.Notes__c\",\"Metadata\":{\"type\":\"Html\",\"label\":\"Notes\","
                        + "\"length\":2000,\"visibleLines\":10}}")
                .status())
                .isEqualTo(201);
        String id = salesforce.opportunity("{}");
        salesforce.api("PATCH", "sobjects/Opportunity/" + id,
                "{\"Notes__c\":\"<p><b>One</b><script>alert(1)</script></p>\"}");
        assertThat(salesforce.api("GET", "sobjects/Opportunity/" + id, null).body().get("Notes__c").asText())
                .isEqualTo("<p><b>One</b></p>");
        assertThat(salesforce.api("GET", "sobjects/Opportunity/describe", null).body().get("fields"))
                .filteredOn(field -> field.get("htmlFormatted").asBoolean())
                .extracting(field -> field.get("name").asText()).containsExactly("Notes__c");
    }

    @Test
    void theToolingApiShowsWhatIsThere() {
        String id = create(CODE).body().get("id").asText();
        assertThat(tooling("SELECT Id, DeveloperName FROM CustomField WHERE TableEnumOrId = 'Opportunity'")
                .findValuesAsText("DeveloperName"))
                .contains("Code", "Sync_with_Partner_Center", "Audit");
        JsonNode field = salesforce.api("GET", "tooling/sobjects/CustomField/" + id, null).body();
        assertThat(field.get("FullName").asText()).isEqualTo("Opportunity.Code__c");
        assertThat(field.get("Metadata").get("type").asText()).isEqualTo("Text");
        assertThat(field.get("Metadata").get("unique").asBoolean()).isTrue();
        String object = tooling("SELECT Id FROM CustomObject WHERE DeveloperName = 'Microsoft_Solution'").get(0)
                .get("Id").asText();
        assertThat(object).startsWith("01I");
        assertThat(tooling("SELECT DeveloperName FROM CustomField WHERE TableEnumOrId = '" + object + "'")
                .findValuesAsText("DeveloperName"))
                .containsExactlyInAnyOrder("Solution_Id", "Opportunity");
    }

    @Test
    void anObjectOfItsOwnHasRowsThatLetGoOfADeletedParent() {
        assertThat(createObject("Part__c", "no-session").raw().body()).contains("INVALID_SESSION_ID");
        assertThat(createObject("Part__c", salesforce.token()).raw().body()).contains("<success>true</success>");
        assertThat(createObject("Part__c", salesforce.token()).raw().body()).contains("DUPLICATE_DEVELOPER_NAME",
                "<success>false</success>");
        assertThat(create(
                "{\"FullName\":\"Part__c.Deal__c\",\"Metadata\":{\"type\":\"Lookup\",\"label\":\"Deal\","
                        + "\"referenceTo\":\"Opportunity\",\"relationshipName\":\"Parts\"}}")
                .status()).isEqualTo(201);
        salesforce.control("POST", "settings", "{\"fieldPermissions\":false}");
        String deal = salesforce.opportunity("{}");
        String part = salesforce.api("POST", "sobjects/Part__c", "{\"Name\":\"P\",\"Deal__c\":\"" + deal + "\"}").body()
                .get("id").asText();
        assertThat(salesforce.query("SELECT Id, (SELECT Name FROM Parts__r) FROM Opportunity").body().get("records")
                .get(0).get("Parts__r").get("totalSize")
                .asInt()).isEqualTo(1);
        salesforce.api("DELETE", "sobjects/Opportunity/" + deal, null);
        assertThat(salesforce.api("GET", "sobjects/Part__c/" + part, null).body().get("Deal__c").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{\"FullName\":\"Opportunity.Audit__c\",\"Metadata\":{\"type\":\"Text\",\"label\":\"A\",\"length\":20}} | "
                    + "DUPLICATE_DEVELOPER_NAME",
            "{\"FullName\":\"Opportunity.Code\",\"Metadata\":{\"type\":\"Text\",\"label\":\"A\",\"length\":20}} | "
                    + "FIELD_INTEGRITY_EXCEPTION",
            "{\"FullName\":\"Opportunity.C__c\",\"Metadata\":{\"type\":\"Text\",\"label\":\"A\",\"length\":256}} | "
                    + "FIELD_INTEGRITY_EXCEPTION",
            "{\"FullName\":\"Opportunity.C__c\",\"Metadata\":{\"type\":\"LongTextArea\",\"label\":\"A\","
                    + "\"length\":256}} | FIELD_INTEGRITY_EXCEPTION",
            "{\"FullName\":\"Opportunity.C__c\",\"Metadata\":{\"type\":\"Checkbox\",\"label\":\"A\"}} | "
                    + "FIELD_INTEGRITY_EXCEPTION",
            "{\"FullName\":\"Opportunity.C__c\",\"Metadata\":{\"type\":\"Picklist\",\"label\":\"A\"}} | "
                    + "FIELD_INTEGRITY_EXCEPTION",
            "{\"FullName\":\"Nothing__c.C__c\",\"Metadata\":{\"type\":\"Date\",\"label\":\"A\"}} | "
                    + "INVALID_CROSS_REFERENCE_KEY",
            "{\"FullName\":\"Opportunity.C__c\"} | REQUIRED_FIELD_MISSING"})
    void whatCannotBeMadeIsRefused(String body, String code) {
        RunningSalesforce.Reply reply = create(body);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body().get(0).get("errorCode").asText()).isEqualTo(code);
    }

    @Test
    void whoMayNotCustomizeIsRefused() {
        salesforce.control("POST", "settings", "{\"customizeApplication\":false}");
        assertThat(create(CODE).status()).isEqualTo(403);
        assertThat(salesforce.api("POST", "sobjects/PermissionSet", "{\"Name\":\"Sync\",\"Label\":\"Sync\"}").status())
                .isEqualTo(403);
        assertThat(tooling("SELECT Id FROM CustomField WHERE TableEnumOrId = 'Opportunity'")).isNotEmpty();
    }

    @Test
    void aBareOrgHasNoCustomFieldAndAResetBringsThemBack() {
        salesforce.opportunity("{}");
        salesforce.control("POST", "bare", null);
        salesforce.control("POST", "sessions/expire", null);
        assertThat(tooling("SELECT Id FROM CustomField")).isEmpty();
        assertThat(salesforce.api("GET", "sobjects/Microsoft_Solution__c/describe", null).status()).isEqualTo(404);
        assertThat(salesforce.query("SELECT Id FROM Opportunity").body().get("totalSize").asInt()).isZero();
        assertThat(salesforce.query("SELECT Id FROM OpportunityStage WHERE ApiName = 'On Hold'").body().get("totalSize")
                .asInt()).isZero();
        String id = salesforce.opportunity("{}");
        assertThat(salesforce.control("GET", "opportunities/" + id, null).body().has(SEEN)).isFalse();

        salesforce.fresh();
        assertThat(salesforce.control("GET", "opportunities/" + salesforce.opportunity("{}"), null).body().get(SEEN)
                .asBoolean()).isTrue();
    }

    @Test
    void whatWasMadeOutlivesARestartWithItsRows() {
        salesforce.control("POST", "bare", null);
        createObject("Part__c", salesforce.token());
        create(CODE);
        grant("Code__c");
        String id = salesforce.opportunity("{\"Code__c\":\"C-9\"}");
        salesforce.api("POST", "sobjects/Part__c", "{\"Name\":\"P\"}");
        Map<String, Object> saved = Json.copy(salesforce.sandbox.snapshot());
        salesforce.control("POST", "reset", null);
        assertThat(salesforce.control("GET", "opportunities/" + id, null).status()).isEqualTo(404);

        salesforce.sandbox.restore(saved);
        assertThat(salesforce.api("GET", "sobjects/Opportunity/Code__c/C-9", null).body().get("Id").asText())
                .isEqualTo(id);
        assertThat(salesforce.query("SELECT Id FROM Part__c").body().get("totalSize").asInt()).isEqualTo(1);
        assertThat(tooling("SELECT Id FROM CustomField").size()).isEqualTo(1);
        assertThat(Json.copy(salesforce.sandbox.snapshot()).get("customizations"))
                .isEqualTo(saved.get("customizations"));
    }

    @Test
    void aPicklistTakesMoreValues() {
        String id = tooling("SELECT Id FROM CustomField WHERE DeveloperName = 'Referral_Visibility'").get(0).get("Id")
                .asText();
        String metadata = "{\"Metadata\":{\"type\":\"Picklist\",\"label\":\"Referral "
                + "Visibility\",\"valueSet\":{\"restricted\":true,\"valueSetDefinition\":{\"value\":["
                + "{\"fullName\":\"Private\",\"label\":\"Private\"},{\"fullName\":\"Third\",\"label\":\"Third\"}]}}}}";
        assertThat(salesforce.api("PATCH", "tooling/sobjects/CustomField/" + id, metadata).status()).isEqualTo(204);
        String deal = salesforce.opportunity("{}");
        assertThat(salesforce.api("PATCH", "sobjects/Opportunity/" + deal, "{\"Referral_Visibility__c\":\"Third\"}")
                .status()).isEqualTo(204);
    }
}
