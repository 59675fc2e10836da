package dev.cosell.sync.books;

import dev.cosell.state.Database;
import dev.cosell.verbs.JoinedRecords;
import java.util.List;

/** As the links tell. */
public final class StoredJoinedRecords implements JoinedRecords {
    private final Database database;
    private final LinkStore links;

    public StoredJoinedRecords(Database database, LinkStore links) {
        this.database = database;
        this.links = links;
    }

    @Override
    public boolean isJoined(String crm, String id) {
        return links.findByCrmId(crm, id).isPresent();
    }

    @Override
    public List<String> opportunities(String crm) {
        return StateFaults.classed(() -> database.client()
                .sql("SELECT crm_id FROM link WHERE crm = ? AND crm_id IS NOT NULL AND record_type = 'OPPORTUNITY'"
                        + " AND state <> 'ORPHANED'").param(crm).query(String.class).list());
    }
}
