package dev.cosell.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Access tokens that the sandbox's Entra endpoint gave out, shared with the servers that accept them. */
public final class IssuedTokens {
    private record Grant(String audience, Instant end) {}

    private final Map<String, Grant> grants = new ConcurrentHashMap<>();
    private final Clock clock;

    public IssuedTokens(Clock clock) {
        this.clock = clock;
    }

    /** A new token for this audience. */
    public String issue(String audience, Duration life) {
        String token = "sandbox-" + UUID.randomUUID();
        grants.put(token, new Grant(audience, clock.instant().plus(life)));
        return token;
    }

    /** Whether an {@code Authorization} header (null allowed) carries a live token for this audience. */
    public boolean accepts(String authorization, String audience) {
        if (authorization == null || !authorization.startsWith("Bearer ")) {
            return false;
        }
        Grant grant = grants.get(authorization.substring("Bearer ".length()));
        return grant != null && grant.audience().equals(audience) && clock.instant().isBefore(grant.end());
    }

    /** Makes every token given so far invalid. */
    public void revokeAll() {
        grants.clear();
    }
}
