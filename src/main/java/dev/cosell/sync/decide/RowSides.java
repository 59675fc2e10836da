package dev.cosell.sync.decide;

import dev.cosell.mapping.Row;
import dev.cosell.mapping.Value;
import dev.cosell.sync.decide.RowFinding.Moved;
import dev.cosell.verbs.CrmRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What both sides show of one mapping row.
 *
 * @param referralNow the referral's value in its normal form; null for an empty one
 * @param crmNow      the same of the CRM's
 */
record RowSides(Row row, Value referral, Value crm, Object referralNow, Object crmNow) {
    /** Nobody says whether Partner Center or an amount field of Salesforce keeps the third decimal of a dinar. */
    private static final int USUAL_DECIMALS = 2;

    static RowSides of(Row row, Referral referral, CrmRecord record) {
        Value left = row.referralValue(referral.fields());
        Value right = row.crmValue(record.fields());
        return new RowSides(row, left, right, row.normalReferral(left), row.normalCrm(right));
    }

    /** @param decimals how many the CRM keeps */
    boolean showTheSame(int decimals) {
        return row.same(referral, crm) || row.rounded(referral, crm, Math.min(decimals, USUAL_DECIMALS))
                || row.roundedInReferral(referral, crm, USUAL_DECIMALS);
    }

    /**
     * Which side has moved since the two last agreed.
     *
     * @param required whether a deal cannot be without this row's value
     */
    Moved since(AgreedValues base, boolean required) {
        boolean referralMoved = base.referralMoved(row, referral, referralNow);
        boolean crmMoved = base.crmMoved(row, crm, crmNow);
        // An unfinished write of our own is no edit; what it was copied from decides, as it is now.
        boolean referralIsOurs = base.isOurReferral(row, referralNow);
        boolean crmIsOurs = base.isOurCrm(row, crmNow);
        if (referralIsOurs || crmIsOurs) {
            referralMoved = crmIsOurs;
            crmMoved = referralIsOurs;
        } else if (referralMoved && crmMoved && base.of(row) != null) {
            boolean referralLater = base.of(row).referralEditedSince(referralNow, crmNow);
            boolean crmLater = base.of(row).crmEditedSince(referralNow, crmNow);
            referralMoved = referralLater || !crmLater;
            crmMoved = crmLater || !referralLater;
        }
        // Emptiness that does not travel loses nothing to the other side's edit.
        if (referralMoved && crmMoved && required && (crmNow == null || referralNow == null)) {
            return crmNow == null ? Moved.PARTNER_CENTER : Moved.CRM;
        }
        return referralMoved ? crmMoved ? Moved.BOTH : Moved.PARTNER_CENTER : crmMoved ? Moved.CRM : Moved.NEITHER;
    }

    boolean isRequired(ReferralRules rules) {
        return row.referralPaths().stream().anyMatch(rules::required);
    }

    /** What the CRM's record is told. @throws dev.cosell.mapping.ConversionFault when there is no such value there */
    Map<String, Object> forCrm() {
        Map<String, Object> patch = new LinkedHashMap<>();
        row.putCrm(patch, referral);
        return patch;
    }

    /** The same of the referral; its fields are dotted paths. */
    Map<String, Object> forReferral() {
        Map<String, Object> patch = new LinkedHashMap<>();
        row.putReferral(patch, crm);
        return patch;
    }

    RowFinding finding(AgreedValues base, Moved moved, RowFinding.Outcome outcome, Map<String, Object> patch,
            List<String> said) {
        return new RowFinding(row, referralNow, crmNow, base.of(row), moved, outcome, patch, said);
    }

    Agreed agreed() {
        return Agreed.of(row, referralNow, crmNow);
    }

    /** What one side shows; null for an empty one. */
    Object now(Moved side) {
        return side == Moved.CRM ? crmNow : referralNow;
    }

    /**
     * What is agreed when one side has won but cannot travel yet: the loser's value is known, so that nobody asks again
     * who was the last to change it when our own writes have changed both. What the winner shows stays news, also where
     * nobody has changed it and it wins because of another row.
     *
     * @param before null when nothing was agreed
     */
    Agreed without(Moved winner, Agreed before) {
        Object lost = now(winner == Moved.CRM ? Moved.PARTNER_CENTER : Moved.CRM);
        Object known = before == null ? null : winner == Moved.CRM ? before.crm() : before.referral();
        Object behind = Objects.equals(known, now(winner)) ? lost : known;
        return winner == Moved.CRM ? Agreed.of(row, lost, behind) : Agreed.of(row, behind, lost);
    }
}
