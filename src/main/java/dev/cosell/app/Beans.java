package dev.cosell.app;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import dev.cosell.alerts.AlertWatch;
import dev.cosell.check.Calls;
import dev.cosell.check.Checks;
import dev.cosell.connection.Connections;
import dev.cosell.crm.CrmBeans;
import dev.cosell.crm.CrmGround;
import dev.cosell.crm.CrmPlugin;
import dev.cosell.crm.Crms;
import dev.cosell.entra.SignInStore;
import dev.cosell.http.HttpClientSetUp;
import dev.cosell.http.OutgoingHosts;
import dev.cosell.live.LiveMappings;
import dev.cosell.live.RouteFaults;
import dev.cosell.metrics.Meters;
import dev.cosell.metrics.Standing;
import dev.cosell.operations.CheckOperations;
import dev.cosell.operations.ConnectionWatch;
import dev.cosell.operations.FailedReads;
import dev.cosell.operations.PartnerCenterSignIn;
import dev.cosell.operations.RecordIds;
import dev.cosell.operations.SyncOperations;
import dev.cosell.partnercenter.ReferralView;
import dev.cosell.partnercenter.Refusals;
import dev.cosell.partnercenter.registration.Registrar;
import dev.cosell.queue.Broker;
import dev.cosell.queue.Defects;
import dev.cosell.queue.ServerErrors;
import dev.cosell.queue.VerbCounts;
import dev.cosell.settings.Key;
import dev.cosell.settings.Settings;
import dev.cosell.state.Database;
import dev.cosell.sync.books.CallCounts;
import dev.cosell.sync.books.LeaseStore;
import dev.cosell.sync.books.MinuteFigures;
import dev.cosell.sync.books.ReferralIndex;
import dev.cosell.sync.books.StoredJoinedRecords;
import dev.cosell.sync.books.StoredPartRows;
import dev.cosell.sync.books.Watermarks;
import dev.cosell.sync.books.WonDeals;
import dev.cosell.sync.decide.ReferralRules;
import dev.cosell.sync.steps.CustomerSteps;
import dev.cosell.sync.steps.Organizations;
import dev.cosell.sync.steps.SeenFilter;
import dev.cosell.verbs.CrmRecordView;
import dev.cosell.verbs.CrmView;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.security.cert.TrustAnchor;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.spi.Registry;

/** Which class stands behind which bean name in {@code routes/}. */
public final class Beans {
    private final Settings settings;
    private final Clock clock;
    private final Connections connections;
    private final SignInStore signIn;
    /** Null when the app registers for webhooks by itself; the one above unless a user of its own does. */
    private final SignInStore registrar;
    /** Those that are synced, in the order of the setting. */
    private final Map<String, CrmBeans> crms = new LinkedHashMap<>();
    private final Crms known;
    private final ClusterGround cluster;
    private volatile RoutesFolder files = RoutesFolder.UNKNOWN;
    private Function<Settings, Set<TrustAnchor>> trust = TrustAnchors::of;

    /** @param cluster what this instance has in common with others */
    public Beans(Crms known, Settings settings, ClusterGround cluster, Clock clock) {
        this.cluster = cluster;
        this.known = known;
        this.settings = settings;
        this.clock = clock;
        List<String> systems = new ArrayList<>(List.of("partner-center", "partner-center-webhooks"));
        systems.addAll(settings.crms());
        this.connections = new Connections(systems, cluster.pauses(), clock,
                settings.duration(Key.CONNECTIONS_RETRY_INTERVAL));
        this.signIn = PartnerCenterSignIn.store(settings, cluster.signIns(), clock);
        this.registrar = switch (Registrar.of(settings.text(Key.WEBHOOK_SIGN_IN))) {
            case USER -> signIn;
            case OWN_USER -> PartnerCenterSignIn.webhookStore(settings, cluster.signIns(), clock);
            case APP -> null;
        };
        known.enabled(settings).forEach(crm -> crms.put(crm.name(), crm.beans(settings, clock, connections)));
    }

