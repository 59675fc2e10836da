package dev.cosell.sync.decide;

import dev.cosell.verbs.Opportunity;
import dev.cosell.verbs.Reason;
import java.util.List;

/**
 * What the books keep of a pair that is parked. Who was joined stays joined. A pair that never was is at most a claim,
 * and one side of it alone when the other is another record's or when there are several: a parked pair must not hold
 * what a person has not decided.
 *
 * @param taken       whether the side that did not report is another record's, or can be no opportunity's
 * @param referral    the referral as it is now: written perhaps, before the CRM refused its part
 * @param opportunity the opportunity as it is now; null when it could not be read
 */
public record ParkedPair(Pair pair, boolean taken, Referral referral, Opportunity opportunity) {
    private static final int LONGEST_ID = 100;

    /**
     * @param agreed what joined records agree on now; of others what was about to be written as one of them was being
     *     made, so that it is known as our own once both are joined
     */
    public Link link(List<Reason> reasons, AgreedValues agreed) {
        if (pair.isLinked()) {
            return parked(pair.link(), ends(referralId(), crmId(), RecordType.OPPORTUNITY), agreed, LinkState.PARKED,
                    reasons);
        }
        if (pair.isLeadLinked()) {
            return parked(pair.link(), ends(referralId(), pair.link().crmId(), RecordType.LEAD),
                    pair.link().agreed().withDeal(agreed.ofDeal()), LinkState.PARKED, reasons);
        }
        if (isClaim()) {
            return parked(pair.link(), ends(referralId(), crmId(), RecordType.OPPORTUNITY), agreed, LinkState.CLAIMED,
                    reasons);
        }
        Link own = own(pair.isReportedByCrm() ? crmId() : referralId());
        if (own != null && isStillAClaim(own)) {
            return parked(own, own.ends(), agreed, LinkState.CLAIMED, reasons);
        }
        Ends ends = pair.isReportedByCrm() ? ends(null, crmId(), RecordType.OPPORTUNITY)
                : ends(referralId(), null, RecordType.OPPORTUNITY);
        return parked(own, ends, agreed, LinkState.PARKED, reasons);
    }

    private Ends ends(String referralId, String crmId, RecordType type) {
        String engagementId = referralId != null && pair.referral() != null ? pair.referral().engagementId() : null;
        return new Ends(referralId, engagementId, crmId, type);
    }

    /**
     * The same with nothing but ids and what the books hold anyhow, so that the database refuses none of it; null when
     * no id fits.
     */
    public Link bare(Link full) {
        String referralId = fitting(full.referralId());
        String crmId = fitting(full.crmId());
        if (referralId == null && crmId == null) {
            return null;
        }
        Link old = pair.link();
        LinkState state = referralId == null || crmId == null ? LinkState.PARKED : full.state();
        Agreement known = old == null ? Agreement.NONE : old.agreement();
        return new Link(full.id(), pair.crm(),
                new Ends(referralId, old == null ? null : old.engagementId(), crmId, full.ends().type()),
                new Agreement(known.values(), full.agreement().referral().at(known.referral().version()),
                        full.agreement().crm().at(known.crm().version())),
                full.standing().in(state), full.writes(), Waits.NONE);
    }

    /** Whether the books say just this already: the same records at the same versions, parked for the same reasons. */
    public boolean isIn(Link now) {
        Link known = pair.link();
        return known != null && known.id() == now.id() && known.ends().equals(now.ends())
                && known.agreement().equals(now.agreement()) && known.standing().says(now.standing());
    }

    private static String fitting(String id) {
        return id == null || id.length() > LONGEST_ID ? null : id;
    }

    /** Whether what is known of the side that did not report is this pair's too. */
    public boolean holdsBoth() {
        return pair.isLinked() || pair.isLeadLinked() || isClaim();
    }

    private boolean isClaim() {
        return !taken && pair.rivals().isEmpty() && pair.referral() != null && pair.opportunity() != null;
    }

    /**
     * Whether it was a claim, and the side that did not report could not be read: nobody has decided anything about it
     * meanwhile, and what was noted of a create is with the claim.
     */
    private boolean isStillAClaim(Link own) {
        boolean unread = pair.isReportedByCrm() ? pair.referral() == null : pair.opportunity() == null;
        return own.state() == LinkState.CLAIMED && unread && !taken && pair.rivals().isEmpty();
    }

    /** The pair's link, if it is the one of the record that reported; otherwise null. */
    private Link own(String id) {
        Link link = pair.link();
        return link != null && id.equals(pair.isReportedByCrm() ? link.crmId() : link.referralId()) ? link : null;
    }

    private Link parked(Link old, Ends ends, AgreedValues agreed, LinkState state, List<Reason> reasons) {
        boolean withReferral = ends.referralId() != null && pair.referral() != null;
        boolean withOpportunity = ends.crmId() != null && opportunity != null;
        Agreement before = old == null ? Agreement.NONE : old.agreement();
        Agreement now = new Agreement(agreed,
                withReferral ? before.referral().at(pair.referral().version()).upTo(referral)
                        : before.referral().at(null),
                withOpportunity ? before.crm().at(opportunity.version()).upTo(opportunity) : before.crm().at(null));
        return Link.of(pair.crm(), ends).inPlaceOf(old).with(now).with(Standing.parked(state, reasons))
                .with(old == null ? WriteCount.NONE : old.writes());
    }

    public String referralId() {
        return pair.referralId(pair.referral());
    }

    public String crmId() {
        return pair.crmId(pair.opportunity());
    }

    /** The records whose present versions need no second look. */
    public List<Opportunity> handledOpportunities() {
        return !holdsBoth() && !pair.isReportedByCrm() || pair.opportunity() == null ? List.of()
                : opportunity == null || opportunity == pair.opportunity() ? List.of(pair.opportunity())
                        : List.of(pair.opportunity(), opportunity);
    }

    public boolean handlesReferral() {
        return pair.referral() != null && (holdsBoth() || !pair.isReportedByCrm());
    }
}
