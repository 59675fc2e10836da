package dev.cosell.verbs;

import dev.cosell.TemporaryFolder;
import dev.cosell.app.Cosell;
import dev.cosell.app.FreePorts;
import dev.cosell.crm.Crms;
import dev.cosell.crm.dynamics.DynamicsKey;
import dev.cosell.crm.salesforce.SalesforceKey;
import dev.cosell.sandbox.IssuedTokens;
import dev.cosell.sandbox.SandboxServer;
import dev.cosell.sandbox.dataverse.DataverseSandbox;
import dev.cosell.sandbox.partnercenter.PartnerCenterSandbox;
import dev.cosell.sandbox.salesforce.SalesforceSandbox;
import dev.cosell.settings.Key;
import dev.cosell.settings.Setting;
import dev.cosell.settings.Settings;
import dev.cosell.stories.Api;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.camel.ProducerTemplate;
import org.awaitility.Awaitility;

/**
 * The whole application with a tap on each wire to the sandbox servers. It polls once, at its start, and syncs nothing
 * by itself.
 */
final class WiredApplication implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    final Settings settings;
    private final Cosell cosell;
    private final Map<Setting, Tap> taps = new HashMap<>();
    private final Map<Setting, Api> apis = new HashMap<>();
    final ProducerTemplate template;

    WiredApplication() {
        this(Crms.SHIPPED, Path.of("routes"), Map.of());
    }

    /**
     * With other CRMs than those of the product.
     *
     * @param others the stand-in servers of these, by the setting of their port
     */
    WiredApplication(Crms known, Path routes, Map<Setting, Function<Vertx, SandboxServer>> others) {
        List<Setting> servers = Stream
                .concat(Stream.of(Key.SANDBOX_PARTNER_CENTER_PORT),
                        known.all().stream().flatMap(crm -> crm.sandboxPort().stream()))
                .toList();
        Map<String, String> client = new HashMap<>(Map.of("sandbox", "external", "data.directory",
                TemporaryFolder.named("cosell-verbs").toString(),
                "partner-center.sweep-interval", "1d", "salesforce.sales-team", "on", "dynamics.sales-team", "on"));
        known.names().forEach(crm -> client.put(crm + ".poll-interval", "1d"));
        Map<String, String> server = new HashMap<>();
        FreePorts.give(client,
                Stream.concat(Stream.of(Key.HTTP_PORT, Key.MANAGEMENT_PORT), servers.stream()).toArray(Setting[]::new));
        FreePorts.give(server, servers.toArray(Setting[]::new));
        settings = known.settings(Path.of("application.properties"), Map.of(), client);
        for (Setting key : servers) {
            int behind = Integer.parseInt(server.get(key.text()));
            taps.put(key, new Tap(settings.number(key), behind));
            apis.put(key, new Api(behind));
        }
        IssuedTokens tokens = new IssuedTokens(Clock.systemUTC());
        listen(server, Key.SANDBOX_PARTNER_CENTER_PORT,
                new PartnerCenterSandbox(vertx, Clock.systemUTC(), tokens, "http://localhost:1/nobody"));
        listen(server, DynamicsKey.SANDBOX_PORT,
                new DataverseSandbox(vertx, tokens, settings.text(DynamicsKey.URL), "cosell_", Clock.systemUTC()));
        listen(server, SalesforceKey.SANDBOX_PORT, new SalesforceSandbox(vertx, Clock.systemUTC()));
        others.forEach((port, made) -> listen(server, port, made.apply(vertx)));
        cosell = Cosell.start(known, settings, routes);
        cosell.operations().pause("all");
        template = cosell.camel().createProducerTemplate();
        settle();
    }

    private static void listen(Map<String, String> ports, Setting key, SandboxServer server) {
        server.listen("127.0.0.1", Integer.parseInt(ports.get(key.text())));
    }

    /** Waits until the first polls and the sweep are through. */
    private void settle() {
        AtomicReference<List<Integer>> last = new AtomicReference<>();
        Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(300)).until(() -> {
            List<Integer> totals = apis.values().stream().map(api -> (Integer) api.get("/sandbox/stats").get("total"))
                    .toList();
            return totals.equals(last.getAndSet(totals)) && totals.stream().allMatch(total -> total > 0);
        });
    }

    Tap tap(Setting server) {
        return taps.get(server);
    }

    /** Straight to the server, past the tap. */
    Api api(Setting server) {
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
