package dev.cosell.stories;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Odd records in the Salesforce sandbox. */
record SalesforceOddRecords(SalesforceDriver crm) implements OddRecords {
    private static final String OBJECTS = "/services/data/v56.0/sobjects/";

    private static String code(Refusal refusal) {
        return switch (refusal) {
            case FIELD_SECURITY -> "INVALID_FIELD_FOR_INSERT_UPDATE";
            case VALIDATION_RULE -> "FIELD_CUSTOM_VALIDATION_EXCEPTION";
            case APPROVAL_LOCK -> "ENTITY_IS_LOCKED";
            case UNKNOWN_CHOICE -> "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST";
            case REQUIRED_FIELD -> "REQUIRED_FIELD_MISSING";
            case DUPLICATE_RULE -> "DUPLICATES_DETECTED";
            case ROW_LOCK -> "UNABLE_TO_LOCK_ROW";
        };
    }

    private static String message(Refusal refusal) {
        return switch (refusal) {
        case FIELD_SECURITY ->
            "Unable to create/update fields: Amount. Please check the security settings of this field and verify that "
                    + "it is read/write for your profile or permission set.";
            case VALIDATION_RULE -> "Deals above 80000 need a sponsor";
            case APPROVAL_LOCK -> "entity is locked for editing";
            case UNKNOWN_CHOICE -> "Stage: bad value for restricted picklist field: On Hold";
            case REQUIRED_FIELD -> "Required fields are missing: [Region__c]";
            case DUPLICATE_RULE -> "Use one of these records?";
            case ROW_LOCK -> "unable to obtain exclusive access to this record";
        };
    }

    @Override
    public List<String> words(Refusal refusal) {
        return List.of(message(refusal), switch (refusal) {
            case FIELD_SECURITY -> "edit access to the field";
            case VALIDATION_RULE -> "A validation rule of your org";
            case APPROVAL_LOCK -> "An approval process holds the record";
            case UNKNOWN_CHOICE -> "Add the value to the picklist";
            case REQUIRED_FIELD -> "Give the field a value in the mapping";
            case DUPLICATE_RULE -> "A duplicate rule of your org";
            case ROW_LOCK -> "just now";
        });
    }

    @Override
    public void refuseNextWrite(Refusal refusal) {
        crm.api().post("/sandbox/settings",
                Map.of("failWrites", Map.of("errorCode", code(refusal), "message", message(refusal), "times", 1)));
    }

    @Override
    public void refuseNextCreate(Refusal refusal) {
        refuseNextWrite(refusal);
    }

    @Override
    public void undelete(String crmId) {
        crm.api().post("/sandbox/opportunities/" + crmId + "/undelete", Map.of());
    }

    @Override
    public void addProducts(String crmId) {
        crm.api().patch("/sandbox/opportunities/" + crmId, Map.of("HasOpportunityLineItem", true));
    }

    @Override
    public Map<String, Object> account(String name, String postalCode, String city) {
        return Map.of("Name", name, "BillingPostalCode", postalCode, "BillingCity", city);
    }

    @Override
    public Map<String, Object> contact(String first, String last, String email) {
        return Map.of("FirstName", first, "LastName", last, "Email", email);
    }

    @Override
    public String newAccount(Map<String, Object> fields) {
        return (String) crm.asApplication("POST", OBJECTS + "Account", fields).get("id");
    }

    @Override
    public String newContact(String accountId, Map<String, Object> fields) {
        Map<String, Object> body = new LinkedHashMap<>(fields);
        body.put("AccountId", accountId);
        return (String) crm.asApplication("POST", OBJECTS + "Contact", body).get("id");
    }

    @Override
    public void mergeAccounts(String winner, String loser) {
        crm.api().post("/sandbox/accounts/merge", Map.of("winner", winner, "loser", loser));
    }

    @Override
    public void mergeContacts(String winner, String loser) {
        crm.api().post("/sandbox/contacts/merge", Map.of("winner", winner, "loser", loser));
    }

    @Override
    public String contactId(String crmId) {
        return (String) Api.map(crm.opportunity(crmId).get("contact")).get("Id");
    }
}
