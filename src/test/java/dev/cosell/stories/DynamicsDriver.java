package dev.cosell.stories;

import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A seller in the Dynamics 365 sandbox. */
public final class DynamicsDriver implements CrmDriver {
    private static final String DATA = "/api/data/v9.2/";

    private final Api api;
    private final Api entra;
    private final String audience;

    /** @param audience the environment's address, as tokens name it */
    public DynamicsDriver(Api api, Api entra, String audience) {
        this.api = api;
        this.entra = entra;
        this.audience = audience;
    }

    @Override
    public String name() {
        return "dynamics";
    }

    @Override
    public Api api() {
        return api;
    }

    @Override
    public String newOpportunity(Map<String, Object> fields) {
        return (String) api.post("/sandbox/opportunities", fields).get("opportunityid");
    }

    @Override
    public Map<String, Object> opportunity(String id) {
        return api.get("/sandbox/opportunities/" + id);
    }

    @Override
    public List<Map<String, Object>> opportunities() {
        return Api.list(api.get("/sandbox/opportunities").get("value"));
    }

    @Override
    public String id(Map<String, Object> opportunity) {
        return (String) opportunity.get("opportunityid");
    }

    @Override
    public BigDecimal value(Map<String, Object> opportunity) {
        return new BigDecimal(opportunity.get("estimatedvalue").toString());
    }

    @Override
    public String closeDate(Map<String, Object> opportunity) {
        return (String) opportunity.get("estimatedclosedate");
    }

    @Override
    public String referralId(Map<String, Object> opportunity) {
        return (String) opportunity.get("cosell_referralidentifier");
    }

    @Override
    public String referralLink(Map<String, Object> opportunity) {
        return String.valueOf(opportunity.get("cosell_referrallink"));
    }

    @Override
    public String audit(Map<String, Object> opportunity) {
        return String.valueOf(opportunity.get("cosell_audit"));
    }

    @Override
    public boolean syncWanted(Map<String, Object> opportunity) {
        return Boolean.TRUE.equals(opportunity.get("cosell_syncwithpartnercenter"));
    }

    @Override
    public boolean won(Map<String, Object> opportunity) {
        return Integer.valueOf(1).equals(opportunity.get("statecode"));
    }

    @Override
    public boolean lost(Map<String, Object> opportunity) {
        return Integer.valueOf(2).equals(opportunity.get("statecode"));
    }

    @Override
    public String accountId(Map<String, Object> opportunity) {
        return (String) opportunity.get("_parentaccountid_value");
    }

    @Override
    public String accountName(Map<String, Object> opportunity) {
        return (String) asApplication("GET", "/api/data/v9.2/accounts(" + accountId(opportunity) + ")?$select=name",
                null).get("name");
    }

    @Override
    public void changeValue(String id, int value) {
        api.patch("/sandbox/opportunities/" + id, Map.of("estimatedvalue", value));
    }

    @Override
    public void changeValueAndDate(String id, int value, String date) {
        api.patch("/sandbox/opportunities/" + id, Map.of("estimatedvalue", value, "estimatedclosedate", date));
    }

    /** A closed opportunity has to be reopened before anybody can edit it. */
    @Override
    public void editClosed(String id, int value) {
        api.patch("/sandbox/opportunities/" + id, Map.of("statecode", 0, "statuscode", 1));
        changeValue(id, value);
    }

    @Override
    public void win(String id) {
        api.post("/sandbox/opportunities/" + id + "/win", Map.of());
    }

    @Override
    public void mendCountry(String id) {
        asApplication("PATCH", "/api/data/v9.2/accounts(" + accountId(opportunity(id)) + ")",
                Map.of("address1_country", "GB"));
    }

    /** A new row as it is stored. */
    Map<String, Object> created(String path, Map<String, Object> body) {
        return asApplication("POST", path, body, Map.of("Prefer", "return=representation"));
    }

    Map<String, Object> asApplication(String method, String path, Map<String, Object> body) {
        return asApplication(method, path, body, Map.of());
    }

