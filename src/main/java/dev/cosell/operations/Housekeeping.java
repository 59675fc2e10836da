package dev.cosell.operations;

import dev.cosell.sync.books.AuditTrail;
import dev.cosell.sync.books.Intents;
import dev.cosell.sync.books.SeenVersions;
import dev.cosell.sync.books.WaitingRelated;
import dev.cosell.sync.books.Watermarks;
import dev.cosell.text.Past;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes what only age makes useless; links and parked records are never among it. */
public final class Housekeeping {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);

    private static final Duration A_DAY = Duration.ofDays(1);
    /** Among the positions of the sources: when everything was last tidied up, by whichever instance. */
    private static final String LAST = "housekeeping";

    private final SeenVersions seen;
    private final AuditTrail audit;
    private final WaitingRelated waiting;
    private final Intents intents;
    private final Watermarks watermarks;
    private final Duration keepSeen;
    private final Duration keepAudit;
    private final Clock clock;

    public Housekeeping(SeenVersions seen, AuditTrail audit, WaitingRelated waiting, Intents intents,
            Watermarks watermarks, Duration keepSeen, Duration keepAudit, Clock clock) {
        this.seen = seen;
        this.audit = audit;
        this.waiting = waiting;
        this.intents = intents;
        this.watermarks = watermarks;
        this.keepSeen = keepSeen;
        this.keepAudit = keepAudit;
        this.clock = clock;
    }

    /**
     * Whether a night was missed: the machine is switched off at night, or the application never ran through one.
     */
    public boolean isMissed() {
        String last = watermarks.read(LAST);
        return Past.isOver(last == null ? null : Instant.parse(last), A_DAY, clock.instant());
    }

    /** All that the night has to do is done. */
    public void done() {
        watermarks.advance(LAST, clock.instant().toString());
    }

    public void tidy() {
        Instant now = clock.instant();
        int versions = seen.purge(now.minus(keepSeen));
        int entries = audit.purge(now.minus(keepAudit));
        int related = waiting.tidy(now.minus(keepSeen));
        intents.tidy(now.minus(A_DAY));
        // Nobody needs to read at a first start that there was nothing to delete.
        if (versions + entries + related > 0) {
            LOG.info("Housekeeping deleted {} handled versions, {} audit entries and {} waiting referrals of Microsoft "
                    + "that were older than the settings keep", versions, entries, related);
        }
    }
}
