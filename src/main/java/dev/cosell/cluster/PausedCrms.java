package dev.cosell.cluster;

import dev.cosell.state.Database;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Set;

/** The CRMs whose hints a person lets wait. They are in the database, for all instances and for the next start. */
public final class PausedCrms {
    private final Database database;
    private final Clock clock;

    public PausedCrms(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    public Set<String> all() {
        return Set.copyOf(database.client().sql("SELECT crm FROM paused_crm").query(String.class).list());
    }

    public void add(String crm) {
        database.client().sql("INSERT INTO paused_crm (crm, paused_at) VALUES (?, ?) ON CONFLICT DO NOTHING")
                .params(crm, clock.instant().atOffset(ZoneOffset.UTC)).update();
    }

    public void remove(String crm) {
        database.client().sql("DELETE FROM paused_crm WHERE crm = ?").param(crm).update();
    }
}