    /** Watches over the sign-ins that the beans use; to be started when the routes run. */
    public ConnectionWatch connectionWatch(CamelContext camel) {
        return new ConnectionWatch(camel, connections, signIn, registrar,
                new ConnectionWatch.OfCrms(crm -> crms.get(crm).spent(),
                        (system, today) -> settings.crms().contains(system)
                                ? known.named(system).warnings(settings, today) : List.of()),
                settings, clock);
    }

    /** Shows operators what only one CRM has, such as the calls that are left; each is to be closed. */
    public List<AutoCloseable> crmOperations(CamelContext camel) {
        return crms.values().stream().flatMap(crm -> crm.operations(camel).stream()).toList();
    }

    /** Measures the routes of a context; to be called before they are made. */
    public Meters meters(CamelContext camel) {
        return Meters.of(camel, systems());
    }

    /** What those that watch know, for the metrics; to be called when all of them are shown. */
    public Standing standing(CamelContext camel, SyncOperations operations) {
        Map<String, Map<String, Supplier<Number>>> calls = new LinkedHashMap<>();
        crms.forEach((name, crm) -> calls.put(name, crm.calls()));
        return new Standing(camel, operations, settings.crms(), connections.all(), calls, clock);
    }

    /**
     * Tells people what needs them; to be started when all of it is shown.
     *
     * @param routes what under {@code routes/} is not as its newest text says
     */
    public AlertWatch alertWatch(CamelContext camel, SyncOperations operations, Supplier<RouteFaults> routes,
            Database database) {
        return new AlertBeans(settings, clock).watch(camel, operations, routes, database);
    }

    /** For who calls nobody, not even the sandbox for its certificate. */
    void trustWhatIsOnThisMachine() {
        trust = TrustAnchors::onThisMachine;
    }

    public void bind(CamelContext camel, Ground ground) {
        Registry registry = camel.getRegistry();
        ObjectMapper json = json();
        Watermarks watermarks = new Watermarks(ground.database(), clock);
        bindMeans(registry, ground, watermarks);
        bindDefects(camel);
        bindComponents(registry, ground.broker());
        PartnerCenterBeans partnerCenter = partnerCenter();
        Refusals refusals = new Refusals(clock);
        ReferralRules referrals = partnerCenter.rules(refusals);
        crms.values().forEach(crm -> crm.bind(camel,
                new CrmGround(json, ground.mappings(), new StoredPartRows(ground.database()), watermarks,
                        new CrmGround.Shared(new CallCounts(ground.database()), cluster.instances(), ground.turns()),
                        new StoredJoinedRecords(ground.database(), ground.links()))));
        Map<String, CrmView> views = views();
        ReferralIndex index = new ReferralIndex(ground.database(), watermarks, referrals, views, clock);
        partnerCenter.bind(camel, json, ground.seen(),
                new WonDeals(ground.database(), ground.links(), settings.crms(), clock), index, watermarks, refusals);
        bindNames(camel, watermarks, views, referrals);
        Map<String, CrmRecordView> leads = leadViews();
        LeadBeans leadBeans = new LeadBeans(settings, clock);
        leadBeans.bind(registry, ground, views, leads);
        leadBeans.bindPeople(registry, ground, known.names(), referrals);
        new SyncBeans(settings, clock, ground, views, leads, referrals)
                .bind(camel, index, new CustomerSteps(known.partyRules(settings), new LeaseStore(ground.database(),
                        settings.duration(Key.SYNC_CUSTOMER_LEASE))));
        new BackfillBeans(settings, connections, clock).bind(camel, ground, views, referrals, index);
        new AlertBeans(settings, clock).bind(registry);
        registry.bind("checkOperations", new CheckOperations(checks(camel, ground.mappings()).checks()));
    }

    private void bindMeans(Registry registry, Ground ground, Watermarks watermarks) {
        registry.bind("vertx", ground.vertx());
        registry.bind("httpClientSetUp", new HttpClientSetUp(new OutgoingHosts(settings.hosts())));
        registry.bind("connections", connections);
        registry.bind("hints", ground.hints());
        registry.bind("seen", new SeenFilter(ground.seen()));
        registry.bind("watermarks", watermarks);
        registry.bind("failedReads", new FailedReads(connections, watermarks::movedAt,
                settings.duration(Key.SYNC_POLL_ALARM_AFTER), clock));
        registry.bind("minuteFigures", new MinuteFigures(ground.database(), settings.crms(),
                crm -> ground.hints().backlog(crm), clock));
    }

