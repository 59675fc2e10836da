package dev.cosell.stories;

import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A seller in the Salesforce sandbox. */
public final class SalesforceDriver implements CrmDriver {
    static final String DATA = "/services/data/v56.0/";

    private final Api api;

    public SalesforceDriver(Api api) {
        this.api = api;
    }

    @Override
    public String name() {
        return "salesforce";
    }

    @Override
    public Api api() {
        return api;
    }

    @Override
    public String newOpportunity(Map<String, Object> fields) {
        return (String) api.post("/sandbox/opportunities", fields).get("Id");
    }

    @Override
    public Map<String, Object> opportunity(String id) {
        return api.get("/sandbox/opportunities/" + id);
    }

    @Override
    public List<Map<String, Object>> opportunities() {
        return api.list("/sandbox/opportunities");
    }

    @Override
    public String id(Map<String, Object> opportunity) {
        return (String) opportunity.get("Id");
    }

    @Override
    public BigDecimal value(Map<String, Object> opportunity) {
        return new BigDecimal(opportunity.get("Amount").toString());
    }

    @Override
    public String closeDate(Map<String, Object> opportunity) {
        return (String) opportunity.get("CloseDate");
    }

    @Override
    public String referralId(Map<String, Object> opportunity) {
        return (String) opportunity.get("Referral_Identifier__c");
    }

    @Override
    public String referralLink(Map<String, Object> opportunity) {
        return String.valueOf(opportunity.get("Referral_Link__c"));
    }

    @Override
    public String audit(Map<String, Object> opportunity) {
        return String.valueOf(opportunity.get("Audit__c"));
    }

    @Override
    public boolean syncWanted(Map<String, Object> opportunity) {
        return Boolean.TRUE.equals(opportunity.get("Sync_with_Partner_Center__c"));
    }

    @Override
    public boolean won(Map<String, Object> opportunity) {
        return "Closed Won".equals(opportunity.get("StageName"));
    }

    @Override
    public boolean lost(Map<String, Object> opportunity) {
        return "Closed Lost".equals(opportunity.get("StageName"));
    }

    @Override
    public String accountId(Map<String, Object> opportunity) {
        return (String) opportunity.get("AccountId");
    }

    @Override
    public String accountName(Map<String, Object> opportunity) {
        return (String) Api.map(opportunity.get("account")).get("Name");
    }

    @Override
    public void changeValue(String id, int value) {
        api.patch("/sandbox/opportunities/" + id, Map.of("Amount", value));
    }

    @Override
    public void changeValueAndDate(String id, int value, String date) {
        api.patch("/sandbox/opportunities/" + id, Map.of("Amount", value, "CloseDate", date));
    }

    @Override
    public void editClosed(String id, int value) {
        changeValue(id, value);
    }

    @Override
    public void win(String id) {
        api.patch("/sandbox/opportunities/" + id, Map.of("StageName", "Closed Won"));
    }

    @Override
    public void mendCountry(String id) {
        api.patch("/sandbox/opportunities/" + id, Map.of("account", Map.of("BillingCountry", "GB")));
    }

    @Override
    public Map<String, Object> askForHelp() {
        return Map.of("How_can_Microsoft_help__c", "Proof of concept or demo");
    }

    @Override
    public Map<String, Object> visibleToMicrosoft() {
        return Map.of("Referral_Visibility__c", "Visible to Microsoft sellers");
    }

    @Override
    public Map<String, Object> withoutContact() {
        return nothing("contact");
    }

    @Override
    public Map<String, Object> withoutSolution() {
        return Map.of("solutions", List.of());
    }

    @Override
    public Map<String, Object> country(String code) {
        return Map.of("account", Map.of("Name", "Country " + code + " " + System.nanoTime(), "BillingCountry", code));
    }

    @Override
    public Map<String, Object> writeCall() {
        return Map.of("method", "POST", "path", "/composite");
    }

    @Override
    public Map<String, Object> shared(boolean wanted) {
        return Map.of("Sync_with_Partner_Center__c", wanted);
    }

