package dev.cosell.dynamics;

import dev.cosell.http.Answer;
import dev.cosell.http.Request;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Finds the user who is to own a new opportunity among the partner's team of the deal, by e-mail address. */
public final class OwnerMatch {
    private static final String EMAIL = "internalemailaddress";

    private final boolean wanted;

    /** @param wanted false leaves every new opportunity to the application user */
    public OwnerMatch(boolean wanted) {
        this.wanted = wanted;
    }

    boolean looksFor(List<String> emails) {
        return wanted && !emails.isEmpty();
    }

    /** The enabled users with one of these addresses. */
    Request users(List<String> emails) {
        String any = emails.stream().map(email -> EMAIL + " eq " + OData.quoted(email)).collect(Collectors.joining(" or "));
        return new Request("GET", "/systemusers?$select=systemuserid," + EMAIL + "&$filter=" + OData.encoded("isdisabled eq false and (" + any + ")"),
                Map.of(), null);
    }

    /** The id of the first of the team who is exactly one user; null when nobody is. */
    String owner(Answer answer, List<String> emails) {
        Refusals.check(answer, "search for the users of a deal's team");
        for (String email : emails) {
            List<Map<String, Object>> found = answer.list("value").stream().filter(user -> email.equalsIgnoreCase(String.valueOf(user.get(EMAIL)))).toList();
            if (found.size() == 1) {
                return (String) found.get(0).get("systemuserid");
            }
        }
        return null;
    }
}
