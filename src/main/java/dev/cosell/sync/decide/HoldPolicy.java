package dev.cosell.sync.decide;

import java.time.Duration;
import java.time.Instant;

/**
 * When a change goes to Partner Center that nobody can take back there.
 *
 * @param pause how long it is held; zero for at once, null until a person approves it
 */
public record HoldPolicy(Duration pause) {
    public static final HoldPolicy IMMEDIATELY = new HoldPolicy(Duration.ZERO);
    public static final HoldPolicy AFTER_APPROVAL = new HoldPolicy(null);

    /** When a move that is wanted since a moment may go; null while only an approval lets it go. */
    Instant until(Instant since) {
        return pause == null ? null : since.plus(pause);
    }
}
