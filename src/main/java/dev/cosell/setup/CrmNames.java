package dev.cosell.setup;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * How one CRM calls what the sync needs, after the settings.
 *
 * @param team            the object or table of users
 * @param custom          what names that somebody has added look like
 * @param numberedChoices whether a choice is written as a number, and not as its text
 */
public record CrmNames(String opportunity, String lead, String account, String contact, String team, String sync,
        String referralId, String referralLink,
        String audit, String leadReferralId, String leadAudit, int linkLength, ChildTable solutions, Pattern custom,
        boolean numberedChoices) {
    /** The text field with a solution's id. */
    public static Field solutionId(String table, String name, int length) {
        return Field.of(table, name, Kind.TEXT, length, "Solution Id", "The solution's id in Partner Center.");
    }

    /** Whether somebody has added a field of this name; fields that every CRM has are none of the set-up's business. */
    public boolean isCustom(String field) {
        return custom.matcher(field).matches();
    }

    /** Everything in front of the first underscore of the sync switch, which may be the prefix of who made it. */
    public String prefix() {
        return sync.substring(0, Math.max(0, sync.indexOf('_'))).toLowerCase(Locale.ROOT);
    }

    public List<String> tables(boolean leads) {
        return leads ? List.of(opportunity, lead) : List.of(opportunity);
    }
}
