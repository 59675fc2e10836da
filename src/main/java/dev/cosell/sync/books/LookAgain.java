package dev.cosell.sync.books;

import dev.cosell.sync.decide.Link;
import dev.cosell.verbs.Hint;

/** The hint that has the two records of a link looked at again. */
public final class LookAgain {
    private LookAgain() {}

    /**
     * From the CRM's side if it can be, because that concerns one CRM only; leads are not looked at from there, and
     * those that the marketplace pushed are not in Partner Center.
     */
    public static Hint at(Link link) {
        return link.crmId() != null && !link.isLead() ? new Hint(link.crm(), link.crmId(), null, Hint.Origin.RETRY)
                : new Hint(PushedLeads.systemOf(link.referralId(), Hint.PARTNER_CENTER), link.referralId(), null,
                        Hint.Origin.RETRY);
    }
}
