package dev.cosell.state;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Connections to PostgreSQL on which the tables are brought up to date. Flyway waits in a transaction of one while a
 * step goes on in another, and an index of millions of rows takes longer than our other connections may be silent.
 */
final class StepConnections extends DriverManagerDataSource {
    /** A process that froze over a step still lets go by itself. */
    private static final String PATIENCE = "SET idle_in_transaction_session_timeout = '4h'";

    StepConnections(String url, String user, String password) {
        super(url);
        setUsername(user);
        setPassword(password);
    }

    @Override
    protected Connection getConnectionFromDriver(String user, String password) throws SQLException {
        Connection connection = super.getConnectionFromDriver(user, password);
        try (Statement statement = connection.createStatement()) {
            statement.execute(PATIENCE);
            return connection;
        } catch (SQLException failed) {
            connection.close();
            throw failed;
        }
    }
}
