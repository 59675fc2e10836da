package dev.cosell.sync.steps;

import dev.cosell.mapping.Mappings;
import dev.cosell.mapping.Row;
import dev.cosell.sync.books.AuditEntry;
import dev.cosell.sync.books.LinkStore;
import dev.cosell.sync.books.SeenVersions;
import dev.cosell.sync.decide.Action;
import dev.cosell.sync.decide.Decision;
import dev.cosell.sync.decide.LeadDocument;
import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.LinkState;
import dev.cosell.sync.decide.Merge;
import dev.cosell.sync.decide.Pair;
import dev.cosell.sync.decide.RecordType;
import dev.cosell.sync.decide.ReferralRules;
import dev.cosell.sync.decide.Situation;
import dev.cosell.sync.decide.TimeRules;
import dev.cosell.sync.decide.Waits;
import dev.cosell.verbs.LeadView;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** The last step of work on a lead: writes down, in one transaction, what was agreed, what was done and which versions are known. */
public final class LeadMemory {
    private static final Logger JOURNEY = LoggerFactory.getLogger("cosell.journey");

    private final Map<String, LeadView> views;
    private final ReferralRules referrals;
    private final Mappings mappings;
    private final LinkStore links;
    private final TimeRules time;
    private final Clock clock;

    public LeadMemory(Map<String, LeadView> views, ReferralRules referrals, Mappings mappings, LinkStore links, TimeRules time,
                      Clock clock) {
        this.views = Map.copyOf(views);
        this.referrals = referrals;
        this.mappings = mappings;
        this.links = links;
        this.time = time;
        this.clock = clock;
    }

    /**
     * After a decision about a lead was carried out.
     *
     * @param referral the referral as it is now
     * @param lead     the CRM's lead as it is now; null when there is none
     */
    public void remember(@Variable("decision") Decision decision, @Variable("referral") Map<String, Object> referral,
                         @Variable("lead") Map<String, Object> lead) {
        Pair pair = decision.pair();
        Map<String, Object> agreed = lead == null || pair.isPushed() ? Map.of() : agreed(decision, lead);
        Waits waits = pair.isPushed() ? Waits.NONE : decision.waits().with(referrals.deadlines(referral, time.at(clock.instant())));
        boolean known = decision.situation() == Situation.AGREED_LEAD && pair.link().id() != 0 && pair.link().state() == LinkState.LINKED
                && pair.link().agreed().equals(agreed) && pair.link().waits().same(waits);
        if (known) {
            return;
        }
        Link link = lead == null ? gone(pair) : link(pair, referral, lead, agreed).with(waits);
        links.finish(new LinkStore.Finished(link, entry(decision, lead), seenKeys(pair, referral)));
        JOURNEY.atLevel(decision.warnings().isEmpty() ? Level.INFO : Level.WARN).log("{}: {} {} → {}{}", pair.crm(), name(pair, lead), decision.situation(), decision.action(),
                decision.isWorthTelling() ? ": " + String.join("; ", decision.sentences()) : "");
    }

    private Map<String, Object> agreed(Decision decision, Map<String, Object> lead) {
        Map<String, Object> document = LeadDocument.of(decision.pair().referral());
        boolean created = decision.action() == Action.CREATE_LEAD;
        Map<String, Object> agreed = new HashMap<>();
        for (Row row : mappings.of(decision.pair().crm()).lead().rows()) {
            var there = row.referralValue(document);
            var here = row.crmValue(lead);
            if (created || decision.written().contains(row.name()) || row.same(there, here)) {
                agreed.put(row.name(), Merge.values(row.normalReferral(there), row.normalCrm(here)));
            } else if (decision.agreed().containsKey(row.name())) {
                agreed.put(row.name(), decision.agreed().get(row.name()));
            }
        }
        return agreed;
    }

    private Link link(Pair pair, Map<String, Object> referral, Map<String, Object> lead, Map<String, Object> agreed) {
        Link old = pair.link();
        LeadView view = views.get(pair.crm());
        return new Link(old == null ? 0 : old.id(), pair.crm(), referrals.id(referral), referrals.engagementId(referral), view.id(lead), agreed,
                referrals.version(referral), view.version(lead), LinkState.LINKED, null, clock.instant(),
                old == null ? null : old.writeWindowStart(), old == null ? 0 : old.writesInWindow(), referrals.order(referral), null,
                RecordType.LEAD);
    }

    private Link gone(Pair pair) {
        Link old = pair.link();
        if (!pair.isLeadLinked() || old.state() == LinkState.ORPHANED) {
            return null;
        }
        return new Link(old.id(), old.crm(), old.referralId(), old.engagementId(), old.crmId(), old.agreed(), old.referralVersion(),
                old.crmVersion(), LinkState.ORPHANED, "the lead was deleted in the CRM", clock.instant(), old.writeWindowStart(),
                old.writesInWindow(), old.referralOrder(), null, RecordType.LEAD);
    }

    private AuditEntry entry(Decision decision, Map<String, Object> lead) {
        Pair pair = decision.pair();
        Instant now = clock.instant();
        boolean wrote = decision.action() == Action.CREATE_LEAD || decision.action() == Action.UPDATE_LEAD;
        return new AuditEntry(now, pair.crm(), referrals.id(pair.referral()), leadId(pair, lead), decision.situation().name(),
                decision.action().name(), String.join("; ", decision.sentences()), mappings.of(pair.crm()).version(), wrote);
    }

    private List<String> seenKeys(Pair pair, Map<String, Object> referral) {
        List<String> keys = new ArrayList<>();
        for (Map<String, Object> each : List.of(pair.referral(), referral)) {
            String key = SeenVersions.key(pair.crm(), referrals.system(), referrals.id(each), referrals.version(each));
            if (!keys.contains(key)) {
                keys.add(key);
            }
        }
        return keys;
    }

    private String name(Pair pair, Map<String, Object> lead) {
        return "lead \"" + pair.referral().get("name") + "\" (" + referrals.id(pair.referral()) + " ↔ " + leadId(pair, lead) + ")";
    }

    private String leadId(Pair pair, Map<String, Object> lead) {
        return lead != null ? views.get(pair.crm()).id(lead) : pair.isLeadLinked() ? pair.link().crmId() : null;
    }
}
