package dev.cosell.sync.steps;

import dev.cosell.mapping.CompiledTable;
import dev.cosell.mapping.Mappings;
import dev.cosell.sync.books.Attempt;
import dev.cosell.sync.books.AuditEntry;
import dev.cosell.sync.books.Finished;
import dev.cosell.sync.books.Label;
import dev.cosell.sync.books.LinkStore;
import dev.cosell.sync.books.WaitingRelated;
import dev.cosell.sync.decide.Action;
import dev.cosell.sync.decide.AgreedValues;
import dev.cosell.sync.decide.Decision;
import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.Pair;
import dev.cosell.sync.decide.ParkedPair;
import dev.cosell.sync.decide.PartlyWritten;
import dev.cosell.sync.decide.Referral;
import dev.cosell.sync.decide.ReferralRules;
import dev.cosell.sync.decide.Situation;
import dev.cosell.text.Sentences;
import dev.cosell.verbs.CrmView;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Opportunity;
import dev.cosell.verbs.Reason;
import dev.cosell.verbs.SystemRecord;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;

/** The last step of a sync that a person has to help: writes down which pair is parked and why. */
public final class Parking {
    /** The situation of a pair that was parked because a record breaks a rule, which no comparison can find. */
    private static final String BROKEN_RULE = "BROKEN_RULE";

    private final Map<String, CrmView> crms;
    private final ReferralRules referrals;
    private final Mappings mappings;
    private final LinkStore links;
    private final WaitingRelated waiting;
    private final Clock clock;

    public Parking(Map<String, CrmView> crms, ReferralRules referrals, Mappings mappings, LinkStore links,
            WaitingRelated waiting, Clock clock) {
        this.crms = Map.copyOf(crms);
        this.referrals = referrals;
        this.mappings = mappings;
        this.links = links;
        this.waiting = waiting;
        this.clock = clock;
    }

    /**
     * After a pair was parked. One that the books hold as parked for the same reasons already is not worth a word, so
     * that they keep saying since when it is; of a look that nobody asked for neither is one whose answer differs in
     * numbers alone.
     *
     * @param opportunityNow the opportunity as it is now, with its audit entry; null when it could not be read
     * @param referralNow    the referral as it is now: written perhaps, before the CRM refused its part
     * @param attempt        of creating a referral; null when none was begun
     * @param own            the referral that this attempt has made or found, before Microsoft's was refused; null for
     *     none
     */
    public void park(@Variable("pair") Pair pair, @Variable("problems") List<Reason> problems,
            @Variable("opportunity") Map<String, Object> opportunityNow, @Variable("decision") Decision decision,
            @Variable("referral") Map<String, Object> referralNow, @Variable("attempt") Attempt attempt,
            @Variable("ownReferral") Map<String, Object> own) {
        if (pair == null) {
            Journey.dropped(problems);
            return;
        }
        Decision made = decision != null && decision.pair() == pair ? decision : null;
        Referral referral = SystemRecord.now(pair.referral(), referralNow, fields -> new Referral(fields, referrals));
        Opportunity opportunity = SystemRecord.now(pair.opportunity(), opportunityNow,
                fields -> new Opportunity(fields, crms.get(pair.crm())));
        CompiledTable table = mappings.of(pair.crm()).opportunity();
        PartlyWritten partly = PartlyWritten.of(made, table, referral);
        ParkedPair parked = new ParkedPair(pair, isAnothers(made), referral, opportunity);
        if (pair.isReportedByMicrosoft()) {
            waiting.hold(pair.crm(), pair.related().engagementId(), pair.related().id(), pair.link());
        }
        boolean told = opportunity != pair.opportunity();
        AgreedValues agreed = partly != null ? told ? partly.agreed() : partly.begun()
                : isRefusedAtOnce(made, opportunityNow, attempt, own) ? before(made)
                : noted(pair, parked.holdsBoth());
        List<String> versions = new KnownVersions(pair, made, table).parked(parked, partly, referral);
        String reason = Sentences.joined(problems);
        boolean wrote = partly != null && !partly.sentences().isEmpty();
        String detail = wrote ? Sentences.joined(partly.sentences()) + "; " + reason : reason;
        Opportunity shown = opportunity == null ? pair.opportunity() : opportunity;
        Link link = parked.link(problems, agreed);
        Link absorbed = parked.holdsBoth() ? pair.absorbed(pair.other()) : null;
        if (!wrote && absorbed == null && (parked.isIn(link) || pair.isStillParked(problems))) {
            links.putBack(pair.link());
            return;
        }
        store(new Finished(link, entry(parked, made, detail), versions, absorbed)
                .called(label(pair, shown)).after(pair.link()), parked);
        Journey.parked(pair.crm(), Journey.name(pair.referral(), shown), parked.referralId(), parked.crmId(), reason);
    }

