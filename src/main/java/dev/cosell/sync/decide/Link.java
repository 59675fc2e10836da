package dev.cosell.sync.decide;

import java.time.Instant;

/**
 * Says that a referral and a record of a CRM are one deal, and what both last agreed on.
 *
 * @param id    0 until it is stored
 * @param crm   name of the CRM, as in the settings
 * @param waits moves that are held back and deadlines
 */
public record Link(long id, String crm, Ends ends, Agreement agreement, Standing standing, WriteCount writes,
        Waits waits) {

    /** A new link of records that never agreed. */
    public static Link of(String crm, Ends ends) {
        return new Link(0, crm, ends, Agreement.NONE, Standing.LINKED, WriteCount.NONE, Waits.NONE);
    }

    /** In the row of another link; null for a row of its own. */
    public Link inPlaceOf(Link old) {
        return new Link(old == null ? 0 : old.id, crm, ends, agreement, standing, writes, waits);
    }

    public Link with(Agreement now) {
        return new Link(id, crm, ends, now, standing, writes, waits);
    }

    public Link with(AgreedValues now) {
        return with(agreement.with(now));
    }

    public Link with(Standing now) {
        return new Link(id, crm, ends, agreement, now, writes, waits);
    }

    public Link with(WriteCount now) {
        return new Link(id, crm, ends, agreement, standing, now, waits);
    }

    public Link with(Waits now) {
        return new Link(id, crm, ends, agreement, standing, writes, now);
    }

    /** The same at other versions. */
    public Link at(String latestReferral, String latestInCrm) {
        return with(new Agreement(agreement.values(), agreement.referral().at(latestReferral),
                agreement.crm().at(latestInCrm)));
    }

    /** Whether a referral and an opportunity were joined; a mere claim is no link. */
    public boolean isJoined() {
        return isWhole() && ends.type() == RecordType.OPPORTUNITY;
    }

    /** The same of a referral and an opportunity or a lead. */
    public boolean isWhole() {
        return referralId() != null && crmId() != null && state() != LinkState.CLAIMED;
    }

    /** Whether the record in the CRM is a lead. */
    public boolean isLead() {
        return ends.type() == RecordType.LEAD && crmId() != null;
    }

    /** The referral of a claim that is over, parked by itself. */
    public Link releasedReferral() {
        return of(crm, Ends.deal(referralId(), engagementId(), null)).inPlaceOf(this)
                .with(standing.in(LinkState.PARKED)).with(writes);
    }

    /** The same of its opportunity. */
    public Link releasedOpportunity() {
        return of(crm, Ends.deal(null, null, crmId())).with(standing.in(LinkState.PARKED));
    }

    /** A deal that is not compared, without what was agreed if somebody wants its people forgotten. */
    public Link uncompared() {
        return isLead() || !standing.isToForget() ? this
                : with(AgreedValues.NONE).with(Standing.of(state(), reason()));
    }

    public String referralId() {
        return ends.referralId();
    }

    public String engagementId() {
        return ends.engagementId();
    }

    public String crmId() {
        return ends.crmId();
    }

    public AgreedValues agreed() {
        return agreement.values();
    }

    /** What is agreed about the deal, or was about to be written when it was made; of a lead not about the lead. */
    public AgreedValues agreedOnDeal() {
        return isLead() ? agreed().ofDeal() : agreed();
    }

    /** The same with other values; a lead keeps its own. */
    public Link withDeal(AgreedValues now) {
        return with(isLead() ? agreed().withDeal(now) : now);
    }

    public String referralVersion() {
        return agreement.referral().version();
    }

    public String crmVersion() {
        return agreement.crm().version();
    }

    public LinkState state() {
        return standing.state();
    }

    public String reason() {
        return standing.reason();
    }

    public Instant updatedAt() {
        return standing.at();
    }
}
