package dev.cosell.app;

import dev.cosell.check.Finding;
import dev.cosell.check.Report;
import dev.cosell.cluster.Instances;
import dev.cosell.connection.Turn;
import dev.cosell.crm.Crms;
import dev.cosell.live.LiveMappings;
import dev.cosell.live.Reason;
import dev.cosell.operations.PartnerCenterSignIn;
import dev.cosell.queue.Broker;
import dev.cosell.queue.Hints;
import dev.cosell.sandbox.Sandbox;
import dev.cosell.settings.Key;
import dev.cosell.settings.Settings;
import dev.cosell.state.Database;
import dev.cosell.sync.books.AuditTrail;
import dev.cosell.sync.books.LinkStore;
import dev.cosell.sync.books.SeenVersions;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.apache.camel.Route;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.util.AntPathMatcher;

/**
 * All checks by a process of their own, beside a running application or before there is one. The routes are loaded as the
 * application loads them, but only those are started that somebody calls; state and queue are empty ones in memory, so that the
 * real ones stay untouched.
 */
public final class CheckRun implements AutoCloseable {
    private static final String ENDING = ".camel.yaml";
    /** Never contacted: nothing that a check calls sends a hint. */
    private static final String NO_BROKER = "tcp://localhost:1";

    private final Crms crms;
    private final Settings settings;
    private final Path routes;
    private final Clock clock = Clock.systemUTC();
    private final Parts parts = new Parts();
    private String mappingFault = "";

    private CheckRun(Crms crms, Settings settings, Path routes) {
        this.crms = crms;
        this.settings = settings;
        this.routes = routes;
    }

    /**
     * Checks once. In sandbox mode the stand-in servers that run are asked; when none runs, they are started for the check.
     *
     * @param routes folder with the route and mapping files
     * @throws Exception when nothing could be checked; the message is for people
     */
    public static Report run(Settings settings, Path routes) throws Exception {
        return run(Crms.SHIPPED, settings, routes);
    }

    /** The same with other CRMs than those of this product; the settings have to be read with them. */
    public static Report run(Crms crms, Settings settings, Path routes) throws Exception {
        try (CheckRun alone = new CheckRun(crms, settings, routes)) {
            return alone.run();
        }
    }

    private Report run() throws Exception {
        if (!Files.isDirectory(routes)) {
            throw new IllegalStateException("There is no folder " + routes.toAbsolutePath() + " with routes; start from the folder that holds"
                    + " routes/ or name it with --routes");
        }
        List<Finding> first = sandbox();
        Beans beans = new Beans(crms, settings, ClusterGround.alone(PartnerCenterSignIn.isShared(settings) ? parts.add(state()) : null), clock);
        beans.mappingFault(() -> mappingFault);
        LiveMappings mappings = new LiveMappings(routes, crms.years(settings));
        Beans.Ground ground = ground(beans, mappings);
        // Last, so that it stops first: everything else is called by it.
        DefaultCamelContext camel = parts.add(new DefaultCamelContext());
        Report report;
        try {
            load(camel, beans, ground);
            report = beans.checksWithDeals(camel, mappings).run();
        } catch (UnusableRoutes unusable) {
            mappingFault = unusable.getMessage();
            report = beans.machineChecks().run();
        }
        first.addAll(report.findings());
        return new Report(report.at(), first);
    }

    private List<Finding> sandbox() {
        List<Finding> said = new ArrayList<>();
        if (settings.startsSandbox() && portsFree()) {
            parts.add(Sandbox.start(SandboxPlan.of(settings, false)));
            said.add(Finding.ok("machine", "sandbox", "no credentials are set: sandbox servers are started for this check alone"));
        } else if (settings.sandbox()) {
            said.add(Finding.ok("machine", "sandbox", "no credentials are set: the sandbox servers that run are checked"));
        }
        return said;
    }

    private boolean portsFree() {
        try {
            FreePorts.require(settings, Key.SANDBOX_HOST, Key.SANDBOX_PARTNER_CENTER_PORT);
            return true;
        } catch (IllegalStateException taken) {
            return false;
        }
    }

    private void load(DefaultCamelContext camel, Beans beans, Beans.Ground ground) throws Exception {
        Properties properties = settings.placeholders();
        new CamelSettings(settings, routes).putMissing(properties);
        camel.disableJMX();
        camel.setAutoStartup(false);
        camel.getPropertiesComponent().setInitialProperties(properties);
        beans.bind(camel, ground);
        try {
            PluginHelper.getRoutesLoader(camel).loadRoutes(files(properties.getProperty("camel.main.routesExcludePattern", "")));
            camel.start();
        } catch (Exception bad) {
            throw new UnusableRoutes(Reason.of(bad, routes));
        }
        for (Route route : camel.getRoutes()) {
            if (route.getEndpoint().getEndpointUri().startsWith("direct:")) {
                camel.getRouteController().startRoute(route.getRouteId());
            }
        }
        try {
            ground.mappings().refresh(camel.getRegistry());
        } catch (LiveMappings.BadMapping bad) {
            mappingFault = bad.getMessage();
        }
    }

    private Beans.Ground ground(Beans beans, LiveMappings mappings) {
        Database database = parts.add(Database.open("jdbc:h2:mem:" + UUID.randomUUID() + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH"
                + ";DB_CLOSE_DELAY=-1", null, null));
        Broker broker = parts.add(Broker.external(NO_BROKER, null, null));
        SeenVersions seen = new SeenVersions(database, clock);
        LinkStore links = new LinkStore(database, seen, clock);
        Hints hints = parts.add(new Hints(broker, settings.crms(), hint -> null, clock));
        Vertx vertx = beans.vertx();
        parts.add(() -> vertx.close().toCompletionStage().toCompletableFuture().join());
        return new Beans.Ground(database, broker, hints, seen, links, new AuditTrail(database), mappings, vertx,
                new Instances(database, "check", Map.of(), Duration.ofSeconds(15), clock), turn -> Turn.ALWAYS);
    }

    /** The real one, for the sign-in alone. */
    private Database state() {
        return Database.visit(settings.text(Key.STATE_URL), settings.textOrNull(Key.STATE_USER), settings.textOrNull(Key.STATE_PASSWORD));
    }

    private List<Resource> files(String excluded) throws Exception {
        List<String> patterns = List.of(excluded.split(","));
        try (var all = Files.list(routes)) {
            return all.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(ENDING) && !name.startsWith("."))
                    .filter(name -> patterns.stream().noneMatch(pattern -> AntPathMatcher.INSTANCE.match(pattern, name))).sorted()
                    .map(name -> ResourceHelper.fromString("file:" + routes.resolve(name), text(routes.resolve(name)))).toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UnusableRoutes(file.getFileName() + " cannot be read: " + unreadable.getMessage());
        }
    }

    @Override
    public void close() {
        parts.close();
    }

    /** The files under {@code routes/} do not start. */
    private static final class UnusableRoutes extends RuntimeException {
        UnusableRoutes(String message) {
            super(message);
        }
    }
}
