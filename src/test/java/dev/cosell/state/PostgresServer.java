package dev.cosell.state;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** One PostgreSQL for all tests of this JVM; it ends with the JVM. */
public final class PostgresServer {
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static EmbeddedPostgres server;

    private PostgresServer() {}

    /** JDBC URL, user included, of a new and empty database. */
    public static synchronized String emptyDatabase() throws IOException, SQLException {
        if (server == null) {
            server = EmbeddedPostgres.builder().start();
        }
        return create("");
    }

    /** JDBC URL of a new database with all that another one of this server holds, to which nobody may be connected. */
    static synchronized String copyOf(String url) throws SQLException {
        return create(" TEMPLATE " + url.replaceAll(".*/(\\w+)\\?.*", "$1"));
    }

    private static String create(String how) throws SQLException {
        String name = "cosell" + DATABASES.incrementAndGet();
        try (Connection connection = server.getPostgresDatabase().getConnection();
             Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name + how);
        }
        return server.getJdbcUrl("postgres", name);
    }
}
