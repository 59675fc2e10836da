package dev.cosell.sandbox.dataverse;

import dev.cosell.sandbox.IssuedTokens;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A Dataverse sandbox on a free port, emptied before each test, with a clock that tests may move. */
public final class RunningDataverse implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
    public static final String AUDIENCE = "http://dataverse.sandbox";

    /** The system's clock, put forward. */
    public static final class MovedClock extends Clock {
        private volatile Duration ahead = Duration.ZERO;

        public void forward(Duration more) {
            ahead = ahead.plus(more);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(ahead);
        }
    }

    private final MovedClock clock = new MovedClock();
    private final IssuedTokens tokens = new IssuedTokens(clock);
    private Vertx vertx;
    private DataverseSandbox sandbox;
    private int port;
    private DataverseClient client;

    @Override
    public void beforeAll(ExtensionContext context) {
        vertx = Vertx.vertx();
        sandbox = new DataverseSandbox(vertx, tokens, AUDIENCE, "cosell_", clock);
        port = sandbox.listen("localhost", 0);
        client = new DataverseClient(port, token());
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        client.post("/sandbox/reset", null);
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        sandbox.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    public String token() {
        return tokens.issue(AUDIENCE, Duration.ofDays(365));
    }

    public DataverseClient client() {
        return client;
    }

    public DataverseSandbox sandbox() {
        return sandbox;
    }

    public MovedClock clock() {
        return clock;
    }

    public String baseAddress() {
        return "http://localhost:" + port + "/api/data/v9.2";
    }
}
