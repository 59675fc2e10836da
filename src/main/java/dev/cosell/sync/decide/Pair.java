package dev.cosell.sync.decide;

import dev.cosell.verbs.CrmRecord;
import dev.cosell.verbs.Hint;
import dev.cosell.verbs.Lead;
import dev.cosell.verbs.Opportunity;
import dev.cosell.verbs.Reason;
import dev.cosell.verbs.RecordView;
import dev.cosell.verbs.SystemRecord;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What is known of a referral and its opportunity while one hint is worked on. Grows step by step along the sync route.
 *
 * @param link        null when the two were never joined
 * @param referral    null when not read or not there
 * @param opportunity null when not read or not there
 * @param rivals      further records that claim to be the other side; normally empty
 * @param related     Microsoft's referral of the same engagement, when that is what reported; otherwise null
 * @param other       what the books say of the side that did not report, when that is another link; otherwise null
 * @param inItsPlace  id of the referral with which this deal is joined, when that is another one of the same
 *     engagement; otherwise null
 * @param lead        null as long as no lead was looked for in the CRM
 */
public record Pair(String crm, Hint hint, Link link, Referral referral, Opportunity opportunity,
                   List<? extends SystemRecord> rivals, Referral related, Link other, String inItsPlace,
                   LeadSide lead) {
    private static final int MILLISECOND = 1_000_000;

    public Pair(String crm, Hint hint, Link link, Referral referral, Opportunity opportunity,
            List<? extends SystemRecord> rivals) {
        this(crm, hint, link, referral, opportunity, rivals, null, null, null, null);
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

    /** Whether news of another organisation's referral of the deal came, which may not be shown to us. */
    public boolean isNewsOfRelated() {
        return hint.origin() == Hint.Origin.RELATED;
    }

    /** Whether nobody asked for this look at a parked pair, and it is parked for the same as before. */
    public boolean isStillParked(List<Reason> problems) {
        return hint.origin() == Hint.Origin.AGAIN && link != null
                && Standing.parked(link.state(), problems).isStill(link.standing());
    }

    /** Whether nothing may be written, not even in the books: somebody asks what a sync would do. */
    public boolean isPreview() {
        return hint.origin() == Hint.Origin.PREVIEW;
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

    /**
     * Whether the notification tells of the very change at which the two sides last agreed, as that of our own write
     * does. A time that is told in whole milliseconds or coarser may stand for two changes and proves nothing.
     */
    public boolean isKnownChange() {
        Instant changed = hint.changedAt();
        boolean fine = changed != null && changed.getNano() % MILLISECOND != 0;
        return fine && !isReportedByCrm() && isLinked() && link.state() == LinkState.LINKED
                && link.referralVersion() != null
                && Objects.equals(link.agreement().referral().order(), RecordView.micros(changed));
    }

    /** Whether the books know the opportunity that was found for a reported referral as part of another pair. */
    public boolean isOpportunityAnothers() {
        return other != null && !isReportedByCrm();
    }

    /** What the pair waits for, as its link says. */
    public Waits waits() {
        return link == null ? Waits.NONE : link.waits();
    }

    /**
     * What its two sides last agreed on, as its link says. Of two that were never joined also what was about to be
     * written when one of them was being made, which may be noted with either.
     */
    public AgreedValues agreed() {
        AgreedValues own = link == null ? AgreedValues.NONE : link.agreedOnDeal();
        return own.rows().isEmpty() && !isLinked() && other != null && !other.isWhole() ? other.agreed() : own;
    }

    /** What the referral and the CRM's lead last agreed on. */
    AgreedValues agreedOnLead() {
        return isLeadLinked() ? link.agreed().ofLead() : AgreedValues.NONE;
    }

    /** How often its two sides were written lately, as its link says. */
    public WriteCount writes() {
        return link == null ? WriteCount.NONE : link.writes();
    }

    /** Whether a lead was looked for in the CRM, and is not known to be accepted. */
    public boolean isLeadRead() {
        return lead != null && lead.accepted() == null;
    }

    /** Whether it was a lead and is a deal like any other now. */
    public boolean isAccepted() {
        return lead != null && lead.accepted() != null;
    }

    /** Whether the side that did not report has still to be read. */
    public boolean isOneSided() {
        return !isLeadRead() && (referral == null || opportunity == null);
    }

    /** @param found null when the CRM has none */
    public Pair withLead(Lead found) {
        return new Pair(crm, hint, link, referral, opportunity, rivals, related, other, inItsPlace,
                new LeadSide(found, null));
    }

    /** @param decision that was made about the pair as a lead */
    public Pair accepted(Decision decision) {
        return new Pair(crm, hint, link, referral, opportunity, rivals, related, other, inItsPlace,
                new LeadSide(lead.record(), decision));
    }

    public Pair withLink(Link found) {
        return new Pair(crm, hint, found, referral, opportunity, rivals, related, other, inItsPlace, lead);
    }

    public Pair withReferral(Referral record) {
        return new Pair(crm, hint, link, record, opportunity, rivals, related, other, inItsPlace, lead);
    }

    public Pair withOpportunity(Opportunity record) {
        return new Pair(crm, hint, link, referral, record, rivals, related, other, inItsPlace, lead);
    }

    /** @param found the link of the side that did not report, which is not this pair's */
    public Pair withOther(Link found) {
        return new Pair(crm, hint, link, referral, opportunity, rivals, related, found, inItsPlace, lead);
    }

    /**
     * @param referralId of the referral with which the deal of this pair's engagement is joined; null when there is
     * none
     */
    public Pair withInItsPlace(String referralId) {
        return new Pair(crm, hint, link, referral, opportunity, rivals, related, other, referralId, lead);
    }

    public Pair withRivals(List<? extends SystemRecord> records) {
        return new Pair(crm, hint, link, referral, opportunity, List.copyOf(records), related, other, inItsPlace, lead);
    }

    public Pair withRelated(Referral microsofts, Link found) {
        return new Pair(crm, hint, found, referral, opportunity, rivals, microsofts, other, inItsPlace, lead);
    }

    /** @param now the referral as it is now; null for as it was read */
    public String referralId(Referral now) {
        Referral shown = now == null ? referral : now;
        if (shown != null) {
            return shown.id();
        }
        return link != null && link.referralId() != null ? link.referralId() : isReportedByCrm() ? null : hint.id();
    }

    /** @param now the CRM's record as it is now; null for as it was read */
    public String crmId(CrmRecord now) {
        CrmRecord shown = now == null ? opportunity : now;
        if (shown != null) {
            return shown.id();
        }
        return link != null && link.crmId() != null ? link.crmId() : isReportedByCrm() ? hint.id() : null;
    }

    /**
     * The half-made link or the claim by the other side, which is deleted when the two become one; null without one.
     *
     * @param found the link of the side that did not report; null for none
     */
    public Link absorbed(Link found) {
        boolean own = found == null || link != null && link.id() == found.id();
        return own || found.isJoined() ? null : found;
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
