package dev.cosell.operations;

import dev.cosell.queue.Hints;
import dev.cosell.sync.books.AuditEntry;
import dev.cosell.sync.books.AuditTrail;
import dev.cosell.sync.books.LookAgain;
import dev.cosell.sync.decide.Link;
import java.time.Clock;
import java.util.List;

/** Looks at links that a person asks for; the audit says who. */
final class AskedLooks {
    private final AuditTrail audit;
    private final Hints hints;
    private final Clock clock;

    AskedLooks(AuditTrail audit, Hints hints, Clock clock) {
        this.audit = audit;
        this.hints = hints;
        this.clock = clock;
    }

    void atOnce(List<Link> links, String who) {
        note(links, who);
        hints.offerAll(links.stream().map(LookAgain::at).toList());
    }

    /** For those that are handed over by somebody else. */
    void note(List<Link> links, String who) {
        audit.addAll(links.stream().map(link -> entry(link, "LOOK_AGAIN", who + " asked to look again")).toList());
    }

    AuditEntry entry(Link link, String action, String detail) {
        return new AuditEntry(clock.instant(), link.crm(), link.referralId(), link.crmId(), "ASKED", action, detail,
                null, false);
    }
}
