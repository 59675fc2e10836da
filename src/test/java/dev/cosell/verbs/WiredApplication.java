package dev.cosell.verbs;

import dev.cosell.app.Cosell;
import dev.cosell.app.FreePorts;
import dev.cosell.sandbox.IssuedTokens;
import dev.cosell.sandbox.SandboxServer;
import dev.cosell.sandbox.dataverse.DataverseSandbox;
import dev.cosell.sandbox.partnercenter.PartnerCenterSandbox;
import dev.cosell.sandbox.salesforce.SalesforceSandbox;
import dev.cosell.settings.Key;
import dev.cosell.settings.Settings;
import dev.cosell.settings.SettingsReader;
import dev.cosell.stories.Api;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.ProducerTemplate;
import org.awaitility.Awaitility;

/** The whole application with a tap on each wire to the sandbox servers. It polls once, at its start, and syncs nothing by itself. */
final class WiredApplication implements AutoCloseable {
    private static final Key[] SERVERS = {Key.SANDBOX_PARTNER_CENTER_PORT, Key.SANDBOX_DYNAMICS_PORT, Key.SANDBOX_SALESFORCE_PORT};

    private final Vertx vertx = Vertx.vertx();
    final Settings settings;
    private final Cosell cosell;
    private final Map<Key, Tap> taps = new EnumMap<>(Key.class);
    private final Map<Key, Api> apis = new EnumMap<>(Key.class);
    final ProducerTemplate template;

    WiredApplication() {
        Map<String, String> client = new HashMap<>(Map.of("sandbox", "external", "data.directory", folder().toString(),
                "salesforce.poll-interval", "1d", "dynamics.poll-interval", "1d", "partner-center.sweep-interval", "1d",
                "salesforce.sales-team", "on", "dynamics.sales-team", "on"));
        Map<String, String> server = new HashMap<>();
        FreePorts.give(client, Key.HTTP_PORT, Key.MANAGEMENT_PORT, SERVERS[0], SERVERS[1], SERVERS[2]);
        FreePorts.give(server, SERVERS);
        settings = SettingsReader.read(Path.of("application.properties"), Map.of(), client);
        for (Key key : SERVERS) {
            int behind = Integer.parseInt(server.get(key.text()));
            taps.put(key, new Tap(settings.number(key), behind));
            apis.put(key, new Api(behind));
        }
        IssuedTokens tokens = new IssuedTokens(Clock.systemUTC());
        listen(server, SERVERS[0], new PartnerCenterSandbox(vertx, Clock.systemUTC(), tokens, "http://localhost:1/nobody"));
        listen(server, SERVERS[1], new DataverseSandbox(vertx, tokens, settings.text(Key.DYNAMICS_URL), "cosell_", Clock.systemUTC()));
        listen(server, SERVERS[2], new SalesforceSandbox(vertx, Clock.systemUTC()));
        cosell = Cosell.start(settings, Path.of("routes"));
        cosell.operations().pause("all");
        template = cosell.camel().createProducerTemplate();
        settle();
    }

    private static void listen(Map<String, String> ports, Key key, SandboxServer server) {
        server.listen("127.0.0.1", Integer.parseInt(ports.get(key.text())));
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("cosell-verbs");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the first polls and the sweep are through. */
    private void settle() {
        AtomicReference<List<Integer>> last = new AtomicReference<>();
        Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(300)).until(() -> {
            List<Integer> totals = apis.values().stream().map(api -> (Integer) api.get("/sandbox/stats").get("total")).toList();
            return totals.equals(last.getAndSet(totals)) && totals.stream().allMatch(total -> total > 0);
        });
    }

    Tap tap(Key server) {
        return taps.get(server);
    }

    /** Straight to the server, past the tap. */
    Api api(Key server) {
        return apis.get(server);
    }

    @Override
    public void close() throws IOException {
        cosell.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        for (Tap tap : taps.values()) {
            tap.close();
        }
    }
}
