package dev.cosell.backfill;

import dev.cosell.backfill.Records.Found;
import dev.cosell.mapping.CompiledTable;
import dev.cosell.mapping.Mappings;
import dev.cosell.sync.books.LinkSearch;
import dev.cosell.sync.books.SeenVersions;
import dev.cosell.sync.decide.InAgreement;
import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.Referral;
import dev.cosell.sync.decide.ReferralRules;
import dev.cosell.sync.decide.StatusInCrm;
import dev.cosell.verbs.Changes;
import dev.cosell.verbs.CrmView;
import dev.cosell.verbs.Opportunity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Compares pages of a list with what was last agreed, as a whole: a record that agrees costs no read of its own. */
public final class Pages {
    private final Map<String, CrmView> crms;
    private final ReferralRules referrals;
    private final Mappings mappings;
    private final LinkSearch links;
    private final SeenVersions seen;

    /** @param crms the enabled CRMs by name */
    public Pages(Map<String, CrmView> crms, ReferralRules referrals, Mappings mappings, LinkSearch links,
            SeenVersions seen) {
        this.crms = new LinkedHashMap<>(crms);
        this.referrals = referrals;
        this.mappings = mappings;
        this.links = links;
        this.seen = seen;
    }

    List<Found> found(String source, Changes page) {
        List<String> ids = page.changes().stream().map(Changes.Change::id).toList();
        return crms.containsKey(source) ? opportunities(source, ids, page.records()) : crms.keySet().stream()
                .flatMap(crm -> referrals(crm, ids, page).stream()).toList();
    }

    private List<Found> opportunities(String crm, List<String> ids, List<Map<String, Object>> records) {
        Map<String, Link> known = links.ofRecords(crm, true, ids);
        CompiledTable table = mappings.of(crm).opportunity();
        InAgreement agreement = new InAgreement(table);
        return records.stream().map(fields -> new Opportunity(fields, crms.get(crm)))
                .map(each -> found(crm, each.id(), agreement.of(known.get(each.id()), each),
                        new StatusInCrm(referrals, table, each).isClosed())).toList();
    }

    private static Found found(String crm, String id, boolean agrees, boolean closed) {
        return new Found(crm, id, agrees ? Kind.EQUAL : null, agrees && closed);
    }

    /** News of Microsoft's referrals that a sync has seen are no part of any run. */
    private List<Found> referrals(String crm, List<String> ids, Changes page) {
        Map<String, Link> known = links.ofRecords(crm, false, ids);
        Set<Changes.Change> news = seen.unseen(page, crm, referrals.system()).changes().stream()
                .collect(Collectors.toSet());
        InAgreement agreement = new InAgreement(mappings.of(crm).opportunity());
        List<Found> found = new ArrayList<>();
        for (Map<String, Object> fields : page.records()) {
            Referral each = new Referral(fields, referrals);
            if (!each.isMicrosofts()) {
                found.add(found(crm, each.id(), agreement.of(known.get(each.id()), each), each.isClosed()));
            } else if (news.contains(new Changes.Change(each.id(), each.version()))) {
                found.add(new Found(crm, each.id(), null));
            }
        }
        return found;
    }
}
