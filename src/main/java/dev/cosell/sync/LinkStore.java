package dev.cosell.sync;

import dev.cosell.state.Database;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

/** Which referral is which opportunity, and everything that is written down when a sync is finished. */
public final class LinkStore {
    private final Database database;
    private final SeenVersions seen;
    private final Clock clock;
    private final SharedCommit<Consumer<JdbcTemplate>> commits = new SharedCommit<>(this::write);

    public LinkStore(Database database, SeenVersions seen, Clock clock) {
        this.database = database;
        this.seen = seen;
        this.clock = clock;
    }

    /**
     * What one sync leaves behind, stored in one transaction.
     *
     * @param link     inserted when its id is 0, else updated; null when the decision concerns no link
     * @param entry    null when there is nothing to tell
     * @param seenKeys {@link SeenVersions#key keys} of the versions handled and of those our own writes brought about; a key in
     *                 here makes the {@code add} of the idempotent consumer afterwards free of charge
     */
    public record Finished(Link link, AuditEntry entry, List<String> seenKeys) {
        public Finished {
            seenKeys = List.copyOf(seenKeys);
        }
    }

    /** @throws Fault.VersionConflict when another sync linked one of the two records, or removed the link: decide again */
    public void finish(Finished finished) {
        try {
            commits.commit(statements -> write(statements, finished));
        } catch (DuplicateKeyException taken) {
            throw new Fault.VersionConflict(StateFaults.SYSTEM, finished.link().crm() + " opportunity "
                    + finished.link().crmId() + " or referral " + finished.link().referralId()
                    + " was linked by another sync at the same time");
        }
        seen.remember(finished.seenKeys());
    }

    private void write(List<Consumer<JdbcTemplate>> together) {
        StateFaults.classed(() -> database.inTransaction(statements -> {
            together.forEach(work -> work.accept(statements));
            return null;
        }));
    }

    private void write(JdbcTemplate statements, Finished finished) {
        Instant now = clock.instant();
        if (finished.link() != null) {
            write(statements, finished.link(), now);
        }
        if (finished.entry() != null) {
            AuditTrail.insert(statements, finished.entry());
        }
        seen.insert(statements, finished.seenKeys(), now);
    }

    private static void write(JdbcTemplate statements, Link link, Instant now) {
        if (link.id() == 0) {
            insert(statements, link, now);
            return;
        }
        int updated = statements.update(LinkRows.UPDATE, row -> {
            LinkRows.bind(row, link, now);
            row.setLong(16, link.id());
        });
        if (updated == 0) {
            throw new Fault.VersionConflict(StateFaults.SYSTEM, "Link " + link.id() + " is gone");
        }
    }

    /** A link with one record, left by a create that was begun, becomes the link of both. */
    private static void insert(JdbcTemplate statements, Link link, Instant now) {
        int completed = statements.update(LinkRows.COMPLETE, row -> {
            LinkRows.bind(row, link, now);
            row.setString(16, link.crm());
            row.setString(17, link.referralId());
            row.setString(18, link.crmId());
        });
        if (completed == 0) {
            statements.update(LinkRows.INSERT, row -> LinkRows.bind(row, link, now));
        }
    }

    /**
     * Writes down what is about to be written to the other side, so that after a crash the write is known as our own.
     *
     * @throws Fault.VersionConflict when another sync linked the record meanwhile: decide again
     */
    void begin(Link link) {
        try {
            commits.commit(statements -> {
                if (link.id() == 0) {
                    write(statements, link, clock.instant());
                } else {
                    statements.update(LinkRows.BEGIN, LinkRows.text(link.agreed()), link.id());
                }
            });
        } catch (DuplicateKeyException taken) {
            throw new Fault.VersionConflict(StateFaults.SYSTEM, link.crm() + " opportunity " + link.crmId() + " or referral "
                    + link.referralId() + " is being linked by another sync");
        }
    }

    /** Whether this version was handled, or brought about by a write of ours. */
    boolean handled(String seenKey) {
        return seen.contains(seenKey);
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

    /** Parked links of all CRMs, oldest link first. */
    public List<Link> parked(int limit) {
        return many("WHERE state = 'PARKED' ORDER BY id FETCH FIRST ? ROWS ONLY", limit);
    }

    /** Parked links of one record; {@code recordId} is a referral id or an opportunity id. */
    public List<Link> parked(String recordId) {
        return many("WHERE state = 'PARKED' AND (referral_id = ? OR crm_id = ?) ORDER BY id", recordId, recordId);
    }

    /** Holds every state, with 0 where there is none. */
    public Map<LinkState, Integer> countByState(String crm) {
        Map<LinkState, Integer> counts = new EnumMap<>(LinkState.class);
        for (LinkState state : LinkState.values()) {
            counts.put(state, 0);
        }
        StateFaults.classed(() -> database.client()
                .sql("SELECT state, COUNT(*) FROM link WHERE crm = ? GROUP BY state").param(crm)
                .query((row, number) -> counts.put(LinkState.valueOf(row.getString(1)), row.getInt(2))).list());
        return counts;
    }

    private Optional<Link> one(String where, Object... values) {
        return many(where, values).stream().findFirst();
    }

    private List<Link> many(String where, Object... values) {
        return StateFaults.classed(() -> database.client().sql(LinkRows.SELECT + where)
                .params(List.of(values)).query(LinkRows::read).list());
    }
}
