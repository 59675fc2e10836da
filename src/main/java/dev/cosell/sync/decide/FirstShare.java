package dev.cosell.sync.decide;

import dev.cosell.mapping.CompiledTable;
import dev.cosell.mapping.ConversionFault;
import dev.cosell.mapping.Row;
import dev.cosell.mapping.Value;
import dev.cosell.text.Storable;
import dev.cosell.verbs.Opportunity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an opportunity shows of Partner Center when its referral has just been made: in rows that travel to the CRM
 * only what that referral says, be the field empty or not. A copy of another opportunity brings along what Partner
 * Center said of the original, in these rows and in the Audit text. Both belong to the sync and not to the seller.
 *
 * @param referral the new referral
 */
public record FirstShare(CompiledTable table, Opportunity opportunity, Referral referral) {
    private static final List<String> TOLD_OF_JOINED_DEALS = List.of("Created from referral ", "Joined with referral ",
            "Shared with Partner Center as referral ");
    private static final int SHOWN = 100;

    /** CRM field to the new referral's value; null where it has none and the field shows another one's. */
    public Map<String, Object> patch() {
        Map<String, Object> patch = new LinkedHashMap<>();
        for (Row row : table.rows()) {
            Value here = row.crmValue(opportunity.fields());
            Value there = row.referralValue(referral.fields());
            boolean differs = isOwnedBySync(row) && opportunity.computed(row.crmPaths()) == null
                    && !row.same(there, here);
            if (differs && !(there.hasContent() && put(row, there, patch)) && here.hasContent()) {
                row.putCrm(patch, Value.NULL);
            }
        }
        return patch;
    }

    /**
     * Puts in that Microsoft's sellers may see the deal, where the opportunity says otherwise: the request for help has
     * made it visible.
     *
     * @param story is told of it
     */
    public void madeVisible(Map<String, Object> patch, List<String> story) {
        for (Row row : table.rows()) {
            Value here = row.crmValue(opportunity.fields());
            Value there = row.referralValue(referral.fields());
            boolean visible = referral.view().isVisibility(row.referralPaths())
                    && Boolean.TRUE.equals(there.content());
            if (visible && row.toCrmOnUpdate() && !row.same(there, here) && put(row, there, patch)) {
                story.add(FieldNews.travels(row.name(), "in the CRM", row.normalCrm(here), row.normalReferral(there))
                        + ", because Microsoft was asked for help");
            }
        }
    }

    /** Whether the CRM can show it. */
    private static boolean put(Row row, Value there, Map<String, Object> patch) {
        try {
            row.putCrm(patch, there);
            return true;
        } catch (ConversionFault cannotBeShown) {
            return false;
        }
    }

    /** Whether nothing that a seller enters there goes anywhere. */
    private static boolean isOwnedBySync(Row row) {
        return row.toCrmOnUpdate() && !row.toReferralOnCreate() && !row.toReferralOnUpdate();
    }

    /** The Audit text to go on with: empty when the present one tells of another deal. */
    public String keptAudit() {
        return isCopied() ? "" : opportunity.audit();
    }

    /** Only a joined opportunity has such lines, and this one never was joined. */
    public boolean isCopied() {
        return isCopy(opportunity);
    }

    /** The same of an opportunity that is being shared. */
    public static boolean isCopy(Opportunity opportunity) {
        return TOLD_OF_JOINED_DEALS.stream().anyMatch(opportunity.audit()::contains);
    }

    /** Whether the Audit text says that the opportunity was joined with just this referral, or made of it. */
    static boolean wasToldOf(Opportunity opportunity, Referral referral) {
        return TOLD_OF_JOINED_DEALS.stream().anyMatch(told -> opportunity.audit().contains(told + referral.id()));
    }

    /** What was emptied, in one sentence; nothing when nothing was. */
    public List<String> sentences() {
        List<String> emptied = new ArrayList<>();
        patch().forEach((field, value) -> {
            if (value == null) {
                emptied.add(field + " (" + Storable.shortened(String.valueOf(opportunity.fields().get(field)), SHOWN)
                        + ")");
            }
        });
        if (isCopied()) {
            emptied.add("the Audit text so far");
        }
        return emptied.isEmpty() ? List.of()
                : List.of("emptied, because it belonged to the deal that this one was copied from: "
                        + String.join(", ", emptied));
    }
}
