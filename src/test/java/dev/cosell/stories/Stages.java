package dev.cosell.stories;

import java.util.Map;

/** What a seller does with the stage of a deal, in the words of each CRM. */
final class Stages {
    private Stages() {}

    static void reopen(CrmDriver crm, String id) {
        set(crm, id, "Qualification", 1);
    }

    /** A deal from Microsoft is accepted by putting it to work. */
    static void accept(CrmDriver crm, String id) {
        set(crm, id, "Qualification", 1);
    }

    private static void set(CrmDriver crm, String id, String stage, int statusCode) {
        crm.api().patch("/sandbox/opportunities/" + id, crm.name().equals("salesforce") ? Map.of("StageName", stage)
                : Map.of("statecode", 0, "statuscode", statusCode));
    }

    static void lose(CrmDriver crm, String id) {
        if (crm.name().equals("salesforce")) {
            crm.api().patch("/sandbox/opportunities/" + id, Map.of("StageName", "Closed Lost"));
        } else {
            crm.api().post("/sandbox/opportunities/" + id + "/lose", Map.of());
        }
    }

    static void sync(CrmDriver crm, String id, boolean on) {
        crm.api().patch("/sandbox/opportunities/" + id, Map.of(crm.name().equals("salesforce") ? "Sync_with_Partner_Center__c"
                : "cosell_syncwithpartnercenter", on));
    }

    /** Dynamics 365 takes no write to a closed opportunity, so nothing can be said on it. */
    static boolean talksWhenClosed(CrmDriver crm) {
        return crm.name().equals("salesforce");
    }
}