    @Override
    public String sellerEmail() {
        return "seller@cosell.example";
    }

    @Override
    public String ownerEmail(String id) {
        return (String) asApplication("GET", DATA + "sobjects/User/" + opportunity(id).get("OwnerId"), null)
                .get("Email");
    }

    @Override
    public void colleague(String id, String firstName, String lastName, String email) {
        Object user = asApplication("POST", DATA + "sobjects/User",
                Map.of("Username", email, "FirstName", firstName, "LastName", lastName, "Email", email, "Phone",
                        "+44 20 7946 0101"))
                .get("id");
        asApplication("POST", DATA + "sobjects/OpportunityTeamMember",
                Map.of("OpportunityId", id, "UserId", user, "TeamMemberRole", "Sales Rep"));
    }

    Map<String, Object> query(String soql) {
        return asApplication("GET", DATA + "query?q=" + URLEncoder.encode(soql, StandardCharsets.UTF_8), null);
    }

    /** A field of the opportunity that an administrator makes for everybody. */
    void newField(String name, Map<String, Object> metadata) {
        asApplication("POST", DATA + "tooling/sobjects/CustomField",
                Map.of("FullName", "Opportunity." + name, "Metadata", metadata));
        Object set = asApplication("POST", DATA + "sobjects/PermissionSet",
                Map.of("Name", "Sees_" + name.replaceAll("__c$", ""), "Label", name)).get("id");
        asApplication("POST", DATA + "sobjects/FieldPermissions",
                Map.of("ParentId", set, "SobjectType", "Opportunity", "Field", "Opportunity." + name,
                        "PermissionsRead", true, "PermissionsEdit", true));
        Api.list(query("SELECT Id FROM User").get("records"))
                .forEach(user -> asApplication("POST", DATA + "sobjects/PermissionSetAssignment",
                        Map.of("PermissionSetId", set, "AssigneeId", user.get("Id"))));
    }

    /** A call of the real API. */
    Map<String, Object> asApplication(String method, String path, Map<String, Object> body) {
        String form = "grant_type=client_credentials&client_id=sandbox&client_secret=sandbox";
        Object token = Api.object(api.raw("POST", "/services/oauth2/token", form.getBytes(StandardCharsets.UTF_8),
                Map.of("Content-Type", "application/x-www-form-urlencoded")).body()).get("access_token");
        return Api.object(api.raw(method, path, body == null ? null : Api.bytes(body),
                Map.of("Authorization", "Bearer " + token, "Content-Type", "application/json")).body());
    }

    static Map<String, Object> nothing(String key) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(key, null);
        return fields;
    }

    @Override
    public String field(CrmField field) {
        return switch (field) {
            case NAME -> "Name";
            case VALUE -> "Amount";
            case CLOSE_DATE -> "CloseDate";
            case NOTES -> "Description";
            case REFERRAL_IDENTIFIER -> "Referral_Identifier__c";
            case REFERRAL_LINK -> "Referral_Link__c";
            case AUDIT -> "Audit__c";
        };
    }

    @Override
    public String otherSpelling(String id) {
        return id.substring(0, 15);
    }

    @Override
    public String createPath() {
        return "/composite$";
    }

    @Override
    public void work(String id) {
        api.patch("/sandbox/opportunities/" + id, Map.of("StageName", "Qualification"));
    }

    @Override
    public void lose(String id) {
        api.patch("/sandbox/opportunities/" + id, Map.of("StageName", "Closed Lost"));
    }

    @Override
    public boolean talksWhenClosed() {
        return true;
    }

    @Override
    public LeadDriver leads() {
        return new SalesforceLeads(this);
    }

    @Override
    public String whereValueIs(int value) {
        return "Amount = " + value;
    }

    @Override
    public void failWrites(String id, int times, String words) {
        api.post("/sandbox/settings", Map.of("failWrites", Map.of("id", id, "times", times, "errorCode",
                "UNKNOWN_EXCEPTION", "message", words)));
    }
}
