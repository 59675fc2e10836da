package dev.cosell.sync.steps;

import dev.cosell.mapping.Mappings;
import dev.cosell.sync.books.AuditEntry;
import dev.cosell.sync.books.LinkStore;
import dev.cosell.sync.books.SeenVersions;
import dev.cosell.sync.decide.Action;
import dev.cosell.sync.decide.AgreedNow;
import dev.cosell.sync.decide.AgreedValues;
import dev.cosell.sync.decide.Agreement.Seen;
import dev.cosell.sync.decide.Agreement;
import dev.cosell.sync.decide.Decision;
import dev.cosell.sync.decide.Ends;
import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.LinkState;
import dev.cosell.sync.decide.Pair;
import dev.cosell.sync.decide.Referral;
import dev.cosell.sync.decide.ReferralRules;
import dev.cosell.sync.decide.Situation;
import dev.cosell.sync.decide.Standing;
import dev.cosell.sync.decide.TimeRules;
import dev.cosell.sync.decide.Waits;
import dev.cosell.sync.decide.WriteCount;
import dev.cosell.verbs.CrmRecordView;
import dev.cosell.verbs.Lead;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Variable;

/** The last step of work on a lead: writes down, in one transaction, what was agreed, what was done and which versions are known. */
public final class LeadMemory {
    private final Map<String, CrmRecordView> views;
    private final ReferralRules referrals;
    private final Mappings mappings;
    private final LinkStore links;
    private final TimeRules time;
    private final Clock clock;

    public LeadMemory(Map<String, CrmRecordView> views, ReferralRules referrals, Mappings mappings, LinkStore links, TimeRules time,
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
        remember(decision, pair.referralNow(referral, referrals), Lead.of(lead, views.get(pair.crm())));
    }

    private void remember(Decision decision, Referral referral, Lead lead) {
        Pair pair = decision.pair();
        AgreedValues agreed = lead == null || pair.isPushed() ? AgreedValues.NONE
                : new AgreedNow(decision, mappings.of(pair.crm()).lead()).ofLead(lead);
        Waits waits = pair.isPushed() ? Waits.NONE : decision.waits().with(referral.deadlines(time.at(clock.instant())));
        boolean known = decision.situation() == Situation.AGREED_LEAD && pair.link().id() != 0 && pair.link().state() == LinkState.LINKED
                && pair.link().agreed().equals(agreed) && pair.link().waits().same(waits);
        if (known) {
            return;
        }
        Link link = lead == null ? gone(pair) : link(pair, referral, lead, agreed).with(waits);
        links.finish(new LinkStore.Finished(link, entry(decision, lead), seenKeys(pair, referral)));
        Journey.tell(decision, "lead " + Journey.deal(pair.referral().name(), pair.referral().id(), leadId(pair, lead)));
    }

    private Link link(Pair pair, Referral referral, Lead lead, AgreedValues agreed) {
        Agreement now = new Agreement(agreed, new Seen(referral.version(), referral.order()), new Seen(lead.version(), lead.order()));
        return Link.of(pair.crm(), Ends.lead(referral.id(), referral.engagementId(), lead.id())).inPlaceOf(pair.link())
                .with(now).with(pair.link() == null ? WriteCount.NONE : pair.link().writes());
    }

    private static Link gone(Pair pair) {
        Link old = pair.link();
        return !pair.isLeadLinked() || old.state() == LinkState.ORPHANED ? null
                : old.with(Standing.of(LinkState.ORPHANED, "the lead was deleted in the CRM")).with(Waits.NONE);
    }

    private AuditEntry entry(Decision decision, Lead lead) {
        Pair pair = decision.pair();
        Instant now = clock.instant();
        boolean wrote = decision.action() == Action.CREATE_LEAD || decision.action() == Action.UPDATE_LEAD;
        return new AuditEntry(now, pair.crm(), pair.referral().id(), leadId(pair, lead), decision.situation().name(),
                decision.action().name(), String.join("; ", decision.sentences()), mappings.of(pair.crm()).version(), wrote);
    }

    private List<String> seenKeys(Pair pair, Referral referral) {
        return Stream.of(pair.referral(), referral).map(each -> SeenVersions.key(pair.crm(), each)).distinct().toList();
    }

    private String leadId(Pair pair, Lead lead) {
        return lead != null ? lead.id() : pair.isLeadLinked() ? pair.link().crmId() : null;
    }
}
