package dev.cosell.verbs;

import java.util.List;
import java.util.Map;

/**
 * How the audit names the account and the contact that a new opportunity is given. Contacts are people: their names
 * stay out of it.
 */
public final class PartyText {
    /** Name of the exchange variable in which a create leaves these sentences, a {@code List<String>}. */
    public static final String VARIABLE = "parties";

    private PartyText() {}

    /** @param by the fields that were compared */
    public static String account(Object name, Object id, Iterable<String> by) {
        return "account " + name + " (" + id + "), found by " + String.join(" and ", by);
    }

    /** @param id null while it is not known yet */
    public static String newAccount(Object name, Object id) {
        return "account " + name + (id == null ? "" : " (" + id + ")") + ", created";
    }

    public static String contact(Object id, Iterable<String> by) {
        return "contact " + id + ", found by " + String.join(" and ", by);
    }

    /** @param id null while it is not known yet */
    public static String newContact(Object id) {
        return "contact" + (id == null ? "" : " " + id) + ", created";
    }

    /** What a person can do when no account can be found or made: the customer of a referral cannot be changed. */
    public static String byHand(String product, String referralId) {
        return "Partner Center takes no change of the customer, so make the opportunity with its account in " + product
                + " and enter " + referralId + " as its Referral Identifier";
    }

    /** The fields of a new opportunity, whose audit also names its account and contact. */
    public static void tell(Map<String, Object> fields, String auditField, List<String> parties) {
        fields.computeIfPresent(auditField,
                (name, text) -> parties.isEmpty() ? text : text + "; " + String.join("; ", parties));
    }
}
