package dev.cosell.sync.steps;

import dev.cosell.sync.books.FirstSync;
import dev.cosell.sync.books.LinkStore;
import dev.cosell.sync.books.ReferralIndex;
import dev.cosell.sync.decide.Pair;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Hint;
import java.util.function.BiPredicate;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/** The step of {@code routes/sync.camel.yaml} at which hints end that would create or join before anybody was asked. */
public final class FirstSyncSteps {
    private final FirstSync first;
    private final BiPredicate<String, String> run;
    private final ReferralIndex index;
    private final LinkStore links;

    /** @param run whether a backfill that somebody let go hands over the record of this id with the CRM of this name */
    public FirstSyncSteps(FirstSync first, BiPredicate<String, String> run, ReferralIndex index, LinkStore links) {
        this.first = first;
        this.run = run;
        this.index = index;
        this.links = links;
    }

    /**
     * Whether this hint is not followed now. It is not lost, because everything is read once more when the first sync
     * is over. A hint of a backfill goes to every CRM, and the record may have been counted for some of them.
     *
     * @throws Fault.Early for a lead that the marketplace pushed: nobody can be asked for it again, so it waits
     */
    public boolean holds(@Variable("pair") Pair pair, @Body Hint told) {
        if (pair.link() != null
                || !first.asks(pair.crm(), pair.isReportedByCrm() ? pair.crm() : FirstSync.PARTNER_CENTER)) {
            return false;
        }
        if (pair.isPushed()) {
            throw new Fault.Early(Hint.MARKETPLACE, "The first sync of " + pair.crm()
                    + " was not let go yet, and a lead of the marketplace has to wait for it");
        }
        boolean isRun = told.origin() == Hint.Origin.BACKFILL && run.test(pair.crm(), told.id());
        return !isRun && !isOfJoinedDeal(pair);
    }

    /** Microsoft's referral has no link of its own. One that no list has shown yet comes with the next sweep. */
    private boolean isOfJoinedDeal(Pair pair) {
        return !pair.isReportedByCrm() && links
                .findByEngagement(pair.crm(), index.engagementOfMicrosofts(pair.hint().id())).isPresent();
    }
}
