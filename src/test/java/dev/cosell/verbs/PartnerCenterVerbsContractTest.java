package dev.cosell.verbs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.settings.Key;
import dev.cosell.settings.Setting;
import dev.cosell.stories.Api;
import dev.cosell.verbs.Writes.NewReferral;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PartnerCenterVerbsContractTest extends VerbsContract {
    @Override
    protected String system() {
        return "partner-center";
    }

    @Override
    protected Setting server() {
        return Key.SANDBOX_PARTNER_CENTER_PORT;
    }

    @Override
    protected String newRecord(String reference) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("externalReferenceId", reference);
        return (String) api().post("/sandbox/deals", fields).get("id");
    }

    @Override
    protected Map<String, Object> seen(String id) {
        return api().get("/sandbox/deals/" + id);
    }

    @Override
    protected void personChangesValue(String id, int value) {
        api().patch("/sandbox/deals/" + id, Map.of("details", Map.of("dealValue", value)));
    }

    @Override
    protected String id(Map<String, Object> record) {
        return (String) record.get("id");
    }

    @Override
    protected String version(Map<String, Object> record) {
        return (String) record.get("eTag");
    }

    @Override
    protected BigDecimal value(Map<String, Object> record) {
        return new BigDecimal(Api.map(record.get("details")).get("dealValue").toString());
    }

    @Override
    protected Map<String, Object> valuePatch(int value) {
        return Map.of("details.dealValue", new BigDecimal(value));
    }

    @Override
    protected Map<String, Object> refusedPatch() {
        return Map.of("details.currency", "pounds");
    }

    @Override
    protected String unknownId() {
        return "00000000-0000-4000-8000-000000000000";
    }

    private static Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("name", "Crane telemetry");
        document.put("customerProfile", new LinkedHashMap<>(Map.of("name", "Northshore Ports Ltd",
                "address", new LinkedHashMap<>(Map.of("addressLine1", "4 Quay Road", "city", "Leith", "country", "GB")),
                "team", List.of(Map.of("firstName", "Moira", "lastName", "Kerr", "phoneNumber", "1", "email",
                        "m@n.example")))));
        document.put("details", new LinkedHashMap<>(Map.of("dealValue", new BigDecimal("72000.50"), "currency", "GBP",
                "closingDateTime", "2027-09-30T00:00:00Z",
                "requirements", new LinkedHashMap<>(
                        Map.of("solutions", List.of(Map.of("id", "SOL-20011-KLM", "name", "Crane Insight")))))));
        return document;
    }

    @Override
    protected Object creation(String reference, boolean again) {
        return new NewReferral("salesforce", reference, document(), List.of(), again);
    }

    @Override
    protected int callsOfCreate() {
        return 1;
    }

    @Override
    protected String apiPath() {
        return "/v1.0/engagements/";
    }

    @Override
    protected Map<String, Object> writeCall() {
        return Map.of("method", "PATCH", "path", "/v1.0/engagements/referrals/");
    }

    @Test
    void a_co_sell_deal_takes_two_calls_and_a_repeat_invites_microsoft_once() {
        String reference = UUID.randomUUID().toString();
        Map<String, Object> document = document();
        document.put("inviteContext", new LinkedHashMap<>(Map.of("assistanceRequestCode", "ProofOfConceptOrDemo")));
        Map<String, Object> stored = verb("create",
                new NewReferral("salesforce", reference, document, List.of(), false));
        assertThat(calls()).isEqualTo(2);
        verb("create", new NewReferral("salesforce", reference, document, List.of(), true));
        assertThat(api().list("/sandbox/deals"))
                .filteredOn(deal -> stored.get("engagementId").equals(deal.get("engagementId"))).hasSize(2);
    }
}
