package dev.cosell.sync.decide;

import dev.cosell.mapping.CompiledTable;
import dev.cosell.verbs.CrmView;
import dev.cosell.verbs.Opportunity;
import dev.cosell.verbs.SystemRecord;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Which of the records that claim to be the other side of an opportunity, or the opportunity of a referral, is it. */
public record Claimants(ReferralRules referrals, CrmView crm, CompiledTable table) {

    /**
     * The order in which referrals are read that may be the other side: open ones that Partner Center found, those that
     * are known to name the opportunity, and the others it found.
     */
    public List<String> ids(List<String> known, List<Referral> found) {
        Set<String> ids = new LinkedHashSet<>();
        found.stream().filter(referral -> !referral.isClosed()).map(Referral::id).forEach(ids::add);
        ids.addAll(known);
        found.stream().map(Referral::id).forEach(ids::add);
        return List.copyOf(ids);
    }

    /**
     * Takes a referral that was read. One that is open goes before closed ones; a second open one is a rival.
     *
     * @param anothers whether it is joined with another opportunity: a copy of an opportunity has the original's
     *     Referral Link
     */
    public Pair with(Pair pair, Referral referral, boolean anothers) {
        if (!referral.isOwn() || !claims(pair.opportunity(), referral, anothers)) {
            return pair;
        }
        if (pair.referral() == null || pair.referral().isClosed() && !referral.isClosed()) {
            return pair.withReferral(referral);
        }
        boolean older = referral.isClosed() && !pair.referral().isClosed();
        return older || isKnown(pair.referral(), pair.rivals(), referral) ? pair
                : pair.withRivals(added(pair.rivals(), referral));
    }

    private boolean claims(Opportunity opportunity, Referral referral, boolean anothers) {
        return (naming().names(referral, opportunity) || naming().links(opportunity, referral) && !anothers)
                && !naming().isOlderDeal(referral, opportunity, table);
    }

    /** Takes another opportunity that claims the pair's referral, unless it is known. */
    public Pair withRival(Pair pair, Opportunity opportunity) {
        return isKnown(pair.opportunity(), pair.rivals(), opportunity) ? pair
                : pair.withRivals(added(pair.rivals(), opportunity));
    }

    private static boolean isKnown(SystemRecord one, List<? extends SystemRecord> rivals, SystemRecord record) {
        return Stream.concat(Stream.of(one), rivals.stream()).anyMatch(each -> each.id().equals(record.id()));
    }

    private static List<SystemRecord> added(List<? extends SystemRecord> rivals, SystemRecord record) {
        List<SystemRecord> all = new ArrayList<>(rivals);
        all.add(record);
        return all;
    }

    private Naming naming() {
        return new Naming(referrals, crm);
    }
}
