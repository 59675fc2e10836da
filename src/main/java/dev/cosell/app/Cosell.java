package dev.cosell.app;

import dev.cosell.backfill.Backfills;
import dev.cosell.check.machine.DataFolderCheck;
import dev.cosell.cluster.PausedCrms;
import dev.cosell.cluster.Version;
import dev.cosell.crm.Crms;
import dev.cosell.live.CheckedReload;
import dev.cosell.live.Duplicates;
import dev.cosell.live.LiveMappings;
import dev.cosell.live.OwnClasses;
import dev.cosell.live.Placeholders;
import dev.cosell.live.ReleasedRoutes;
import dev.cosell.live.RouteFaults;
import dev.cosell.live.RouteFiles;
import dev.cosell.live.RouteSource;
import dev.cosell.live.Wiring;
import dev.cosell.metrics.Meters;
import dev.cosell.operations.AlarmCheck;
import dev.cosell.operations.BackfillHealth;
import dev.cosell.operations.BrakeOperations;
import dev.cosell.operations.CheckOperations;
import dev.cosell.operations.ConnectionWatch;
import dev.cosell.operations.FailedReads;
import dev.cosell.operations.LogContext;
import dev.cosell.operations.LogFormat;
import dev.cosell.operations.RecordIds;
import dev.cosell.operations.StorageHealth;
import dev.cosell.operations.SyncOperations;
import dev.cosell.operations.WaitingLines;
import dev.cosell.operations.WebhookOperations;
import dev.cosell.partnercenter.ReferralView;
import dev.cosell.partnercenter.Sweep;
import dev.cosell.partnercenter.door.RejectedOrigins;
import dev.cosell.partnercenter.registration.RegistrationStatus;
import dev.cosell.queue.Broker;
import dev.cosell.queue.Hints;
import dev.cosell.queue.Redelivery;
import dev.cosell.sandbox.Sandbox;
import dev.cosell.settings.Key;
import dev.cosell.settings.Settings;
import dev.cosell.state.Database;
import dev.cosell.support.LogTail;
import dev.cosell.sync.books.AuditTrail;
import dev.cosell.sync.books.BrakeStore;
import dev.cosell.sync.books.LinkSearch;
import dev.cosell.sync.books.LinkStore;
import dev.cosell.sync.books.PersonalData;
import dev.cosell.sync.books.WaitingList;
import dev.cosell.sync.books.SeenVersions;
import dev.cosell.sync.books.Watermarks;
import dev.cosell.trace.Traces;
import dev.cosell.verbs.Hint;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.spi.ModelToYAMLDumper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running application: its parts in the order they need each other, stopped in the reverse order. */
public final class Cosell implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Cosell.class);
    private final Crms crms;
    private final Settings settings;
    private final Path routes;
    private final Clock clock = Clock.systemUTC();
    private final Parts parts = new Parts();
    private final Main main = new Main();
    private AuditTrail auditTrail;
    private SyncOperations operations;
    private LogTail log;
    private Hints hints;
    private ClusterBeans cluster;
    /** Null when nothing is measured. */
    private Meters meters;

    private Cosell(Crms crms, Settings settings, Path routes) {
        this.crms = crms;
        this.settings = settings;
        this.routes = routes;
    }

    /**
     * Starts everything and returns when webhooks are accepted.
     *
     * @param routes folder with the route and mapping files
     * @throws RuntimeException when a part cannot start; nothing is left running
     */
    public static Cosell start(Settings settings, Path routes) {
        return start(Crms.SHIPPED, settings, routes);
    }

    /** The same with other CRMs than those of this product; the settings have to be read with them. */
    public static Cosell start(Crms crms, Settings settings, Path routes) {
        Cosell cosell = new Cosell(crms, settings, routes);
        try {
            cosell.startParts();
            return cosell;
        } catch (RuntimeException | Error failed) {
            cosell.close();
            throw failed;
        } catch (Exception failed) {
            cosell.close();
            throw new IllegalStateException(failed);
        }
    }

    private void startParts() throws Exception {
        if (!Files.isDirectory(routes)) {
            throw new IllegalStateException(
                    "There is no folder " + routes.toAbsolutePath() + " with routes; start from the folder that holds"
                            + " routes/ or name it with --routes");
        }
        if (isJson()) {
            parts.add(LogFormat.json());
        }
        log = parts.add(LogTail.begin(Stream.concat(Stream.of(ReferralView.SYSTEM, Hints.SYSTEM),
                settings.crms().stream()).toList()));
        UnknownVariables.in(settings).forEach(finding -> LOG.warn("{}", finding.line()));
        FreePorts.require(settings, Key.HTTP_HOST, Key.HTTP_PORT);
        FreePorts.require(settings, Key.MANAGEMENT_HOST, Key.MANAGEMENT_PORT);
        if (keepsFiles()) {
            new DataFolderCheck(settings.path(Key.DATA_DIRECTORY)).require();
        }
        if (settings.startsSandbox()) {
            parts.add(Sandbox.start(SandboxPlan.of(settings, false)));
        }
        Database database = parts.add(Database.open(settings.text(Key.STATE_URL), settings.textOrNull(Key.STATE_USER),
                settings.textOrNull(Key.STATE_PASSWORD)));
        cluster = parts.add(new ClusterBeans(crms, settings, database, clock));
        cluster.join();
        Broker broker = parts.add(broker());
        if (broker.torn()) {
            LOG.error("The journal of the queue in {} was cut off, as after a power loss. Changes that were accepted"
                    + " may be missing from it, so all systems are read from the start; what was handled is skipped",
                    settings.path(Key.DATA_DIRECTORY));
            new Watermarks(database, clock).forget();
            Backfills.handAgain(database, clock);
            broker.madeUpFor();
        }
        SeenVersions seen = new SeenVersions(database, clock);
        LinkStore links = new LinkStore(database, seen, clock);
        auditTrail = new AuditTrail(database);
        LinkSearch search = new LinkSearch(database);
        hints = parts.add(new Hints(broker, settings.crms(), offered -> pairs(search, offered), clock));
        Beans beans = new Beans(crms, settings, ClusterGround.of(database, cluster.instances()::count), clock);
        Vertx vertx = beans.vertx();
        parts.add(() -> vertx.close().toCompletionStage().toCompletableFuture().join());
        LiveMappings mappings = new LiveMappings(routes, crms.years(settings), crms.partyRules(settings),
                crms.names());
        startCamel(beans, new Ground(database, broker, hints, seen, links, auditTrail, mappings, vertx,
                cluster.instances(), cluster::turn));
    }

    private void startCamel(Beans beans, Ground ground) throws Exception {
        main.setDefaultPropertyPlaceholderLocation("false");
        // What ends the process closes this. Camel's own hook would hold on to a closed application for ever.
        main.setShutdownStrategy(new SimpleMainShutdownStrategy());
        Properties properties = settings.placeholders();
        new CamelSettings(settings, routes).putMissing(properties);
        // Read before Camel reads them: what is saved while the application starts is then seen as an edit.
        Map<String, String> texts = RouteFiles.loaded(routes, properties).now();
        Duplicates.refuse(texts);
        properties.forEach((key, value) -> main.addOverrideProperty(key.toString(), value.toString()));
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void beforeConfigure(BaseMainSupport configured) {
                CamelContext camel = configured.getCamelContext();
                Placeholders.goFirst(camel);
                OwnClasses.give(camel, routes);
                camel.getCamelContextExtension().setManagementMBeanAssembler(new MBeanShapes(camel));
                cluster.serve(camel);
                watch(camel, ground);
                if (settings.isOn(Key.METRICS)) {
                    meters = parts.add(beans.meters(camel));
                }
                beans.bind(camel, ground);
            }

            @Override
            public void afterConfigure(BaseMainSupport configured) {
                ground.mappings().refresh(configured.getCamelContext().getRegistry(), texts);
            }
        });
        parts.add(main::stop);
        PausedCrms paused = new PausedCrms(ground.database(), clock);
        hints.giveBack(paused.all());
        main.start();
        CamelContext camel = main.getCamelContext();
        Doors.require(camel, settings, Key.HTTP_HOST, Key.HTTP_PORT);
        Doors.require(camel, settings, Key.MANAGEMENT_HOST, Key.MANAGEMENT_PORT);
        List<String> missing = Wiring.unheard((ModelCamelContext) camel, settings.crms());
        if (!missing.isEmpty()) {
            throw new IllegalStateException(String.join("\n", missing));
        }
        CheckedReload reload = new CheckedReload(routes, texts, ground.mappings(), properties,
                registry -> beans.bindComponents(registry, ground.broker()), hints::giveBack, paused::all);
        camel.addService(reload);
        camel.getCamelContextExtension().addContextPlugin(ModelToYAMLDumper.class, new RouteSource(reload::inForce));
        parts.add(cluster.started(camel, reload));
        beans.files(new RoutesFolder(reload::fault, () -> Wiring.faults((ModelCamelContext) camel, settings.crms()),
                () -> EditedCopies.lack(settings, reload.textsInForce())));
        parts.add(camel.getRegistry().lookupByNameAndType("checkOperations", CheckOperations.class)).register();
        ConnectionWatch connections = parts.add(beans.connectionWatch(camel)).start();
        operations = parts
                .add(new SyncOperations(camel, ground.hints(), ground.links(),
                        new LinkSearch(ground.database()),
                        new WaitingLines(new WaitingList(ground.database()), settings.crms()), ground.auditTrail(),
                        camel.getRegistry().lookupByNameAndType("personalData", PersonalData.class),
                        settings.crms(), paused,
                        camel.getRegistry().lookupByNameAndType("recordIds", RecordIds.class), reload::fault, clock));
        operations.register();
        StorageHealth.register(camel, hints::problem, ground.database()::problem);
        AlarmCheck.ofParts(RouteFaults.LOST, () -> reload.faults().lost()).register(camel);
        camel.getRegistry().lookupByNameAndType("failedReads", FailedReads.class).register(camel, crms.titles(settings),
                ground.database()::problem);
        Backfills backfills = camel.getRegistry().lookupByNameAndType("backfills", Backfills.class);
        BackfillHealth.register(camel, () -> ground.database().problem().isEmpty() ? backfills.needs() : Map.of());
        Sweep sweep = camel.getRegistry().lookupByNameAndType("partnerCenterSweep", Sweep.class);
        new AlarmCheck("full-sweep", () -> ground.database().problem().isEmpty() ? sweep.overdue() : "",
                health -> { }).register(camel);
        BrakeOperations brakes = parts.add(new BrakeOperations(new BrakeStore(ground.database(), clock),
                settings.crms(), clock).register(camel));
        WebhookOperations webhook = parts.add(new WebhookOperations(camel.getRegistry()
                .lookupByNameAndType("partnerCenterRegistrationStatus", RegistrationStatus.class),
                camel.getRegistry().lookupByNameAndType("partnerCenterRejectedOrigins", RejectedOrigins.class))
                .register(camel));
        beans.crmOperations(camel).forEach(parts::add);
        parts.add(beans.alertWatch(camel, operations, reload::faults, ground.database())).start();
        if (meters != null) {
            meters.show(beans.standing(camel, operations));
        }
        new PageBeans(crms, settings, clock).open(camel, beans, ground, new PageBeans.Running(operations, brakes,
                connections, webhook, reload, log), parts);
        // No end of the start: what is called may never be, as that of a feature which nobody uses.
        Wiring.faults((ModelCamelContext) camel, settings.crms()).forEach(LOG::warn);
        EditedCopies.lack(settings, texts).forEach(each -> LOG.warn("{}. {}", each, ReleasedRoutes.REMEDY));
    }

    private boolean isJson() {
        return settings.text(Key.LOG_FORMAT).equals("json");
    }

    /** For those who look from outside, if they are there. */
    private void watch(CamelContext camel, Ground ground) {
        boolean traced = settings.textOrNull(Key.TRACES_URL) != null;
        if (isJson()) {
            camel.getCamelContextExtension().addInterceptStrategy(new LogContext(settings.crms(), traced));
        }
        if (traced) {
            Traces traces = parts.add(Traces.of(camel, settings.text(Key.TRACES_URL),
                    settings.textOrNull(Key.TRACES_SECRET_HEADER), Version.OURS, ground.instances().name()));
            ground.hints().traced(traces::current);
        }
    }

    /** Hints of both sides of a linked pair share one key, so that one consumer works on the pair at a time. */
    private Map<Hint, String> pairs(LinkSearch links, List<Hint> offered) {
        Map<Hint, String> referrals = new HashMap<>();
        for (String crm : settings.crms()) {
            List<Hint> own = offered.stream().filter(hint -> hint.system().equals(crm)).toList();
            Map<String, String> known = links.referrals(crm, own.stream().map(Hint::id).distinct().toList());
            own.stream().filter(hint -> known.containsKey(hint.id()))
                    .forEach(hint -> referrals.put(hint, known.get(hint.id())));
        }
        return referrals;
    }

    private boolean keepsFiles() {
        return settings.startsSandbox() || settings.text(Key.BROKER_URL).isEmpty();
    }

    private Broker broker() {
        String url = settings.text(Key.BROKER_URL);
        return url.isEmpty()
                ? Broker.embedded(settings.path(Key.DATA_DIRECTORY).resolve("queue"),
                        settings.crms().stream().map(Hints::queue).toList(),
                        Redelivery.DEFAULT)
                : Broker.external(url, settings.textOrNull(Key.BROKER_USER), settings.textOrNull(Key.BROKER_PASSWORD));
    }

    /** What was decided about each record. */
    public AuditTrail auditTrail() {
        return auditTrail;
    }

    public CamelContext camel() {
        return main.getCamelContext();
    }

    public SyncOperations operations() {
        return operations;
    }

    @Override
    public void close() {
        parts.close();
    }
}
