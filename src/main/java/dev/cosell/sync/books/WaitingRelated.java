package dev.cosell.sync.books;

import dev.cosell.state.Database;
import dev.cosell.sync.decide.Link;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Hint;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Referrals of Microsoft that reported when their deal could not take the news: it was not joined yet, switched off or
 * parked. The next sync of the deal calls them by a new hint. Which engagements have one is also kept in memory, so
 * that a sync without any asks no database; not where other instances share the database, and the memory would not know
 * what they hold.
 */
public final class WaitingRelated {
    private static final Logger LOG = LoggerFactory.getLogger(WaitingRelated.class);

    private final String system;
    private final Database database;
    private final LinkStore links;
    private final Consumer<Hint> hints;
    private final Clock clock;
    private final Set<String> engagements = ConcurrentHashMap.newKeySet();

    /**
     * @param system whose referrals they are, as in {@link Hint#system}
     * @param hints  where a new hint is offered
     */
    public WaitingRelated(String system, Database database, LinkStore links, Consumer<Hint> hints, Clock clock) {
        this.system = system;
        this.database = database;
        this.links = links;
        this.hints = hints;
        this.clock = clock;
        if (database.isShared()) {
            return;
        }
        StateFaults.classed(() -> database.client().sql("SELECT DISTINCT crm, engagement_id FROM waiting_related")
                .query((row, number) -> engagements.add(key(row.getString(1), row.getString(2)))).list());
    }

    private static String key(String crm, String engagementId) {
        return crm + "|" + engagementId;
    }

    /**
     * Keeps a referral until its deal is synced. When the deal was joined or synced in the meantime, nothing would call
     * it: then it is called now. To be called before this sync stores a link itself.
     *
     * @param read the link of the deal as this sync has read it; null when there was none
     */
    public void hold(String crm, String engagementId, String referralId, Link read) {
        if (engagementId == null) {
            return;
        }
        OffsetDateTime since = clock.instant().atOffset(ZoneOffset.UTC);
        int added = StateFaults.classed(() -> database.client()
                .sql("INSERT INTO waiting_related (crm, referral_id, engagement_id, waits_since) VALUES (?, ?, ?, ?) "
                        + "ON CONFLICT DO NOTHING")
                .params(crm, referralId, engagementId, since).update());
        if (added == 0) {
            // Not to be forgotten before the version that waits from now on.
            StateFaults.classed(() -> database.client()
                    .sql("UPDATE waiting_related SET waits_since = ? WHERE crm = ? AND referral_id = ?")
                    .params(since, crm, referralId).update());
        }
        remember(crm, engagementId);
        if (links.findByEngagement(crm, engagementId).filter(now -> isAnother(now, read)).isPresent()) {
            release(crm, engagementId);
        }
    }

    private static boolean isAnother(Link now, Link read) {
        return read == null || now.id() != read.id() || !Objects.equals(now.updatedAt(), read.updatedAt());
    }

    /** A deal was synced: calls the referrals that wait for it. */
    public void release(String crm, String engagementId) {
        if (engagementId == null || !mayWait(crm, engagementId)) {
            return;
        }
        try {
            for (Waiting one : waiting(crm, engagementId)) {
                // Forgotten last: a crash in between calls it twice, which is harmless.
                call(one);
                forget(one.crm(), one.referralId());
            }
        } catch (Fault unavailable) {
            remember(crm, engagementId);
            LOG.warn("Microsoft's referral of engagement {} could not be called yet: {}", engagementId,
                    unavailable.getMessage());
        }
    }

    private void remember(String crm, String engagementId) {
        if (!database.isShared()) {
            engagements.add(key(crm, engagementId));
        }
    }

    /** Whether one may wait; it is taken out of the memory with that. */
    private boolean mayWait(String crm, String engagementId) {
        return database.isShared() || engagements.remove(key(crm, engagementId));
    }

    private record Waiting(String crm, String referralId) {}

    private List<Waiting> waiting(String crm, String engagementId) {
        return StateFaults.classed(() -> database.client()
                .sql("SELECT referral_id FROM waiting_related WHERE crm = ? AND engagement_id = ?")
                .params(crm, engagementId).query((row, number) -> new Waiting(crm, row.getString(1))).list());
    }

    private void call(Waiting one) {
        hints.accept(new Hint(system, one.referralId(), null, Hint.Origin.RETRY));
    }

    private void forget(String crm, String referralId) {
        StateFaults.classed(() -> database.client().sql("DELETE FROM waiting_related WHERE crm = ? AND referral_id = ?")
                .params(crm, referralId).update());
    }

    /** Its news has arrived. */
    public void arrived(String crm, String engagementId, String referralId) {
        if (engagementId != null && mayWait(crm, engagementId)) {
            forget(crm, referralId);
        }
    }

    /**
     * Calls whoever waits for a deal that is joined, which a crash may have kept from being called, and forgets who has
     * waited too long and was not met by a full sweep meanwhile ({@link SeenVersions#renew}).
     *
     * @return how many were forgotten
     */
    public int tidy(Instant olderThan) {
        List<Waiting> joined = StateFaults.classed(() -> database.client()
                .sql("SELECT w.crm, w.referral_id FROM waiting_related w JOIN link l ON l.crm = w.crm AND "
                        + "l.engagement_id = w.engagement_id WHERE l.referral_id IS NOT NULL AND l.crm_id IS NOT NULL")
                .query((row, number) -> new Waiting(row.getString(1), row.getString(2))).list());
        joined.forEach(this::call);
        return StateFaults.classed(() -> database.client().sql("DELETE FROM waiting_related WHERE waits_since < ?")
                .params(olderThan.atOffset(ZoneOffset.UTC)).update());
    }
}
