package dev.cosell.cluster;

import dev.cosell.state.Database;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The CRMs whose hints a person lets wait. Instances that share a database share them; for one that has its own they
 * last as long as the process.
 */
public final class PausedCrms {
    private final Database database;
    private final Clock clock;
    private final Set<String> own = ConcurrentHashMap.newKeySet();

    public PausedCrms(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Asks the database that instances share. */
    public Set<String> all() {
        return Set.copyOf(database.isShared()
                ? database.client().sql("SELECT crm FROM paused_crm").query(String.class).list() : own);
    }

    public void add(String crm) {
        if (database.isShared()) {
            database.client().sql("INSERT INTO paused_crm (crm, paused_at) VALUES (?, ?) ON CONFLICT DO NOTHING")
                    .params(crm, clock.instant().atOffset(ZoneOffset.UTC)).update();
        } else {
            own.add(crm);
        }
    }

    public void remove(String crm) {
        if (database.isShared()) {
            database.client().sql("DELETE FROM paused_crm WHERE crm = ?").param(crm).update();
        } else {
            own.remove(crm);
        }
    }
}
