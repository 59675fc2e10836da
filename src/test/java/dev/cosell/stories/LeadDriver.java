package dev.cosell.stories;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A seller who looks at leads in one of the CRMs. */
record LeadDriver(CrmDriver crm) {
    private boolean salesforce() {
        return crm.name().equals("salesforce");
    }

    private List<Map<String, Object>> all() {
        return salesforce() ? crm.api().list("/sandbox/leads") : Api.list(crm.api().get("/sandbox/leads").get("value"));
    }

    /** All leads that carry this referral id. */
    List<Map<String, Object>> of(String referralId) {
        return all().stream().filter(lead -> referralId.equals(lead.get(salesforce() ? "Referral_Identifier__c" : "cosell_referralidentifier"))).toList();
    }

    /** All leads of a person with this e-mail address. */
    List<Map<String, Object>> withEmail(String email) {
        return all().stream().filter(lead -> email.equals(lead.get(salesforce() ? "Email" : "emailaddress1"))).toList();
    }

    String id(Map<String, Object> lead) {
        return (String) lead.get(salesforce() ? "Id" : "leadid");
    }

    String referralId(Map<String, Object> lead) {
        return (String) lead.get(salesforce() ? "Referral_Identifier__c" : "cosell_referralidentifier");
    }

    String company(Map<String, Object> lead) {
        return (String) lead.get(salesforce() ? "Company" : "companyname");
    }

    String lastName(Map<String, Object> lead) {
        return (String) lead.get(salesforce() ? "LastName" : "lastname");
    }

    String notes(Map<String, Object> lead) {
        return (String) lead.get(salesforce() ? "Description" : "description");
    }

    /** Where the lead comes from, if this CRM has a field for it as shipped. */
    Optional<String> source(Map<String, Object> lead) {
        return salesforce() ? Optional.of((String) lead.get("LeadSource")) : Optional.empty();
    }

    String audit(Map<String, Object> lead) {
        return String.valueOf(lead.get(salesforce() ? "Audit__c" : "cosell_audit"));
    }

    boolean open(Map<String, Object> lead) {
        return salesforce() ? "Open - Not Contacted".equals(lead.get("Status")) : Integer.valueOf(0).equals(lead.get("statecode"));
    }

    boolean accepted(Map<String, Object> lead) {
        return salesforce() ? "Working - Contacted".equals(lead.get("Status")) : Integer.valueOf(1).equals(lead.get("statecode"));
    }

    boolean refused(Map<String, Object> lead) {
        return salesforce() ? "Closed - Not Converted".equals(lead.get("Status")) : Integer.valueOf(2).equals(lead.get("statecode"));
    }

    void rename(String id, String lastName) {
        crm.api().patch("/sandbox/leads/" + id, Map.of(salesforce() ? "LastName" : "lastname", lastName));
    }

    void delete(String id) {
        crm.api().delete("/sandbox/leads/" + id);
    }

    /** Whether an opportunity waits on hold. */
    boolean onHold(Map<String, Object> opportunity) {
        return salesforce() ? "On Hold".equals(opportunity.get("StageName")) : Integer.valueOf(2).equals(opportunity.get("statuscode"));
    }

    /** A rule of this CRM refuses the next write. */
    void refuseNextWrite() {
        if (salesforce()) {
            crm.api().post("/sandbox/settings", Map.of("failWrites",
                    Map.of("errorCode", "FIELD_CUSTOM_VALIDATION_EXCEPTION", "message", "Region is missing", "times", 1)));
        } else {
            crm.api().post("/sandbox/faults", Map.of("method", "PATCH", "path", "/leads", "status", 400,
                    "body", Map.of("error", Map.of("code", "0x80040265", "message", "Region is missing"))));
        }
    }

    /** The call that creates an opportunity, for fault rules. In Salesforce a search goes before it. */
    Map<String, Object> createOpportunityCall() {
        return salesforce() ? Map.of("method", "POST", "path", "/composite", "skip", 1) : Map.of("method", "PATCH", "path", "/opportunities");
    }

    /** The call that creates a lead, for fault rules. */
    Map<String, Object> createCall() {
        return salesforce() ? Map.of("method", "POST", "path", "/composite") : Map.of("method", "PATCH", "path", "/leads");
    }
}
