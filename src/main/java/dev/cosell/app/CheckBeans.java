package dev.cosell.app;

import dev.cosell.check.Calls;
import dev.cosell.check.Check;
import dev.cosell.check.Checks;
import dev.cosell.check.KnownDeals;
import dev.cosell.check.machine.BrokerCheck;
import dev.cosell.check.machine.ClockCheck;
import dev.cosell.check.machine.DataFolderCheck;
import dev.cosell.check.machine.DatabaseCheck;
import dev.cosell.check.machine.InstancesCheck;
import dev.cosell.check.machine.MappingCheck;
import dev.cosell.check.machine.SignInPlaceCheck;
import dev.cosell.check.partnercenter.FiscalYearCheck;
import dev.cosell.check.partnercenter.PartnerCenterCheck;
import dev.cosell.check.partnercenter.WebhookCheck;
import dev.cosell.cluster.Instances;
import dev.cosell.cluster.InstancesLook;
import dev.cosell.crm.CrmBeans;
import dev.cosell.crm.Crms;
import dev.cosell.live.LiveMappings;
import dev.cosell.live.ReleasedRoutes;
import dev.cosell.operations.PartnerCenterSignIn;
import dev.cosell.queue.Hints;
import dev.cosell.settings.Key;
import dev.cosell.settings.Settings;
import dev.cosell.state.Database;
import dev.cosell.state.DatabaseLook;
import dev.cosell.sync.decide.LeadMode;
import dev.cosell.sync.decide.ReferralRules;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The checks that fit the settings. */
final class CheckBeans {
    private static final String LONG_ID = "0".repeat(36);

    private final Crms known;
    private final Settings settings;
    private final Clock clock;

    CheckBeans(Crms known, Settings settings, Clock clock) {
        this.known = known;
        this.settings = settings;
        this.clock = clock;
    }

    /** The checks that need nothing but this machine and its settings. */
    private List<Check> machine(RoutesFolder files) {
        List<Check> checks = new ArrayList<>(List.of(new DataFolderCheck(settings.path(Key.DATA_DIRECTORY)),
                new DatabaseCheck(() -> DatabaseLook.at(settings.text(Key.STATE_URL),
                        settings.textOrNull(Key.STATE_USER), settings.textOrNull(Key.STATE_PASSWORD))),
                new BrokerCheck(settings.text(Key.BROKER_URL), settings.textOrNull(Key.BROKER_USER),
                        settings.textOrNull(Key.BROKER_PASSWORD),
                        settings.crms().stream().map(Hints::queue).toList()),
                new ClockCheck(addresses(), clock),
                new MappingCheck(files.fault(), files.wiring(), files.lacking(), ReleasedRoutes.REMEDY)));
        if (Database.isShared(settings.text(Key.STATE_URL))) {
            Duration takeOver = settings.duration(Key.CLUSTER_TAKE_OVER);
            Supplier<Optional<InstancesLook>> look = () -> InstancesLook.at(settings.text(Key.STATE_URL),
                    settings.textOrNull(Key.STATE_USER),
                    settings.textOrNull(Key.STATE_PASSWORD), takeOver, clock);
            checks.add(new InstancesCheck(look, Instances.clocksMayDiffer(takeOver)));
            checks.add(new SignInPlaceCheck(PartnerCenterSignIn.isShared(settings), look));
        }
        return checks;
    }

    Checks machineOnly(RoutesFolder files) {
        return new Checks(machine(files), clock);
    }

    /**
     * @param crms  those that are synced
     * @param files those under {@code routes/}
     */
    Fitting all(Calls calls, LiveMappings mappings, Map<String, CrmBeans> crms, RoutesFolder files) {
        List<Check> all = new ArrayList<>(machine(files));
        all.add(new PartnerCenterCheck(calls));
        List<String> names = Stream.of(Key.PARTNER_CENTER_SERVICES_SOLUTION_AREA,
                Key.PARTNER_CENTER_SERVICES_SOLUTION_PLAY).map(settings::text).filter(name -> !name.isEmpty()).toList();
        if (!names.isEmpty()) {
            all.add(new FiscalYearCheck(names, clock));
        }
        all.add(new WebhookCheck(calls, WebhookBeans.wish(settings), lacksPathSecret()));
        boolean leads = "leads".equals(settings.text(Key.LEADS))
                || !settings.text(Key.MARKETPLACE_LEADS_PATH_SECRET).isEmpty();
        crms.forEach((name, crm) -> all
                .addAll(crm.checks(new CrmBeans.Checked(calls, () -> mappings.of(name), leads, linkLength()))));
        return new Fitting(all, calls, crms);
    }

    /** The checks of settings, rights and schemas; those of the deals themselves cost more calls. */
    final class Fitting {
        private final List<Check> all;
        private final Calls calls;
        private final Map<String, CrmBeans> crms;

        private Fitting(List<Check> all, Calls calls, Map<String, CrmBeans> crms) {
            this.all = all;
            this.calls = calls;
            this.crms = crms;
        }

        Checks checks() {
            return new Checks(all, clock);
        }

        Checks withDeals(ReferralRules rules) {
            List<Check> more = new ArrayList<>(all);
            LeadMode leads = LeadMode.of(settings.text(Key.LEADS));
            crms.values().forEach(
                    crm -> more.add(new KnownDeals(calls, crm.view(), rules, leads, crm.opportunities(calls))));
            return new Checks(more, clock);
        }
    }

    private boolean lacksPathSecret() {
        String secret = settings.text(Key.WEBHOOK_PATH_SECRET);
        return !secret.isEmpty() && !settings.webhookAddress().contains(secret);
    }

    private int linkLength() {
        return settings.text(Key.PARTNER_CENTER_REFERRAL_LINK).replace("{id}", LONG_ID)
                .replace("{engagementId}", LONG_ID).length();
    }

    private Map<String, URI> addresses() {
        Map<String, URI> addresses = new LinkedHashMap<>();
        addresses.put("partner-center", URI.create(settings.text(Key.PARTNER_CENTER_URL) + "/referrals"));
        known.enabled(settings).forEach(crm -> addresses.put(crm.name(), crm.address(settings)));
        return addresses;
    }
}
