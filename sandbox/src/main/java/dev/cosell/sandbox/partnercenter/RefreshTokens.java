package dev.cosell.sandbox.partnercenter;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Refresh tokens of the Entra stand-in. Each tells its user, so that several users may be signed in at a time. */
final class RefreshTokens {
    /** Who has signed in when nobody says otherwise. */
    static final String USER = "referrals.sync@tidewater.example";
    private static final String FIRST = "sandbox";
    private static final String ROTATED = "sandbox-refresh-";

    private final Map<String, String> newest = new LinkedHashMap<>();

    /** The token that takes the place of the user's last one. */
    String next(String user) {
        String named = USER.equals(user) ? ""
                : "." + Base64.getUrlEncoder().withoutPadding().encodeToString(user.getBytes(StandardCharsets.UTF_8));
        String token = ROTATED + UUID.randomUUID() + named;
        newest.put(user, token);
        return token;
    }

    /**
     * Whose token it is; null when it is nobody's.
     *
     * @param newestOnly whether the user's earlier tokens count no more
     */
    String user(String token, boolean newestOnly) {
        String user = FIRST.equals(token) ? USER
                : token != null && token.startsWith(ROTATED) ? named(token.substring(ROTATED.length())) : null;
        return user == null || newestOnly && !token.equals(newest.getOrDefault(user, FIRST)) ? null : user;
    }

    private static String named(String rest) {
        int point = rest.indexOf('.');
        return point < 0 ? USER
                : new String(Base64.getUrlDecoder().decode(rest.substring(point + 1)), StandardCharsets.UTF_8);
    }

    void forget() {
        newest.clear();
    }

    Map<String, String> snapshot() {
        return new LinkedHashMap<>(newest);
    }

    /**
     * @param kept what {@link #snapshot} gave; states that were kept before there were several users have the one token
     * itself
     */
    void restore(Object kept) {
        newest.clear();
        if (kept instanceof Map<?, ?> tokens) {
            tokens.forEach((user, token) -> newest.put((String) user, (String) token));
        } else if (kept instanceof String token) {
            newest.put(USER, token);
        }
    }
}
