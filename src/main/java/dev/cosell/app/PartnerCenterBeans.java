package dev.cosell.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cosell.connection.Connections;
import dev.cosell.entra.Credential;
import dev.cosell.entra.EntraTokens;
import dev.cosell.entra.SignInStore;
import dev.cosell.http.CallRate;
import dev.cosell.http.HttpSystem;
import dev.cosell.operations.PartnerCenterSignIn;
import dev.cosell.partnercenter.DealCompletion;
import dev.cosell.partnercenter.DealDefaults;
import dev.cosell.partnercenter.DealRegistration;
import dev.cosell.partnercenter.NextPages;
import dev.cosell.partnercenter.PartnerCenterRules;
import dev.cosell.partnercenter.PatchValues;
import dev.cosell.partnercenter.ReferralChanges;
import dev.cosell.partnercenter.ReferralCreation;
import dev.cosell.partnercenter.ReferralListing;
import dev.cosell.partnercenter.ReferralReads;
import dev.cosell.partnercenter.ReferralSearch;
import dev.cosell.partnercenter.ReferralUpdates;
import dev.cosell.partnercenter.ReferralView;
import dev.cosell.partnercenter.Refusals;
import dev.cosell.partnercenter.RegistrationTerms;
import dev.cosell.partnercenter.ServicesAttributes;
import dev.cosell.partnercenter.Sweep;
import dev.cosell.partnercenter.registration.WebhookRegistration;
import dev.cosell.settings.Key;
import dev.cosell.settings.Settings;
import dev.cosell.sync.books.ReferralIndex;
import dev.cosell.sync.books.SeenVersions;
import dev.cosell.sync.books.Watermarks;
import dev.cosell.sync.books.WonDeals;
import dev.cosell.sync.decide.ReferralRules;
import dev.cosell.sync.steps.AttemptSteps;
import dev.cosell.verbs.Changes;
import java.math.BigDecimal;
import java.security.cert.TrustAnchor;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;

/** The beans that {@code routes/partner-center.camel.yaml} and {@code routes/partner-center-create.camel.yaml} name. */
final class PartnerCenterBeans {
    private static final String SYSTEM = "partner-center";

    private final Settings settings;
    private final Clock clock;
    private final Connections connections;
    private final SignInStore signIn;
    private final Credential registrar;
    private final Function<Settings, Set<TrustAnchor>> trust;
    private final IntSupplier instances;

    /**
     * @param registrar signs in for the registration of webhooks
     * @param trust     who may have issued the certificate that signs them
     * @param instances how many instances are live; they share the pace of calls
     */
    PartnerCenterBeans(Settings settings, Clock clock, Connections connections, SignInStore signIn,
            Credential registrar,
            Function<Settings, Set<TrustAnchor>> trust, IntSupplier instances) {
        this.trust = trust;
        this.instances = instances;
        this.registrar = registrar;
        this.settings = settings;
        this.clock = clock;
        this.connections = connections;
        this.signIn = signIn;
    }

    /** What the sync has to know of referrals. */
    ReferralRules rules(Refusals refusals) {
        return new PartnerCenterRules(settings.text(Key.PARTNER_CENTER_REFERRAL_LINK),
                settings.text(Key.PARTNER_CENTER_ORGANIZATION_ID),
                settings.durationOrZero(Key.PARTNER_CENTER_WON_DELAY),
                settings.text(Key.PARTNER_CENTER_MISSING_REASON), refusals);
    }

    void bind(CamelContext camel, ObjectMapper json, SeenVersions seen, WonDeals wonDeals, ReferralIndex index,
            Watermarks watermarks,
            Refusals refusals) {
        Registry registry = camel.getRegistry();
        EntraTokens tokens = new EntraTokens(PartnerCenterSignIn.app(settings), settings.text(Key.PARTNER_CENTER_SCOPE),
                signIn, clock);
        registry.bind("partnerCenterTokens", tokens);
        registry.bind("partnerCenterHttp",
                new HttpSystem(connections.of(SYSTEM), settings.text(Key.PARTNER_CENTER_URL), tokens, json, clock,
                        new CallRate(SYSTEM, settings.number(Key.PARTNER_CENTER_CALLS_PER_MINUTE), instances, clock)));
        bindVerbs(registry, refusals, wonDeals, index);
        registry.bind("partnerCenterSweep", new Sweep(settings.duration(Key.PARTNER_CENTER_FULL_SWEEP_INTERVAL),
                changes -> unseen(seen, changes), changes -> renew(seen, changes), index, clock));
        new WebhookBeans(settings, clock, trust).bind(registry,
                new HttpSystem(connections.of(WebhookRegistration.SYSTEM),
                        settings.text(Key.PARTNER_CENTER_WEBHOOK_URL), webhookTokens(), json, clock),
                watermarks);
    }

