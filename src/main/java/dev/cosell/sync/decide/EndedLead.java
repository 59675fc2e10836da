package dev.cosell.sync.decide;

import dev.cosell.mapping.CompiledTable;
import dev.cosell.mapping.Row;
import dev.cosell.verbs.Lead;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the books keep of a lead that was deleted in the CRM, or whose referral is closed: its ids, its versions and its
 * status. Names, addresses and texts of people are needed no more, and nothing else would ever delete them.
 *
 * @param table the lead's rows
 */
public record EndedLead(CompiledTable table, ReferralRules rules) {

    /** Of what was agreed, what is kept. */
    public AgreedValues kept(AgreedValues agreed) {
        Set<String> status = table.rows().stream().filter(this::isStatus).map(Row::name).collect(Collectors.toSet());
        return new AgreedValues(agreed.rows().entrySet().stream().filter(row -> status.contains(row.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /**
     * The link for a comparison. A lead that was restored, whose closed referral is read again, or whose people were
     * forgotten while nobody compared it, would lose the seller's values to those of the referral, because the books do
     * not know any more who changed what: so what both show counts as agreed, but for the status, if they know it.
     */
    public Link recalled(Link link, Referral referral, Lead lead) {
        boolean wasCompared = link.state() == LinkState.ORPHANED || link.state() == LinkState.LINKED;
        if (!wasCompared || !link.agreed().rows().keySet().equals(kept(link.agreed()).rows().keySet())) {
            return link;
        }
        Map<String, Agreed> all = new LinkedHashMap<>(AgreedValues.shown(table.rows(), row -> !isStatus(row),
                LeadDocument.of(referral.fields()), lead.fields()).rows());
        all.putAll(link.agreed().rows());
        return link.with(new AgreedValues(all));
    }

    private boolean isStatus(Row row) {
        return rules.isStatus(row.referralPaths());
    }
}