    private Map<String, Object> asApplication(String method, String path, Map<String, Object> body,
            Map<String, String> more) {
        String form = "client_id=sandbox&client_secret=sandbox&grant_type=client_credentials&scope="
                + URLEncoder.encode(audience + "/.default", StandardCharsets.UTF_8);
        Object token = Api.object(entra.raw("POST", "/sandbox/oauth2/v2.0/token", form.getBytes(StandardCharsets.UTF_8),
                Map.of("Content-Type", "application/x-www-form-urlencoded")).body()).get("access_token");
        Map<String, String> headers = new HashMap<>(
                Map.of("Authorization", "Bearer " + token, "Content-Type", "application/json"));
        headers.putAll(more);
        return Api.object(api.raw(method, path, body == null ? null : Api.bytes(body), headers).body());
    }

    @Override
    public Map<String, Object> askForHelp() {
        return Map.of("cosell_howcanmicrosofthelp", 727000002);
    }

    @Override
    public Map<String, Object> visibleToMicrosoft() {
        return Map.of("cosell_referralvisibility", 727000001);
    }

    @Override
    public Map<String, Object> withoutContact() {
        return SalesforceDriver.nothing("contact");
    }

    @Override
    public Map<String, Object> withoutSolution() {
        return Map.of("solutions", List.of());
    }

    @Override
    public Map<String, Object> country(String code) {
        return Map.of("account", Map.of("name", "Country " + code + " " + System.nanoTime(), "address1_country", code));
    }

    @Override
    public Map<String, Object> shared(boolean wanted) {
        return Map.of("cosell_syncwithpartnercenter", wanted);
    }

    @Override
    public String sellerEmail() {
        return "sam.seller@contoso.example";
    }

    @Override
    public String ownerEmail(String id) {
        Object owner = opportunity(id).get("_ownerid_value");
        return (String) asApplication("GET", DATA + "systemusers(" + owner + ")?$select=internalemailaddress", null)
                .get("internalemailaddress");
    }

    @Override
    public void colleague(String id, String firstName, String lastName, String email) {
        Object user = created(DATA + "systemusers",
                Map.of("fullname", firstName + " " + lastName, "firstname", firstName, "lastname", lastName,
                        "internalemailaddress", email, "address1_telephone1", "+44 118 496 0101"))
                .get("systemuserid");
        created(DATA + "connections", Map.of("record1id_opportunity@odata.bind", "/opportunities(" + id + ")",
                "record2id_systemuser@odata.bind", "/systemusers(" + user + ")"));
    }

    @Override
    public Map<String, Object> writeCall() {
        return Map.of("method", "PATCH", "path", "/opportunities");
    }

    @Override
    public String field(CrmField field) {
        return switch (field) {
            case NAME -> "name";
            case VALUE -> "estimatedvalue";
            case CLOSE_DATE -> "estimatedclosedate";
            case NOTES -> "description";
            case REFERRAL_IDENTIFIER -> "cosell_referralidentifier";
            case REFERRAL_LINK -> "cosell_referrallink";
            case AUDIT -> "cosell_audit";
        };
    }

    @Override
    public String otherSpelling(String id) {
        return "{" + id.toUpperCase() + "}";
    }

    @Override
    public String createPath() {
        return "batch$";
    }

    @Override
    public void work(String id) {
        api.patch("/sandbox/opportunities/" + id, Map.of("statecode", 0, "statuscode", 1));
    }

    @Override
    public void lose(String id) {
        api.post("/sandbox/opportunities/" + id + "/lose", Map.of());
    }

    /** It takes no write to a closed opportunity. */
    @Override
    public boolean talksWhenClosed() {
        return false;
    }

    @Override
    public LeadDriver leads() {
        return new DynamicsLeads(this);
    }

    @Override
    public String whereValueIs(int value) {
        return "estimatedvalue eq " + value;
    }

    @Override
    public void failWrites(String id, int times, String words) {
        api.post("/sandbox/faults", Map.of("method", "PATCH", "path", "/opportunities\\(" + id, "times",
                times, "status", 500, "body", Map.of("error", Map.of("code", "0x80040216", "message",
                        words))));
    }
}
