package dev.cosell.sync.decide;

import dev.cosell.verbs.CrmRecord;
import dev.cosell.verbs.CrmView;
import dev.cosell.verbs.Hint;
import dev.cosell.verbs.Opportunity;
import dev.cosell.verbs.SystemRecord;
import java.util.List;
import java.util.Map;

/**
 * What is known of a referral and its opportunity while one hint is worked on. Grows step by step along the sync route.
 *
 * @param link        null when the two were never joined
 * @param referral    null when not read or not there
 * @param opportunity null when not read or not there
 * @param rivals      further records that claim to be the other side; normally empty
 * @param related     Microsoft's referral of the same engagement, when that is what reported; otherwise null
 * @param other       what the books say of the side that did not report, when that is another link; otherwise null
 * @param inItsPlace  id of the referral with which this deal is joined, when that is another one of the same engagement; otherwise null
 */
public record Pair(String crm, Hint hint, Link link, Referral referral, Opportunity opportunity,
                   List<? extends SystemRecord> rivals, Referral related, Link other, String inItsPlace) {

    public Pair(String crm, Hint hint, Link link, Referral referral, Opportunity opportunity, List<? extends SystemRecord> rivals) {
        this(crm, hint, link, referral, opportunity, rivals, null, null, null);
    }

    public static Pair of(String crm, Hint hint, Link link) {
        return new Pair(crm, hint, link, null, null, List.of());
    }

    /** Whether the CRM reported the change; otherwise Partner Center did. */
    public boolean isReportedByCrm() {
        return hint.system().equals(crm);
    }

    /** Whether Microsoft's referral of the deal reported, not our own. */
    public boolean isReportedByMicrosoft() {
        return related != null;
    }

    /** Whether the referral and an opportunity were joined. */
    public boolean isLinked() {
        return link != null && link.isJoined();
    }

    /** Whether the CRM holds the referral as a lead. */
    public boolean isLeadLinked() {
        return link != null && link.referralId() != null && link.isLead();
    }

    /** Whether the marketplace pushed it: such a lead is not in Partner Center. */
    public boolean isPushed() {
        return hint.system().equals(Hint.MARKETPLACE);
    }

    /** What the pair waits for, as its link says. */
    public Waits waits() {
        return link == null ? Waits.NONE : link.waits();
    }

    /** What its two sides last agreed on, as its link says. */
    public AgreedValues agreed() {
        return link == null ? AgreedValues.NONE : link.agreed();
    }

    public Pair withLink(Link found) {
        return new Pair(crm, hint, found, referral, opportunity, rivals, related, other, inItsPlace);
    }

    public Pair withReferral(Referral record) {
        return new Pair(crm, hint, link, record, opportunity, rivals, related, other, inItsPlace);
    }

    public Pair withOpportunity(Opportunity record) {
        return new Pair(crm, hint, link, referral, record, rivals, related, other, inItsPlace);
    }

    /** @param found the link of the side that did not report, which is not this pair's */
    public Pair withOther(Link found) {
        return new Pair(crm, hint, link, referral, opportunity, rivals, related, found, inItsPlace);
    }

    /** @param referralId of the referral with which the deal of this pair's engagement is joined; null when there is none */
    public Pair withInItsPlace(String referralId) {
        return new Pair(crm, hint, link, referral, opportunity, rivals, related, other, referralId);
    }

    public Pair withRivals(List<? extends SystemRecord> records) {
        return new Pair(crm, hint, link, referral, opportunity, List.copyOf(records), related, other, inItsPlace);
    }

    public Pair withRelated(Referral microsofts, Link found) {
        return new Pair(crm, hint, found, referral, opportunity, rivals, microsofts, other, inItsPlace);
    }

    /** The referral that a route holds: the pair's own unless it was read or stored since. @param fields null when there is none */
    public Referral referralNow(Map<String, Object> fields, ReferralRules rules) {
        return referral != null && referral.fields() == fields ? referral : Referral.of(fields, rules);
    }

    /** The same of the opportunity. */
    public Opportunity opportunityNow(Map<String, Object> fields, CrmView view) {
        return opportunity != null && opportunity.fields() == fields ? opportunity : Opportunity.of(fields, view);
    }

    /** @param now the referral as it is now; null for as it was read */
    public String referralId(Referral now) {
        Referral shown = now == null ? referral : now;
        if (shown != null) {
            return shown.id();
        }
        return link != null ? link.referralId() : isReportedByCrm() ? null : hint.id();
    }

    /** @param now the CRM's record as it is now; null for as it was read */
    public String crmId(CrmRecord now) {
        CrmRecord shown = now == null ? opportunity : now;
        if (shown != null) {
            return shown.id();
        }
        return link != null ? link.crmId() : isReportedByCrm() ? hint.id() : null;
    }

    /** By identity: Camel asks for the hash code of bodies, and that of whole records would be computed each time. */
    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }
}
