package dev.cosell.sync.steps;

import dev.cosell.sync.books.FirstSync;
import dev.cosell.sync.decide.Pair;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Hint;
import org.apache.camel.Variable;

/** The step of {@code routes/sync.camel.yaml} at which hints end that would create or join before anybody was asked. */
public final class FirstSyncSteps {
    private final FirstSync first;

    public FirstSyncSteps(FirstSync first) {
        this.first = first;
    }

    /**
     * Whether this hint is not followed now. It is not lost, because everything is read once more when the first sync
     * is over.
     *
     * @throws Fault.Early for a lead that the marketplace pushed: nobody can be asked for it again, so it waits
     */
    public boolean holds(@Variable("pair") Pair pair) {
        if (pair.link() != null || pair.hint().origin() == Hint.Origin.BACKFILL) {
            return false;
        }
        boolean asks = first.asks(pair.crm(), pair.isReportedByCrm() ? pair.crm() : FirstSync.PARTNER_CENTER);
        if (asks && pair.isPushed()) {
            throw new Fault.Early(Hint.MARKETPLACE, "The first sync of " + pair.crm()
                    + " was not let go yet, and a lead of the marketplace has to wait for it");
        }
        return asks;
    }
}
