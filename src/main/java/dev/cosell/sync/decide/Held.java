package dev.cosell.sync.decide;

import java.time.Instant;

/**
 * An irreversible move that waits.
 *
 * @param what  the move as people say it, such as "Closing as won in Partner Center"; names it among the moves of its
 *     pair
 * @param since when the opportunity was first seen to want it
 * @param until when it goes; null while it waits for approval
 */
public record Held(String what, Instant since, Instant until) {

    @Override
    public String toString() {
        return what + (until == null ? " waits for approval since " + Moments.past(since)
                : " waits until " + Moments.text(until));
    }
}
