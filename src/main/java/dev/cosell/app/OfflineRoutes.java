package dev.cosell.app;

import dev.cosell.cluster.Instances;
import dev.cosell.connection.Turn;
import dev.cosell.live.Duplicates;
import dev.cosell.live.LiveMappings;
import dev.cosell.live.OwnClasses;
import dev.cosell.live.Placeholders;
import dev.cosell.live.Reason;
import dev.cosell.live.RouteFiles;
import dev.cosell.queue.Broker;
import dev.cosell.queue.Hints;
import dev.cosell.settings.Settings;
import dev.cosell.state.Database;
import dev.cosell.sync.books.AuditTrail;
import dev.cosell.sync.books.LinkStore;
import dev.cosell.sync.books.SeenVersions;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.component.direct.DirectComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;

/**
 * Routes, beans and mappings, loaded as the application loads them, with no route started. State and queue are empty
 * ones in memory, so that the real ones stay untouched.
 */
final class OfflineRoutes implements AutoCloseable {
    /** Never contacted: nothing here sends a hint. */
    private static final String NO_BROKER = "tcp://localhost:1";

    private final Settings settings;
    private final Path routes;
    private final Clock clock;
    private final Parts parts = new Parts();
    private final Ground ground;
    private final DefaultCamelContext camel;
    private Map<String, String> texts = Map.of();

    /** @throws IllegalStateException when there is no such folder */
    OfflineRoutes(Settings settings, Path routes, Beans beans, LiveMappings mappings, Clock clock) {
        if (!Files.isDirectory(routes)) {
            throw new IllegalStateException(
                    "There is no folder " + routes.toAbsolutePath() + " with routes; start from the folder that holds"
                            + " routes/ or name it with --routes");
        }
        this.settings = settings;
        this.routes = routes;
        this.clock = clock;
        this.ground = ground(beans, mappings);
        // Last, so that it stops first: everything else is called by it.
        this.camel = parts.add(new DefaultCamelContext());
    }

    private Ground ground(Beans beans, LiveMappings mappings) {
        Database database = parts.add(Database.inMemory());
        Broker broker = parts.add(Broker.external(NO_BROKER, null, null));
        SeenVersions seen = new SeenVersions(database, clock);
        LinkStore links = new LinkStore(database, seen, clock);
        Hints hints = parts.add(new Hints(broker, settings.crms(), offered -> Map.of(), clock));
        Vertx vertx = beans.vertx();
        parts.add(() -> vertx.close().toCompletionStage().toCompletableFuture().join());
        return new Ground(database, broker, hints, seen, links, new AuditTrail(database), mappings, vertx,
                new Instances(database, "check", Map.of(), Duration.ofSeconds(15), clock), turn -> Turn.ALWAYS);
    }

    /**
     * @throws Unusable when the files under {@code routes/} would not start; the message names file and line or route
     */
    DefaultCamelContext load(Beans beans) throws Exception {
        Properties properties = settings.placeholders();
        new CamelSettings(settings, routes).putMissing(properties);
        camel.disableJMX();
        camel.setAutoStartup(false);
        // Here a call that no route answers is said at once; the running application waits, in case it is reloaded.
        camel.getComponent("direct", DirectComponent.class).setBlock(false);
        Placeholders.give(camel, properties);
        OwnClasses.give(camel, routes);
        beans.bind(camel, ground);
        RouteFiles files = RouteFiles.loaded(routes, properties);
        texts = texts(files);
        String twice = Duplicates.in(texts);
        if (!twice.isEmpty()) {
            throw new Unusable(twice);
        }
        try {
            PluginHelper.getRoutesLoader(camel).loadRoutes(files.resources(texts.keySet(), texts));
            camel.start();
        } catch (Exception bad) {
            throw new Unusable(Reason.of(bad, routes));
        }
        return camel;
    }

    /** What was loaded, by the name of the file. */
    Map<String, String> texts() {
        return texts;
    }

    private Map<String, String> texts(RouteFiles files) {
        try {
            return files.now();
        } catch (IllegalStateException unreadable) {
            throw new Unusable(unreadable.getMessage());
        }
    }

    @Override
    public void close() {
        parts.close();
    }

    /** The files under {@code routes/} do not start. */
    static final class Unusable extends RuntimeException {
        Unusable(String message) {
            super(message);
        }
    }
}
