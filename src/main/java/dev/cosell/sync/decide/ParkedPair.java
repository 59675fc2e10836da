package dev.cosell.sync.decide;

import dev.cosell.verbs.CrmView;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What the books keep of a pair that is parked. Who was joined stays joined. A pair that never was is at most a claim, and one side of it
 * alone when the other is another record's or when there are several: a parked pair must not hold what a person has not decided.
 *
 * @param taken       whether the side that did not report is another record's
 * @param opportunity the opportunity as it is now; null when it could not be read
 */
public record ParkedPair(Pair pair, boolean taken, Map<String, Object> opportunity, ReferralRules referrals, CrmView crm) {
    private static final int LONGEST_ID = 100;

    /** @param agreed what joined records agree on now */
    public Link link(String reason, Map<String, Object> agreed, Instant now) {
        if (pair.isLinked()) {
            return parked(pair.link(), referralId(), crmId(), agreed, LinkState.PARKED, RecordType.OPPORTUNITY, reason, now);
        }
        if (pair.isLeadLinked()) {
            return parked(pair.link(), referralId(), pair.link().crmId(), pair.link().agreed(), LinkState.PARKED, RecordType.LEAD, reason, now);
        }
        if (isClaim()) {
            return parked(pair.link(), referralId(), crmId(), Map.of(), LinkState.CLAIMED, RecordType.OPPORTUNITY, reason, now);
        }
        return pair.isReportedByCrm()
                ? parked(own(crmId()), null, crmId(), Map.of(), LinkState.PARKED, RecordType.OPPORTUNITY, reason, now)
                : parked(own(referralId()), referralId(), null, Map.of(), LinkState.PARKED, RecordType.OPPORTUNITY, reason, now);
    }

    /** The same with nothing but ids and what the books hold anyhow, so that the database refuses none of it; null when no id fits. */
    public Link bare(Link full) {
        String referralId = fitting(full.referralId());
        String crmId = fitting(full.crmId());
        if (referralId == null && crmId == null) {
            return null;
        }
        Link old = pair.link();
        LinkState state = referralId == null || crmId == null ? LinkState.PARKED : full.state();
        return new Link(full.id(), pair.crm(), referralId, old == null ? null : old.engagementId(), crmId, old == null ? Map.of() : old.agreed(),
                old == null ? null : old.referralVersion(), old == null ? null : old.crmVersion(), state, full.reason(), full.updatedAt(),
                full.writeWindowStart(), full.writesInWindow(), full.referralOrder(), full.crmOrder(), full.recordType());
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

    /** The pair's link, if it is the one of the record that reported; otherwise null. */
    private Link own(String id) {
        Link link = pair.link();
        return link != null && id.equals(pair.isReportedByCrm() ? link.crmId() : link.referralId()) ? link : null;
    }

    private Link parked(Link old, String referralId, String crmId, Map<String, Object> agreed, LinkState state, RecordType type, String reason, Instant now) {
        boolean withReferral = referralId != null && pair.referral() != null;
        boolean withOpportunity = crmId != null && opportunity != null;
        return new Link(old == null ? 0 : old.id(), pair.crm(), referralId, withReferral ? referrals.engagementId(pair.referral()) : null, crmId, agreed,
                withReferral ? referrals.version(pair.referral()) : null, withOpportunity ? crm.version(opportunity) : null, state, reason, now,
                old == null ? null : old.writeWindowStart(), old == null ? 0 : old.writesInWindow(),
                old == null ? null : old.referralOrder(), old == null ? null : old.crmOrder(), type);
    }

    public String referralId() {
        if (pair.referral() != null) {
            return referrals.id(pair.referral());
        }
        return pair.link() != null ? pair.link().referralId() : pair.isReportedByCrm() ? null : pair.hint().id();
    }

    public String crmId() {
        if (pair.opportunity() != null) {
            return crm.id(pair.opportunity());
        }
        return pair.link() != null ? pair.link().crmId() : pair.isReportedByCrm() ? pair.hint().id() : null;
    }

    /** The records whose present versions need no second look. */
    public List<Map<String, Object>> handledOpportunities() {
        return !holdsBoth() && !pair.isReportedByCrm() || pair.opportunity() == null ? List.of()
                : opportunity == null || opportunity == pair.opportunity() ? List.of(pair.opportunity()) : List.of(pair.opportunity(), opportunity);
    }

    public boolean handlesReferral() {
        return pair.referral() != null && (holdsBoth() || !pair.isReportedByCrm());
    }
}
