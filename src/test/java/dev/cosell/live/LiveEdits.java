package dev.cosell.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.ShippedRoutes;
import dev.cosell.operations.SyncMXBean;
import dev.cosell.operations.SyncOperations;
import dev.cosell.stories.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMX;
import javax.management.ObjectName;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.support.RoutePolicySupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * A running application whose route files a test edits; after each test they are the shipped ones again, and in force.
 */
abstract class LiveEdits {
    /** How the description of the route {@code reconcile} begins in its file. */
    static final String RECONCILES = "Reads the other side, decides, and branches";
    /** How the route begins in its file that takes the hints of Salesforce from their queue. */
    static final String SYNC = "- route:\n    id: sync-salesforce\n";
    static final String MAPPING = "mapping-salesforce.camel.yaml";
    static final String DESCRIPTION = "Description                 | details.notes                                     "
            + " | text(32000)          | create, update | create, update    | newest wins";

    @TempDir
    static Path routes;
    static World world;
    static SyncMXBean operations;

    @BeforeAll
    static void start() throws Exception {
        for (Path file : ShippedRoutes.files()) {
            Files.copy(file, routes.resolve(file.getFileName()));
        }
        world = new World(Map.of(), routes, "salesforce", "dynamics");
        operations = JMX.newMXBeanProxy(ManagementFactory.getPlatformMBeanServer(), new ObjectName(SyncOperations.NAME),
                SyncMXBean.class);
        reload().attempts().every(Duration.ofSeconds(1));
    }

    static CheckedReload reload() {
        return world.camel().hasService(CheckedReload.class);
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @AfterEach
    void mend() {
        ShippedRoutes.files().forEach(file -> {
            if (!read(file).equals(read(file(file)))) {
                write(file(file), read(file));
            }
        });
        world.eventually(() -> {
            assertThat(operations.getMappingError()).isEmpty();
            for (Path file : ShippedRoutes.files()) {
                assertThat(reload().inForce(file.getFileName().toString())).isEqualTo(read(file));
                assertDescribedAsShipped(read(file));
            }
            assertThat(world.camel().getRoute("hint-renamed")).isNull();
        });
    }

    private static void assertDescribedAsShipped(String text) {
        Matcher route = Pattern.compile("(?m)^- route:\\R    id: (.*)\\R    description: (.*)$").matcher(text);
        while (route.find()) {
            String id = route.group(1);
            assertThat(description(id)).as(id).isEqualTo(route.group(2));
        }
    }

    private static Path file(Path shipped) {
        return routes.resolve(shipped.getFileName());
    }

    static Path file(String name) {
        return routes.resolve(name);
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void edit(String name, String old, String replacement) {
        String text = read(file(name));
        assertThat(text).contains(old);
        write(file(name), text.replace(old, replacement));
    }

    /**
     * Something outside of the application that routes need, such as the database or the share of another team.
     *
     * @return whether it is away; a route with a policy of this name does not begin then
     */
    static AtomicBoolean outside(String policy) {
        AtomicBoolean away = new AtomicBoolean();
        world.camel().getRegistry().bind(policy, new RoutePolicySupport() {
            @Override
            public void onStart(Route route) {
                if (away.get()) {
                    throw new IllegalStateException("what " + route.getRouteId() + " needs is away");
                }
            }
        });
        return away;
    }

    /** A route of a customer's own, with this policy. */
    static String own(String id, String policy) {
        return "- route:\n    id: " + id + "\n    description: Before.\n    routePolicy: " + policy + "\n    from:\n"
                + "      id: " + id + "-from\n      uri: direct:" + id + "\n      steps:\n"
                + "        - log: { id: " + id + "-log, message: own }\n\n";
    }

    static void noError() {
        world.eventually(() -> assertThat(operations.getMappingError()).isEmpty());
    }

    static void error(String... parts) {
        world.eventually(() -> assertThat(operations.getMappingError()).contains(parts));
    }

    /** A new deal arrives in both CRMs and a change of it travels. */
    static void syncs() {
        String referralId = world.newDeal(Map.of());
        for (String crm : List.of("salesforce", "dynamics")) {
            world.opportunityFor(world.crm(crm), referralId);
        }
        world.partnerCenter().patch("/sandbox/deals/" + referralId, Map.of("details", Map.of("dealValue", 83000)));
        for (String crm : List.of("salesforce", "dynamics")) {
            world.eventually(() -> assertThat(world.crm(crm).value(world.opportunityFor(world.crm(crm), referralId)))
                    .isEqualByComparingTo("83000"));
        }
    }

    static String descriptionOfNewDeal(String notes) {
        String referralId = world.newDeal(Map.of("details", Map.of("notes", notes)));
        return String.valueOf(world.opportunityFor(world.crm("salesforce"), referralId).get("Description"));
    }

    static String description(String routeId) {
        return world.camel().getRoute(routeId) == null ? null : world.camel().getRoute(routeId).getDescription();
    }

    static ServiceStatus status(String routeId) {
        return world.camel().getRouteController().getRouteStatus(routeId);
    }

    static void eventuallyDescribed(String routeId, String text) {
        world.eventually(() -> {
            assertThat(description(routeId)).isEqualTo(text);
            assertThat(status(routeId)).isEqualTo(ServiceStatus.Started);
        });
    }
}
