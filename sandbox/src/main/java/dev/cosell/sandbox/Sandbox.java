package dev.cosell.sandbox;

import dev.cosell.sandbox.dataverse.DataverseSandbox;
import dev.cosell.sandbox.partnercenter.PartnerCenterSandbox;
import dev.cosell.sandbox.salesforce.SalesforceSandbox;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** The three stand-in servers together: started, kept on disk between starts, stopped. */
public final class Sandbox implements AutoCloseable {
    private static final String PREFIX = "cosell_";

    /**
     * @param ports      by the name of a system, as the servers below
     * @param state      folder that keeps the servers' state between starts; null to keep nothing
     * @param webhookUrl where Partner Center delivers its events when nobody has registered an address
     */
    public record Plan(String host, Map<String, Integer> ports, Path state, String webhookUrl) {}

    private final Vertx vertx;
    private final Map<String, SandboxServer> servers = new LinkedHashMap<>();
    private final KeptState kept;

    private Sandbox(Plan plan) {
        // A machine that is busy holds up a stand-in, too; its warnings of that would look like the application's own.
        vertx = Vertx.vertx(new VertxOptions().setBlockedThreadCheckInterval(Duration.ofDays(1).toMillis()));
        Clock clock = Clock.systemUTC();
        IssuedTokens tokens = new IssuedTokens(clock);
        servers.put("partner-center", new PartnerCenterSandbox(vertx, clock, tokens, plan.webhookUrl()));
        servers.put("dynamics",
                new DataverseSandbox(vertx, tokens, "http://localhost:" + plan.ports().get("dynamics"), PREFIX, clock));
        servers.put("salesforce", new SalesforceSandbox(vertx, clock));
        kept = plan.state() == null ? null : new KeptState(plan.state(), servers);
    }

    /** @throws IllegalStateException when a port is taken */
    public static Sandbox start(Plan plan) {
        Sandbox sandbox = new Sandbox(plan);
        try {
            if (sandbox.kept != null) {
                sandbox.kept.load();
            }
            sandbox.servers.keySet().forEach(name -> sandbox.listen(name, plan.host(), plan.ports().get(name)));
            if (sandbox.kept != null) {
                sandbox.kept.keep();
            }
            return sandbox;
        } catch (RuntimeException e) {
            sandbox.close();
            throw e;
        }
    }

    /** Runs something on the loop that serves a system, and waits for it. */
    void onLoop(String system, Runnable work) {
        servers.get(system).onLoop(() -> {
            work.run();
            return Future.succeededFuture();
        });
    }

    private void listen(String name, String host, int port) {
        try {
            servers.get(name).listen(host, port);
        } catch (IllegalStateException taken) {
            throw new IllegalStateException("The sandbox server of " + name + " cannot listen on port " + port + " ("
                    + taken.getMessage() + "); set sandbox." + name + "-port to a free one", taken);
        }
    }

    @Override
    public void close() {
        if (kept != null) {
            kept.close();
        }
        servers.values().forEach(SandboxServer::close);
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
