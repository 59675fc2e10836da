package dev.cosell.sync.decide;

import dev.cosell.text.Storable;
import dev.cosell.verbs.CrmView;
import dev.cosell.verbs.Lead;
import dev.cosell.verbs.Opportunity;
import java.util.List;
import java.util.Map;

/**
 * What two records that are one deal still have to learn of each other. An id is written where nothing stands or an id
 * of the sync's own; a text that a person or another program put there stays and is named.
 *
 */
public record Joining(Pair pair, ReferralRules referrals, CrmSide crm) {
    /**
     * Puts whatever is missing into the patches.
     *
     * @return whether anything is missing
     */
    boolean into(Map<String, Object> referralPatch, Map<String, Object> crmPatch, List<String> story) {
        boolean tellsOpportunity = identifier(crmPatch, story);
        boolean tellsReferral = externalReference(referralPatch, story);
        if (!pair.isLinked()) {
            story.add((isMadeForIt() ? "Shared with Partner Center as referral " : "Joined with referral ")
                    + pair.referral().id());
        }
        return tellsOpportunity || tellsReferral;
    }

    /** The news of a referral that we have just created may be quicker than our own next step. */
    private boolean isMadeForIt() {
        Link begun = pair.link();
        return begun != null && begun.state() == LinkState.LINKED && begun.referralId() == null
                && pair.opportunity().referralId() == null
                && pair.opportunity().id().equals(pair.referral().externalReference());
    }

    private boolean identifier(Map<String, Object> crmPatch, List<String> story) {
        Naming naming = new Naming(referrals, crm.view());
        Opportunity opportunity = pair.opportunity();
        String referralId = pair.referral().id();
        if (naming.identifies(opportunity, pair.referral()) || opportunity.isReadOnly()) {
            return false;
        }
        String typed = naming.ownText(opportunity);
        if (typed != null) {
            keeps(story, "the Referral Identifier", typed, "is not a referral's id");
            return false;
        }
        crmPatch.putAll(crm.view().joinFields(referralId, pair.referral().link()));
        if (naming.identifiesEngagement(opportunity, pair.referral())) {
            story.add("Referral Identifier: " + opportunity.referralId() + " → " + referralId
                    + ", the referral of that engagement");
        } else if (pair.isLinked() && opportunity.referralId() == null && !pair.agreed().rows().isEmpty()) {
            story.add("Referral Identifier restored; this opportunity stays joined with referral " + referralId);
        } else if (pair.isLinked() && opportunity.referralId() != null) {
            story.add("Referral Identifier: " + opportunity.referralId() + " → " + referralId
                    + ", the referral that this opportunity is joined with");
        }
        return true;
    }

    private boolean externalReference(Map<String, Object> referralPatch, List<String> story) {
        String present = pair.referral().externalReference();
        if (!crm.primary() || pair.referral().isClosed()
                || new Naming(referrals, crm.view()).names(pair.referral(), pair.opportunity())) {
            return false;
        }
        if (present != null && !isItsLead(pair, crm.view(), present)) {
            keeps(story, "the referral's CRM id (externalReferenceId)", present,
                    "names another record or is a text of somebody's own");
            return false;
        }
        referralPatch.putAll(referrals.naming(pair.opportunity().id()));
        return true;
    }

    /** The referral has to name the CRM's lead, unless it names another CRM's record or takes no change any more. */
    public static Map<String, Object> namingLead(Pair pair, Lead lead, boolean primary) {
        boolean wanted = primary && !pair.isPushed() && !pair.referral().isClosed()
                && pair.referral().externalReference() == null;
        return wanted ? pair.referral().view().naming(lead.id()) : Map.of();
    }

    /**
     * The Referral Identifier of a lead that lacks it; empty when something stands there, or the lead takes no change.
     *
     * @param story is told what is written
     */
    static Map<String, Object> identifying(Pair pair, Lead lead, List<String> story) {
        if (lead.isReadOnly() || lead.referralId() != null) {
            return Map.of();
        }
        String id = pair.referral().id();
        boolean known = !pair.agreedOnLead().rows().isEmpty();
        story.add(known ? FieldNews.travels("Referral Identifier", "in the CRM", null, id)
                : "Joined with referral " + id);
        return Map.of(lead.view().referralIdField(), id);
    }

    /** Whether a text names, in whatever spelling, the lead that goes on as the pair's opportunity. */
    public static boolean isItsLead(Pair pair, CrmView crm, String text) {
        if (text == null || !pair.isLeadLinked()) {
            return false;
        }
        String read = crm.readLeadId(text);
        return pair.link().crmId().equalsIgnoreCase(read == null ? text.strip() : read);
    }

    private void keeps(List<String> story, String field, String text, String why) {
        if (!pair.isLinked()) {
            story.add(field + " keeps \"" + Storable.shortened(text, 100) + "\", which " + why);
        }
    }
}
