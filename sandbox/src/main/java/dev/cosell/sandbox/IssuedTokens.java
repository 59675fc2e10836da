package dev.cosell.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Access tokens that the sandbox's Entra endpoint gave out, shared with the servers that accept them. */
public final class IssuedTokens {
    /**
     * Whose token it is.
     *
     * @param user        who signed in; null for an application by itself
     * @param multiFactor whether that user has shown a second factor; true for an application, which has none to show
     */
    public record Holder(String user, boolean multiFactor) {
        public static final Holder APPLICATION = new Holder(null, true);
    }

    private record Grant(String audience, Instant end, Holder holder) {}

    private final Map<String, Grant> grants = new ConcurrentHashMap<>();
    private final Clock clock;

    public IssuedTokens(Clock clock) {
        this.clock = clock;
    }

    /** A new token of an application for this audience. */
    public String issue(String audience, Duration life) {
        return issue(audience, life, Holder.APPLICATION);
    }

    /** A new token for this audience. */
    public String issue(String audience, Duration life, Holder holder) {
        String token = "sandbox-" + UUID.randomUUID();
        grants.put(token, new Grant(audience, clock.instant().plus(life), holder));
        return token;
    }

    /** Whether an {@code Authorization} header (null allowed) carries a live token for this audience. */
    public boolean accepts(String authorization, String audience) {
        return holder(authorization, audience) != null;
    }

    /**
     * Whose live token for this audience an {@code Authorization} header (null allowed) carries; null when it carries
     * none.
     */
    public Holder holder(String authorization, String audience) {
        if (authorization == null || !authorization.startsWith("Bearer ")) {
            return null;
        }
        Grant grant = grants.get(authorization.substring("Bearer ".length()));
        return grant != null && grant.audience().equals(audience) && clock.instant().isBefore(grant.end())
                ? grant.holder() : null;
    }

    /** Every token given so far that was not made invalid. */
    public List<String> all() {
        return List.copyOf(grants.keySet());
    }

    /** Makes every token given so far invalid. */
    public void revokeAll() {
        grants.clear();
    }
}
