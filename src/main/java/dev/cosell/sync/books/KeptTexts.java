package dev.cosell.sync.books;

import dev.cosell.state.Database;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;

/** What the audit and backfills say of records, which quotes their values; not all of these have a link. */
public final class KeptTexts {
    private static final String AUDIT = "SELECT DISTINCT crm, referral_id, crm_id FROM audit WHERE ";
    private static final String ERASE = "UPDATE audit SET detail = NULL WHERE situation <> 'ASKED' AND ";

    private final Database database;

    KeptTexts(Database database) {
        this.database = database;
    }

    /**
     * Records of which something is said.
     *
     * @param referralId null where no referral is named
     * @param crmId      null where no record of the CRM is named
     */
    public record About(String crm, String referralId, String crmId) {
        /** The same without a record of another id. */
        About within(Set<String> ids) {
            return new About(crm, ids.contains(referralId) ? referralId : null, ids.contains(crmId) ? crmId : null);
        }
    }

    /** @param ids of referrals or of records of a CRM, at least one */
    Set<About> of(Collection<String> ids) {
        Set<About> found = new LinkedHashSet<>();
        for (String id : ids) {
            found.addAll(abouts(AUDIT + "referral_id = ?", id));
            found.addAll(abouts(AUDIT + "referral_id IS NULL AND crm_id = ?", id));
            found.addAll(abouts("SELECT DISTINCT backfill_record.crm, CASE WHEN source <> backfill_record.crm THEN"
                    + " record_id END, CASE WHEN source = backfill_record.crm THEN record_id END FROM backfill_record"
                    + " JOIN backfill ON backfill.id = backfill_id WHERE record_id = ?", id));
        }
        referralsOnceWith(ids).forEach(pair -> found.addAll(abouts(AUDIT + "referral_id = ? AND crm_id = ?",
                pair.toArray())));
        return found;
    }

    /** Referrals and the records among these with which they were synced at some time. Reads all of an index. */
    private List<List<String>> referralsOnceWith(Collection<String> ids) {
        return StateFaults.classed(() -> database.client().sql("SELECT DISTINCT referral_id, crm_id FROM audit"
                + " WHERE referral_id IS NOT NULL AND crm_id IN ("
                + String.join(", ", Collections.nCopies(ids.size(), "?")) + ")").params(List.copyOf(ids))
                .query((row, number) -> List.of(row.getString(1), row.getString(2))).list());
    }

    private List<About> abouts(String sql, Object... values) {
        return StateFaults.classed(() -> database.client().sql(sql).params(values)
                .query((row, number) -> new About(row.getString(1), row.getString(2), row.getString(3))).list());
    }

    /** Erases what was found about these records. Who among the operators asked for what stays. */
    static void forget(JdbcTemplate statements, Set<String> ids, Set<About> found) {
        for (String id : ids) {
            statements.update(ERASE + "referral_id = ?", id);
            statements.update(ERASE + "referral_id IS NULL AND crm_id = ?", id);
            statements.update("UPDATE backfill_record SET reason = NULL WHERE record_id = ?", id);
        }
        found.stream().filter(each -> each.referralId() != null && !ids.contains(each.referralId()))
                .forEach(each -> statements.update(ERASE + "referral_id = ? AND crm_id = ? AND crm = ?",
                        each.referralId(), each.crmId(), each.crm()));
    }
}
