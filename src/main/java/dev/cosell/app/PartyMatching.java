package dev.cosell.app;

import dev.cosell.mapping.MatchRule;
import dev.cosell.mapping.PartyRules;
import dev.cosell.settings.Key;
import dev.cosell.settings.Settings;
import java.util.Map;
import java.util.stream.Collectors;

/** How each CRM's accounts and contacts are found, from the settings. */
public final class PartyMatching {
    private PartyMatching() {}

    /** By CRM. */
    public static Map<String, PartyRules> rules(Settings settings) {
        return settings.crms().stream().collect(Collectors.toMap(crm -> crm, crm -> rules(settings, crm)));
    }

    static PartyRules rules(Settings settings, String crm) {
        boolean salesforce = crm.equals("salesforce");
        return new PartyRules(MatchRule.parse(settings.text(salesforce ? Key.SALESFORCE_ACCOUNT_MATCH : Key.DYNAMICS_ACCOUNT_MATCH)),
                MatchRule.parse(settings.text(salesforce ? Key.SALESFORCE_CONTACT_MATCH : Key.DYNAMICS_CONTACT_MATCH)));
    }
}
