package dev.cosell.sync.decide;

import dev.cosell.verbs.Hint;
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
public record Pair(String crm, Hint hint, Link link, Map<String, Object> referral, Map<String, Object> opportunity,
                   List<Map<String, Object>> rivals, Map<String, Object> related, Link other, String inItsPlace) {

    public Pair(String crm, Hint hint, Link link, Map<String, Object> referral, Map<String, Object> opportunity,
                List<Map<String, Object>> rivals) {
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

    public Pair withReferral(Map<String, Object> record) {
        return new Pair(crm, hint, link, record, opportunity, rivals, related, other, inItsPlace);
    }

    public Pair withOpportunity(Map<String, Object> record) {
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

    public Pair withRivals(List<Map<String, Object>> records) {
        return new Pair(crm, hint, link, referral, opportunity, List.copyOf(records), related, other, inItsPlace);
    }

    public Pair withRelated(Map<String, Object> microsofts, Link found) {
        return new Pair(crm, hint, found, referral, opportunity, rivals, microsofts, other, inItsPlace);
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
