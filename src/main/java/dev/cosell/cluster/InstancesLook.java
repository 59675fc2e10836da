package dev.cosell.cluster;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * The instances on a database, found out without joining them or changing anything.
 *
 * @param others     those that were seen within the last hour
 * @param clockAhead how far the clock of this process is ahead of the database's; negative when it is behind
 */
public record InstancesLook(List<KnownInstance> others, Duration clockAhead) {
    public InstancesLook {
        others = List.copyOf(others);
    }

    /**
     * Empty when the database cannot be asked, or has never been one of instances.
     *
     * @param user     null when the URL carries it or none is needed
     * @param password null when the URL carries it or none is needed
     */
    public static Optional<InstancesLook> at(String url, String user, String password, Duration takeOver, Clock clock) {
        try (Connection connection = DriverManager.getConnection(url, user, password)) {
            JdbcClient client = JdbcClient.create(new SingleConnectionDataSource(connection, true));
            return Optional.of(new InstancesLook(Instances.look(client, takeOver),
                    Instances.clockAhead(client, clock)));
        } catch (SQLException | DataAccessException untold) {
            return Optional.empty();
        }
    }

    /** This process as one of them, for comparing clocks. */
    public KnownInstance us(String name) {
        return new KnownInstance(name, name, Map.of(), Map.of(), Map.of(), clockAhead, Instant.EPOCH, Instant.EPOCH,
                true);
    }
}
