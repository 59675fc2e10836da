package dev.cosell.verbs;

import dev.cosell.crm.toy.ToyCrm;
import dev.cosell.crm.toy.ToyDriver;
import dev.cosell.crm.toy.ToyKey;
import dev.cosell.crm.toy.ToyServer;
import dev.cosell.settings.Setting;
import dev.cosell.stories.CrmDriver;
import dev.cosell.verbs.Writes.NewOpportunity;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A CRM that is added by a package, a route file, a mapping file and an entry in the list keeps what docs/verbs.md
 * promises.
 */
class ToyVerbsContractTest extends CrmVerbsContract {
    @Override
    protected WiredApplication wired() {
        return new WiredApplication(ToyCrm.amongTheOthers(), ToyCrm.routes(),
                Map.of(ToyKey.SANDBOX_PORT, ToyServer::new));
    }

    @Override
    protected String system() {
        return "toy";
    }

    @Override
    protected Setting server() {
        return ToyKey.SANDBOX_PORT;
    }

    @Override
    protected CrmDriver driver() {
        return new ToyDriver(api());
    }

    @Override
    protected String newRecord(String reference) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("referralId", reference);
        return driver().newOpportunity(fields);
    }

    @Override
    protected String bareRecord() {
        return driver().newOpportunity(Map.of("account", Map.of(), "contact", Map.of(), "solutions", List.of()));
    }

    @Override
    protected Map<String, Object> seen(String id) {
        return driver().opportunity(id);
    }

    @Override
    protected void personChangesValue(String id, int value) {
        driver().changeValue(id, value);
    }

    @Override
    protected String id(Map<String, Object> record) {
        return driver().id(record);
    }

    @Override
    protected String version(Map<String, Object> record) {
        return record.get("version").toString();
    }

    @Override
    protected BigDecimal value(Map<String, Object> record) {
        return driver().value(record);
    }

    @Override
    protected Map<String, Object> valuePatch(int value) {
        return Map.of("value", new BigDecimal(value));
    }

    @Override
    protected Map<String, Object> refusedPatch() {
        return Map.of("help", "Carry my bags");
    }

    @Override
    protected String unknownId() {
        return "toy-99999";
    }

    @Override
    protected Object creation(String reference, boolean again) {
        return new NewOpportunity(reference,
                Map.of("name", "New deal", "value", new BigDecimal("2500.00"), "closing", "2027-03-31", "currency",
                        "EUR",
                        "shared", true),
                Map.of("name", "Fabrikam", "country", "DE"), Map.of("first", "Fred", "last", "O'Neill"),
                List.of(Map.of("id", "S-1", "name", "One")));
    }

    @Override
    protected int callsOfCreate() {
        return 1;
    }

    @Override
    protected int callsOfClose() {
        return 1;
    }

    @Override
    protected String apiPath() {
        return "/api/";
    }

    @Override
    protected Map<String, Object> writeCall() {
        return driver().writeCall();
    }

    @Override
    protected boolean won(Map<String, Object> record) {
        return driver().won(record);
    }

    @Override
    protected boolean lost(Map<String, Object> record) {
        return driver().lost(record);
    }

    @Override
    protected String nameField() {
        return "name";
    }

    @Override
    protected String lastNameField() {
        return "last";
    }
}
