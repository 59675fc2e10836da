package dev.cosell.sync.books;

import dev.cosell.state.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Creates that were begun. Written before the create, so that after a crash the next attempt looks before it creates.
 */
public class Intents {
    private static final Duration DOUBT = Duration.ofMinutes(1);

    private final Database database;
    private final Clock clock;
    private final Duration doubt;
    private final LongSupplier nanos;
    /** When this process began its last attempt at each, by {@link #nanos}: the machine's clock may jump ahead. */
    private final Map<String, Long> attempts = new ConcurrentHashMap<>();

    public Intents(Database database, Clock clock) {
        this(database, clock, DOUBT);
    }

    /** @param doubt how long after an attempt of unknown outcome a search that finds nothing is not yet believed */
    public Intents(Database database, Clock clock, Duration doubt) {
        this(database, clock, doubt, System::nanoTime);
    }

    /** @param nanos a clock that nobody sets, as {@link System#nanoTime} is */
    Intents(Database database, Clock clock, Duration doubt, LongSupplier nanos) {
        this.database = database;
        this.clock = clock;
        this.doubt = doubt;
        this.nanos = nanos;
    }

    /** @return true when an earlier attempt was begun and never finished: its outcome is unknown */
    public boolean begin(String crm, String crmId) {
        return StateFaults.classed(() -> database.client()
                .sql("INSERT INTO intent (crm, crm_id, begun_at, first_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING")
                .param(crm).param(crmId).param(utc(clock.instant())).param(utc(clock.instant())).update() == 0);
    }

    /**
     * When the first of the attempts was begun that never finished, of which the latest may be much younger; null when
     * there is none.
     */
    public Instant first(String crm, String crmId) {
        return StateFaults.classed(() -> database.client()
                .sql("SELECT COALESCE(first_at, begun_at) FROM intent WHERE crm = ? AND crm_id = ?")
                .param(crm).param(crmId).query(OffsetDateTime.class).optional().map(OffsetDateTime::toInstant)
                .orElse(null));
    }

    /** Whether a create was begun whose outcome is not known. */
    public boolean begun(String crm, String crmId) {
        return StateFaults
                .classed(() -> database.client().sql("SELECT COUNT(*) FROM intent WHERE crm = ? AND crm_id = ?")
                        .param(crm).param(crmId).query(Integer.class).single() > 0);
    }

    /**
     * Whether a search that finds nothing may be believed, because the last attempt is long enough ago. If so, another
     * attempt begins now.
     *
     * @param retry what {@link #begin} answered
     */
    public boolean settled(String crm, String crmId, boolean retry) {
        String attempt = crm + "|" + crmId;
        Long last = attempts.get(attempt);
        boolean recent = last != null && nanos.getAsLong() - last < doubt.toNanos();
        boolean settled = !retry || !recent && isLongAgo(crm, crmId);
        if (settled) {
            attempts.put(attempt, nanos.getAsLong());
        }
        return settled;
    }

    /** By the machine's clock, which all processes share more or less. If so, another attempt is noted. */
    boolean isLongAgo(String crm, String crmId) {
        Instant now = clock.instant();
        return StateFaults.classed(() -> database.client()
                .sql("UPDATE intent SET begun_at = ? WHERE crm = ? AND crm_id = ? AND begun_at <= ?")
                .param(utc(now)).param(crm).param(crmId).param(utc(now.minus(doubt))).update() > 0);
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }

    public void done(String crm, String crmId) {
        attempts.remove(crm + "|" + crmId);
        forget(crm, crmId);
    }

    /**
     * Deletes the attempts of records that were joined by another way, as by a notification that came before the create
     * had ended: left there, they would spoil a deal that the record is shared as later.
     *
     * @param before when such an attempt must have begun
     * @return how many there were
     */
    public int tidy(Instant before) {
        return StateFaults.classed(() -> database.client()
                .sql("DELETE FROM intent WHERE begun_at < ? AND EXISTS (SELECT l.id FROM link l"
                        + " WHERE l.crm = intent.crm AND l.crm_id = intent.crm_id AND l.referral_id IS NOT NULL)")
                .param(utc(before)).update());
    }

    void forget(String crm, String crmId) {
        StateFaults.classed(() -> database.client()
                .sql("DELETE FROM intent WHERE crm = ? AND crm_id = ?").param(crm).param(crmId).update());
    }
}
