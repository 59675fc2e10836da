package dev.cosell.operations;

import dev.cosell.sync.books.AuditTrail;
import dev.cosell.sync.books.SeenVersions;
import dev.cosell.sync.books.WaitingRelated;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes what only age makes useless; links and parked records are never among it. */
public final class Housekeeping {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);

    private final SeenVersions seen;
    private final AuditTrail audit;
    private final WaitingRelated waiting;
    private final Duration keepSeen;
    private final Duration keepAudit;
    private final Clock clock;

    public Housekeeping(SeenVersions seen, AuditTrail audit, WaitingRelated waiting, Duration keepSeen,
            Duration keepAudit, Clock clock) {
        this.seen = seen;
        this.audit = audit;
        this.waiting = waiting;
        this.keepSeen = keepSeen;
        this.keepAudit = keepAudit;
        this.clock = clock;
    }

    public void tidy() {
        Instant now = clock.instant();
        int versions = seen.purge(now.minus(keepSeen));
        int entries = audit.purge(now.minus(keepAudit));
        int related = waiting.tidy(now.minus(keepSeen));
        LOG.info(
                "Housekeeping deleted {} handled versions, {} audit entries and {} waiting referrals of Microsoft that "
                        + "were older than the settings keep",
                versions, entries, related);
    }
}
