package dev.cosell.salesforce;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Finds the user who is to own a new opportunity among the partner's team of the deal, by e-mail address. */
final class OwnerMatch {
    private final boolean wanted;

    /** @param wanted false leaves every new opportunity to the integration user */
    OwnerMatch(boolean wanted) {
        this.wanted = wanted;
    }

    boolean looksFor(List<String> emails) {
        return wanted && !emails.isEmpty();
    }

    /** The active users with one of these addresses. */
    String users(List<String> emails) {
        return "SELECT Id, Email FROM User WHERE IsActive = true AND Email IN ("
                + emails.stream().map(SoqlText::string).collect(Collectors.joining(", ")) + ") ORDER BY Id";
    }

    /** The id of the first of the team who is exactly one user; null when nobody is. */
    static String owner(List<Map<String, Object>> users, List<String> emails) {
        for (String email : emails) {
            List<Map<String, Object>> found = users.stream().filter(user -> email.equalsIgnoreCase(String.valueOf(user.get("Email")))).toList();
            if (found.size() == 1) {
                return (String) found.get(0).get("Id");
            }
        }
        return null;
    }
}
