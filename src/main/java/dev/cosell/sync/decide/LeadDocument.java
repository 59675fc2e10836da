package dev.cosell.sync.decide;

import dev.cosell.mapping.StandIns;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A referral as the lead tables see it: with the customer's person under {@code contact}, and with something in the two
 * fields without which no CRM takes a lead.
 */
public final class LeadDocument {
    /** Where the lead tables find the customer's person. */
    static final String PERSON = "contact";
    private static final String CUSTOMER = "customerProfile";

    private LeadDocument() {}

    /** Leaves the referral as it is. The last of several persons counts, as in Microsoft's own sample. */
    public static Map<String, Object> of(Map<String, Object> referral) {
        Map<String, Object> document = new LinkedHashMap<>(referral);
        Map<String, Object> customer = copy(document.get(CUSTOMER));
        filled(customer, "name");
        document.put(CUSTOMER, customer);
        Map<String, Object> contact = person(referral);
        filled(contact, "lastName");
        document.put(PERSON, contact);
        return document;
    }

    /**
     * The customer's person of an inquiry, which its lead and the opportunity of that show: the last of several, as
     * further ones are added at the end. A copy; empty when there is none.
     */
    public static Map<String, Object> person(Map<String, Object> referral) {
        List<?> team = copy(referral.get(CUSTOMER)).get("team") instanceof List<?> list ? list : List.of();
        return copy(team.isEmpty() ? null : team.get(team.size() - 1));
    }

    /** Whether the referral says who the customer's people are, be it that there are none. */
    static boolean tellsPeople(Map<String, Object> referral) {
        return copy(referral.get(CUSTOMER)).get("team") instanceof List<?>;
    }

    private static void filled(Map<String, Object> group, String field) {
        if (!(group.get(field) instanceof String text) || text.isBlank()) {
            group.put(field, StandIns.NOT_PROVIDED);
        }
    }

    static Map<String, Object> copy(Object group) {
        Map<String, Object> copy = new LinkedHashMap<>();
        if (group instanceof Map<?, ?> fields) {
            fields.forEach((name, value) -> copy.put(name.toString(), value));
        }
        return copy;
    }
}
