package dev.cosell.sync.books;

import dev.cosell.state.Database;
import dev.cosell.text.Past;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
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

    /**
     * Notes an attempt. Where there was one before, only when that is so long ago that a search which finds nothing may
     * be believed.
     */
    public Attempt begin(String crm, String crmId) {
        Instant now = now();
        if (note(crm, crmId, now)) {
            return here(Attempt.first(crm, crmId, now));
        }
        boolean settled = !isRecentHere(crm, crmId) && takeOver(crm, crmId, now);
        if (!settled) {
            dateBack(crm, crmId, now);
        }
        Attempt again = new Attempt(crm, crmId, true, settled ? now : null, first(crm, crmId));
        return settled ? here(again) : again;
    }

    /**
     * To be asked directly before the create: from now on the attempt is in doubt for as long as at its beginning.
     *
     * @return false when another attempt was begun since, which took this one for given up; nothing is to be sent then
     */
    public boolean confirm(Attempt attempt) {
        Instant now = now();
        boolean ours = attempt.noted() != null && move(attempt, now);
        if (ours) {
            attempt.noted(now);
            here(attempt);
        }
        return ours;
    }

    private Attempt here(Attempt attempt) {
        attempts.put(place(attempt.system(), attempt.key()), nanos.getAsLong());
        return attempt;
    }

    private boolean isRecentHere(String crm, String crmId) {
        Long last = attempts.get(place(crm, crmId));
        return last != null && nanos.getAsLong() - last < doubt.toNanos();
    }

    private static String place(String crm, String crmId) {
        return crm + "|" + crmId;
    }

    /** As exact as all databases keep it: an attempt is known by its time. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** @return false when an earlier attempt was begun and never finished: its outcome is unknown */
    boolean note(String crm, String crmId, Instant now) {
        return StateFaults.classed(() -> database.client()
                .sql("INSERT INTO intent (crm, crm_id, begun_at, first_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING")
                .param(crm).param(crmId).param(utc(now)).param(utc(now)).update() > 0);
    }

    /**
     * Notes another attempt where the last one is long ago by the machine's clock, which all processes share more or
     * less.
     */
    boolean takeOver(String crm, String crmId, Instant now) {
        return StateFaults.classed(() -> database.client()
                .sql("UPDATE intent SET begun_at = ? WHERE crm = ? AND crm_id = ? AND begun_at <= ?")
                .param(utc(now)).param(crm).param(crmId).param(utc(now.minus(doubt))).update() > 0);
    }

    /** An attempt that a clock ahead of ours has noted would be in doubt for as long as that was ahead. */
    void dateBack(String crm, String crmId, Instant now) {
        StateFaults.classed(() -> database.client()
                .sql("UPDATE intent SET begun_at = ? WHERE crm = ? AND crm_id = ? AND begun_at > ?")
                .param(utc(now)).param(crm).param(crmId).param(utc(now.plus(Past.ASKEW))).update());
    }

    boolean move(Attempt attempt, Instant now) {
        return StateFaults.classed(() -> database.client()
                .sql("UPDATE intent SET begun_at = ? WHERE crm = ? AND crm_id = ? AND begun_at = ?")
                .param(utc(now)).param(attempt.system()).param(attempt.key()).param(utc(attempt.noted())).update() > 0);
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

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }

    /** What the attempt was for is there. */
    public void done(Attempt attempt) {
        attempts.remove(place(attempt.system(), attempt.key()));
        forget(attempt.system(), attempt.key());
    }

    /** The attempt has made nothing. One that was begun since stays noted. */
    public void undone(Attempt attempt) {
        if (attempt.noted() != null && withdraw(attempt)) {
            attempts.remove(place(attempt.system(), attempt.key()));
        }
    }

    boolean withdraw(Attempt attempt) {
        return StateFaults.classed(() -> database.client()
                .sql("DELETE FROM intent WHERE crm = ? AND crm_id = ? AND begun_at = ?")
                .param(attempt.system()).param(attempt.key()).param(utc(attempt.noted())).update() > 0);
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
