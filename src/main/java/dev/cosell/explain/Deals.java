package dev.cosell.explain;

import dev.cosell.operations.RecordIds;
import dev.cosell.sync.books.LinkSearch;
import dev.cosell.sync.decide.Agreed;
import dev.cosell.sync.decide.Deadline;
import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.LinkState;
import dev.cosell.text.Moment;
import java.util.List;
import java.util.Map;

/** Deals as people look for them and read them. */
public final class Deals {
    private final LinkSearch search;
    private final RecordIds ids;
    private final Rules rules;
    private final Pages pages;
    private final List<String> crms;

    /** Where people see the records of a deal in their browser; empty where there is no record or it is not known. */
    public interface Pages {
        String referral(Link link);

        String record(Link link);
    }

    /** @param crms the enabled CRMs */
    public Deals(LinkSearch search, RecordIds ids, Rules rules, Pages pages, List<String> crms) {
        this.crms = List.copyOf(crms);
        this.search = search;
        this.ids = ids;
        this.rules = rules;
        this.pages = pages;
    }

    /**
     * A link in one line.
     *
     * @param key      of the link in our books, by which pages continue
     * @param id       names the deal in further questions
     * @param type     {@code opportunity} or {@code lead}: what the CRM's record is
     * @param name     null when it was not read since names are kept, as {@code customer}
     * @param state    {@code LINKED}, {@code PARKED}, {@code CLAIMED} or {@code ORPHANED}
     * @param words    the same for people
     * @param reason   why it is parked or orphaned, with the codes; null when it is neither
     * @param codes    of what it is parked for; empty when it is not, or an earlier version parked it
     * @param since    when it was last written down: of a synced one, when both sides were last seen to agree
     * @param held     moves that wait
     * @param deadlines what has to be done in time
     * @param referralPage where people see the referral; empty where it is not known, as {@code crmPage}
     */
    public record Deal(long key, String id, String crm, String type, String referralId, String engagementId,
            String crmId, String name, String customer,
                       String state, String words, String reason, List<String> codes, String since,
            List<Waiting> held,
                       List<String> deadlines, String referralPage, String crmPage) {}

    /** @param until when it goes; null while it waits for approval */
    public record Waiting(String what, String since, String until) {}

    /** @param next continues behind the last of these; null when there are no more */
    public record Page(List<Deal> deals, Long next) {}

    /**
     * @param text  part of a name or an id in any spelling; null or blank for all
     * @param state null for any
     * @param crm   null for any that is enabled
     * @param after {@link Page#next} of the page before; null for the first
     */
    public Page page(String text, LinkState state, String crm, Long after, int limit) {
        String wanted = text == null || text.isBlank() ? null : text.strip();
        List<LinkSearch.Found> found = search.page(new LinkSearch.Wanted(wanted, wanted == null ? List.of()
                : ids.all(wanted), state, crm == null ? crms : List.of(crm)), after, limit + 1);
        List<Deal> deals = found.stream().limit(limit).map(this::deal).toList();
        return new Page(deals, found.size() > limit ? deals.get(limit - 1).key() : null);
    }

    /** Those of the given links in our books, in this order; one that is gone is left out. */
    public List<Deal> of(List<Long> keys) {
        List<LinkSearch.Found> found = search.byIds(keys);
        return keys.stream().flatMap(key -> found.stream().filter(each -> each.link().id() == key)).map(this::deal)
                .toList();
    }

    Deal deal(LinkSearch.Found found) {
        Link link = found.link();
        return new Deal(link.id(), link.referralId() != null ? link.referralId() : link.crmId(), link.crm(),
                link.isLead() ? "lead" : "opportunity",
                link.referralId(), link.engagementId(), link.crmId(), name(found), found.label().customer(),
                link.state().name(), Words.of(link.state()),
                link.reason(),
                link.state() == LinkState.LINKED ? List.of() : link.standing().codes(), Moment.text(link.updatedAt()),
                link.waits().held().stream().map(held -> new Waiting(held.what(), Moment.text(held.since()),
                Moment.text(held.until()))).toList(),
                link.waits().deadlines().stream().filter(deadline -> deadline.state() != Deadline.State.ANSWERED)
                        .map(Deadline::sentence).toList(),
                pages.referral(link), pages.record(link));
    }

    /** A link of an earlier build has no name of its own; the agreed values hold it under the row that maps it. */
    private String name(LinkSearch.Found found) {
        if (found.label().name() != null) {
            return found.label().name();
        }
        Map<String, Agreed> agreed = found.link().agreed().rows();
        return rules.nameRow(found.link().crm()).map(agreed::get).map(value -> value.referral() != null
                ? value.referral() : value.crm())
                .map(Object::toString).orElse(null);
    }
}
