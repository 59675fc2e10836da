package dev.cosell.sync.decide;

import dev.cosell.text.Storable;
import dev.cosell.verbs.CrmView;
import java.util.List;
import java.util.Map;

/**
 * What two records that are one deal still have to learn of each other. An id is written where nothing stands or an id of the sync's own; a
 * text that a person or another program put there stays and is named.
 *
 * @param primary whether this CRM is the one whose record id stands in the referral's {@code externalReferenceId}
 */
public record Joining(Pair pair, ReferralRules referrals, CrmView crm, boolean primary) {
    /**
     * Puts whatever is missing into the patches.
     *
     * @return whether anything is missing
     */
    boolean into(Map<String, Object> referralPatch, Map<String, Object> crmPatch, List<String> story) {
        boolean tellsOpportunity = identifier(crmPatch, story);
        boolean tellsReferral = externalReference(referralPatch, story);
        if (!pair.isLinked()) {
            story.add((isMadeForIt() ? "Shared with Partner Center as referral " : "Joined with referral ") + referrals.id(pair.referral()));
        }
        return tellsOpportunity || tellsReferral;
    }

    /** The news of a referral that we have just created may be quicker than our own next step. */
    private boolean isMadeForIt() {
        Link begun = pair.link();
        return begun != null && begun.state() == LinkState.LINKED && begun.referralId() == null && crm.referralId(pair.opportunity()) == null
                && crm.id(pair.opportunity()).equals(referrals.externalReference(pair.referral()));
    }

    private boolean identifier(Map<String, Object> crmPatch, List<String> story) {
        Naming naming = new Naming(referrals, crm);
        Map<String, Object> opportunity = pair.opportunity();
        String referralId = referrals.id(pair.referral());
        if (naming.identifies(opportunity, pair.referral()) || crm.readOnly(opportunity)) {
            return false;
        }
        String typed = naming.ownText(opportunity);
        if (typed != null) {
            keeps(story, "the Referral Identifier", typed, "is not a referral's id");
            return false;
        }
        crmPatch.putAll(crm.joinFields(referralId, referrals.link(pair.referral())));
        if (naming.identifiesEngagement(opportunity, pair.referral())) {
            story.add("Referral Identifier: " + crm.referralId(opportunity) + " → " + referralId + ", the referral of that engagement");
        } else if (pair.isLinked() && crm.referralId(opportunity) != null) {
            story.add("Referral Identifier: " + crm.referralId(opportunity) + " → " + referralId + ", the referral that this opportunity is joined with");
        }
        return true;
    }

    private boolean externalReference(Map<String, Object> referralPatch, List<String> story) {
        String present = referrals.externalReference(pair.referral());
        if (!primary || referrals.closed(pair.referral()) || new Naming(referrals, crm).names(pair.referral(), pair.opportunity())) {
            return false;
        }
        if (present != null && !isItsLead(pair, present)) {
            keeps(story, "the referral's CRM id (externalReferenceId)", present, "names another record or is a text of somebody's own");
            return false;
        }
        referralPatch.putAll(referrals.naming(crm.id(pair.opportunity())));
        return true;
    }

    /** The referral has to name the CRM's lead, unless it names another CRM's record or takes no change any more. */
    public static Map<String, Object> namingLead(Pair pair, String leadId, boolean primary, ReferralRules referrals) {
        boolean wanted = primary && !pair.isPushed() && !referrals.closed(pair.referral()) && referrals.externalReference(pair.referral()) == null;
        return wanted ? referrals.naming(leadId) : Map.of();
    }

    /** Whether a text names the lead that goes on as the pair's opportunity. */
    public static boolean isItsLead(Pair pair, String text) {
        return text != null && pair.isLeadLinked() && pair.link().crmId().equalsIgnoreCase(text.strip());
    }

    private void keeps(List<String> story, String field, String text, String why) {
        if (!pair.isLinked()) {
            story.add(field + " keeps \"" + Storable.shortened(text, 100) + "\", which " + why);
        }
    }
}
