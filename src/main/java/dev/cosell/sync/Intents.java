package dev.cosell.sync;

import dev.cosell.state.Database;
import java.time.Clock;
import java.time.ZoneOffset;

/** Creates that were begun. Written before the create, so that after a crash the next attempt looks before it creates. */
public final class Intents {
    private final Database database;
    private final Clock clock;

    public Intents(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** @return true when an earlier attempt was begun and never finished: its outcome is unknown */
    public boolean begin(String crm, String crmId) {
        return StateFaults.classed(() -> database.client()
                .sql("INSERT INTO intent (crm, crm_id, begun_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
                .param(crm).param(crmId).param(clock.instant().atOffset(ZoneOffset.UTC)).update() == 0);
    }

    public void done(String crm, String crmId) {
        StateFaults.classed(() -> database.client()
                .sql("DELETE FROM intent WHERE crm = ? AND crm_id = ?").param(crm).param(crmId).update());
    }
}
