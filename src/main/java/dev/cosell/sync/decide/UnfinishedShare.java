package dev.cosell.sync.decide;

import dev.cosell.mapping.CompiledTable;
import dev.cosell.mapping.Row;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A create of an opportunity's referral that was begun and has not come to its end. Its referral may be there already,
 * and report by itself.
 *
 * @param link of the opportunity alone, with what was about to be created
 */
public record UnfinishedShare(Link link) {
    /** The one that a link tells of; null when it tells of none. */
    public static UnfinishedShare of(Link link) {
        boolean begun = link != null && link.crmId() != null && link.referralId() == null && !link.isLead()
                && !link.agreed().rows().isEmpty();
        return begun ? new UnfinishedShare(link) : null;
    }

    /** The one of a pair that was never joined, which may be noted with either side; null for none. */
    static UnfinishedShare of(Pair pair) {
        return Stream.of(of(pair.link()), of(pair.other())).filter(Objects::nonNull).findFirst().orElse(null);
    }

    /** Whether it goes on by itself: it is neither parked nor held back. */
    public boolean isUnderWay() {
        return link.state() == LinkState.LINKED && link.waits().held().isEmpty();
    }

    /**
     * Whether it does what joining the two would leave undone: to bring Microsoft into the deal, or to empty what a
     * copy has of its original.
     *
     * @param pair with both records
     */
    public boolean doesMoreThanJoin(Pair pair, CompiledTable table) {
        return FirstShare.isCopy(pair.opportunity())
                || table.rows().stream().anyMatch(row -> asksForHelp(row, pair.referral()));
    }

    /** By what was about to be created as well: our own referral may not show it. */
    private boolean asksForHelp(Row row, Referral referral) {
        Agreed begun = link.agreed().of(row);
        return begun != null && referral.view().asksForHelp(row.referralPaths(), begun.referral())
                || referral.view().asksForHelp(row.referralPaths(),
                        row.normalReferral(row.referralValue(referral.fields())));
    }
}
