package dev.cosell.backfill;

import dev.cosell.state.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;

/**
 * What jobs wrote of single records, which quotes their values: it is deleted when it is as old as the audit. One that
 * waits for a person may do so for ever.
 */
public final class OldReasons {
    private final Database database;
    private final Duration keep;
    private final Clock clock;

    /** @param keep how long it is kept after its job has ended, or else was counted, or else was begun */
    public OldReasons(Database database, Duration keep, Clock clock) {
        this.database = database;
        this.keep = keep;
        this.clock = clock;
    }

    /** The counts of the jobs stay. @return of how many records the reason is gone */
    public int forget() {
        return database.client().sql("UPDATE backfill_record SET reason = NULL WHERE reason IS NOT NULL"
                + " AND backfill_id IN (SELECT id FROM backfill"
                + " WHERE COALESCE(ended_at, counted_at, begun_at) < ?)")
                .param(clock.instant().minus(keep).atOffset(ZoneOffset.UTC)).update();
    }
}
