package dev.cosell.stories;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A seller who looks at leads in Dynamics 365. */
record DynamicsLeads(CrmDriver crm) implements LeadDriver {
    private List<Map<String, Object>> all() {
        return Api.list(crm.api().get("/sandbox/leads").get("value"));
    }

    @Override
    public List<Map<String, Object>> of(String referralId) {
        return all().stream().filter(lead -> referralId.equals(lead.get("cosell_referralidentifier"))).toList();
    }

    @Override
    public List<Map<String, Object>> withEmail(String email) {
        return all().stream().filter(lead -> email.equals(lead.get("emailaddress1"))).toList();
    }

    @Override
    public String id(Map<String, Object> lead) {
        return (String) lead.get("leadid");
    }

    @Override
    public String referralId(Map<String, Object> lead) {
        return (String) lead.get("cosell_referralidentifier");
    }

    @Override
    public String company(Map<String, Object> lead) {
        return (String) lead.get("companyname");
    }

    @Override
    public String lastName(Map<String, Object> lead) {
        return (String) lead.get("lastname");
    }

    @Override
    public String firstName(Map<String, Object> lead) {
        return text(lead, "firstname");
    }

    @Override
    public String email(Map<String, Object> lead) {
        return text(lead, "emailaddress1");
    }

    @Override
    public String phone(Map<String, Object> lead) {
        return text(lead, "telephone1");
    }

    @Override
    public String title(Map<String, Object> lead) {
        return text(lead, "jobtitle");
    }

    private static String text(Map<String, Object> lead, String field) {
        return lead.get(field) == null ? "" : lead.get(field).toString();
    }

    @Override
    public String notes(Map<String, Object> lead) {
        return (String) lead.get("description");
    }

    @Override
    public Optional<String> source(Map<String, Object> lead) {
        return Optional.empty();
    }

    @Override
    public String audit(Map<String, Object> lead) {
        return String.valueOf(lead.get("cosell_audit"));
    }

    @Override
    public boolean open(Map<String, Object> lead) {
        return Integer.valueOf(0).equals(lead.get("statecode"));
    }

    @Override
    public boolean accepted(Map<String, Object> lead) {
        return Integer.valueOf(1).equals(lead.get("statecode"));
    }

    @Override
    public boolean refused(Map<String, Object> lead) {
        return Integer.valueOf(2).equals(lead.get("statecode"));
    }

    @Override
    public String made(String company, String lastName, String email) {
        return (String) ((DynamicsDriver) crm).created("/api/data/v9.2/leads", Map.of("subject", company + " asks",
                "companyname", company, "lastname", lastName, "emailaddress1", email)).get("leadid");
    }

    @Override
    public void convert(String id) {
        crm.api().patch("/sandbox/leads/" + id, Map.of("statecode", 1, "statuscode", 3));
    }

    @Override
    public void identify(String id, String text) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("cosell_referralidentifier", text);
        crm.api().patch("/sandbox/leads/" + id, fields);
    }

    @Override
    public void rename(String id, String lastName) {
        crm.api().patch("/sandbox/leads/" + id, Map.of("lastname", lastName));
    }

    @Override
    public void promote(String id, String title) {
        crm.api().patch("/sandbox/leads/" + id, Map.of("jobtitle", title));
    }

    @Override
    public void delete(String id) {
        crm.api().delete("/sandbox/leads/" + id);
    }

    @Override
    public boolean onHold(Map<String, Object> opportunity) {
        return Integer.valueOf(2).equals(opportunity.get("statuscode"));
    }

    @Override
    public void refuseNextWrite() {
        crm.api().post("/sandbox/faults", Map.of("method", "PATCH", "path", "/leads", "status", 400,
                "body", Map.of("error", Map.of("code", "0x80040265", "message", "Region is missing"))));
    }

    @Override
    public Map<String, Object> createOpportunityCall() {
        return Map.of("method", "PATCH", "path", "/opportunities");
    }

    @Override
    public Map<String, Object> createCall() {
        return Map.of("method", "PATCH", "path", "/leads");
    }
}
