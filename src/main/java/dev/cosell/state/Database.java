package dev.cosell.state;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.flywaydb.core.api.FlywayException;
import org.h2.api.ErrorCode;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The one SQL database that holds all state: an H2 file by default, PostgreSQL by its URL. Opening it brings the schema
 * up to date. The same SQL runs on both.
 */
public final class Database implements AutoCloseable {
    private static final Duration LEASE_TIMEOUT = Duration.ofSeconds(10);
    /**
     * Nothing but statements happens in a transaction of the pool, so whoever is silent in one for so long is frozen or
     * cut off. PostgreSQL would keep its rows locked for as long as TCP believes in it.
     */
    private static final String NO_FROZEN_LOCKS = "SET idle_in_transaction_session_timeout = '10s'";
    private static final Duration PROBLEM_LASTS = Duration.ofSeconds(5);

    private record Problem(String words, long seenAt) {}

    private static final String H2 = "jdbc:h2:";
    private static final String MODE = ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH";
    private static final String TABLES = "classpath:db/schema";

    private static final String DAMAGED = "If the file is damaged, restore a backup, or delete it and every deal is "
            + "found again.";

    private final HikariDataSource pool;
    private final ConnectionText text;
    private final JdbcClient client;
    private final JdbcTemplate template;
    private final TransactionTemplate transactions;
    private volatile Problem problem;
    private final H2File file;

    private Database(HikariDataSource pool, ConnectionText text, H2File file) {
        this.file = file;
        this.pool = pool;
        this.text = text;
        this.template = new JdbcTemplate(pool);
        this.client = JdbcClient.create(template);
        this.transactions = new TransactionTemplate(
                text.url().startsWith(H2)
                        ? new ClosedFile(pool, file == null ? () -> { } : file::letGo).watching(template)
                        : new JdbcTransactionManager(pool));
        transactions.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /**
     * The URL of an H2 file. {@code WRITE_DELAY=0} hands each commit to the operating system before it is acknowledged,
     * so killing the process loses nothing; against power loss PostgreSQL is the answer. With a short
     * {@code RETENTION_TIME} and the help of {@link H2File} superseded pages do not fill the disk. The database closes
     * with the pool and not in a shutdown hook of its own, because work in flight still ends while the JVM goes down.
     *
     * @param path of the database file, without its extension; absolute, or starting with {@code ./}
     */
    public static String h2(String path) {
        return "jdbc:h2:file:" + path + MODE + ";WRITE_DELAY=0;RETENTION_TIME=1000;LOCK_TIMEOUT=10000"
                + ";QUERY_CACHE_SIZE=64;DB_CLOSE_ON_EXIT=FALSE";
    }

    /**
     * @param url      JDBC URL; may carry user and password in the driver's own way
     * @param user     null when the URL carries it or none is needed
     * @param password null when the URL carries it or none is needed
     * @throws DatabaseUnavailable with one sentence for people, free of secrets
     */
    public static Database open(String url, String user, String password) {
        ConnectionText text = ConnectionText.of(url, password);
        HikariDataSource pool = connect(user, text);
        try {
            Schema.bringUpToDate(pool,
                    isShared(text.url()) ? new StepConnections(text.url(), user, text.password()) : pool,
                    migrations(text));
            return new Database(pool, text, H2File.of(pool));
        } catch (SQLException fault) {
            pool.close();
            throw new DatabaseUnavailable(
                    "The database " + text.address() + " cannot be used: " + text.reason(fault) + ".");
        } catch (FlywayException fault) {
            pool.close();
            throw new DatabaseUnavailable("The schema of the database " + text.address()
                    + " could not be brought up to date: " + text.reason(fault)
                    + ". Check that the user may create tables there and that nobody edited the schema by hand."
                    + (isShared(text.url()) ? "" : " " + DAMAGED));
        }
    }

    /** An empty one in memory, for a command that looks at routes and keeps nothing. */
    public static Database inMemory() {
        ConnectionText text = ConnectionText.of("jdbc:h2:mem:" + UUID.randomUUID() + MODE, null);
        HikariConfig config = config(null, text);
        // It is gone with its last connection, so one stays until the pool is closed.
        config.setMaxLifetime(0);
        HikariDataSource pool = new HikariDataSource(config);
        SchemaSteps.takeWithoutNotes(pool, TABLES);
        return new Database(pool, text, null);
    }

    /** What only instances that share a database need is made there alone. */
    private static String[] migrations(ConnectionText text) {
        return isShared(text.url()) ? new String[] {TABLES, "classpath:db/postgresql"} : new String[] {TABLES};
    }

    /**
     * For a command beside the running instances: leaves the schema as it is, and is first contacted when it is needed.
     *
     * @param user     null when the URL carries it
     * @param password null when the URL carries it
     */
    public static Database visit(String url, String user, String password) {
        ConnectionText text = ConnectionText.of(url, password);
        HikariConfig config = config(user, text);
        config.setMinimumIdle(0);
        config.setInitializationFailTimeout(-1);
        return new Database(new HikariDataSource(config), text, null);
    }

    private static HikariConfig config(String user, ConnectionText text) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("cosell-state");
        config.setJdbcUrl(text.url());
        config.setUsername(user);
        config.setPassword(text.password());
        config.setMaximumPoolSize(10);
        config.setMinimumIdle(1);
        config.setAllowPoolSuspension(text.url().startsWith(H2));
        config.setConnectionInitSql(isShared(text.url()) ? NO_FROZEN_LOCKS : null);
        config.setConnectionTimeout(LEASE_TIMEOUT.toMillis());
        return config;
    }

