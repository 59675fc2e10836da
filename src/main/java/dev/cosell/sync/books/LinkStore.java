package dev.cosell.sync.books;

import dev.cosell.state.Database;
import dev.cosell.sync.decide.Direction;
import dev.cosell.sync.decide.Ends;
import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.LinkState;
import dev.cosell.sync.decide.Waits;
import dev.cosell.verbs.Fault;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

/** Which referral is which opportunity, and everything that is written down when a sync is finished. */
public class LinkStore {
    private static final String POSTPONE = "UPDATE link SET due_at = ? WHERE id = ?";

    private final Database database;
    private final SeenVersions seen;
    private final Clock clock;
    private final SharedCommit<Consumer<JdbcTemplate>> commits = new SharedCommit<>(this::write);

    public LinkStore(Database database, SeenVersions seen, Clock clock) {
        this.database = database;
        this.seen = seen;
        this.clock = clock;
    }

    /** @throws Fault.VersionConflict when another sync linked a record, changed the link or removed it: decide again */
    public void finish(Finished finished) {
        try {
            commits.commit(statements -> write(statements, finished));
        } catch (DuplicateKeyException taken) {
            throw new Fault.VersionConflict(StateFaults.SYSTEM, finished.link().crm() + " opportunity "
                    + finished.link().crmId() + " or referral " + finished.link().referralId()
                    + " was linked by another sync at the same time");
        }
        seen.remember(finished.seenKeys());
        seen.replace(finished.replaced());
    }

    private void write(List<Consumer<JdbcTemplate>> together) {
        StateFaults.classed(() -> database.inTransaction(statements -> {
            together.forEach(work -> work.accept(statements));
            return null;
        }));
    }

    private void write(JdbcTemplate statements, Finished finished) {
        Instant now = clock.instant();
        if (finished.absorbed() != null) {
            LinkRows.absorb(statements, finished.absorbed());
        }
        if (finished.link() != null) {
            write(statements, finished.link(), finished.read(), finished.label(), now);
        }
        if (finished.entry() != null) {
            AuditTrail.insert(statements, finished.entry());
        }
        seen.insert(statements, finished.storedKeys(), now);
    }

    /** A link with one record, left by a create that was begun, becomes the link of both. */
    private static void write(JdbcTemplate statements, Link link, Link read, Label label, Instant now) {
        if (link.id() != 0) {
            require(LinkRows.update(statements, link, read, label, now), link);
        } else if (!LinkRows.complete(statements, link, label, now)) {
            statements.update(LinkRows.INSERT, row -> LinkRows.bind(row, link, label, now));
        }
    }

    private static void require(boolean asItWasRead, Link link) {
        if (!asItWasRead) {
            throw new Fault.VersionConflict(StateFaults.SYSTEM, "Link " + link.id() + " was changed or is gone");
        }
    }

    /**
     * Writes down what is about to be written for a deal that is not joined yet, so that after a crash the write is
     * known as our own.
     *
     * @param half what is known of the deal until it is made
     * @param read the deal's link as it was read; null when there was none
     * @throws Fault.VersionConflict when another sync linked the record or changed the link meanwhile: decide again
     */
    public void begin(Link half, Link read) {
        begin(half, read == null || read.isWhole() ? null : read, Map.of());
    }

    /**
     * The same of a linked deal.
     *
     * @param overwrites in which directions a value is taken, each with the time for which it counts
     */
    public void begin(Link link, Map<Direction, Instant> overwrites) {
        begin(link, link, overwrites);
    }

    void begin(Link link, Link read, Map<Direction, Instant> overwrites) {
        try {
            commits.commit(statements -> {
                if (link.id() == 0 || !link.isWhole()) {
                    write(statements, link, read, Label.NONE, clock.instant());
                } else {
                    require(LinkRows.begin(statements, link, overwrites), link);
                }
            });
        } catch (DuplicateKeyException taken) {
            throw new Fault.VersionConflict(StateFaults.SYSTEM,
                    link.crm() + " opportunity " + link.crmId() + " or referral "
                            + link.referralId() + " is being linked by another sync");
        }
    }

    /**
     * Takes back what {@link #begin} noted: the link is as it was when it was read, with the time it was stored at.
     *
     * @throws Fault.VersionConflict when another sync changed the link or removed it: decide again
     */
    public void putBack(Link read) {
        commits.commit(statements -> require(LinkRows.update(statements, read, read, Label.NONE, read.updatedAt()),
                read));
    }

