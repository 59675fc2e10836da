package dev.cosell.stories;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Odd records in the Dynamics 365 sandbox. */
record DynamicsOddRecords(DynamicsDriver crm) implements OddRecords {
    private static final String API = "/api/data/v9.2/";

    private record Said(int status, String code, String message, String remedy) {}

    private static Said said(Refusal refusal) {
        return switch (refusal) {
        case FIELD_SECURITY -> new Said(403, "0x80040220", "The user may not update the secured column estimatedvalue.",
                "column security profile");
        case VALIDATION_RULE ->
            new Said(400, "0x80040265", "Deals above 80000 need a sponsor", "A plug-in of this environment");
        case APPROVAL_LOCK ->
            new Said(400, "0x80040265", "The record is locked for an approval", "A plug-in of this environment");
        case UNKNOWN_CHOICE -> new Said(400, "0x8004431A",
                "The value 727000009 of 'statuscode' on record of type 'opportunity' is outside the"
                        + " valid range.",
                "correct the value map");
        case REQUIRED_FIELD ->
            new Said(400, "0x80040200", "The column new_region is required", "Give the column a value in the mapping");
        case DUPLICATE_RULE -> new Said(412, "0x80040333",
                "A record was not created or updated because a duplicate of the current record already"
                        + " exists.",
                "A duplicate detection rule");
            case ROW_LOCK -> new Said(500, "0x80044151", "SQL timeout expired.", "");
        };
    }

    @Override
    public List<String> words(Refusal refusal) {
        return List.of(said(refusal).message, said(refusal).remedy);
    }

    private void refuse(String path, Refusal refusal) {
        Said said = said(refusal);
        crm.api().post("/sandbox/faults",
                Map.of("method", "PATCH|POST", "path", path, "times", 1, "status", said.status,
                        "body", Map.of("error", Map.of("code", said.code, "message", said.message))));
    }

    @Override
    public void refuseNextWrite(Refusal refusal) {
        refuse("^/api/data/v9.2/opportunities\\(", refusal);
    }

    @Override
    public void refuseNextCreate(Refusal refusal) {
        refuse(refusal == Refusal.DUPLICATE_RULE ? "^/api/data/v9.2/(contacts|accounts)"
                : "^/api/data/v9.2/opportunities\\(", refusal);
    }

    /** A restored row keeps its id and its values. */
    @Override
    public void undelete(String crmId) {
        Map<String, Object> row = new HashMap<>(Map.of("opportunityid", crmId));
        Map<String, Object> before = DELETED.get(crmId);
        List.of("name", "description", "estimatedvalue", "estimatedclosedate", "cosell_referralidentifier",
                "cosell_referrallink",
                "cosell_syncwithpartnercenter", "cosell_audit", "cosell_referralvisibility")
                .forEach(name -> row.put(name, before.get(name)));
        row.put("transactioncurrencyid@odata.bind",
                "/transactioncurrencies(" + before.get("_transactioncurrencyid_value") + ")");
        row.put("parentaccountid@odata.bind", "/accounts(" + before.get("_parentaccountid_value") + ")");
        row.put("cosell_opportunity_solutions",
                Api.list(before.get("cosell_opportunity_solutions")).stream().map(solution -> Map.of(
                        "cosell_solutionid", solution.get("cosell_solutionid"), "cosell_name",
                        solution.get("cosell_name"))).toList());
        crm.created(API + "opportunities", row);
    }

    private static final Map<String, Map<String, Object>> DELETED = new HashMap<>();

    /** Keeps what an undelete brings back. */
    void remember(String crmId) {
        DELETED.put(crmId, crm.opportunity(crmId));
    }

    @Override
    public void addProducts(String crmId) {
        crm.api().patch("/sandbox/opportunities/" + crmId, Map.of("isrevenuesystemcalculated", true));
    }

    @Override
    public Map<String, Object> account(String name, String postalCode, String city) {
        return Map.of("name", name, "address1_postalcode", postalCode, "address1_city", city);
    }

    @Override
    public Map<String, Object> contact(String first, String last, String email) {
        return Map.of("firstname", first, "lastname", last, "emailaddress1", email);
    }

    @Override
    public String newAccount(Map<String, Object> fields) {
        return (String) crm.created(API + "accounts", fields).get("accountid");
    }

    @Override
    public String newContact(String accountId, Map<String, Object> fields) {
        Map<String, Object> body = new LinkedHashMap<>(fields);
        body.put("parentcustomerid_account@odata.bind", "/accounts(" + accountId + ")");
        return (String) crm.created(API + "contacts", body).get("contactid");
    }

    /** The loser stays behind as an inactive row; its opportunities and contacts are the winner's. */
    @Override
    public void mergeAccounts(String winner, String loser) {
        Api.list(crm.api().get("/sandbox/opportunities").get("value")).stream()
                .filter(row -> loser.equals(row.get("_parentaccountid_value")))
                .forEach(row -> crm.api().patch("/sandbox/opportunities/" + crm.id(row),
                        Map.of("parentaccountid@odata.bind",
                                "/accounts(" + winner + ")", "customerid_account@odata.bind",
                                "/accounts(" + winner + ")")));
        crm.asApplication("PATCH", API + "accounts(" + loser + ")", Map.of("statecode", 1));
    }

    @Override
    public void mergeContacts(String winner, String loser) {
        crm.asApplication("PATCH", API + "contacts(" + loser + ")", Map.of("statecode", 1));
    }

    @Override
    public String contactId(String crmId) {
        return (String) crm.opportunity(crmId).get("_parentcontactid_value");
    }
}
