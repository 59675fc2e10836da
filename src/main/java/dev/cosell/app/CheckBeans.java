package dev.cosell.app;

import dev.cosell.check.Calls;
import dev.cosell.check.Check;
import dev.cosell.check.Checks;
import dev.cosell.check.KnownDeals;
import dev.cosell.check.dynamics.DynamicsOpportunities;
import dev.cosell.check.dynamics.DynamicsRights;
import dev.cosell.check.dynamics.DynamicsTables;
import dev.cosell.check.machine.BrokerCheck;
import dev.cosell.check.machine.ClockCheck;
import dev.cosell.check.machine.DataFolderCheck;
import dev.cosell.check.machine.DatabaseCheck;
import dev.cosell.check.machine.MappingCheck;
import dev.cosell.check.partnercenter.PartnerCenterCheck;
import dev.cosell.check.partnercenter.WebhookCheck;
import dev.cosell.check.salesforce.CaptureSelection;
import dev.cosell.check.salesforce.SalesforceOpportunities;
import dev.cosell.check.salesforce.SalesforceSignIn;
import dev.cosell.check.salesforce.SalesforceTables;
import dev.cosell.check.salesforce.StageFlags;
import dev.cosell.dynamics.DynamicsFields;
import dev.cosell.dynamics.DynamicsView;
import dev.cosell.live.LiveMappings;
import dev.cosell.salesforce.SalesforceFields;
import dev.cosell.salesforce.SalesforceView;
import dev.cosell.settings.Key;
import dev.cosell.settings.Settings;
import dev.cosell.state.DatabaseLook;
import dev.cosell.sync.decide.ReferralRules;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The checks that fit the settings. */
final class CheckBeans {
    private static final int AUDIT_LENGTH = 100_000;
    private static final String LONG_ID = "0".repeat(36);

    private final Settings settings;
    private final Clock clock;

    CheckBeans(Settings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** The checks that need nothing but this machine and its settings. */
    private List<Check> machine(Supplier<String> mappingFault) {
        return List.of(new DataFolderCheck(settings.path(Key.DATA_DIRECTORY)),
                new DatabaseCheck(() -> DatabaseLook.at(settings.text(Key.STATE_URL), orNull(Key.STATE_USER), orNull(Key.STATE_PASSWORD))),
                new BrokerCheck(settings.text(Key.BROKER_URL), orNull(Key.BROKER_USER), orNull(Key.BROKER_PASSWORD)),
                new ClockCheck(addresses(), clock), new MappingCheck(mappingFault));
    }

    Checks machineOnly(Supplier<String> mappingFault) {
        return new Checks(machine(mappingFault), clock);
    }

    /** @param mappingFault what is wrong with the files under {@code routes/}; empty when all is well */
    Fitting all(Calls calls, LiveMappings mappings, SalesforceFields salesforce, DynamicsFields dynamics, Supplier<String> mappingFault) {
        List<Check> all = new ArrayList<>(machine(mappingFault));
        all.add(new PartnerCenterCheck(calls));
        all.add(new WebhookCheck(calls, WebhookBeans.wish(settings)));
        boolean leads = "leads".equals(settings.text(Key.LEADS)) || !settings.text(Key.MARKETPLACE_LEADS_PATH_SECRET).isEmpty();
        for (String crm : settings.crms()) {
            if (crm.equals("salesforce")) {
                all.add(new SalesforceSignIn(calls, settings.salesforcePasswords(), clock));
                all.add(new SalesforceTables(calls, new SalesforceTables.Wanted(salesforce, leads, settings.text(Key.SALESFORCE_LEAD_REFERRAL_ID_FIELD),
                        settings.text(Key.SALESFORCE_LEAD_AUDIT_FIELD), linkLength(), AUDIT_LENGTH, settings.text(Key.SALESFORCE_CURRENCY),
                        "on".equals(settings.text(Key.SALESFORCE_SALES_TEAM)), settings.text(Key.SALESFORCE_TIME_ZONE)), () -> mappings.of(crm)));
                all.add(new StageFlags(calls, () -> mappings.of(crm)));
                if (settings.salesforceEvents()) {
                    all.add(new CaptureSelection(calls));
                }
            } else {
                all.add(new DynamicsRights(calls, leads, "on".equals(settings.text(Key.DYNAMICS_SALES_TEAM))));
                all.add(new DynamicsTables(calls, new DynamicsTables.Wanted(dynamics, leads, settings.text(Key.DYNAMICS_LEAD_REFERRAL_ID_FIELD),
                        settings.text(Key.DYNAMICS_LEAD_AUDIT_FIELD), linkLength(), AUDIT_LENGTH, settings.text(Key.DYNAMICS_TIME_ZONE)), () -> mappings.of(crm)));
            }
        }
        return new Fitting(all, calls, salesforce, dynamics);
    }

    /** The checks of settings, rights and schemas; those of the deals themselves cost more calls. */
    final class Fitting {
        private final List<Check> all;
        private final Calls calls;
        private final SalesforceFields salesforce;
        private final DynamicsFields dynamics;

        private Fitting(List<Check> all, Calls calls, SalesforceFields salesforce, DynamicsFields dynamics) {
            this.all = all;
            this.calls = calls;
            this.salesforce = salesforce;
            this.dynamics = dynamics;
        }

        Checks checks() {
            return new Checks(all, clock);
        }

        Checks withDeals(ReferralRules rules) {
            List<Check> more = new ArrayList<>(all);
            for (String crm : settings.crms()) {
                more.add(crm.equals("salesforce")
                        ? new KnownDeals(calls, new SalesforceView(salesforce, AUDIT_LENGTH), rules, new SalesforceOpportunities(calls, salesforce))
                        : new KnownDeals(calls, new DynamicsView(dynamics, AUDIT_LENGTH), rules, new DynamicsOpportunities(calls, dynamics)));
            }
            return new Checks(more, clock);
        }
    }

    private int linkLength() {
        return settings.text(Key.PARTNER_CENTER_REFERRAL_LINK).replace("{id}", LONG_ID).replace("{engagementId}", LONG_ID).length();
    }

    private Map<String, URI> addresses() {
        Map<String, URI> addresses = new LinkedHashMap<>();
        addresses.put("partner-center", URI.create(settings.text(Key.PARTNER_CENTER_URL) + "/referrals"));
        for (String crm : settings.crms()) {
            addresses.put(crm, URI.create(crm.equals("salesforce") ? settings.text(Key.SALESFORCE_LOGIN_URL) + "/services/data"
                    : settings.text(Key.DYNAMICS_URL) + "/api/data/v9.2/"));
        }
        return addresses;
    }

    private String orNull(Key key) {
        return settings.text(key).isEmpty() ? null : settings.text(key);
    }
}