    /**
     * Neither record of a claim names the other any more. Both are parked by themselves from here on, and looked at
     * again.
     *
     * @throws Fault.VersionConflict when another sync has joined the two meanwhile: decide again
     */
    public void release(Link claim) {
        Link alone = claim.releasedReferral();
        Link other = claim.releasedOpportunity();
        try {
            commits.commit(statements -> {
                Instant now = clock.instant();
                write(statements, alone, claim, Label.NONE, now);
                write(statements, other, null, Label.NONE, now);
                statements.update(POSTPONE, now.atOffset(ZoneOffset.UTC), alone.id());
                ParkedAlone.lookAgain(statements, other.crm(), other.crmId(), now);
            });
        } catch (DuplicateKeyException taken) {
            throw new Fault.VersionConflict(StateFaults.SYSTEM, claim.crm() + " opportunity " + claim.crmId()
                    + " is being linked by another sync");
        }
    }

    /** Whether this version was handled, or brought about by a write of ours. */
    public boolean handled(String seenKey) {
        return seen.contains(seenKey);
    }

    /**
     * A version of a record counts as handled no longer.
     *
     * @param version null for a record of which none counts as handled
     */
    public void isNewsAgain(String crm, String system, String recordId, String version) {
        if (version != null) {
            seen.remove(SeenVersions.key(crm, system, recordId, version));
        }
    }

    /** What the link tells of a version, so that the idempotent consumer need not look it up. */
    public void answer(String seenKey, boolean handled) {
        seen.answer(seenKey, handled);
    }

    /**
     * The round of a sync that has read this version ended without a result. The consumer of its hint takes it for
     * handled when the next round ends, though that one may read nothing.
     */
    public void leftOpen(String seenKey) {
        seen.skip(List.of(seenKey));
    }

    /** Another instance may have made the version news again: what this one remembers of it does not count. */
    public void doubt(String seenKey) {
        seen.doubt(seenKey);
    }

    public Optional<Link> get(long id) {
        return one("WHERE id = ?", id);
    }

    public Optional<Link> findByReferral(String crm, String referralId) {
        return one("WHERE crm = ? AND referral_id = ?", crm, referralId);
    }

    public Optional<Link> findByCrmId(String crm, String crmId) {
        return one("WHERE crm = ? AND crm_id = ?", crm, crmId);
    }

    /** The link of our own referral in an engagement; half-made ones do not count. Null names no engagement. */
    public Optional<Link> findByEngagement(String crm, String engagementId) {
        return engagementId == null ? Optional.empty()
                : one("WHERE crm = ? AND engagement_id = ? AND referral_id IS NOT NULL AND crm_id IS NOT NULL ORDER BY "
                        + "id",
                        crm, engagementId);
    }

    /**
     * Parked links of a CRM, oldest link first.
     *
     * @param after id behind which they are; 0 for the first
     */
    public List<Link> parked(String crm, long after, int limit) {
        return many("WHERE state IN ('PARKED', 'CLAIMED') AND crm = ? AND id > ? ORDER BY id FETCH FIRST ? ROWS ONLY",
                crm, after, limit);
    }

    /**
     * Links of opportunities that are not joined any more because a record is gone, oldest link first.
     *
     * @param after id behind which they are; 0 for the first
     */
    public List<Link> orphaned(String crm, long after, int limit) {
        return many("WHERE state = 'ORPHANED' AND crm = ? AND record_type = 'OPPORTUNITY' AND crm_id IS NOT NULL"
                + " AND id > ? ORDER BY id FETCH FIRST ? ROWS ONLY", crm, after, limit);
    }

    /** Parked links of one record, in whatever CRM; {@code recordId} is a referral id or an opportunity id. */
    public List<Link> parked(String recordId) {
        return many("WHERE state IN ('PARKED', 'CLAIMED') AND (referral_id = ? OR crm_id = ?) ORDER BY id", recordId,
                recordId);
    }

    /**
     * A person's word: these two are one deal. What either was joined with before is joined no more.
     *
     * @param entry what the audit says of it
     */
    public void join(String crm, String referralId, String crmId, AuditEntry entry) {
        Link link = Link.of(crm, Ends.deal(referralId, null, crmId));
        StateFaults.classed(() -> database.inTransaction(statements -> {
            statements.update("DELETE FROM link WHERE crm = ? AND (referral_id = ? OR crm_id = ?)", crm, referralId,
                    crmId);
            write(statements, link, null, Label.NONE, clock.instant());
            AuditTrail.insert(statements, entry);
            return null;
        }));
    }

