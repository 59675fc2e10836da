package dev.cosell.sync.decide;

import dev.cosell.mapping.CompiledTable;
import dev.cosell.mapping.Row;
import dev.cosell.verbs.Opportunity;
import java.util.function.Predicate;

/**
 * Whether a record still shows what it and its other side last agreed on, told without reading the other side. A record
 * of which that is not known for sure has to be looked at.
 *
 * @param table the field table in force
 */
public record InAgreement(CompiledTable table) {

    /** @param link null when the opportunity has none */
    public boolean of(Link link, Opportunity opportunity) {
        return isSettled(link) && opportunity.referralId() != null
                && table.rows().stream()
                        .noneMatch(row -> link.agreed().crmMoved(row, row.crmValue(opportunity.fields()),
                                row.normalCrm(row.crmValue(opportunity.fields()))));
    }

    /**
     * A list may show less of a referral than the referral has, so its version has to be the known one, too.
     *
     * @param link null when the referral has none
     */
    public boolean of(Link link, Referral referral) {
        if (link != null && link.isLead()) {
            return link.state() == LinkState.LINKED && referral.version().equals(link.referralVersion());
        }
        return isSettled(link) && referral.version().equals(link.referralVersion())
                && table.rows().stream().noneMatch(row -> link.agreed().referralMoved(row,
                        row.referralValue(referral.fields()),
                        row.normalReferral(row.referralValue(referral.fields()))));
    }

    /** Nothing is parked, and no write of ours may still be under way. */
    private boolean isSettled(Link link) {
        Predicate<Row> unfinished = row -> link.agreed().of(row) != null && link.agreed().of(row).isBegun();
        return link != null && link.isJoined() && link.state() == LinkState.LINKED
                && table.rows().stream().noneMatch(unfinished);
    }
}
