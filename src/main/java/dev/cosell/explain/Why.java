package dev.cosell.explain;

import dev.cosell.operations.RecordIds;
import dev.cosell.operations.SyncOperations;
import dev.cosell.sync.books.AuditEntry;
import dev.cosell.sync.books.AuditTrail;
import dev.cosell.sync.books.FirstSync;
import dev.cosell.sync.decide.Agreed;
import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.Situation;
import dev.cosell.text.Moment;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Why a deal is as it is: how its links stand, what was decided about it, and what both sides last agreed on. */
public final class Why {
    private static final int ENTRIES = 200;

    private final SyncOperations operations;
    private final Deals deals;
    private final AuditTrail audit;
    private final RecordIds ids;
    private final FirstSync first;

    public Why(SyncOperations operations, Deals deals, AuditTrail audit, RecordIds ids, FirstSync first) {
        this.operations = operations;
        this.deals = deals;
        this.audit = audit;
        this.ids = ids;
        this.first = first;
    }

    /**
     * @param links   one for each CRM; empty for a record that was decided about and never joined
     * @param history newest first
     * @param more    whether there are older entries than those
     */
    public record Answer(String id, List<Standing> links, List<Entry> history, boolean more) {}

    /** @param agreed by name of the mapping row */
    public record Standing(Deals.Deal deal, Map<String, Values> agreed) {}

    public record Values(Object partnerCenter, Object crm) {}

    /**
     * @param code   of the situation; null when it has none, as when a person asked for something
     * @param words  what the situation means; null when nobody knows it
     * @param wrote  whether a system was written to
     * @param detail what was done or is wrong; null when there is nothing to add
     */
    public record Entry(String at, String crm, String referralId, String crmId, String situation, String code,
            String words, String action, String detail,
                        boolean wrote, String mappingVersion) {}

    /** @param id of either record in any usual spelling; empty when nothing is known of such a record */
    public Optional<Answer> of(String id) {
        List<Link> links = operations.links(id);
        List<AuditEntry> entries = ids.all(id).stream().map(each -> audit.last(each, ENTRIES + 1))
                .flatMap(List::stream).distinct()
                .sorted(Comparator.comparing(AuditEntry::at).reversed()).toList();
        return links.isEmpty() && entries.isEmpty() ? Optional.empty()
                : Optional.of(new Answer(id.strip(), standing(links), entries.stream().limit(ENTRIES).map(Why::entry)
                .toList(), entries.size() > ENTRIES));
    }

    /**
     * Why nothing may be known of a record yet.
     *
     * @return a sentence for each system that it may be of, and whose first sync was not let go
     */
    public List<String> needs(String id) {
        Stream<String> ofReferrals = ids.referral().apply(id) == null ? Stream.of() : first.crms().stream()
                .flatMap(crm -> first.need(crm, FirstSync.PARTNER_CENTER).stream());
        Stream<String> ofCrms = first.crms().stream().filter(crm -> ids.crms().get(crm).apply(id) != null)
                .flatMap(crm -> first.need(crm, crm).stream());
        return Stream.concat(ofReferrals, ofCrms).distinct().toList();
    }

    private List<Standing> standing(List<Link> links) {
        return deals.of(links.stream().map(Link::id).toList()).stream().map(deal -> new Standing(deal,
                links.stream().filter(link -> link.id() == deal.key()).findFirst().map(Why::agreed).orElse(Map.of())))
                .toList();
    }

    private static Map<String, Values> agreed(Link link) {
        Map<String, Values> agreed = new TreeMap<>();
        link.agreed().rows().forEach((name, value) -> agreed.put(name, values(value)));
        return agreed;
    }

    /** Null for null. */
    static Values values(Agreed agreed) {
        return agreed == null ? null : new Values(agreed.referral(), agreed.crm());
    }

    static Entry entry(AuditEntry entry) {
        return new Entry(Moment.text(entry.at()), entry.crm(), entry.referralId(), entry.crmId(), entry.situation(),
                Situation.named(entry.situation()).map(Situation::code).orElse(null),
                Words.ofSituation(entry.situation()),
                entry.action(), entry.detail(), entry.wrote(), entry.mappingVersion());
    }
}
