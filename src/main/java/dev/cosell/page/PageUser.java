package dev.cosell.page;

import io.vertx.ext.auth.HashingStrategy;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Somebody who signs in with a password, as the setting {@code management.users} has it.
 *
 * @param hash of the password, as {@link HashingStrategy} writes and reads it
 */
@SuppressWarnings("deprecation") // Vert.x 5 has the same class in another package, and 4 has it here alone
public record PageUser(String name, Person.Role role, String hash) {
    /** What OWASP recommends for PBKDF2 with SHA-512. */
    private static final int ROUNDS = 210_000;
    private static final int SALT = 24;

    /** @param setting entries {@code name:role:hash}, separated by commas; blank for none */
    public static List<PageUser> all(String setting) {
        return Arrays.stream(setting.split(",")).map(String::strip).filter(entry -> !entry.isEmpty())
                .map(entry -> entry.split(":", 3))
                .map(parts -> new PageUser(parts[0], Person.Role.valueOf(parts[1].toUpperCase(Locale.ROOT)), parts[2]))
                .toList();
    }

    /** The entry of a new user, with a salt of its own. */
    public static String entry(String name, String role, String password) {
        return entry(name, role, password, ROUNDS);
    }

    static String entry(String name, String role, String password, int rounds) {
        byte[] salt = new byte[SALT];
        new SecureRandom().nextBytes(salt);
        return name + ":" + role + ":" + HashingStrategy.load().hash("pbkdf2", Map.of("it", String.valueOf(rounds)),
                Base64.getEncoder().withoutPadding().encodeToString(salt), password);
    }

    /** Whether it is the password; takes a good part of a second. */
    public boolean fits(String password) {
        return HashingStrategy.load().verify(hash, password);
    }
}
