package dev.cosell.sync.books;

import dev.cosell.state.Database;
import dev.cosell.sync.decide.AgreedValues;
import dev.cosell.sync.decide.Link;

/**
 * Erases what the books keep of people. What two records that are synced agree on stays: it follows them, so it is gone
 * once the person is erased there.
 */
public final class PersonalData {
    private static final String GIVEN_UP = "what was kept of its people was deleted, because somebody asked for it";

    private final Database database;

    public PersonalData(Database database) {
        this.database = database;
    }

    /**
     * Erases all texts about the records of a link, and the values of one whose other side is gone. The link stays with
     * its ids and versions, because without it the record would be made again. A lead of the marketplace that is not
     * delivered is given up, for its text was all there was of it. Who among the operators asked for what stays.
     *
     * @param entry what the audit says of it
     */
    public void forget(Link link, AuditEntry entry) {
        StateFaults.classed(() -> database.inTransaction(statements -> {
            statements.update("UPDATE link SET deal_name = NULL, customer = NULL WHERE id = ?", link.id());
            statements.update("UPDATE pushed_lead SET body = NULL WHERE id = ?", link.referralId());
            statements.update("UPDATE link SET state = 'ORPHANED', reason = ?, causes = NULL WHERE id = ?"
                    + " AND state = 'PARKED' AND EXISTS (SELECT 1 FROM pushed_lead WHERE pushed_lead.id = referral_id)",
                    GIVEN_UP, link.id());
            statements.update("UPDATE link SET agreed = ? WHERE id = ? AND state = 'ORPHANED'",
                    AgreedText.text(AgreedValues.NONE), link.id());
            statements.update("UPDATE audit SET detail = NULL WHERE referral_id = ? AND situation <> 'ASKED'",
                    link.referralId());
            statements.update("UPDATE audit SET detail = NULL WHERE referral_id IS NULL AND crm_id = ?"
                    + " AND situation <> 'ASKED'", link.crmId());
            statements.update("UPDATE backfill_record SET reason = NULL WHERE record_id IN (?, ?)", link.referralId(),
                    link.crmId());
            return AuditTrail.insert(statements, entry);
        }));
    }
}
