package dev.cosell.connection;

import dev.cosell.verbs.Fault;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one promise that spans the calls of a connection: when a system says "later", nobody asks sooner, in whichever
 * instance.
 */
public final class Pause {
    private static final Logger LOG = LoggerFactory.getLogger(Pause.class);

    private final String system;
    private final Pauses others;
    private final Clock clock;
    private Instant until = Instant.MIN;
    /** How long it was to be. A clock that was set back would make it longer. */
    private Duration wanted = Duration.ZERO;

    /** @param others what the other instances know and get to know */
    public Pause(String system, Pauses others, Clock clock) {
        this.system = system;
        this.others = others;
        this.clock = clock;
    }

    /** To be asked before each call; throws {@link Fault.Throttled} while the system wants to be left alone. */
    public void check() {
        Duration left = left();
        if (!left.isZero()) {
            throw new Fault.Throttled(system, system + " asked for a pause, " + (left.toSeconds() + 1) + " s are left",
                    left);
        }
    }

    /** Whether the system wants to be left alone. */
    public boolean lasts() {
        return !left().isZero();
    }

    private Duration left() {
        Duration left = others.left(system);
        Duration own = ownLeft();
        Duration longer = own.compareTo(left) > 0 ? own : left;
        return longer.isNegative() ? Duration.ZERO : longer;
    }

    /** Of the pause that this instance was told of; zero when it is over. */
    private synchronized Duration ownLeft() {
        if (until == Instant.MIN) {
            return Duration.ZERO;
        }
        Duration own = Duration.between(clock.instant(), until);
        if (own.compareTo(wanted) > 0) {
            own = wanted;
            until = clock.instant().plus(wanted);
        }
        return own.isNegative() ? Duration.ZERO : own;
    }

    /** A call that was under way already may be told a shorter one than the next. */
    private synchronized void atLeast(Duration told) {
        if (told.compareTo(ownLeft()) > 0) {
            wanted = told;
            until = clock.instant().plus(told);
        }
    }

    /** Takes note when the fault is the system's wish to be left alone, and gives the fault back. */
    public Fault noted(Fault fault) {
        if (fault instanceof Fault.Throttled throttled) {
            atLeast(throttled.retryAfter());
            try {
                others.wanted(system, throttled.retryAfter());
            } catch (RuntimeException away) {
                LOG.debug(
                        "The other instances could not be told of the pause of {}; each learns of it by a call of its "
                                + "own",
                        system, away);
            }
        }
        return fault;
    }
}
