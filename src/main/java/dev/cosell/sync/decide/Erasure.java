package dev.cosell.sync.decide;

import java.util.function.Function;

/**
 * What the books keep of a link whose people are to be forgotten.
 *
 * @param ended the rules for ended leads of a CRM, by its name; null for a CRM that is not enabled
 * @param leads what becomes of leads
 */
public record Erasure(Function<String, EndedLead> ended, LeadMode leads) {

    /**
     * Whether the two records are compared, now or when the link is freed. What they agree on follows them then, so it
     * is gone once the person is erased there; without it, what one side clears would come back from the other. Where
     * nobody compares, nothing else would ever delete it. Whether the seller has switched the sync off is not known
     * before the opportunity is looked at again.
     *
     * @param closed whether the referral is known to be closed
     */
    public boolean isCompared(Link link, boolean closed) {
        if (ended.apply(link.crm()) == null || link.state() == LinkState.ORPHANED) {
            return false;
        }
        return !link.isLead() || leads != LeadMode.OFF && !(closed && link.state() == LinkState.LINKED);
    }

    /** Whether a CRM is enabled. Without its rules nothing but all could be erased, which nobody has asked for. */
    public boolean knows(String crm) {
        return ended.apply(crm) != null;
    }

    /** Of what was agreed, what is kept: all as long as it is compared, else the status of a lead alone. */
    public AgreedValues kept(Link link, boolean closed) {
        if (isCompared(link, closed)) {
            return link.agreed();
        }
        EndedLead lead = link.isLead() ? ended.apply(link.crm()) : null;
        return lead == null ? AgreedValues.NONE : lead.kept(link.agreed());
    }
}
