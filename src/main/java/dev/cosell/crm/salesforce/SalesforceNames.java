package dev.cosell.crm.salesforce;

import dev.cosell.settings.Settings;
import dev.cosell.setup.ChildTable;
import dev.cosell.setup.CrmNames;
import dev.cosell.setup.Field;
import java.util.regex.Pattern;

/** How a Salesforce org calls what the sync needs, after the settings. */
final class SalesforceNames {
    private static final int TEXT = 255;

    private SalesforceNames() {}

    static CrmNames of(Settings settings) {
        String object = settings.text(SalesforceKey.SOLUTION_OBJECT);
        Field solutionId = CrmNames.solutionId(object, settings.text(SalesforceKey.SOLUTION_ID_FIELD), TEXT);
        return new CrmNames("Opportunity", "Lead", "Account", "Contact", "User",
                settings.text(SalesforceKey.SYNC_FIELD),
                settings.text(SalesforceKey.REFERRAL_ID_FIELD), settings.text(SalesforceKey.REFERRAL_LINK_FIELD),
                settings.text(SalesforceKey.AUDIT_FIELD), settings.text(SalesforceKey.LEAD_REFERRAL_ID_FIELD),
                settings.text(SalesforceKey.LEAD_AUDIT_FIELD), 0,
                new ChildTable(object, object, "Opportunity", "Name",
                        settings.text(SalesforceKey.SOLUTION_OPPORTUNITY_FIELD),
                        settings.text(SalesforceKey.SOLUTION_RELATIONSHIP), solutionId),
                Pattern.compile("\\w+__c"), false);
    }
}