    private static HikariDataSource connect(String user, ConnectionText text) {
        try {
            return new HikariDataSource(config(user, text));
        } catch (RuntimeException fault) {
            throw new DatabaseUnavailable("The database " + text.address() + " cannot be opened: " + text.reason(fault)
                    + (isInUse(fault) ? ". Another program holds its file: end that one, or name another folder in "
                            + "data.directory, or another file in state.url."
                            : ". Check its URL, user and password, that it is running, and that no other program "
                                    + "holds its file. " + DAMAGED));
        }
    }

    private static boolean isInUse(RuntimeException fault) {
        return ExceptionUtils.getThrowableList(fault).stream().anyMatch(cause -> cause instanceof SQLException refused
                && refused.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1);
    }

    /** Whether several processes may use it at the same time. */
    public boolean isShared() {
        return isShared(text.url());
    }

    /** The same for the URL of one. */
    public static boolean isShared(String url) {
        return !url.startsWith(H2);
    }

    public DataSource dataSource() {
        return pool;
    }

    public JdbcClient client() {
        return client;
    }

    /**
     * Why it cannot be used now, in one sentence free of secrets; empty when it can. Asks it, and waits ten seconds at
     * most; what is wrong is believed for five seconds, so that several who ask do not wait one after the other.
     */
    public String problem() {
        Problem known = problem;
        if (known != null && System.nanoTime() - known.seenAt() < PROBLEM_LASTS.toNanos()) {
            return known.words();
        }
        try {
            client.sql("SELECT COUNT(*) FROM watermark").query(Integer.class).single();
            problem = null;
            return "";
        } catch (RuntimeException fault) {
            problem = new Problem("The database " + text.address() + " does not answer: " + text.reason(fault)
                    + ". Hints wait in the queue, and polls repeat", System.nanoTime());
            return problem.words();
        }
    }

    /** Every use is a transaction of its own. */
    public TransactionTemplate transactions() {
        return transactions;
    }

    /** Runs statements in one transaction of their own. */
    public <T> T inTransaction(Function<JdbcTemplate, T> work) {
        return transactions.execute(status -> work.apply(template));
    }

    @Override
    public void close() {
        if (file != null) {
            file.close();
        }
        pool.close();
    }
}