    /**
     * What could not be parked is tried again, as its hint stays in the queue.
     *
     * @throws Exception always: what has failed
     */
    public void failed(@ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failed) throws Exception {
        Journey.notParked(failed);
        throw failed;
    }

    /**
     * Whether the side that did not report is another record's, or can be no opportunity's, or is joined by a share
     * that has not come to its end.
     */
    private static boolean isAnothers(Decision made) {
        return made != null && List.of(Situation.TAKEN, Situation.UNKNOWN_REFERRAL, Situation.NEW_OPPORTUNITY)
                .contains(made.situation());
    }

    /** A pushed lead is found by its id: its names go with its text, and a label would stay. */
    private Label label(Pair pair, Opportunity shown) {
        return pair.isPushed() ? Label.NONE : Labels.of(pair.referral(), shown, mappings.of(pair.crm()));
    }

    /** What was written down before that create: an earlier one of the opportunity may still arrive. */
    private static AgreedValues before(Decision made) {
        Link begun = made.pair().link();
        boolean earlier = made.action() == Action.CREATE_OPPORTUNITY && begun != null && !begun.isWhole();
        return earlier ? begun.agreed() : AgreedValues.NONE;
    }

    /** Whether a create was refused, so that nothing of it is under way; of a referral no earlier one is known. */
    private static boolean isRefusedAtOnce(Decision made, Map<String, Object> opportunity, Attempt attempt,
            Map<String, Object> own) {
        Action action = made == null ? Action.NOTHING : made.action();
        return action == Action.CREATE_REFERRAL && own == null && (attempt == null || !attempt.retry())
                || action == Action.CREATE_OPPORTUNITY && opportunity == null;
    }

    /**
     * What is agreed; of a pair that was never joined what was about to be written, perhaps by this very sync.
     *
     * @param both whether what was noted with the other of the two is the pair's, too
     */
    private AgreedValues noted(Pair pair, boolean both) {
        if (pair.isLinked()) {
            return pair.link().agreed();
        }
        Optional<Link> half = pair.link() != null ? links.get(pair.link().id())
                : pair.isReportedByCrm() ? links.findByCrmId(pair.crm(), pair.hint().id())
                        : links.findByReferral(pair.crm(), pair.hint().id());
        AgreedValues own = half.map(Link::agreed).orElse(AgreedValues.NONE);
        return own.rows().isEmpty() && both && pair.other() != null && !pair.other().isWhole() ? pair.other().agreed()
                : own;
    }

    /** What stopped the record may be the very value that cannot be kept. */
    private void store(Finished finished, ParkedPair parked) {
        try {
            links.finish(finished);
        } catch (Fault.Data unstorable) {
            links.finish(new Finished(parked.bare(finished.link()), finished.entry(), finished.seenKeys())
                    .after(parked.pair().link()));
        }
    }

    private AuditEntry entry(ParkedPair parked, Decision decision, String reason) {
        String crm = parked.pair().crm();
        String situation = decision != null && decision.action() == Action.PARK ? decision.situation().name()
                : BROKEN_RULE;
        return new AuditEntry(clock.instant(), crm, parked.referralId(), parked.crmId(), situation, Action.PARK.name(),
                reason, mappings.of(crm).version(), false);
    }
}
