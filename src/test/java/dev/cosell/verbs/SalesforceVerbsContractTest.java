package dev.cosell.verbs;

import dev.cosell.crm.salesforce.SalesforceKey;
import dev.cosell.salesforce.SalesforceFields;
import dev.cosell.salesforce.SalesforceView;
import dev.cosell.settings.Setting;
import dev.cosell.settings.Settings;
import dev.cosell.stories.CrmDriver;
import dev.cosell.stories.SalesforceDriver;
import dev.cosell.verbs.Writes.NewOpportunity;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

class SalesforceVerbsContractTest extends CrmVerbsContract {
    @Override
    protected String system() {
        return "salesforce";
    }

    @Override
    protected Setting server() {
        return SalesforceKey.SANDBOX_PORT;
    }

    @Override
    protected String newRecord(String reference) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("Referral_Identifier__c", reference);
        return (String) api().post("/sandbox/opportunities", fields).get("Id");
    }

    @Override
    protected CrmDriver driver() {
        return new SalesforceDriver(api());
    }

    @Override
    protected String bareRecord() {
        Map<String, Object> fields = new HashMap<>();
        fields.put("account", null);
        fields.put("contact", null);
        fields.put("solutions", null);
        return (String) api().post("/sandbox/opportunities", fields).get("Id");
    }

    @Override
    protected Map<String, Object> seen(String id) {
        return api().get("/sandbox/opportunities/" + id);
    }

    @Override
    protected void personChangesValue(String id, int value) {
        api().patch("/sandbox/opportunities/" + id, Map.of("Amount", value));
    }

    @Override
    protected String id(Map<String, Object> record) {
        return (String) record.get("Id");
    }

    @Override
    protected String version(Map<String, Object> record) {
        Settings settings = application.settings;
        return new SalesforceView(new SalesforceFields(settings.text(SalesforceKey.SYNC_FIELD),
                settings.text(SalesforceKey.REFERRAL_ID_FIELD),
                settings.text(SalesforceKey.REFERRAL_LINK_FIELD), settings.text(SalesforceKey.AUDIT_FIELD),
                settings.text(SalesforceKey.SOLUTION_OBJECT), settings.text(SalesforceKey.SOLUTION_RELATIONSHIP),
                settings.text(SalesforceKey.SOLUTION_ID_FIELD),
                settings.text(SalesforceKey.SOLUTION_OPPORTUNITY_FIELD)), 100_000).version(record);
    }

    @Override
    protected BigDecimal value(Map<String, Object> record) {
        return new BigDecimal(record.get("Amount").toString());
    }

    @Override
    protected Map<String, Object> valuePatch(int value) {
        return Map.of("Amount", value);
    }

    @Override
    protected Map<String, Object> refusedPatch() {
        return Map.of("Name", "x".repeat(121));
    }

    @Override
    protected String unknownId() {
        return "006000000000000AAA";
    }

    @Override
    protected Object creation(String reference, boolean again) {
        Map<String, Object> fields = new LinkedHashMap<>(
                Map.of("Name", "Tom's \"deal\"", "StageName", "Qualification", "CloseDate", "2027-09-30",
                        "Amount", new BigDecimal("125000.50"), "CurrencyIsoCode", "EUR", "Referral_Identifier__c",
                        reference, "Sync_with_Partner_Center__c", true));
        return new NewOpportunity(reference, fields,
                Map.of("Name", "O'Neill & Söhne", "BillingPostalCode", "10115", "BillingCity", "Berlin",
                        "BillingCountry", "DE"),
                Map.of("FirstName", "Ada", "LastName", "Berg", "Email", "ada@oneill.example"),
                List.of(Map.of("id", "SOL-1", "name", "One")));
    }

    @Override
    protected int callsOfCreate() {
        return 3;
    }

    @Override
    protected int callsOfClose() {
        return 1;
    }

    @Override
    protected String apiPath() {
        return "/services/data/";
    }

    @Override
    protected Map<String, Object> writeCall() {
        return Map.of("method", "POST", "path", "/composite");
    }

    @Override
    protected boolean won(Map<String, Object> record) {
        return "Closed Won".equals(record.get("StageName"));
    }

    @Override
    protected boolean lost(Map<String, Object> record) {
        return "Closed Lost".equals(record.get("StageName"));
    }

    @Override
    protected String nameField() {
        return "Name";
    }

    @Override
    protected String lastNameField() {
        return "LastName";
    }
}
