package dev.cosell.verbs;

import dev.cosell.crm.dynamics.DynamicsKey;
import dev.cosell.settings.Key;
import dev.cosell.settings.Setting;
import dev.cosell.stories.CrmDriver;
import dev.cosell.stories.DynamicsDriver;
import dev.cosell.verbs.Writes.NewOpportunity;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

class DynamicsVerbsContractTest extends CrmVerbsContract {
    @Override
    protected String system() {
        return "dynamics";
    }

    @Override
    protected Setting server() {
        return DynamicsKey.SANDBOX_PORT;
    }

    @Override
    protected String newRecord(String reference) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("cosell_referralidentifier", reference);
        return (String) api().post("/sandbox/opportunities", fields).get("opportunityid");
    }

    @Override
    protected CrmDriver driver() {
        return new DynamicsDriver(api(), application.api(Key.SANDBOX_PARTNER_CENTER_PORT),
                application.settings.text(DynamicsKey.URL));
    }

    @Override
    protected String bareRecord() {
        Map<String, Object> fields = new HashMap<>();
        fields.put("account", null);
        fields.put("contact", null);
        fields.put("solutions", null);
        return (String) api().post("/sandbox/opportunities", fields).get("opportunityid");
    }

    @Override
    protected Map<String, Object> seen(String id) {
        return api().get("/sandbox/opportunities/" + id);
    }

    @Override
    protected void personChangesValue(String id, int value) {
        api().patch("/sandbox/opportunities/" + id, Map.of("estimatedvalue", value));
    }

    @Override
    protected String id(Map<String, Object> record) {
        return (String) record.get("opportunityid");
    }

    @Override
    protected String version(Map<String, Object> record) {
        return (String) record.get("@odata.etag");
    }

    @Override
    protected BigDecimal value(Map<String, Object> record) {
        return new BigDecimal(record.get("estimatedvalue").toString());
    }

    @Override
    protected Map<String, Object> valuePatch(int value) {
        return Map.of("estimatedvalue", new BigDecimal(value));
    }

    @Override
    protected Map<String, Object> refusedPatch() {
        return Map.of("cosell_howcanmicrosofthelp", 5);
    }

    @Override
    protected String unknownId() {
        return "7f1c5b1e-58a5-4e0b-9b8f-3d0f6a1f1a11";
    }

    @Override
    protected Object creation(String reference, boolean again) {
        Map<String, Object> fields = new HashMap<>(Map.of("name", "New deal", "estimatedvalue",
                new BigDecimal("2500.00"), "estimatedclosedate", "2027-03-31",
                "transactioncurrencyid", "EUR", "cosell_referralidentifier", reference, "cosell_syncwithpartnercenter",
                true));
        return new NewOpportunity(reference, fields,
                Map.of("name", "Fabrikam", "address1_postalcode", "10115", "address1_country", "DE"),
                Map.of("firstname", "Fred", "lastname", "O'Neill", "emailaddress1", "fred@fabrikam.example"),
                List.of(Map.of("id", "S-1", "name", "One")));
    }

    @Override
    protected int callsOfCreate() {
        return 2;
    }

    @Override
    protected int callsOfClose() {
        return 1;
    }

    @Override
    protected String apiPath() {
        return "/api/data/";
    }

    @Override
    protected Map<String, Object> writeCall() {
        return Map.of("method", "PATCH", "path", "/opportunities");
    }

    @Override
    protected boolean won(Map<String, Object> record) {
        return Integer.valueOf(1).equals(record.get("statecode"));
    }

    @Override
    protected boolean lost(Map<String, Object> record) {
        return Integer.valueOf(2).equals(record.get("statecode"));
    }

    @Override
    protected String nameField() {
        return "name";
    }

    @Override
    protected String lastNameField() {
        return "lastname";
    }
}
