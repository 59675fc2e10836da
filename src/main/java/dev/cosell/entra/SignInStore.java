package dev.cosell.entra;

import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import dev.cosell.verbs.Fault;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the sign-in of a user, encrypted, in a file or in the database of all instances, where another process may put
 * a new one. A refresh token from the settings starts it off once; one that is changed there starts it off again.
 */
public final class SignInStore implements Credential {
    /** The command that signs a user in. */
    public static final String LOGIN = "./cosell login";

    private static final Logger LOG = LoggerFactory.getLogger(SignInStore.class);

    private final EntraApp app;
    private final SealedStore store;
    private final String connection;
    private final String seed;
    private final Clock clock;
    private final String command;

    /**
     * Not the monitor of this object: that one is held while Entra is asked, and nobody who looks should wait for it.
     */
    private final Object lock = new Object();
    private String presented;
    private volatile String seen = "";
    private String written;
    private boolean readable = true;
    private SignIn kept;
    /** A sign-in that could not be written; good as long as this process lives. */
    private SignIn unsaved;

    /**
     * @param key  32 bytes in base64 that seal the file; empty makes a key file beside it
     * @param seed the refresh token of the settings; empty when there is none
     */
    public SignInStore(EntraApp app, Path file, String key, String seed, Clock clock) {
        this(app, new SealedFile(file, key), seed, clock, LOGIN);
    }

    /**
     * @param store   where it is kept
     * @param command signs a user in for this store
     */
    public SignInStore(EntraApp app, SealedStore store, String seed, Clock clock, String command) {
        this.command = command;
        this.app = app;
        this.store = store;
        this.connection = app.tenant() + " " + app.clientId();
        this.seed = seed;
        this.clock = clock;
    }

    /** Where it is kept, for people. */
    public String place() {
        return store.place();
    }

    @Override
    public String command() {
        return command;
    }

    @Override
    public <T> T refreshing(Supplier<T> work) {
        return store.refreshing(work);
    }

    @Override
    public AuthorizationGrant grant() {
        synchronized (lock) {
            presented = current().refreshToken();
            return new RefreshTokenGrant(new RefreshToken(presented));
        }
    }

    /** Writes the new token down before anybody uses what came with it, unless somebody has signed in meanwhile. */
    @Override
    public void renewed(String refreshToken, String user) {
        synchronized (lock) {
            store(current().renewed(refreshToken, user, clock.instant()));
        }
    }

    private void store(SignIn next) {
        try {
            store.alone(() -> {
                if (presented.equals(current().refreshToken())) {
                    write(next);
                }
                return next;
            });
            unsaved = null;
        } catch (UncheckedIOException failed) {
            LOG.error(
                    "The renewed sign-in of {} could not be written to {} ({}); it works until the next start. Make it "
                            + "writable, or sign in again with {} after the start",
                    app.system(), store.place(), failed.getCause().getMessage(), command);
            unsaved = next;
        }
    }

    /** A person has just signed in; whatever was kept before gives way, readable or not. */
    public void signedIn(String refreshToken, String user) {
        Instant now = clock.instant();
        synchronized (lock) {
            store.alone(() -> {
                write(new SignIn(connection, refreshToken, user, now, now, hash(seed)));
                return refreshToken;
            });
            unsaved = null;
        }
    }

    /** The sign-in that is in use; empty when there is none or it cannot be read now. */
    public Optional<SignIn> signIn() {
        synchronized (lock) {
            try {
                return Optional.of(current());
            } catch (Fault.Auth | Fault.Transient none) {
                return Optional.empty();
            }
        }
    }

    /** Another text after each new sign-in and each renewal, whichever process made it. */
    public String fingerprint() {
        return store.fingerprint();
    }

    /** Whether it was this store that brought that {@link #fingerprint} about, such as by a renewal. */
    public boolean wrote(String fingerprint) {
        synchronized (lock) {
            return fingerprint.equals(written);
        }
    }

    private SignIn current() {
        if (unsaved != null && store.fingerprint().equals(seen)) {
            return unsaved;
        }
        SignIn stored = stored();
        if (stored != null && stored.connection().equals(connection)
                && (seed.isEmpty() || stored.seed().equals(hash(seed)))) {
            return stored;
        }
        if (!seed.isEmpty()) {
            return new SignIn(connection, seed, null, clock.instant(), null, hash(seed));
        }
        throw new Fault.Auth(app.system(),
                "Nobody has signed in to Partner Center yet for this tenant and app: sign in with " + command);
    }

    private SignIn stored() {
        String now = store.fingerprint();
        if (now.equals(seen) && readable) {
            return kept;
        }
        readable = false;
        try {
            Map<String, String> content = store.read();
            kept = content == null ? null : signIn(content);
            readable = true;
        } catch (Seal.Unreadable unreadable) {
            throw new Fault.Auth(app.system(),
                    "The stored sign-in " + store.place() + " cannot be used: " + unreadable.getMessage()
                            + "; sign in again with " + command + ", which replaces it, or bring the right key back");
        } finally {
            seen = now;
        }
        return kept;
    }

    private void write(SignIn signIn) {
        Map<String, String> content = new LinkedHashMap<>();
        content.put("connection", signIn.connection());
        content.put("refreshToken", signIn.refreshToken());
        content.put("user", signIn.user());
        content.put("signedIn", signIn.signedIn().toString());
        content.put("renewed", signIn.renewed().toString());
        content.put("seed", signIn.seed());
        store.write(content);
        kept = signIn;
        readable = true;
        seen = store.fingerprint();
        written = seen;
    }

    private static SignIn signIn(Map<String, String> content) {
        try {
            return new SignIn(content.get("connection"), content.get("refreshToken"), content.get("user"),
                    Instant.parse(content.get("signedIn")), Instant.parse(content.get("renewed")), content.get("seed"));
        } catch (RuntimeException incomplete) {
            throw new Seal.Unreadable("it is incomplete");
        }
    }

    private static String hash(String text) {
        try {
            return text.isEmpty() ? "" : Base64.getEncoder().encodeToString(
                    MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
