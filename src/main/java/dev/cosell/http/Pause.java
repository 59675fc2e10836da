package dev.cosell.http;

import dev.cosell.verbs.Fault;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** The one promise that spans the calls of a connection: when a system says "later", nobody asks sooner. */
public final class Pause {
    private final String system;
    private final Clock clock;
    private volatile Instant until = Instant.MIN;

    public Pause(String system, Clock clock) {
        this.system = system;
        this.clock = clock;
    }

    /** To be asked before each call; throws {@link Fault.Throttled} while the system wants to be left alone. */
    public void check() {
        if (until == Instant.MIN) {
            return;
        }
        Duration left = Duration.between(clock.instant(), until);
        if (!left.isNegative() && !left.isZero()) {
            throw new Fault.Throttled(system, system + " asked for a pause, " + (left.toSeconds() + 1) + " s are left", left);
        }
    }

    /** Takes note when the fault is the system's wish to be left alone, and gives the fault back. */
    public Fault noted(Fault fault) {
        if (fault instanceof Fault.Throttled throttled) {
            until = clock.instant().plus(throttled.retryAfter());
        }
        return fault;
    }
}
