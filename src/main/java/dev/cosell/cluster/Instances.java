package dev.cosell.cluster;

import dev.cosell.state.Database;
import dev.cosell.state.DatabaseTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.commons.lang3.concurrent.BasicThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The instances that share the database: this one says again and again that it is there, and knows who else is. On a
 * database that is one process' own it is always alone, and nothing is written.
 */
public final class Instances implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Instances.class);
    private static final int BEATS_UNTIL_DEAD = 5;
    private static final int BEATS_OF_A_FORMER = 2;
    private static final int SHARE_IS_KEPT = 4;
    /** Characters at the end of an id; another name may begin as ours does. */
    private static final int OF_ONE_START = 8;
    private static final Duration FORGET = Duration.ofHours(1);

    private final Database database;
    private final String id;
    private final String name;
    private final Map<String, String> traits;
    private final Duration takeOver;
    private final Clock clock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            BasicThreadFactory.builder().namingPattern("cosell-instances").daemon().build());
    private volatile Supplier<Map<String, String>> routes = Map::of;
    private volatile Supplier<Map<String, String>> holds = Map::of;
    private volatile List<KnownInstance> known = List.of();
    private volatile boolean joined;
    private volatile Runnable afterBeat = () -> { };

    /**
     * @param name     tells people which process this is
     * @param traits   what all instances must have in common; no secrets
     * @param takeOver after how long a silent instance counts as dead
     */
    public Instances(Database database, String name, Map<String, String> traits, Duration takeOver, Clock clock) {
        this.database = database;
        this.id = id(name);
        this.name = name;
        this.traits = Map.copyOf(traits);
        this.takeOver = takeOver;
        this.clock = clock;
    }

    /** Quartz names an MBean by it, which may have no colon. */
    static String id(String name) {
        return idsOf(name) + UUID.randomUUID().toString().substring(0, OF_ONE_START);
    }

    /** What the ids of all processes begin with that ever ran under this name. */
    private static String idsOf(String name) {
        return name.replace(':', '-') + "-";
    }

    /** Becomes one of the instances, and stays one until it is closed. */
    public Instances join() {
        if (database.isShared()) {
            bury();
            beat();
            joined = true;
            long pause = takeOver.toMillis() / BEATS_UNTIL_DEAD;
            timer.scheduleWithFixedDelay(this::beatIfPossible, pause, pause, TimeUnit.MILLISECONDS);
        }
        return this;
    }

    /**
     * A process has its name to itself, so our own former one is dead for certain, and nobody has to wait for it.
     */
    private void bury() {
        String former = idsOf(name).replaceAll("([\\\\%_])", "\\\\$1") + "_".repeat(OF_ONE_START);
        database.inTransaction(statements -> {
            statements.update("DELETE FROM instance WHERE id LIKE ?", former);
            statements.update("DELETE FROM turn WHERE holder LIKE ?", former);
            // Quartz recovers what belongs to nobody when the next instance starts.
            return statements.update("DELETE FROM qrtz_scheduler_state WHERE instance_name LIKE ?", former);
        });
    }

    /** @param digests of the files under {@code routes/} that are in force, by file name */
    public void routes(Supplier<Map<String, String>> digests) {
        routes = digests;
    }

    /** @param now what this instance alone does or did last, by name, each with a moment */
    public void holds(Supplier<Map<String, String>> now) {
        holds = now;
    }

    /** Of this process, from its start to its end. */
    public String id() {
        return id;
    }

    /** Tells people which process this is. */
    public String name() {
        return name;
    }

    public Map<String, String> traits() {
        return traits;
    }

    /** By how much the clocks of instances may differ without harm. */
    public Duration clocksMayDiffer() {
        return clocksMayDiffer(takeOver);
    }

    /** The same for a take-over time. */
    public static Duration clocksMayDiffer(Duration takeOver) {
        return takeOver.dividedBy(3);
    }

    /** @param work done each time this instance has said that it is there, and knows the others */
    public void afterBeat(Runnable work) {
        afterBeat = work;
    }

    public Duration takeOver() {
        return takeOver;
    }

    /**
     * Among how many instances limits are divided, this one included; 1 at least. One that has not been seen for the
     * take-over time may only be slow and goes on calling, so it counts until it has been away much longer. As of the
     * last time this one was seen; costs nothing.
     */
    public int count() {
        Instant gone = known.stream().map(KnownInstance::seen).max(Comparator.naturalOrder()).orElse(Instant.MAX)
                .minus(takeOver.multipliedBy(SHARE_IS_KEPT));
        return (int) Math.max(1, known.stream().filter(each -> each.seen().isAfter(gone)).count());
    }

    /**
     * All that were seen within the last hour, this one included, as of its last beat; empty on a database of one
     * process' own.
     */
    public List<KnownInstance> known() {
        return known;
    }

    /** The same, read now. */
    public List<KnownInstance> look() {
        return look(database.client(), takeOver);
    }

    /**
     * Another process of our name, until it has missed two turns of saying that it is there; null when there is none.
     * Whoever is silent for longer is the process that was here before us.
     */
    KnownInstance namesake() {
        return look(database.client(), takeOver.multipliedBy(BEATS_OF_A_FORMER).dividedBy(BEATS_UNTIL_DEAD)).stream()
                .filter(KnownInstance::live).filter(each -> each.name().equals(name) && !each.id().equals(id))
                .findFirst().orElse(null);
    }

    static List<KnownInstance> look(JdbcClient client, Duration takeOver) {
        return client.sql("SELECT instance.*, seen_at > " + DatabaseTime.EARLIER
                + " AS live FROM instance ORDER BY started_at, id")
                .param(takeOver.toMillis()).query((row, number) -> instance(row)).list();
    }

    private static KnownInstance instance(ResultSet row) throws SQLException {
        return new KnownInstance(row.getString("id"), row.getString("name"), NamedValues.of(row.getString("traits")),
                NamedValues.of(row.getString("routes")),
                NamedValues.of(row.getString("holds")), Duration.ofMillis(row.getLong("clock_ahead_millis")),
                moment(row, "started_at"), moment(row, "seen_at"), row.getBoolean("live"));
    }

    private static Instant moment(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private void beatIfPossible() {
        try {
            beat();
            afterBeat.run();
        } catch (RuntimeException later) {
            LOG.debug("This instance could not say that it is there; it tries again", later);
        }
    }

    private void beat() {
        long ahead = clockAhead(database.client(), clock).toMillis();
        String digests = NamedValues.text(routes.get());
        String held = NamedValues.text(holds.get());
        if (database.client().sql("UPDATE instance SET seen_at = CURRENT_TIMESTAMP, routes = ?, holds = ?,"
                + " clock_ahead_millis = ? WHERE id = ?")
                .params(digests, held, ahead, id).update() == 0) {
            database.client().sql("INSERT INTO instance (id, name, traits, routes, holds, clock_ahead_millis,"
                    + " started_at, seen_at) VALUES (?, ?, ?, ?, ?, ?, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)")
                    .params(id, name, NamedValues.text(traits), digests, held, ahead).update();
        }
        database.client().sql("DELETE FROM instance WHERE seen_at < " + DatabaseTime.EARLIER).param(FORGET.toMillis())
                .update();
        known = look();
    }

    /** The database is taken to have read its clock half-way between question and answer. */
    static Duration clockAhead(JdbcClient client, Clock clock) {
        Instant before = clock.instant();
        Instant theirs = client.sql("SELECT CURRENT_TIMESTAMP").query(OffsetDateTime.class).single().toInstant();
        return Duration.between(theirs, before.plus(Duration.between(before, clock.instant()).dividedBy(2)));
    }

    /** The others know at once that this one is gone. */
    @Override
    public void close() {
        timer.shutdownNow();
        if (joined) {
            try {
                database.client().sql("DELETE FROM instance WHERE id = ?").param(id).update();
            } catch (RuntimeException away) {
                LOG.debug("This instance could not say that it goes; the others notice after {}", takeOver, away);
            }
        }
    }
}
