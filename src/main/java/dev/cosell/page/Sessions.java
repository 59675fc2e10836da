package dev.cosell.page;

import dev.cosell.state.Database;
import dev.cosell.state.DatabaseTime;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Who is signed in, for all instances: rows of their database, by the digest of what a browser holds. Whoever reads the
 * database can come in as nobody.
 */
public final class Sessions {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;
    /** A session is not written to with each request. */
    private static final int TOUCHES_PER_IDLE_TIME = 20;
    private static final String ALIVE = " AND began_at > " + DatabaseTime.EARLIER + " AND seen_at > "
            + DatabaseTime.EARLIER;

    private final Database database;
    private final Duration idle;
    private final Duration longest;

    /**
     * @param idle    a session ends when it was not used for so long
     * @param longest a session ends after so long in any case
     */
    public Sessions(Database database, Duration idle, Duration longest) {
        this.database = database;
        this.idle = idle;
        this.longest = longest;
    }

    /** What the browser is to hold. */
    public String begin(Person person) {
        byte[] random = new byte[BYTES];
        RANDOM.nextBytes(random);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        return asked(() -> {
            database.client().sql("DELETE FROM page_session WHERE began_at < " + DatabaseTime.EARLIER)
                    .param(longest.toMillis()).update();
            database.client().sql("INSERT INTO page_session (digest, person, role_name, began_at, seen_at) "
                    + "VALUES (?, ?, ?, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)")
                    .params(digest(token), person.name(), person.role().name()).update();
            return token;
        });
    }

    /** Who holds this, for a request of theirs; empty when the session has ended. */
    public Optional<Person> used(String token) {
        Optional<Person> person = alive(token);
        person.ifPresent(here -> asked(() -> database.client()
                .sql("UPDATE page_session SET seen_at = CURRENT_TIMESTAMP WHERE digest = ? AND seen_at < "
                        + DatabaseTime.EARLIER)
                .params(digest(token), idle.toMillis() / TOUCHES_PER_IDLE_TIME).update()));
        return person;
    }

    /** The same for somebody who only looks on. */
    public Optional<Person> alive(String token) {
        return asked(() -> database.client().sql("SELECT person, role_name FROM page_session WHERE digest = ?" + ALIVE)
                .params(digest(token), longest.toMillis(), idle.toMillis())
                .query((row, number) -> new Person(row.getString("person"),
                        Person.Role.valueOf(row.getString("role_name")), true)).optional());
    }

    public void end(String token) {
        asked(() -> database.client().sql("DELETE FROM page_session WHERE digest = ?").param(digest(token)).update());
    }

    private static <T> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (DataAccessException | TransactionException away) {
            throw new Refused(503, "The database does not answer, so it cannot be seen who is signed in. Try again");
        }
    }

    private static String digest(String token) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256")
                    .digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
