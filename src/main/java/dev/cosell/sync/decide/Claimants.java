package dev.cosell.sync.decide;

import dev.cosell.mapping.CompiledTable;
import dev.cosell.verbs.CrmView;
import dev.cosell.verbs.RecordView;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Which of the records that claim to be the other side of an opportunity, or the opportunity of a referral, is it. */
public record Claimants(ReferralRules referrals, CrmView crm, CompiledTable table) {

    /**
     * The order in which referrals are read that may be the other side: open ones that Partner Center found, those that are known to
     * name the opportunity, and the others it found.
     */
    public List<String> ids(List<String> known, List<Map<String, Object>> found) {
        Set<String> ids = new LinkedHashSet<>();
        found.stream().filter(referral -> !referrals.closed(referral)).map(referrals::id).forEach(ids::add);
        ids.addAll(known);
        found.stream().map(referrals::id).forEach(ids::add);
        return List.copyOf(ids);
    }

    /**
     * Takes a referral that was read. One that is open goes before closed ones; a second open one is a rival.
     *
     * @param referral null when there is none
     * @param anothers whether it is joined with another opportunity: a copy of an opportunity has the original's Referral Link
     */
    public Pair with(Pair pair, Map<String, Object> referral, boolean anothers) {
        if (referral == null || !referrals.own(referral) || !claims(pair.opportunity(), referral, anothers)) {
            return pair;
        }
        if (pair.referral() == null || referrals.closed(pair.referral()) && !referrals.closed(referral)) {
            return pair.withReferral(referral);
        }
        boolean older = referrals.closed(referral) && !referrals.closed(pair.referral());
        return older || isKnown(pair.referral(), pair.rivals(), referral, referrals) ? pair : pair.withRivals(added(pair.rivals(), referral));
    }

    private boolean claims(Map<String, Object> opportunity, Map<String, Object> referral, boolean anothers) {
        return (naming().names(referral, opportunity) || naming().links(opportunity, referral) && !anothers)
                && !naming().isOlderDeal(referral, opportunity, table);
    }

    /** Takes another opportunity that claims the pair's referral, unless it is known. */
    public Pair withRival(Pair pair, Map<String, Object> opportunity) {
        return isKnown(pair.opportunity(), pair.rivals(), opportunity, crm) ? pair : pair.withRivals(added(pair.rivals(), opportunity));
    }

    private static boolean isKnown(Map<String, Object> one, List<Map<String, Object>> rivals, Map<String, Object> record, RecordView view) {
        return Stream.concat(Stream.of(one), rivals.stream()).anyMatch(each -> view.id(each).equals(view.id(record)));
    }

    private static List<Map<String, Object>> added(List<Map<String, Object>> rivals, Map<String, Object> record) {
        List<Map<String, Object>> all = new ArrayList<>(rivals);
        all.add(record);
        return all;
    }

    private Naming naming() {
        return new Naming(referrals, crm);
    }
}
