package dev.cosell.queue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the queue takes hints. Its end and its return are logged once, however many hints are refused in between. */
final class Acceptance {
    private static final Logger LOG = LoggerFactory.getLogger(Acceptance.class);
    /** When nobody has offered a hint for so long, nobody knows whether it would be refused still. */
    private static final Duration NEWS = Duration.ofMinutes(1);

    private final Clock clock;
    private String reason = "";
    private Instant since;
    private Instant refusedAt;
    private long losses;

    Acceptance(Clock clock) {
        this.clock = clock;
    }

    /** @param why one sentence without a full stop */
    synchronized void refused(String why) {
        refusedAt = clock.instant();
        if (reason.isEmpty()) {
            since = refusedAt;
            LOG.error(
                    "{}. Notifications are answered with 503, polls and sweeps read the same again, and nothing is lost",
                    why);
        }
        reason = why;
    }

    /** The same, because there was no answer for long: a reason that is known says more, and stays. */
    synchronized void unanswered(String why) {
        refused(reason.isEmpty() ? why : reason);
    }

    /** The same, because the broker is not there any more: what is under way to it says nothing about it now. */
    synchronized void lost(String why) {
        losses++;
        refused(why);
    }

    /** How often the broker was lost; to be asked before something is sent. */
    synchronized long losses() {
        return losses;
    }

    /** @param before what {@link #losses} said before that was sent which was accepted */
    synchronized void accepted(long before) {
        if (!reason.isEmpty() && before == losses) {
            LOG.info("The queue accepts hints again, after {} s", Duration.between(since, clock.instant()).toSeconds());
            reason = "";
        }
    }

    /** Why hints were refused lately; empty when they are accepted, or when it was long ago. */
    synchronized String problem() {
        return reason.isEmpty() || refusedAt.plus(NEWS).isBefore(clock.instant()) ? "" : reason;
    }
}
