package dev.cosell.queue;

import java.time.Duration;

/**
 * When a hint whose sync failed comes again: after {@code first}, then each time {@code multiplier} times later, at
 * most after {@code longest}, for ever. A hint is given up by the route that takes it, never by the broker.
 */
public record Redelivery(Duration first, double multiplier, Duration longest) {
    public static final Redelivery DEFAULT = new Redelivery(Duration.ofSeconds(1), 2, Duration.ofSeconds(60));
}
