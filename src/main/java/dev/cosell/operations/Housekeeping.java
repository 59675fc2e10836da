package dev.cosell.operations;

import dev.cosell.sync.books.AuditTrail;
import dev.cosell.sync.books.Intents;
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

    private static final Duration A_DAY = Duration.ofDays(1);

    private final SeenVersions seen;
    private final AuditTrail audit;
    private final WaitingRelated waiting;
    private final Intents intents;
    private final Duration keepSeen;
    private final Duration keepAudit;
    private final Clock clock;

    public Housekeeping(SeenVersions seen, AuditTrail audit, WaitingRelated waiting, Intents intents,
            Duration keepSeen, Duration keepAudit, Clock clock) {
        this.seen = seen;
        this.audit = audit;
        this.waiting = waiting;
        this.intents = intents;
        this.keepSeen = keepSeen;
        this.keepAudit = keepAudit;
        this.clock = clock;
    }

    public void tidy() {
        Instant now = clock.instant();
        int versions = seen.purge(now.minus(keepSeen));
        int entries = audit.purge(now.minus(keepAudit));
        int related = waiting.tidy(now.minus(keepSeen));
        intents.tidy(now.minus(A_DAY));
        LOG.info(
                "Housekeeping deleted {} handled versions, {} audit entries and {} waiting referrals of Microsoft that "
                        + "were older than the settings keep",
                versions, entries, related);
    }
}
