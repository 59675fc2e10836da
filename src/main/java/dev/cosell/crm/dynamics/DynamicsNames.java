package dev.cosell.crm.dynamics;

import dev.cosell.settings.Settings;
import dev.cosell.setup.ChildTable;
import dev.cosell.setup.CrmNames;
import dev.cosell.setup.Field;
import java.util.regex.Pattern;

/** How a Dataverse environment calls what the sync needs, after the settings. */
final class DynamicsNames {
    private static final int TEXT = 100;
    private static final int LINK = 400;

    private DynamicsNames() {}

    static CrmNames of(Settings settings) {
        String set = settings.text(DynamicsKey.SOLUTION_SET);
        String table = set.endsWith("s") ? set.substring(0, set.length() - 1) : set;
        Field solutionId = CrmNames.solutionId(table, settings.text(DynamicsKey.SOLUTION_ID_FIELD), TEXT);
        return new CrmNames("opportunity", "lead", "account", "contact", "systemuser",
                settings.text(DynamicsKey.SYNC_FIELD),
                settings.text(DynamicsKey.REFERRAL_ID_FIELD), settings.text(DynamicsKey.REFERRAL_LINK_FIELD),
                settings.text(DynamicsKey.AUDIT_FIELD),
                settings.text(DynamicsKey.LEAD_REFERRAL_ID_FIELD), settings.text(DynamicsKey.LEAD_AUDIT_FIELD), LINK,
                new ChildTable(table, set, "opportunity", settings.text(DynamicsKey.SOLUTION_NAME_FIELD),
                        settings.text(DynamicsKey.SOLUTION_OPPORTUNITY_NAV),
                        settings.text(DynamicsKey.OPPORTUNITY_SOLUTIONS_NAV), solutionId),
                Pattern.compile("[a-z][a-z0-9]+_\\w+"), true);
    }
}
