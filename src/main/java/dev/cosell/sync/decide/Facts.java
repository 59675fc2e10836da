package dev.cosell.sync.decide;

import dev.cosell.mapping.ConversionFault;
import dev.cosell.mapping.Row;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What there is to decide from about one pair. The records are compared when the first case asks for it. Built for one
 * decision.
 */
final class Facts {
    private final ReferralRules referrals;
    private final LeadMode leads;
    private final Pair pair;
    private final CrmSide crm;
    private final TimeRules.Timing timing;
    /** Null when nobody listens. */
    private Consumer<RowFinding> findings;
    private Comparison compared;
    private Holds creation;

    Facts(ReferralRules referrals, LeadMode leads, Pair pair, CrmSide crm, TimeRules.Timing timing) {
        this.referrals = referrals;
        this.leads = leads;
        this.pair = pair;
        this.crm = crm;
        this.timing = timing;
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
        return pair.referral().isClosed();
    }

    /** Not asked again when the lead was read. */
    boolean isSwitchedOff() {
        return !pair.isLeadRead() && hasOpportunity() && !pair.opportunity().isSyncWanted();
    }

    boolean isAnothers() {
        return hasReferral() && !pair.referral().isOwn();
    }

    /**
     * Whether an opportunity that is not joined calls a referral its own that is another organisation's, or a lead
     * while leads are not synced.
     */
    boolean namesNoDealOfOurs() {
        boolean names = pair.isReportedByCrm() && !pair.isLinked() && !pair.isLeadLinked() && hasReferral()
                && hasOpportunity() && naming().identified(pair.opportunity()) != null;
        return names && (isAnothers() || isLead() && leads == LeadMode.OFF);
    }

    boolean isLead() {
        return hasReferral() && !pair.isAccepted() && pair.referral().isLead();
    }

    boolean hasCrmLead() {
        return pair.lead().record() != null;
    }

    /** Whether a lead that the CRM holds, or would hold, as a lead has to become an opportunity now. */
    boolean isAccepted() {
        return !pair.isPushed() && leads.becomesOpportunity(pair.referral());
    }

    /**
     * The side that did not report is joined with a third record, or is claimed by one and does not name this one
     * itself.
     */
    boolean isTaken() {
        Link other = pair.other();
        return other != null && (other.isJoined() || other.state() == LinkState.CLAIMED && !namesTheReported());
    }

    /**
     * Whether a closed referral that reports is an older deal of an opportunity that has gone on with another one. A
     * deal that was won while a person was asked about it is not left alone without that person's word.
     */
    boolean isFollowed() {
        if (pair.isReportedByCrm() || pair.isLinked() || !hasReferral() || !hasOpportunity() || !isClosed()) {
            return false;
        }
        boolean asked = pair.link() != null && pair.link().referralId() != null;
        boolean joined = pair.other() != null && pair.other().isJoined()
                && !naming().identifiesDeal(pair.opportunity(), pair.referral());
        return (joined || identifiesAnother()) && !(asked && pair.referral().isWon());
    }

    private boolean namesTheReported() {
        return pair.isReportedByCrm() ? naming().names(pair.referral(), pair.opportunity())
                : naming().identifiesDeal(pair.opportunity(), pair.referral());
    }

    /** Whether the referral names a record of this CRM, which was looked for and is not there. */
    boolean namesUnknownRecord() {
        String named = pair.isPushed() ? null : pair.referral().externalReference();
        boolean names = crm.view().readId(named) != null
                || pair.isLeadRead() && crm.view().readLeadId(named) != null;
        return names && !Joining.isItsLead(pair, crm.view(), named);
    }

    /** Whether something stands in the Referral Identifier. */
    boolean isIdentified() {
        return pair.opportunity().referralId() != null;
    }

    boolean identifiesAnother() {
        return naming().identifiesAnother(pair.opportunity(), pair.referral());
    }

