package dev.cosell.connection;

import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.ExchangeException;

/** The connections of all systems, for routes and operators; each has a sign-in that works or does not. */
public final class Connections {
    private final Map<String, Connection> connections = new LinkedHashMap<>();

    /**
     * @param pauses that systems have asked for, of all instances
     * @param pace   time between two attempts while a connection is broken
     */
    public Connections(Collection<String> systems, Pauses pauses, Clock clock, Duration pace) {
        systems.forEach(system -> connections.put(system, new Connection(system, pauses, clock, pace)));
    }

    /** @throws IllegalArgumentException when there is none of this name */
    public Connection of(String system) {
        Connection connection = connections.get(system);
        if (connection == null) {
            throw new IllegalArgumentException("There is no connection " + system);
        }
        return connection;
    }

    public Collection<Connection> all() {
        return List.copyOf(connections.values());
    }

    /** When a system last answered as it should; empty when it has not since the start, or is none of these. */
    public Optional<Instant> answered(String system) {
        return Optional.ofNullable(connections.get(system)).flatMap(Connection::answered);
    }

    /** For the sync's policy: whether only the record of the hint is denied to us, and parking it is right. */
    public boolean deniesRecord(@ExchangeException Fault.Denied fault) {
        Connection connection = connections.get(fault.system());
        return connection != null && connection.deniesRecord();
    }

    /** For the sync's policy: takes note of a sign-in that does not work. */
    public void noted(@ExchangeException Fault.Auth fault) {
        Connection connection = connections.get(fault.system());
        if (connection != null) {
            connection.noted(fault);
        }
    }

    /** The reason as the sync's policy wants it for parking. */
    public List<Reason> reasons(@ExchangeException Fault.Denied fault) {
        return fault.faults();
    }

    /** For polls and sweeps, which read no single record: whatever is denied to them is denied to the connection. */
    public void stopped(@ExchangeException Fault.Auth fault) {
        Connection connection = connections.get(fault.system());
        if (connection != null && !fault.known()) {
            connection.stop(fault);
        }
    }
}
