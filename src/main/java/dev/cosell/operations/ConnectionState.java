package dev.cosell.operations;

import dev.cosell.connection.Connection;
import dev.cosell.entra.SignIn;
import dev.cosell.text.Moment;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * One connection for the health page and for JMX ({@code dev.cosell:type=Connection,name=<system>}). It takes no part
 * in readiness: while a sign-in is broken, notifications are accepted and kept.
 */
final class ConnectionState extends AbstractHealthCheck implements ConnectionMXBean {
    private final Connection connection;
    private final ConnectionWarnings warnings;
    private final Supplier<Optional<SignIn>> signIn;

    /** @param signIn whose sign-in it is; always empty for systems without a user */
    ConnectionState(Connection connection, ConnectionWarnings warnings, Supplier<Optional<SignIn>> signIn) {
        super("connection", connection.system() + "-connection");
        this.connection = connection;
        this.warnings = warnings;
        this.signIn = signIn;
    }

    @Override
    public boolean isReadiness() {
        return false;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        builder.detail("system", connection.system());
        detail(builder, "user", getUser());
        detail(builder, "lastRefresh", getLastRefresh());
        detail(builder, Parts.DETAIL, String.join("; ", getWarnings()));
        Parts.WARNING.tell(builder, warnings.parts(connection.system()));
        if (connection.broken()) {
            detail(builder, "brokenSince", getBrokenSince());
            detail(builder, "code", connection.problem().map(each -> each.reason().cause().code()).orElse(""));
            // Camel's page escapes a slash twice.
            builder.message(getProblem().replace("./cosell", "cosell")).down();
        } else {
            builder.up();
        }
    }

    private static void detail(HealthCheckResultBuilder builder, String name, String value) {
        if (!value.isEmpty()) {
            builder.detail(name, value);
        }
    }

    @Override
    public String getState() {
        return connection.broken() ? "BROKEN" : "UP";
    }

    @Override
    public String getProblem() {
        return connection.problem().map(Connection.Problem::message).orElse("");
    }

    @Override
    public String getBrokenSince() {
        return connection.problem().map(Connection.Problem::since).map(Instant::toString).orElse("");
    }

    @Override
    public String getLastAnswer() {
        return connection.answered().map(Moment::text).orElse("");
    }

    @Override
    public String getUser() {
        return signIn.get().map(SignIn::user).orElse("");
    }

    @Override
    public String getLastRefresh() {
        return signIn.get().map(SignIn::renewed).map(Instant::toString).orElse("");
    }

    @Override
    public List<String> getWarnings() {
        return warnings.of(connection.system());
    }

    @Override
    public void tryNow() {
        connection.tryNow();
    }
}