    boolean isOlderDeal() {
        return !isBeingMade()
                && naming().isOlderDeal(pair.referral(), pair.opportunity(), crm.mapping().opportunity());
    }

    /** Whether the referral was made of the opportunity, or the other way round, which was cut short before the end. */
    private boolean isBeingMade() {
        Link claim = pair.link();
        return claim != null && claim.state() == LinkState.CLAIMED && !claim.agreed().rows().isEmpty()
                && pair.referral().id().equals(claim.referralId()) && pair.opportunity().id().equals(claim.crmId());
    }

    /**
     * Whether the opportunity's share has not come to its end, does more than to join the two, and may have made the
     * referral. What reports the opportunity goes on with the share, unless it may not do so yet. One
     * that was joined with the referral before, or made of it, has nothing to share: its link may have been a claim of
     * both.
     */
    boolean isBeingShared() {
        UnfinishedShare share = isClosed() ? null : UnfinishedShare.of(pair);
        return share != null && naming().names(pair.referral(), pair.opportunity())
                && !FirstShare.wasToldOf(pair.opportunity(), pair.referral())
                && share.doesMoreThanJoin(pair, crm.mapping().opportunity())
                && !(pair.isReportedByCrm() && creation().any());
    }

    /** Whether the opportunity was lost, and no create of its referral was begun whose outcome is not known. */
    boolean isLostBefore() {
        boolean begun = pair.link() != null && !pair.agreed().rows().isEmpty();
        return !begun && new StatusInCrm(referrals, crm.mapping().opportunity(), pair.opportunity()).isLost();
    }

    private Naming naming() {
        return new Naming(referrals, crm.view());
    }

    /**
     * What of the creation of a referral has to wait: a deal that Microsoft sees from its creation is shared by being
     * created.
     */
    Holds creation() {
        if (creation == null) {
            Map<String, Object> shown = new LinkedHashMap<>();
            crm.mapping().opportunity().rows().stream().filter(Row::toReferralOnCreate)
                    .forEach(row -> translated(row, shown));
            creation = new Holds(referrals, null, pair.waits(), timing, Stops.NONE);
            creation.holds(shown);
        }
        return creation;
    }

    /** What cannot be translated is told when the deal is created; it shares nothing. */
    private void translated(Row row, Map<String, Object> into) {
        try {
            row.putReferral(into, row.crmValue(pair.opportunity().fields()));
        } catch (ConversionFault told) {
            row.referralPaths().forEach(into::remove);
        }
    }

    /** Both records compared. */
    Comparison compared() {
        if (compared == null) {
            compared = pair.isLeadRead() ? Comparison.ofLead(pair, isAccepted(), crm, referrals, timing, findings)
                    : Comparison.ofDeal(pair, crm, referrals, timing, findings);
        }
        return compared;
    }

    Arrivals arrivals() {
        return Arrivals.of(crm.mapping().opportunity(), pair);
    }

    /** Whether the opportunity still tells of a failure that is over, in its Audit field or by its mark. */
    boolean tellsOfFailure(CheckMark mark) {
        return (isStopped() || mark.showsFailure(pair.opportunity())
                || AuditText.tellsOfFailure(pair.opportunity().audit())) && !pair.opportunity().isReadOnly();
    }

    /** The same of the CRM's lead, which has no mark. */
    boolean leadTellsOfFailure() {
        return isStopped() && !pair.isPushed() && !pair.lead().record().isReadOnly();
    }

    /** Whether an unfinished sync has done something of which a seller can still be told. */
    boolean tellsOfArrival() {
        return !compared().merge().story().isEmpty() && !pair.opportunity().isReadOnly();
    }

    /** Whether the pair was not synced until now, which was told where a seller reads it. */
    private boolean isStopped() {
        return pair.link() != null
                && (pair.link().state() == LinkState.PARKED || pair.link().state() == LinkState.ORPHANED);
    }

    Reasons reasons() {
        return new Reasons(pair, naming());
    }
}