    /** What counts how often a sync has failed in a row; to be called before the routes are made. */
    private void bindDefects(CamelContext camel) {
        VerbCounts verbs = new VerbCounts(systems());
        camel.addRoutePolicyFactory(verbs);
        ServerErrors serverErrors = new ServerErrors(verbs, connections::answered, clock);
        camel.getRegistry().bind("serverErrors", serverErrors);
        camel.getRegistry().bind("defects", new Defects(serverErrors, clock));
    }

    /** Those whose records are synced, by the names with which their routes begin. */
    private List<String> systems() {
        return Stream.concat(Stream.of(ReferralView.SYSTEM), settings.crms().stream()).toList();
    }

    /** What knows organisations and records by their ids. */
    private void bindNames(CamelContext camel, Watermarks watermarks, Map<String, CrmView> views,
            ReferralRules referrals) {
        Map<String, Organizations.Crm> organizations = new LinkedHashMap<>();
        Map<String, UnaryOperator<String>> readers = new LinkedHashMap<>();
        views.forEach((name, view) -> {
            CrmPlugin crm = known.named(name);
            organizations.put(name, new Organizations.Crm(crm.organizationId(settings), crm::readOrganizationId));
            readers.put(name, view::readId);
        });
        Registry registry = camel.getRegistry();
        registry.bind("organizations", new Organizations(camel, watermarks, organizations));
        registry.bind("recordIds", new RecordIds(referrals::readId, readers));
    }

    /** What there is to say of a CRM's own means, such as its calls; to be called when the routes run. */
    Map<String, String> told(String crm) {
        return crms.get(crm).told();
    }

    /** To be called when they are known; until then the checks find nothing wrong with them. */
    void files(RoutesFolder known) {
        files = known;
    }

    /**
     * All checks that fit the settings, on the routes of a context; for a command that has the time also of the deals
     * themselves.
     */
    public Checks checksWithDeals(CamelContext camel, LiveMappings mappings) {
        return checks(camel, mappings).withDeals(partnerCenter().rules(new Refusals(clock)));
    }

    private CheckBeans.Fitting checks(CamelContext camel, LiveMappings mappings) {
        return new CheckBeans(known, settings, clock).all(new Calls(camel.createProducerTemplate()), mappings, crms,
                files());
    }

    /** Those of them that need no route. */
    public Checks machineChecks() {
        return new CheckBeans(known, settings, clock).machineOnly(files());
    }

    /** The checks are made before they are known. */
    private RoutesFolder files() {
        return new RoutesFolder(() -> files.fault().get(), () -> files.wiring().get(), () -> files.lacking().get());
    }

    private PartnerCenterBeans partnerCenter() {
        return new PartnerCenterBeans(settings, clock, connections, signIn,
                registrar == null ? ClientCredentialsGrant::new : registrar,
                trust, cluster.instances());
    }

    /** The components that need settings of ours; each Camel context wants its own. */
    public void bindComponents(Registry registry, Broker broker) {
        JmsComponent jms = new JmsComponent();
        jms.setConnectionFactory(broker.connections());
        jms.setExceptionListener(broker::lost);
        registry.bind("jms", jms);
        crms.values().forEach(crm -> crm.bindComponents(registry));
    }

    private Map<String, CrmView> views() {
        Map<String, CrmView> views = new LinkedHashMap<>();
        crms.forEach((name, crm) -> views.put(name, crm.view()));
        return views;
    }

    private Map<String, CrmRecordView> leadViews() {
        Map<String, CrmRecordView> views = new LinkedHashMap<>();
        crms.forEach((name, crm) -> views.put(name, crm.leadView()));
        return views;
    }

    /**
     * A worker of the HTTP door is held while a hint goes to disk, so there are more of them than Vert.x makes by
     * itself.
     */
    public Vertx vertx() {
        return Vertx.vertx(new VertxOptions().setWorkerPoolSize(settings.number(Key.HTTP_WORKERS)));
    }

    private static ObjectMapper json() {
        return JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN).build();
    }
}