    /**
     * Links that wait for something, in whatever CRM, enabled or not; the oldest link first.
     *
     * @param after id behind which they are; 0 for the first
     */
    public List<Waiting> waiting(long after, int limit) {
        return waits("WHERE waits IS NOT NULL AND id > ? ORDER BY id FETCH FIRST ? ROWS ONLY", after, limit);
    }

    /** The same of one record; {@code recordId} is a referral id or an opportunity id. */
    public List<Link> waiting(String recordId) {
        return many("WHERE waits IS NOT NULL AND (referral_id = ? OR crm_id = ?) ORDER BY id", recordId, recordId);
    }

    /** Links of a CRM that had to be looked at before this moment, the most overdue first. */
    public List<Waiting> due(String crm, Instant now, int limit) {
        // By crm = ? alone, H2 would go through all links of the CRM, of which few are due.
        return waits("WHERE due_at <= ? AND COALESCE(crm, '') = ? ORDER BY due_at FETCH FIRST ? ROWS ONLY",
                now.atOffset(ZoneOffset.UTC), crm, limit);
    }

    /** Nobody is reminded of this link again before that moment, unless a sync sets another. */
    public void postpone(long link, Instant until) {
        update(POSTPONE, until.atOffset(ZoneOffset.UTC), link);
    }

    /**
     * Has a link looked at for which nobody is reminded as it is. One that is due keeps its time: it is reminded of
     * less and less often.
     */
    public void lookAgain(long link, Instant now) {
        update("UPDATE link SET due_at = ? WHERE id = ? AND due_at IS NULL", now.atOffset(ZoneOffset.UTC), link);
    }

    /** From here on everything that was held back until now may go, also what a clock ahead of ours has dated. */
    public void approve(Link link) {
        Instant at = link.waits().approvedNow(clock.instant());
        update("UPDATE link SET approved_at = ? WHERE id = ?", at.atOffset(ZoneOffset.UTC), link.id());
    }

    /** Changes what a link waits for, unless a sync was quicker. */
    public void settle(Waiting link, Waits waits) {
        update("UPDATE link SET waits = ? WHERE id = ? AND waits = ?", WaitsText.text(waits), link.id(),
                WaitsText.text(link.waits()));
    }

    private void update(String sql, Object... values) {
        StateFaults.classed(() -> database.client().sql(sql).params(values).update());
    }

    /** Holds every state, with 0 where there is none. An index tells it, so no link is read. */
    public Map<LinkState, Integer> countByState(String crm) {
        Map<LinkState, Integer> counts = new EnumMap<>(LinkState.class);
        List<Object> values = new ArrayList<>();
        for (LinkState state : LinkState.values()) {
            counts.put(state, 0);
            values.addAll(List.of(state.name(), crm));
        }
        StateFaults.classed(() -> database.client().sql("SELECT state, COUNT(*) FROM link WHERE (state, crm) IN ((?, ?)"
                + ", (?, ?)".repeat(counts.size() - 1) + ") GROUP BY state").params(values)
                .query((row, number) -> counts.put(LinkState.valueOf(row.getString(1)), row.getInt(2))).list());
        return counts;
    }

    /** When a link of this state was last written down; null when there is none. Reads all of them. */
    public Instant latest(String crm, LinkState state) {
        return StateFaults.classed(() -> database.client()
                .sql("SELECT MAX(updated_at) FROM link WHERE crm = ? AND state = ?").params(crm, state.name())
                .query((row, number) -> Optional.ofNullable(row.getObject(1, OffsetDateTime.class)))
                .single().map(OffsetDateTime::toInstant).orElse(null));
    }

    private Optional<Link> one(String where, Object... values) {
        return many(where, values).stream().findFirst();
    }

    private List<Waiting> waits(String where, Object... values) {
        return StateFaults.classed(() -> database.client().sql(Waiting.SELECT + where)
                .params(List.of(values)).query(Waiting::read).list());
    }

    private List<Link> many(String where, Object... values) {
        return StateFaults.classed(() -> database.client().sql(LinkRows.SELECT + where)
                .params(List.of(values)).query(LinkRows::read).list());
    }
}
