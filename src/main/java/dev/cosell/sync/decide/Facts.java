package dev.cosell.sync.decide;

import dev.cosell.mapping.ConversionFault;
import dev.cosell.mapping.Row;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** What there is to decide from about one pair. The records are compared when the first case asks for it. Built for one decision. */
final class Facts {
    /** How far a pair has come whose referral is a lead; of other pairs everything is known at once. */
    enum Stage {
        /** The CRM's lead was not read. */
        PAIR,
        /** The CRM's lead was looked for. */
        LEAD,
        /** The lead was accepted: from here on it is a deal like any other. */
        DEAL
    }

    private final ReferralRules referrals;
    private final LeadMode leads;
    private final Pair pair;
    private final CrmSide crm;
    private final TimeRules.Timing timing;
    private final Stage stage;
    private final Map<String, Object> crmLead;
    private Consumer<RowFinding> findings = finding -> { };
    private Comparison compared;
    private Holds creation;

    /** @param crmLead the CRM's lead; null when there is none, or it was not read */
    Facts(ReferralRules referrals, LeadMode leads, Pair pair, CrmSide crm, TimeRules.Timing timing, Stage stage, Map<String, Object> crmLead) {
        this.referrals = referrals;
        this.leads = leads;
        this.pair = pair;
        this.crm = crm;
        this.timing = timing;
        this.stage = stage;
        this.crmLead = crmLead;
    }

    /** @param listener is told what the comparison finds about each row */
    Facts telling(Consumer<RowFinding> listener) {
        findings = listener;
        return this;
    }

    Pair pair() {
        return pair;
    }

    TimeRules.Timing timing() {
        return timing;
    }

    boolean hasReferral() {
        return pair.referral() != null;
    }

    boolean hasOpportunity() {
        return pair.opportunity() != null;
    }

    boolean isClosed() {
        return referrals.closed(pair.referral());
    }

    /** Not asked again when the lead was read. */
    boolean isSwitchedOff() {
        return !leadIsRead() && hasOpportunity() && !crm.deals().syncWanted(pair.opportunity());
    }

    boolean isAnothers() {
        return hasReferral() && !referrals.own(pair.referral());
    }

    boolean isLead() {
        return hasReferral() && stage != Stage.DEAL && referrals.lead(pair.referral());
    }

    boolean leadIsRead() {
        return stage == Stage.LEAD;
    }

    boolean hasCrmLead() {
        return crmLead != null;
    }

    /** Whether a lead that the CRM holds, or would hold, as a lead has to become an opportunity now. */
    boolean isAccepted() {
        return !pair.isPushed() && leads.becomesOpportunity(referrals, pair.referral());
    }

    /** The side that did not report is joined with a third record, or is claimed by one and does not name this one itself. */
    boolean isTaken() {
        Link other = pair.other();
        return other != null && (other.isJoined() || other.state() == LinkState.CLAIMED && !namesTheReported());
    }

    private boolean namesTheReported() {
        return pair.isReportedByCrm() ? naming().names(pair.referral(), pair.opportunity()) : naming().identifies(pair.opportunity(), pair.referral());
    }

    /** Whether the referral names a record of this CRM, which was looked for and is not there. */
    boolean namesUnknownRecord() {
        String named = referrals.externalReference(pair.referral());
        return crm.deals().readId(named) != null && !Joining.isItsLead(pair, named);
    }

    /** Whether something stands in the Referral Identifier. */
    boolean isIdentified() {
        return crm.deals().referralId(pair.opportunity()) != null;
    }

    boolean identifiesAnother() {
        return naming().identifiesAnother(pair.opportunity(), pair.referral());
    }

    boolean isOlderDeal() {
        return naming().isOlderDeal(pair.referral(), pair.opportunity(), crm.mapping().opportunity());
    }

    private Naming naming() {
        return new Naming(referrals, crm.deals());
    }

    /** What of the creation of a referral has to wait: a deal that Microsoft sees from its creation is shared by being created. */
    Holds creation() {
        if (creation == null) {
            Map<String, Object> shown = new LinkedHashMap<>();
            crm.mapping().opportunity().rows().stream().filter(Row::toReferralOnCreate).forEach(row -> translated(row, shown));
            creation = new Holds(referrals, pair.waits(), timing);
            creation.holds(null, shown);
        }
        return creation;
    }

    /** What cannot be translated is told when the deal is created; it shares nothing. */
    private void translated(Row row, Map<String, Object> into) {
        try {
            row.putReferral(into, row.crmValue(pair.opportunity()));
        } catch (ConversionFault told) {
            row.referralPaths().forEach(into::remove);
        }
    }

    /** Both records compared. */
    Comparison compared() {
        if (compared == null) {
            compared = leadIsRead() ? Comparison.ofLead(pair, crmLead, isAccepted(), crm, referrals, timing, findings)
                    : Comparison.ofDeal(pair, crm, referrals, timing, findings);
        }
        return compared;
    }

    /** Whether the opportunity still shows the mark of a failure that is over. */
    boolean showsFailure(CheckMark mark) {
        return mark.showsFailure(crm.deals(), pair.opportunity()) && !crm.deals().readOnly(pair.opportunity());
    }

    Reasons reasons() {
        return new Reasons(pair, referrals, crm.deals());
    }
}