    private void bindVerbs(Registry registry, Refusals refusals, WonDeals wonDeals, ReferralIndex index) {
        boolean registers = "on".equals(settings.text(Key.PARTNER_CENTER_REGISTRATION));
        DealCompletion completion = new DealCompletion(defaults());
        ReferralView view = new ReferralView(settings.text(Key.PARTNER_CENTER_ORGANIZATION_ID));
        registry.bind("partnerCenterReads", new ReferralReads(index, view));
        registry.bind("partnerCenterSearch", new ReferralSearch(refusals, view));
        NextPages pages = new NextPages(refusals, settings.text(Key.PARTNER_CENTER_URL));
        registry.bind("partnerCenterListing", new ReferralListing(pages));
        registry.bind("partnerCenterUpdates", new ReferralUpdates(refusals, completion,
                new PatchValues("text".equals(settings.text(Key.PARTNER_CENTER_DEAL_VALUE))),
                registers ? wonDeals : null));
        registry.bind("dealRegistration", new DealRegistration(wonDeals, registers ? terms() : null, clock));
        registry.bind("partnerCenterChanges",
                new ReferralChanges(refusals, settings.duration(Key.PARTNER_CENTER_SWEEP_OVERLAP), pages));
        // What notes attempts is the sync's, and bound after this.
        registry.bind("partnerCenterCreation", new ReferralCreation(completion,
                attempt -> registry.lookupByNameAndType("attempts", AttemptSteps.class).confirm(attempt)));
    }

    /** A referral concerns every CRM, so it is news until all of them have seen it. */
    private Changes unseen(SeenVersions seen, Changes page) {
        Set<Changes.Change> news = settings.crms().stream()
                .flatMap(crm -> seen.unseen(page, crm, SYSTEM).changes().stream())
                .collect(Collectors.toSet());
        return new Changes(page.changes().stream().filter(news::contains).toList(), page.position(), page.more());
    }

    /** In the middle of the time they are kept: often enough, and seldom. */
    private void renew(SeenVersions seen, Changes page) {
        Instant before = clock.instant().minus(settings.duration(Key.SYNC_KEEP_SEEN).dividedBy(2));
        settings.crms().forEach(crm -> seen.renew(page, crm, SYSTEM, before));
    }

    /** Without a user Entra takes the audience alone as scope. */
    private EntraTokens webhookTokens() {
        String scope = settings.text(Key.PARTNER_CENTER_WEBHOOK_SCOPE);
        return new EntraTokens(PartnerCenterSignIn.webhookApp(settings), registrar.command() != null ? scope
                : Arrays.stream(scope.split("\\s+")).filter(word -> word.endsWith("/.default"))
                        .collect(Collectors.joining(" ")),
                registrar, clock);
    }

    private DealDefaults defaults() {
        Map<String, Object> member = new LinkedHashMap<>();
        put(member, "firstName", Key.PARTNER_CENTER_TEAM_FIRST_NAME);
        put(member, "lastName", Key.PARTNER_CENTER_TEAM_LAST_NAME);
        put(member, "email", Key.PARTNER_CENTER_TEAM_EMAIL);
        put(member, "phoneNumber", Key.PARTNER_CENTER_TEAM_PHONE);
        return new DealDefaults(settings.text(Key.PARTNER_CENTER_PURCHASE_INTENT), member,
                settings.text(Key.PARTNER_CENTER_PARTNER_ID),
                services());
    }

    private ServicesAttributes services() {
        return new ServicesAttributes(lowerCase(Key.PARTNER_CENTER_SERVICES_SOLUTIONS),
                Map.of("PartnerRole", settings.text(Key.PARTNER_CENTER_SERVICES_PARTNER_ROLE),
                        "SolutionArea", settings.text(Key.PARTNER_CENTER_SERVICES_SOLUTION_AREA),
                        "SolutionPlay", settings.text(Key.PARTNER_CENTER_SERVICES_SOLUTION_PLAY)));
    }

    private RegistrationTerms terms() {
        Map<String, BigDecimal> thresholds = new LinkedHashMap<>();
        settings.list(Key.PARTNER_CENTER_REGISTRATION_THRESHOLDS)
                .forEach(amount -> thresholds.put(amount.substring(0, 3), new BigDecimal(amount.substring(4))));
        return new RegistrationTerms(lowerCase(Key.PARTNER_CENTER_REGISTRATION_SOLUTIONS), thresholds,
                settings.text(Key.PARTNER_CENTER_REGISTRATION_TYPE),
                settings.text(Key.PARTNER_CENTER_REGISTRATION_PRICING),
                settings.text(Key.PARTNER_CENTER_REGISTRATION_DEPLOYMENT),
                "true".equals(settings.text(Key.PARTNER_CENTER_REGISTRATION_ON_AZURE)),
                "Finite".equals(settings.text(Key.PARTNER_CENTER_REGISTRATION_TERM))
                        ? settings.number(Key.PARTNER_CENTER_REGISTRATION_MONTHS) : 0,
                settings.duration(Key.PARTNER_CENTER_REGISTRATION_PATIENCE));
    }

    private Set<String> lowerCase(Key key) {
        return settings.list(key).stream().map(value -> value.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    }

    private void put(Map<String, Object> member, String field, Key key) {
        if (!settings.text(key).isEmpty()) {
            member.put(field, settings.text(key));
        }
    }
}
