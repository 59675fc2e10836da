package dev.cosell.sync.decide;

import dev.cosell.mapping.CompiledTable;
import dev.cosell.mapping.ConversionFault;
import dev.cosell.mapping.Row;
import dev.cosell.text.Guids;
import dev.cosell.verbs.CrmView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How a referral and an opportunity name each other, in every way and spelling; the one place where their ids are compared. */
public record Naming(ReferralRules referrals, CrmView crm) {

    /** Whether a text means this referral. */
    boolean isReferral(String text, Map<String, Object> referral) {
        String id = referrals.id(referral);
        String read = referrals.readId(text);
        return text != null && (read == null ? text.strip().equalsIgnoreCase(id) : read.equalsIgnoreCase(id));
    }

    /** Whether the opportunity's Referral Identifier is the referral's. */
    public boolean identifies(Map<String, Object> opportunity, Map<String, Object> referral) {
        return isReferral(crm.referralId(opportunity), referral);
    }

    /** Whether the opportunity's Referral Identifier is the id of the referral's engagement, which the portal shows as well. */
    public boolean identifiesEngagement(Map<String, Object> opportunity, Map<String, Object> referral) {
        String id = identified(opportunity);
        return id != null && id.equalsIgnoreCase(referrals.engagementId(referral));
    }

    /** Whether the Referral Identifier is an id, but neither the referral's nor its engagement's. */
    boolean identifiesAnother(Map<String, Object> opportunity, Map<String, Object> referral) {
        return identified(opportunity) != null && !identifies(opportunity, referral) && !identifiesEngagement(opportunity, referral);
    }

    /** The id of the referral in the Referral Identifier; null when there is none, or a text that is no id. */
    public String identified(Map<String, Object> opportunity) {
        return referrals.readId(crm.referralId(opportunity));
    }

    /** What a person typed into the Referral Identifier for purposes of their own; null when nothing. */
    String ownText(Map<String, Object> opportunity) {
        String text = crm.referralId(opportunity);
        return text == null || referrals.readId(text) != null ? null : text;
    }

    /** Ids in the Referral Link, of a referral or of an engagement. */
    public List<String> linked(Map<String, Object> opportunity) {
        return Guids.within(crm.referralLink(opportunity));
    }

    /** Whether the Referral Link opens the referral, which itself names no other record of this CRM: copies keep the original's link. */
    public boolean links(Map<String, Object> opportunity, Map<String, Object> referral) {
        List<String> ids = linked(opportunity);
        return identified(opportunity) == null && (ids.contains(referrals.id(referral)) || ids.contains(String.valueOf(referrals.engagementId(referral))))
                && (namedId(referral) == null || names(referral, opportunity));
    }

    /** The id of this CRM's record that the referral names; null when it names none. */
    public String namedId(Map<String, Object> referral) {
        return crm.readId(referrals.externalReference(referral));
    }

    /** Whether the referral names the opportunity. */
    public boolean names(Map<String, Object> referral, Map<String, Object> opportunity) {
        String text = referrals.externalReference(referral);
        return crm.id(opportunity).equals(text) || crm.id(opportunity).equals(crm.readId(text));
    }

    /** Whether the opportunity would be closed in Partner Center's terms. */
    boolean isClosed(Map<String, Object> opportunity, CompiledTable table) {
        Map<String, Object> shown = new HashMap<>();
        for (Row row : table.rows()) {
            if (referrals.isStatus(row.referralPaths())) {
                try {
                    row.putReferral(shown, row.crmValue(opportunity));
                } catch (ConversionFault unknown) {
                    return false;
                }
            }
        }
        return referrals.closed(shown);
    }

    /** Whether a closed referral is an older deal of an opportunity that goes on and does not name it. */
    public boolean isOlderDeal(Map<String, Object> referral, Map<String, Object> opportunity, CompiledTable table) {
        return referrals.closed(referral) && !identifies(opportunity, referral) && !isClosed(opportunity, table);
    }
}
