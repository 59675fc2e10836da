package dev.cosell.sync.steps;

import dev.cosell.sync.books.LinkStore;
import dev.cosell.sync.books.SeenVersions;
import dev.cosell.sync.decide.Agreed;
import dev.cosell.sync.decide.AgreedValues;
import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.LinkState;
import dev.cosell.sync.decide.Pair;
import dev.cosell.verbs.Hint;
import dev.cosell.verbs.Opportunity;
import dev.cosell.verbs.SystemRecord;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Variable;

/** How the version that was reported is called, so that one that was handled before is not looked at again. */
public final class ReportedVersions {
    private static final String SOLUTIONS = "solutions";
    private static final Set<Hint.Origin> REPORTS = EnumSet.of(Hint.Origin.SWEEP, Hint.Origin.POLL);
    private static final Set<Hint.Origin> AGAIN = EnumSet.of(Hint.Origin.RETRY, Hint.Origin.BACKFILL,
            Hint.Origin.AGAIN);

    private final LinkStore links;
    private final Clock clock;

    public ReportedVersions(LinkStore links, Clock clock) {
        this.links = links;
        this.clock = clock;
    }

    /**
     * Whether the hint names a version that was handled: sweeps and polls report what waits in the queue again and
     * again, and nothing has to be read for those that come after the first. What became of the record since, another
     * hint tells.
     */
    public boolean wasHandled(@Variable("pair") Pair pair) {
        Hint hint = pair.hint();
        Link link = pair.link();
        if (isUncalledFor(pair)) {
            return true;
        }
        if (hint.version() == null || !REPORTS.contains(hint.origin()) || pair.isPushed()
                || link != null && link.state() == LinkState.ORPHANED) {
            return false;
        }
        return answered(pair)
                ? hint.version().equals(pair.isReportedByCrm() ? link.crmVersion() : link.referralVersion())
                : links.handled(named(pair));
    }

    /**
     * Whether time has brought a look at a record that is not parked here: it is in another CRM, or it was freed since.
     */
    private static boolean isUncalledFor(Pair pair) {
        return pair.hint().origin() == Hint.Origin.AGAIN
                && (pair.link() == null || !pair.link().standing().mayEndByItself());
    }

    /** Whether the link holds the one version that was handled, so that the database need not be asked. */
    private static boolean answered(Pair pair) {
        return !pair.isReportedByMicrosoft() && pair.link() != null && !pair.link().isLead()
                && pair.link().state() == LinkState.LINKED;
    }

    private static String named(Pair pair) {
        return SeenVersions.key(pair.crm(), pair.hint().system(), pair.hint().id(), pair.hint().version());
    }

    /**
     * Name of the reported record at its present version, for the idempotent consumer. A retry is always new, and so is
     * what a backfill hands over: the mapping may have changed since. A change that is known from its time needs no
     * look at the record, and one that Partner Center does not show us is not gone.
     */
    public String seenKey(@Variable("pair") Pair pair) {
        if (pair.isKnownChange()) {
            return handled(SeenVersions.key(pair.crm(), pair.hint().system(), pair.hint().id(),
                    pair.link().referralVersion()));
        }
        if (isUncalledFor(pair)) {
            return handled(SeenVersions.key(pair.crm(), pair.hint().system(), pair.hint().id(), "unasked"));
        }
        if (wasHandled(pair)) {
            return handled(named(pair));
        }
        SystemRecord reported = reported(pair);
        if (reported == null && pair.isNewsOfRelated()) {
            return handled(SeenVersions.key(pair.crm(), pair.hint().system(), pair.hint().id(), "not shown"));
        }
        if (reported == null) {
            return goneKey(pair);
        }
        if (pair.hint().origin() == Hint.Origin.PARTS) {
            return partsKey(pair.opportunity(), pair.link() == null ? AgreedValues.NONE : pair.link().agreed());
        }
        String key = SeenVersions.key(pair.crm(), reported);
        if (answered(pair)) {
            String known = pair.isReportedByCrm() ? pair.link().crmVersion() : pair.link().referralVersion();
            links.answer(key, reported.version().equals(known));
        }
        if (pair.link() != null && pair.link().state() == LinkState.ORPHANED) {
            links.doubt(key);
        }
        return retryKey(pair, key);
    }

    /** The record that its hint is about, as it was read; null when it was not, or is not there. */
    static SystemRecord reported(Pair pair) {
        return pair.isReportedByCrm() ? pair.opportunity()
                : pair.isReportedByMicrosoft() ? pair.related() : pair.referral();
    }

    /** Of a deal that was whole until now each absence is new: the record may have been gone before, and come back. */
    private String goneKey(Pair pair) {
        String key = SeenVersions.key(pair.crm(), pair.hint().system(), pair.hint().id(), "gone");
        boolean whole = pair.link() != null && pair.link().isWhole() && pair.link().state() != LinkState.ORPHANED;
        return whole ? newKey(key) : retryKey(pair, key);
    }

    private String handled(String key) {
        links.answer(key, true);
        return key;
    }

    /**
     * What keeps an opportunity apart that is shown again, such as its switch, is the same an hour later: it is looked
     * at once for each time that it was gone.
     */
    private String retryKey(Pair pair, String key) {
        Hint.Origin origin = pair.hint().origin();
        Link link = pair.link();
        if (origin == Hint.Origin.AGAIN && link != null && link.state() == LinkState.ORPHANED) {
            return key + "|" + link.updatedAt();
        }
        return AGAIN.contains(origin) ? newKey(key) : key;
    }

    private String newKey(String key) {
        return "retry:" + clock.instant() + ":" + key;
    }

    /**
     * Name of an opportunity at its present version together with its solution rows, which have no part in the version,
     * and with those that were agreed: a row that is added and taken away again leaves the first two as they were.
     */
    static String partsKey(Opportunity opportunity, AgreedValues agreed) {
        List<?> solutions = opportunity.fields().get(SOLUTIONS) instanceof List<?> rows ? rows : List.of();
        List<String> names = solutions.stream().map(row -> (Map<?, ?>) row)
                .map(row -> row.get("id") + "=" + row.get("name")).sorted().toList();
        Agreed known = agreed.rows().get(SOLUTIONS);
        String version = opportunity.version() + "|" + names + (known == null ? "" : "|" + known.crm());
        return SeenVersions.key(opportunity.system(), opportunity.system(), opportunity.id(), version);
    }
}
