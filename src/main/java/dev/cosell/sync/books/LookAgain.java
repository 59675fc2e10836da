package dev.cosell.sync.books;

import dev.cosell.sync.decide.Ends;
import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.RecordType;
import dev.cosell.verbs.Hint;

/** The hint that has the two records of a link looked at again. */
public final class LookAgain {
    private LookAgain() {}

    /**
     * From the CRM's side if it can be, because that concerns one CRM only; leads are not looked at from there, and
     * those that the marketplace pushed are not in Partner Center.
     */
    public static Hint at(Link link) {
        return at(link.crm(), link.ends(), Hint.Origin.RETRY);
    }

    public static Hint at(Waiting link) {
        return at(link.crm(), link.ends(), Hint.Origin.RETRY);
    }

    /** The same for one of very many: live changes go first. */
    public static Hint behindOthers(Waiting link) {
        return at(link.crm(), link.ends(), Hint.Origin.BULK);
    }

    public static Hint behindOthers(Link link) {
        return at(link.crm(), link.ends(), Hint.Origin.BULK);
    }

    /** The same though nobody asked. */
    public static Hint unasked(Link parked) {
        return at(parked.crm(), parked.ends(), Hint.Origin.AGAIN);
    }

    /** For somebody who asks what a sync would do about them. */
    public static Hint previewed(Link link) {
        return at(link.crm(), link.ends(), Hint.Origin.PREVIEW);
    }

    private static Hint at(String crm, Ends ends, Hint.Origin origin) {
        return ends.crmId() != null && ends.type() != RecordType.LEAD ? new Hint(crm, ends.crmId(), null, origin)
                : new Hint(PushedLeads.systemOf(ends.referralId(), Hint.PARTNER_CENTER), ends.referralId(), null,
                        origin);
    }
}
