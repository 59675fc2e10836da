package dev.cosell.sync.books;

import dev.cosell.state.Database;
import dev.cosell.verbs.Changes;
import dev.cosell.verbs.SystemRecord;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Versions that need no second look: handled ones, and those our own writes brought about. Of joined records the link
 * holds the latest such version; of others a table holds them all. Every call is a transaction of its own, and losing a
 * race for a key is an ordinary "it is there already".
 */
public class SeenVersions {
    private static final int KEY_LENGTH = 250;
    private static final int KEYS_PER_QUERY = 500;
    /** So many keys are looked at in one transaction when old ones are deleted. */
    static final int STEP = 10_000;
    private static final String INSERT = "INSERT INTO seen_version (seen_key, seen_at) VALUES (?, ?) ON CONFLICT DO "
            + "NOTHING";

    private final Database database;
    private final Clock clock;
    private final KnownKeys known = new KnownKeys();
    private final KnownKeys news = new KnownKeys();
    /** Keys that the consumer of their hint is about to add, though nobody has handled what they name. */
    private final KnownKeys gone = new KnownKeys();

    public SeenVersions(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * The key of one version of one record, as the sync with one CRM sees it.
     *
     * @param version not null: a record of unknown version can never have been seen
     */
    public static String key(String crm, String system, String id, String version) {
        return fitted(crm + "|" + system + "|" + id + "|" + Objects.requireNonNull(version, "version"));
    }

    /** Says of a {@link #key} that another version took its place, which no order tells from it. */
    public static String replaced(String key) {
        return fitted(key + "|replaced");
    }

    /** The key of a record as it was read. */
    public static String key(String crm, SystemRecord record) {
        return key(crm, record.system(), record.id(), record.version());
    }

    private static String fitted(String key) {
        return key.length() <= KEY_LENGTH ? key : key.substring(0, KEY_LENGTH - 64) + digest(key);
    }

    private static String digest(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Changes of a system without those that the sync with {@code crm} has seen. A change of unknown version stays. */
    public Changes unseen(Changes changes, String crm, String system) {
        List<String> keys = changes.changes().stream().filter(change -> change.version() != null)
                .map(change -> key(crm, system, change.id(), change.version())).toList();
        Set<String> seen = seen(keys);
        if (seen.isEmpty()) {
            return changes;
        }
        List<Changes.Change> rest = changes.changes().stream().filter(change -> change.version() == null
                || !seen.contains(key(crm, system, change.id(), change.version()))).toList();
        return new Changes(rest, changes.position(), changes.more());
    }

    private Set<String> seen(List<String> keys) {
        Set<String> seen = new HashSet<>(keys);
        seen.removeIf(key -> !known.contains(key));
        List<String> unsure = keys.stream().filter(key -> !seen.contains(key) && !news.remove(key)).distinct().toList();
        for (int from = 0; from < unsure.size(); from += KEYS_PER_QUERY) {
            List<String> stored = stored(unsure.subList(from, Math.min(from + KEYS_PER_QUERY, unsure.size())));
            known.addAll(stored);
            seen.addAll(stored);
        }
        return seen;
    }

    /** Those of the keys that the database holds. */
    List<String> stored(List<String> keys) {
        List<String> stored = new ArrayList<>(StateFaults.classed(() -> database.client()
                .sql("SELECT seen_key FROM seen_version WHERE seen_key IN (" + marks(keys.size()) + ")")
                .params(keys).query(String.class).list()));
        stored.addAll(LinkedVersions.among(keys, database));
        return stored;
    }

    /** For the next question about this key: what the link of its record tells. */
    void answer(String key, boolean handled) {
        if (handled) {
            known.addAll(List.of(key));
        } else {
            news.addAll(List.of(key));
        }
    }

    /** The database is asked next whether this version was handled, whatever this instance remembers. */
    void doubt(String key) {
        known.remove(fitted(key));
    }

    /** A version that has another one in its place counts as handled no longer, nor does the hint that named it. */
    void replace(List<String> keys) {
        keys.forEach(this::doubt);
        skip(keys);
    }

    /** The next {@link #add} of each of these keys is void: what it would say was not done. */
    void skip(List<String> keys) {
        gone.addAll(keys.stream().map(SeenVersions::fitted).toList());
    }

    public boolean add(String key) {
        String fitted = fitted(key);
        if (gone.remove(fitted)) {
            return true;
        }
        if (known.contains(fitted)) {
            return false;
        }
        boolean added = store(fitted);
        known.addAll(List.of(fitted));
        return added;
    }

    /** Whether the database did not hold the key. */
    boolean store(String key) {
        return StateFaults.classed(() -> database.inTransaction(
                statements -> statements.update(INSERT, key, utc(clock.instant())) > 0));
    }

    public boolean contains(String key) {
        return !seen(List.of(fitted(key))).isEmpty();
    }

    /**
     * The same, asked by the consumer of a hint, which adds the key in the end: what an earlier round or delivery has
     * left undone is done by this one.
     */
    public boolean asked(String key) {
        gone.remove(fitted(key));
        return contains(key);
    }

    public boolean remove(String key) {
        String fitted = fitted(key);
        boolean removed = StateFaults.classed(() -> database.client()
                .sql("DELETE FROM seen_version WHERE seen_key = ?").param(fitted).update() > 0);
        known.remove(fitted);
        return removed;
    }

    public void clear() {
        StateFaults.classed(() -> database.client().sql("DELETE FROM seen_version").update());
        known.clear();
    }

    /**
     * Those of the versions that were handled, and longest ago, count as handled now: they are still shown, so that
     * they would be news if they were forgotten. So do those that wait for their deal ({@link WaitingRelated}): as long
     * as their version counts as handled, nobody would report them again. Whether they were handled the database is
     * asked next, because another instance may have made one of them news again.
     *
     * @param before which are old enough to be written again
     */
    public void renew(Changes changes, String crm, String system, Instant before) {
        List<String> keys = changes.changes().stream().filter(change -> change.version() != null)
                .map(change -> key(crm, system, change.id(), change.version())).distinct().toList();
        keys.forEach(this::doubt);
        for (int from = 0; from < keys.size(); from += KEYS_PER_QUERY) {
            List<String> some = keys.subList(from, Math.min(from + KEYS_PER_QUERY, keys.size()));
            List<Object> values = new ArrayList<>(List.of(utc(clock.instant()), utc(before)));
            values.addAll(some);
            StateFaults.classed(() -> database.client().sql("UPDATE seen_version SET seen_at = ? WHERE seen_at < ?"
                    + " AND seen_key IN (" + marks(some.size()) + ")").params(values).update());
        }
        renewWaiting(changes.changes().stream().map(Changes.Change::id).distinct().toList(), crm, before);
    }

    private void renewWaiting(List<String> ids, String crm, Instant before) {
        for (int from = 0; from < ids.size(); from += KEYS_PER_QUERY) {
            List<String> some = ids.subList(from, Math.min(from + KEYS_PER_QUERY, ids.size()));
            List<Object> values = new ArrayList<>(List.of(utc(clock.instant()), utc(before), crm));
            values.addAll(some);
            StateFaults.classed(() -> database.client().sql("UPDATE waiting_related SET waits_since = ? WHERE"
                    + " waits_since < ? AND crm = ? AND referral_id IN (" + marks(some.size()) + ")").params(values)
                    .update());
        }
    }

    private static String marks(int count) {
        return "?" + ", ?".repeat(count - 1);
    }

    /**
     * In steps, so that what a broken off night has deleted stays deleted.
     *
     * @return how many keys are forgotten
     */
    public int purge(Instant olderThan) {
        int purged = 0;
        String done = "";
        String last = lastOfStep(done);
        while (last != null) {
            purged += purge(done, last, olderThan);
            known.clear();
            done = last;
            last = lastOfStep(done);
        }
        return purged;
    }

    /** The last key of the step behind this one; null when there is none. */
    private String lastOfStep(String after) {
        return StateFaults.classed(() -> database.client()
                .sql("SELECT MAX(seen_key) FROM (SELECT seen_key FROM seen_version WHERE seen_key > ? ORDER BY seen_key"
                        + " FETCH FIRST ? ROWS ONLY) step").params(after, STEP)
                .query((row, number) -> Optional.ofNullable(row.getString(1))).single().orElse(null));
    }

    private int purge(String after, String last, Instant olderThan) {
        return StateFaults.classed(() -> database.client()
                .sql("DELETE FROM seen_version WHERE seen_key > ? AND seen_key <= ? AND seen_at < ?")
                .params(after, last, utc(olderThan)).update());
    }

    /**
     * As part of a larger transaction; {@link #remember} follows once that has committed. Sorted, so that two
     * transactions with the same keys wait for each other in one direction only.
     */
    void insert(JdbcTemplate statements, List<String> keys, Instant at) {
        OffsetDateTime seenAt = utc(at);
        if (keys.size() == 1) {
            statements.update(INSERT, fitted(keys.get(0)), seenAt);
        } else if (!keys.isEmpty()) {
            statements.batchUpdate(INSERT,
                    keys.stream().sorted().map(key -> new Object[] {fitted(key), seenAt}).toList());
        }
    }

    void remember(Collection<String> keys) {
        known.addAll(keys.stream().map(SeenVersions::fitted).toList());
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
