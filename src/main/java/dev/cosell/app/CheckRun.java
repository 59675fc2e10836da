package dev.cosell.app;

import dev.cosell.check.Finding;
import dev.cosell.check.Report;
import dev.cosell.crm.Crms;
import dev.cosell.live.LiveMappings;
import dev.cosell.live.Wiring;
import dev.cosell.operations.PartnerCenterSignIn;
import dev.cosell.sandbox.Sandbox;
import dev.cosell.settings.Key;
import dev.cosell.settings.Settings;
import dev.cosell.state.Database;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.camel.Route;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * All checks by a process of their own, beside a running application or before there is one. Of the routes only those
 * are started that somebody calls.
 */
public final class CheckRun implements AutoCloseable {
    private final Crms crms;
    private final Settings settings;
    private final Path routes;
    private final Clock clock = Clock.systemUTC();
    private final Parts parts = new Parts();
    private String mappingFault = "";
    private List<String> wiring = List.of();
    private List<String> lacking = List.of();

    private CheckRun(Crms crms, Settings settings, Path routes) {
        this.crms = crms;
        this.settings = settings;
        this.routes = routes;
    }

    /**
     * Checks once. In sandbox mode the stand-in servers that run are asked; when none runs, they are started for the
     * check.
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
        List<Finding> first = sandbox();
        first.addAll(UnknownVariables.in(settings));
        Beans beans = new Beans(crms, settings,
                ClusterGround.alone(PartnerCenterSignIn.isShared(settings) ? parts.add(state()) : null), clock);
        beans.files(new RoutesFolder(() -> mappingFault, () -> wiring, () -> lacking));
        LiveMappings mappings = new LiveMappings(routes, crms.years(settings), crms.partyRules(settings),
                crms.names());
        OfflineRoutes offline = parts.add(new OfflineRoutes(settings, routes, beans, mappings, clock));
        Report report;
        try {
            DefaultCamelContext camel = offline.load(beans);
            wiring = Wiring.faults(camel, settings.crms());
            lacking = EditedCopies.lack(settings, offline.texts());
            startCalled(camel);
            refresh(mappings, camel);
            report = beans.checksWithDeals(camel, mappings).run();
        } catch (OfflineRoutes.Unusable unusable) {
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
            said.add(Finding.ok("machine", "sandbox",
                    "no credentials are set: sandbox servers are started for this check alone"));
        } else if (settings.sandbox()) {
            said.add(Finding.ok("machine", "sandbox",
                    "no credentials are set: the sandbox servers that run are checked"));
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

    /** Of several with one name the first: that there are several is a fault of its own, if they start at all. */
    private static void startCalled(DefaultCamelContext camel) throws Exception {
        Set<String> called = new HashSet<>();
        for (Route route : camel.getRoutes()) {
            String name = route.getEndpoint().getEndpointUri().split("\\?")[0];
            if (name.startsWith("direct:") && called.add(name)) {
                camel.getRouteController().startRoute(route.getRouteId());
            }
        }
    }

    private void refresh(LiveMappings mappings, DefaultCamelContext camel) {
        try {
            mappings.refresh(camel.getRegistry());
        } catch (LiveMappings.BadMapping bad) {
            mappingFault = (mappingFault + "\n" + bad.getMessage()).strip();
        }
    }

    /** The real one, for the sign-in alone. */
    private Database state() {
        return Database.visit(settings.text(Key.STATE_URL), settings.textOrNull(Key.STATE_USER),
                settings.textOrNull(Key.STATE_PASSWORD));
    }

    @Override
    public void close() {
        parts.close();
    }
}
