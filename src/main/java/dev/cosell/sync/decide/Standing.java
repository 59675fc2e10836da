package dev.cosell.sync.decide;

import java.time.Instant;

/**
 * How it is with a link.
 *
 * @param reason why it is parked or orphaned, in sentences; otherwise null
 * @param at     when it was last stored; set by the store, null before
 */
public record Standing(LinkState state, String reason, Instant at) {
    public static final Standing LINKED = of(LinkState.LINKED, null);

    public static Standing of(LinkState state, String reason) {
        return new Standing(state, reason, null);
    }
}
