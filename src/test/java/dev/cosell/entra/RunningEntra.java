package dev.cosell.entra;

import dev.cosell.sandbox.IssuedTokens;
import dev.cosell.sandbox.partnercenter.PartnerCenterSandbox;
import dev.cosell.stories.Api;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.Map;

/** The Entra stand-in on a free port. */
final class RunningEntra implements AutoCloseable {
    static final String SCOPE = "https://api.partner.microsoft.com/.default offline_access";
    static final String WEBHOOKS = "https://api.partnercenter.microsoft.com/.default offline_access";

    private final Vertx vertx = Vertx.vertx();
    private final PartnerCenterSandbox sandbox = new PartnerCenterSandbox(vertx, Clock.systemUTC(),
            new IssuedTokens(Clock.systemUTC()), null);
    private final int port = sandbox.listen("localhost", 0);
    final Api api = new Api(port);

    EntraApp app(String secret) {
        return new EntraApp("partner-center", "http://localhost:" + port + "/tenant", "sandbox", secret);
    }

    EntraApp app() {
        return app("sandbox");
    }

    void settings(Map<String, Object> switches) {
        api.post("/sandbox/settings", switches);
    }

    /** The next calls of the token endpoint are answered like this. */
    void answers(int status, Object body, int times) {
        api.post("/sandbox/faults", Map.of("path", "/token$", "status", status, "body", body, "times", times));
    }

    int tokenCalls() {
        return (Integer) Api.map(api.get("/sandbox/stats").get("calls"))
                .getOrDefault("POST /{tenant}/oauth2/v2.0/token", 0);
    }

    void reset() {
        api.post("/sandbox/reset", Map.of());
    }

    @Override
    public void close() {
        sandbox.close();
        vertx.close();
    }
}
