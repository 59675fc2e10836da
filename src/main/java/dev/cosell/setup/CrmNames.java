package dev.cosell.setup;

import dev.cosell.settings.Key;
import dev.cosell.settings.Settings;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * How one CRM calls what the sync needs, after the settings.
 *
 * @param team   the object or table of users
 * @param custom what names that somebody has added look like
 */
record CrmNames(String opportunity, String lead, String account, String contact, String team, String sync, String referralId, String referralLink,
                String audit, String leadReferralId, String leadAudit, int linkLength, ChildTable solutions, Pattern custom) {
    private static final int SALESFORCE_TEXT = 255;
    private static final int DYNAMICS_TEXT = 100;
    private static final int DYNAMICS_LINK = 400;

    static CrmNames salesforce(Settings settings) {
        String object = settings.text(Key.SALESFORCE_SOLUTION_OBJECT);
        return new CrmNames("Opportunity", "Lead", "Account", "Contact", "User", settings.text(Key.SALESFORCE_SYNC_FIELD),
                settings.text(Key.SALESFORCE_REFERRAL_ID_FIELD), settings.text(Key.SALESFORCE_REFERRAL_LINK_FIELD), settings.text(Key.SALESFORCE_AUDIT_FIELD),
                settings.text(Key.SALESFORCE_LEAD_REFERRAL_ID_FIELD), settings.text(Key.SALESFORCE_LEAD_AUDIT_FIELD), 0,
                new ChildTable(object, object, "Opportunity", "Name", settings.text(Key.SALESFORCE_SOLUTION_OPPORTUNITY_FIELD),
                        settings.text(Key.SALESFORCE_SOLUTION_RELATIONSHIP), solutionId(object, settings.text(Key.SALESFORCE_SOLUTION_ID_FIELD), SALESFORCE_TEXT)),
                Pattern.compile("\\w+__c"));
    }

    static CrmNames dynamics(Settings settings) {
        String set = settings.text(Key.DYNAMICS_SOLUTION_SET);
        String table = set.endsWith("s") ? set.substring(0, set.length() - 1) : set;
        return new CrmNames("opportunity", "lead", "account", "contact", "systemuser", settings.text(Key.DYNAMICS_SYNC_FIELD),
                settings.text(Key.DYNAMICS_REFERRAL_ID_FIELD), settings.text(Key.DYNAMICS_REFERRAL_LINK_FIELD), settings.text(Key.DYNAMICS_AUDIT_FIELD),
                settings.text(Key.DYNAMICS_LEAD_REFERRAL_ID_FIELD), settings.text(Key.DYNAMICS_LEAD_AUDIT_FIELD), DYNAMICS_LINK,
                new ChildTable(table, set, "opportunity", settings.text(Key.DYNAMICS_SOLUTION_NAME_FIELD), settings.text(Key.DYNAMICS_SOLUTION_OPPORTUNITY_NAV),
                        settings.text(Key.DYNAMICS_OPPORTUNITY_SOLUTIONS_NAV), solutionId(table, settings.text(Key.DYNAMICS_SOLUTION_ID_FIELD), DYNAMICS_TEXT)),
                Pattern.compile("[a-z][a-z0-9]+_\\w+"));
    }

    private static Field solutionId(String table, String name, int length) {
        return Field.of(table, name, Kind.TEXT, length, "Solution Id", "The solution's id in Partner Center.");
    }

    /** Whether somebody has added a field of this name; fields that every CRM has are none of the set-up's business. */
    boolean isCustom(String field) {
        return custom.matcher(field).matches();
    }

    /** Everything in front of the first underscore of the sync switch, in Dynamics 365 the publisher's prefix. */
    String prefix() {
        return sync.substring(0, Math.max(0, sync.indexOf('_'))).toLowerCase(Locale.ROOT);
    }

    List<String> tables(boolean leads) {
        return leads ? List.of(opportunity, lead) : List.of(opportunity);
    }
}
