package dev.cosell.cluster;

import dev.cosell.entra.Seal;
import dev.cosell.entra.SealedStore;
import dev.cosell.state.Database;
import dev.cosell.state.DatabaseTime;
import dev.cosell.verbs.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.transaction.TransactionException;

/** A sign-in that all instances share: one sealed row of their database. One of them at a time asks Entra with it. */
public final class SharedSignIn implements SealedStore {
    private static final String SYSTEM = "state";
    /** Longer than Entra may take to answer; one who holds it so long has died. */
    private static final Duration LONGEST_REFRESH = Duration.ofSeconds(45);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final String TAKE = "UPDATE sign_in SET refreshed_by = ?, refreshing_until = "
            + DatabaseTime.LATER
            + " WHERE name = ? AND (refreshed_by IS NULL OR refreshing_until <= CURRENT_TIMESTAMP)";

    private final Database database;
    private final String name;
    private final byte[] key;

    /**
     * @param name of the row
     * @param key  32 bytes in base64, the same for all instances
     */
    public SharedSignIn(Database database, String name, String key) {
        this.database = database;
        this.name = name;
        this.key = Base64.getDecoder().decode(key);
    }

    /**
     * Takes over what a store of this machine alone has kept until now, unless the row holds something or the other
     * cannot be read.
     */
    public SharedSignIn startingWith(SealedStore before) {
        try {
            Map<String, String> content = read() == null ? before.read() : null;
            if (content != null) {
                ensureRow();
                database.client()
                        .sql("UPDATE sign_in SET sealed = ?, changes = changes + 1 WHERE name = ? AND sealed IS NULL")
                        .params(closed(content), name).update();
            }
        } catch (Seal.Unreadable | Fault.Transient | DataAccessException notNow) {
            return this;
        }
        return this;
    }

    @Override
    public String place() {
        return "the database (sign_in " + name + ")";
    }

    @Override
    public String fingerprint() {
        return asked(() -> database.client().sql("SELECT changes FROM sign_in WHERE name = ? AND sealed IS NOT NULL")
                .param(name)
                .query(Long.class).optional()).map(String::valueOf).orElse("");
    }

    @Override
    public Map<String, String> read() {
        return asked(() -> database.client().sql("SELECT sealed FROM sign_in WHERE name = ? AND sealed IS NOT NULL")
                .param(name)
                .query(String.class).optional()).map(sealed -> Seal.opened(sealed.getBytes(StandardCharsets.UTF_8),
                key)).orElse(null);
    }

    @Override
    public void write(Map<String, String> content) {
        try {
            ensureRow();
            database.client().sql("UPDATE sign_in SET sealed = ?, changes = changes + 1 WHERE name = ?")
                    .params(closed(content), name).update();
        } catch (DataAccessException | TransactionException failed) {
            throw new UncheckedIOException(new IOException(reason(failed), failed));
        }
    }

    private String closed(Map<String, String> content) {
        return new String(Seal.closed(content, key), StandardCharsets.UTF_8);
    }

    private void ensureRow() {
        database.client().sql("INSERT INTO sign_in (name, changes) VALUES (?, 0) ON CONFLICT DO NOTHING").param(name)
                .update();
    }

    @Override
    public <T> T alone(Supplier<T> work) {
        try {
            ensureRow();
            return database.transactions().execute(transaction -> {
                database.client().sql("SELECT changes FROM sign_in WHERE name = ? FOR UPDATE").param(name)
                        .query(Long.class).single();
                return work.get();
            });
        } catch (DataAccessException | TransactionException failed) {
            throw new UncheckedIOException(new IOException(reason(failed), failed));
        }
    }

    /**
     * The row is held by a mark with an end and not by a transaction, which would be open for as long as Entra takes.
     */
    @Override
    public <T> T refreshing(Supplier<T> work) {
        String holder = UUID.randomUUID().toString();
        asked(() -> {
            ensureRow();
            return Optional.empty();
        });
        take(holder);
        try {
            return work.get();
        } finally {
            giveBack(holder);
        }
    }

    private void take(String holder) {
        long end = System.nanoTime() + LONGEST_REFRESH.toNanos();
        while (asked(() -> Optional.of(database.client().sql(TAKE).params(holder, LONGEST_REFRESH.toMillis(), name)
                .update())).orElse(0) == 0) {
            if (System.nanoTime() > end || Thread.currentThread().isInterrupted()) {
                throw new Fault.Transient(SYSTEM,
                        "Another instance has been renewing the sign-in for too long; it is tried again");
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    /** What cannot be given back ends by itself. */
    private void giveBack(String holder) {
        asked(() -> Optional.of(database.client()
                .sql("UPDATE sign_in SET refreshed_by = NULL, refreshing_until = NULL WHERE name = ? AND refreshed_by "
                        + "= ?")
                .params(name, holder).update()));
    }

    /** A table that is not there yet holds nothing: a command may be the first to look. */
    private static <T> Optional<T> asked(Supplier<Optional<T>> question) {
        try {
            return question.get();
        } catch (BadSqlGrammarException noTableYet) {
            return Optional.empty();
        } catch (DataAccessException | TransactionException away) {
            throw new Fault.Transient(SYSTEM, "The sign-in could not be read: the database did not answer ("
                    + reason(away) + ")", away);
        }
    }

    private static String reason(Throwable fault) {
        return String.valueOf(NestedExceptionUtils.getMostSpecificCause(fault).getMessage()).lines().findFirst()
                .orElse("");
    }
}
