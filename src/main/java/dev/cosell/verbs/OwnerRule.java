package dev.cosell.verbs;

import java.util.List;
import java.util.Map;

/**
 * Who owns an opportunity that is made for a referral.
 *
 * @param fromTeam whether somebody of the deal's team does who is a user of the CRM; else always the user of the
 *     connection
 */
public record OwnerRule(boolean fromTeam) {

    /** @param team e-mail addresses */
    public boolean looksFor(List<String> team) {
        return fromTeam && !team.isEmpty();
    }

    /**
     * The id of the first of the team whose address belongs to exactly one user; null when nobody's does.
     *
     * @param users   those of the CRM who may own a record and have one of the addresses
     * @param email   their field with the address
     * @param idField their field with the id
     */
    public static String owner(List<Map<String, Object>> users, String email, String idField, List<String> team) {
        for (String address : team) {
            List<Map<String, Object>> found = users.stream()
                    .filter(user -> address.equalsIgnoreCase(String.valueOf(user.get(email)))).toList();
            if (found.size() == 1) {
                return (String) found.get(0).get(idField);
            }
        }
        return null;
    }
}
