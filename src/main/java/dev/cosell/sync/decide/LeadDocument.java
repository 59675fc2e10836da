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
    private static final String LAST_NAME = "lastName";

    private LeadDocument() {}

    /** Leaves the referral as it is. The last of several persons counts, as in Microsoft's own sample. */
    public static Map<String, Object> of(Map<String, Object> referral) {
        return withLastName(filled(spoken(referral), CUSTOMER, "name"));
    }

    /**
     * The same for a lead that is there: with something in a field that is empty in the referral, and not in one of
     * which the referral does not speak. That clears nothing, so it puts nothing in the place of what is known either.
     */
    static Map<String, Object> ofKnown(Map<String, Object> referral) {
        Map<String, Object> document = spoken(referral);
        if (copy(document.get(CUSTOMER)).containsKey("name")) {
            filled(document, CUSTOMER, "name");
        }
        return copy(document.get(PERSON)).containsKey(LAST_NAME) ? withLastName(document) : document;
    }

    /** With something in the place of a last name. */
    static Map<String, Object> withLastName(Map<String, Object> document) {
        return filled(document, PERSON, LAST_NAME);
    }

    private static Map<String, Object> spoken(Map<String, Object> referral) {
        Map<String, Object> document = new LinkedHashMap<>(referral);
        document.put(CUSTOMER, copy(referral.get(CUSTOMER)));
        document.put(PERSON, person(referral));
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

    private static Map<String, Object> filled(Map<String, Object> document, String name, String field) {
        Map<String, Object> group = copy(document.get(name));
        if (!(group.get(field) instanceof String text) || text.isBlank()) {
            group.put(field, StandIns.NOT_PROVIDED);
        }
        document.put(name, group);
        return document;
    }

    static Map<String, Object> copy(Object group) {
        Map<String, Object> copy = new LinkedHashMap<>();
        if (group instanceof Map<?, ?> fields) {
            fields.forEach((name, value) -> copy.put(name.toString(), value));
        }
        return copy;
    }
}
