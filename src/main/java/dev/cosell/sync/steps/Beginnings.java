package dev.cosell.sync.steps;

import dev.cosell.mapping.Mappings;
import dev.cosell.mapping.Row;
import dev.cosell.sync.books.LinkStore;
import dev.cosell.sync.decide.BegunWrites;
import dev.cosell.sync.decide.Decision;
import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.LinkState;
import dev.cosell.sync.decide.Merge;
import dev.cosell.sync.decide.Pair;
import dev.cosell.sync.decide.ReferralRules;
import dev.cosell.verbs.CrmView;
import dev.cosell.verbs.Writes;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.camel.Variable;

/**
 * The step before a write: writes down what is about to be written. When the answer gets lost, or the process dies before the sync
 * is remembered, the next comparison knows the write as our own and does not take it for an edit against which another may lose.
 */
public final class Beginnings {
    private final Map<String, CrmView> crms;
    private final ReferralRules referrals;
    private final Mappings mappings;
    private final LinkStore links;

    public Beginnings(Map<String, CrmView> crms, ReferralRules referrals, Mappings mappings, LinkStore links) {
        this.crms = Map.copyOf(crms);
        this.referrals = referrals;
        this.mappings = mappings;
        this.links = links;
    }

    /** Before an update or a close of a linked pair. */
    public void update(@Variable("decision") Decision decision) {
        Pair pair = decision.pair();
        if (!pair.isLinked() || decision.written().isEmpty()) {
            return;
        }
        links.begin(with(pair.link(), BegunWrites.agreed(decision, mappings.of(pair.crm()).opportunity())));
    }

    /** Before an opportunity is created: nothing was found, so whatever an earlier attempt wrote down is void. */
    public void opportunity(@Variable("decision") Decision decision, @Variable("request") Writes.NewOpportunity wanted) {
        Pair pair = decision.pair();
        Map<String, Object> agreed = agreed(pair, Row::toCrmOnCreate, row ->
                Merge.values(row.normalReferral(row.referralValue(pair.referral())), row.normalCrm(row.crmValue(wanted.fields()))));
        links.begin(half(pair, wanted.referralId(), referrals.engagementId(pair.referral()), null, agreed));
    }

    /** Before a referral is created for the first time; what is written down for it stays until it is found or made. */
    public void referral(@Variable("decision") Decision decision, @Variable("request") Writes.NewReferral wanted) {
        Pair pair = decision.pair();
        if (Boolean.TRUE.equals(wanted.retry())) {
            return;
        }
        Map<String, Object> agreed = agreed(pair, Row::toReferralOnCreate, row ->
                Merge.values(row.normalReferral(row.referralValue(wanted.document())), row.normalCrm(row.crmValue(pair.opportunity()))));
        links.begin(half(pair, null, null, crms.get(pair.crm()).id(pair.opportunity()), agreed));
    }

    private Map<String, Object> agreed(Pair pair, Predicate<Row> travels, Function<Row, Map<String, Object>> values) {
        Map<String, Object> agreed = new HashMap<>();
        mappings.of(pair.crm()).opportunity().rows().stream().filter(travels).forEach(row -> agreed.put(row.name(), values.apply(row)));
        return agreed;
    }

    /** What a pair that was never joined leaves until it is; a claim that led nowhere is no more. */
    private static Link half(Pair pair, String referralId, String engagementId, String crmId, Map<String, Object> agreed) {
        Link old = pair.link();
        boolean same = old != null && (old.isLead() || Objects.equals(old.referralId(), referralId) && Objects.equals(old.crmId(), crmId));
        return same ? with(old, agreed) : new Link(old == null ? 0 : old.id(), pair.crm(), referralId, engagementId, crmId, agreed, null, null,
                LinkState.LINKED, null, null, null, 0);
    }

    private static Link with(Link link, Map<String, Object> agreed) {
        return new Link(link.id(), link.crm(), link.referralId(), link.engagementId(), link.crmId(), agreed, link.referralVersion(),
                link.crmVersion(), link.state(), link.reason(), link.updatedAt(), link.writeWindowStart(), link.writesInWindow(),
                link.referralOrder(), link.crmOrder(), link.waits(), link.recordType());
    }
}
