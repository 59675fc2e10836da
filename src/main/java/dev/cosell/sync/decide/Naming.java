package dev.cosell.sync.decide;

import dev.cosell.mapping.CompiledTable;
import dev.cosell.text.Guids;
import dev.cosell.verbs.CrmView;
import dev.cosell.verbs.Opportunity;
import java.util.List;

/**
 * How a referral and an opportunity name each other, in every way and spelling; the one place where their ids are
 * compared.
 */
public record Naming(ReferralRules referrals, CrmView crm) {

    /** Whether a text means this referral; null means none. */
    public boolean isReferral(String text, Referral referral) {
        String id = referral.id();
        String read = referrals.readId(text);
        return text != null && (read == null ? text.strip().equalsIgnoreCase(id) : read.equalsIgnoreCase(id));
    }

    /** Whether the opportunity's Referral Identifier is the referral's. */
    public boolean identifies(Opportunity opportunity, Referral referral) {
        return isReferral(opportunity.referralId(), referral);
    }

    /**
     * Whether the opportunity's Referral Identifier is the id of the referral's engagement, which the portal shows as
     * well, or of another referral in it, such as Microsoft's.
     */
    public boolean identifiesEngagement(Opportunity opportunity, Referral referral) {
        String id = identified(opportunity);
        return id != null && (id.equalsIgnoreCase(referral.engagementId()) || id.equalsIgnoreCase(referral.namedAs()));
    }

    /** Whether the opportunity's Referral Identifier means the referral, by its own id or its engagement's. */
    public boolean identifiesDeal(Opportunity opportunity, Referral referral) {
        return identifies(opportunity, referral) || identifiesEngagement(opportunity, referral);
    }

    /** Whether the Referral Identifier is an id, but neither the referral's nor its engagement's. */
    boolean identifiesAnother(Opportunity opportunity, Referral referral) {
        return identified(opportunity) != null && !identifiesDeal(opportunity, referral);
    }

    /** The id of the referral in the Referral Identifier; null when there is none, or a text that is no id. */
    public String identified(Opportunity opportunity) {
        return referrals.readId(opportunity.referralId());
    }

    /** What a person typed into the Referral Identifier for purposes of their own; null when nothing. */
    String ownText(Opportunity opportunity) {
        String text = opportunity.referralId();
        return text == null || referrals.readId(text) != null ? null : text;
    }

    /** Ids in the Referral Link, of a referral or of an engagement. */
    public List<String> linked(Opportunity opportunity) {
        return Guids.within(opportunity.referralLink());
    }

    /**
     * Whether the Referral Link opens the referral, which itself names no other record of this CRM: copies keep the
     * original's link.
     */
    public boolean links(Opportunity opportunity, Referral referral) {
        List<String> ids = linked(opportunity);
        return identified(opportunity) == null
                && (ids.contains(referral.id()) || ids.contains(String.valueOf(referral.engagementId()))
                        || ids.contains(String.valueOf(referral.namedAs())))
                && (namedId(referral) == null || names(referral, opportunity));
    }

    /** The id of this CRM's record that the referral names; null when it names none. */
    public String namedId(Referral referral) {
        return crm.readId(referral.externalReference());
    }

    /** Whether the referral names the opportunity. */
    public boolean names(Referral referral, Opportunity opportunity) {
        String text = referral.externalReference();
        return opportunity.id().equals(text) || opportunity.id().equals(crm.readId(text));
    }

    /** Whether one of the two names the other, in whatever way. */
    public boolean areNamed(Referral referral, Opportunity opportunity) {
        return names(referral, opportunity) || identifies(opportunity, referral)
                || identifiesEngagement(opportunity, referral) || links(opportunity, referral);
    }

    /** Whether a closed referral is an older deal of an opportunity that goes on and does not name it. */
    public boolean isOlderDeal(Referral referral, Opportunity opportunity, CompiledTable table) {
        return referral.isClosed() && !identifiesDeal(opportunity, referral)
                && !new StatusInCrm(referrals, table, opportunity).isClosed();
    }
}
