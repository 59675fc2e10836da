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
    private static final String CUSTOMER = "customerProfile";

    private LeadDocument() {}

    /** Leaves the referral as it is. The last of several persons counts, as in Microsoft's own sample. */
    public static Map<String, Object> of(Map<String, Object> referral) {
        Map<String, Object> document = new LinkedHashMap<>(referral);
        Map<String, Object> customer = copy(document.get(CUSTOMER));
        filled(customer, "name");
        document.put(CUSTOMER, customer);
        List<?> team = customer.get("team") instanceof List<?> list ? list : List.of();
        Map<String, Object> contact = copy(team.isEmpty() ? null : team.get(team.size() - 1));
        filled(contact, "lastName");
        document.put("contact", contact);
        return document;
    }

    private static void filled(Map<String, Object> group, String field) {
        if (!(group.get(field) instanceof String text) || text.isBlank()) {
            group.put(field, StandIns.NOT_PROVIDED);
        }
    }

    private static Map<String, Object> copy(Object group) {
        Map<String, Object> copy = new LinkedHashMap<>();
        if (group instanceof Map<?, ?> fields) {
            fields.forEach((name, value) -> copy.put(name.toString(), value));
        }
        return copy;
    }
}
