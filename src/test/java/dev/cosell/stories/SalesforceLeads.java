package dev.cosell.stories;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A seller who looks at leads in Salesforce. */
record SalesforceLeads(CrmDriver crm) implements LeadDriver {
    private List<Map<String, Object>> all() {
        return crm.api().list("/sandbox/leads");
    }

    @Override
    public List<Map<String, Object>> of(String referralId) {
        return all().stream().filter(lead -> referralId.equals(lead.get("Referral_Identifier__c"))).toList();
    }

    @Override
    public List<Map<String, Object>> withEmail(String email) {
        return all().stream().filter(lead -> email.equals(lead.get("Email"))).toList();
    }

    @Override
    public String id(Map<String, Object> lead) {
        return (String) lead.get("Id");
    }

    @Override
    public String referralId(Map<String, Object> lead) {
        return (String) lead.get("Referral_Identifier__c");
    }

    @Override
    public String company(Map<String, Object> lead) {
        return (String) lead.get("Company");
    }

    @Override
    public String lastName(Map<String, Object> lead) {
        return (String) lead.get("LastName");
    }

    @Override
    public String firstName(Map<String, Object> lead) {
        return text(lead, "FirstName");
    }

    @Override
    public String email(Map<String, Object> lead) {
        return text(lead, "Email");
    }

    @Override
    public String phone(Map<String, Object> lead) {
        return text(lead, "Phone");
    }

    @Override
    public String title(Map<String, Object> lead) {
        return text(lead, "Title");
    }

    private static String text(Map<String, Object> lead, String field) {
        return lead.get(field) == null ? "" : lead.get(field).toString();
    }

    @Override
    public String notes(Map<String, Object> lead) {
        return (String) lead.get("Description");
    }

    @Override
    public Optional<String> source(Map<String, Object> lead) {
        return Optional.of((String) lead.get("LeadSource"));
    }

    @Override
    public String audit(Map<String, Object> lead) {
        return String.valueOf(lead.get("Audit__c"));
    }

    @Override
    public boolean open(Map<String, Object> lead) {
        return "Open - Not Contacted".equals(lead.get("Status"));
    }

    @Override
    public boolean accepted(Map<String, Object> lead) {
        return "Working - Contacted".equals(lead.get("Status"));
    }

    @Override
    public boolean refused(Map<String, Object> lead) {
        return "Closed - Not Converted".equals(lead.get("Status"));
    }

    @Override
    public String made(String company, String lastName, String email) {
        return (String) ((SalesforceDriver) crm).asApplication("POST", SalesforceDriver.DATA + "sobjects/Lead",
                Map.of("Company", company, "LastName", lastName, "Email", email, "Status", "Open - Not Contacted"))
                .get("id");
    }

    @Override
    public void convert(String id) {
        crm.api().patch("/sandbox/leads/" + id, Map.of("IsConverted", true));
    }

    @Override
    public void identify(String id, String text) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("Referral_Identifier__c", text);
        crm.api().patch("/sandbox/leads/" + id, fields);
    }

    @Override
    public void rename(String id, String lastName) {
        crm.api().patch("/sandbox/leads/" + id, Map.of("LastName", lastName));
    }

    @Override
    public void promote(String id, String title) {
        crm.api().patch("/sandbox/leads/" + id, Map.of("Title", title));
    }

    @Override
    public void delete(String id) {
        crm.api().delete("/sandbox/leads/" + id);
    }

    @Override
    public boolean onHold(Map<String, Object> opportunity) {
        return "On Hold".equals(opportunity.get("StageName"));
    }

    @Override
    public void refuseNextWrite() {
        crm.api().post("/sandbox/settings", Map.of("failWrites",
                Map.of("errorCode", "FIELD_CUSTOM_VALIDATION_EXCEPTION", "message", "Region is missing", "times", 1)));
    }

    /** A search goes before it. */
    @Override
    public Map<String, Object> createOpportunityCall() {
        return Map.of("method", "POST", "path", "/composite", "skip", 1);
    }

    @Override
    public Map<String, Object> createCall() {
        return Map.of("method", "POST", "path", "/composite");
    }
}
