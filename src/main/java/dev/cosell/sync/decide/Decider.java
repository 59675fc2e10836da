package dev.cosell.sync.decide;

import dev.cosell.mapping.CompiledTable;
import dev.cosell.mapping.ConversionFault;
import dev.cosell.mapping.Row;
import dev.cosell.text.Storable;
import dev.cosell.verbs.CrmView;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.RecordView;
import dev.cosell.verbs.Writes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The heart: what a pair's situation is and what follows from it. A pure function of the referral now, the opportunity now
 * and what they last agreed on; everything it needs was read before it is asked.
 */
public final class Decider {
    private final ReferralRules referrals;
    private final LeadRule leads;

    /** Leaves leads alone. */
    public Decider(ReferralRules referrals) {
        this(referrals, LeadMode.OFF.rule(referrals));
    }

    public Decider(ReferralRules referrals, LeadRule leads) {
        this.referrals = referrals;
        this.leads = leads;
    }

    /**
     * @param primary whether this CRM is the one whose record id stands in the referral's {@code externalReferenceId}
     * @throws Fault.Data when a value that has to travel cannot be converted; names every such field
     */
    public Decision decide(Pair pair, CrmView crm, CompiledTable table, boolean primary, TimeRules.Timing timing) {
        return decide(pair, crm, table, null, primary, timing);
    }

    /** @param won what a deal that is won goes to Partner Center with; null when the mapping file has no such table */
    public Decision decide(Pair pair, CrmView crm, CompiledTable table, CompiledTable won, boolean primary, TimeRules.Timing timing) {
        Situation early = beforeComparing(pair, crm, table);
        Holds holds = new Holds(referrals, pair.waits(), timing);
        if (early == Situation.NEW_OPPORTUNITY) {
            return creation(pair, table, holds);
        }
        if (early != null) {
            return explained(pair, early, crm);
        }
        Merge.Result merge = new Merge(table, pair.referral(), pair.opportunity(), base(pair), referrals,
                referralIsNewer(pair, crm), crm.readOnly(pair.opportunity()), holds, timing.now(),
                field -> crm.computed(pair.opportunity(), field), crm.decimals(pair.opportunity())).run();
        if (!merge.faults().isEmpty()) {
            throw new Fault.Data(crm.system(), merge.faults());
        }
        if (!merge.undecided().isEmpty()) {
            return Decision.park(pair, Situation.UNDECIDED, merge.undecided().stream()
                    .map(row -> row + " was changed on both sides; make both sides equal to decide").toList());
        }
        return decided(pair, crm, Won.over(merge, won, table, pair, referrals), primary, holds);
    }

    private Situation beforeComparing(Pair pair, CrmView crm, CompiledTable table) {
        if (pair.isReportedByMicrosoft() && !pair.isLinked()) {
            return Situation.FOREIGN;
        }
        if (pair.referral() == null && pair.opportunity() == null) {
            return pair.isReportedByCrm() ? Situation.OPPORTUNITY_GONE : Situation.REFERRAL_GONE;
        }
        Situation notOurs = notOurs(pair, crm);
        if (notOurs != null) {
            return notOurs;
        }
        if (taken(pair, crm)) {
            return Situation.TAKEN;
        }
        if (!pair.rivals().isEmpty()) {
            return Situation.TWINS;
        }
        if (pair.opportunity() == null) {
            return withoutOpportunity(pair, crm);
        }
        if (pair.referral() == null) {
            return pair.isLinked() ? Situation.REFERRAL_GONE
                    : crm.referralId(pair.opportunity()) != null ? Situation.UNKNOWN_REFERRAL : Situation.NEW_OPPORTUNITY;
        }
        return pair.isLinked() ? null : neverJoined(pair, new Naming(referrals, crm), table);
    }

    private static Situation neverJoined(Pair pair, Naming naming, CompiledTable table) {
        boolean anothers = naming.identified(pair.opportunity()) != null && !naming.identifies(pair.opportunity(), pair.referral());
        return anothers ? Situation.NAMES_ANOTHER
                : naming.isOlderDeal(pair.referral(), pair.opportunity(), table) ? Situation.CLOSED_BEFORE : null;
    }

    private Situation notOurs(Pair pair, CrmView crm) {
        if (pair.opportunity() != null && !crm.syncWanted(pair.opportunity())) {
            return Situation.SWITCHED_OFF;
        }
        if (pair.referral() == null) {
            return null;
        }
        if (!referrals.own(pair.referral())) {
            return Situation.FOREIGN;
        }
        return referrals.lead(pair.referral()) ? leads.situation(pair) : null;
    }

    private Situation withoutOpportunity(Pair pair, CrmView crm) {
        if (pair.isLinked()) {
            return Situation.OPPORTUNITY_GONE;
        }
        if (referrals.closed(pair.referral())) {
            return Situation.CLOSED_BEFORE;
        }
        String named = referrals.externalReference(pair.referral());
        return crm.readId(named) != null && !Joining.isItsLead(pair, named) ? Situation.UNKNOWN_CRM_RECORD : Situation.NEW_REFERRAL;
    }

    private Decision explained(Pair pair, Situation situation, CrmView crm) {
        return switch (situation) {
            case TWINS -> Decision.park(pair, situation, List.of(whoClaims(pair, crm)));
            case UNKNOWN_REFERRAL -> Decision.park(pair, situation, List.of(whatIsTyped(pair, crm)));
            case NAMES_ANOTHER -> Decision.park(pair, situation, List.of("referral " + referrals.id(pair.referral()) + " names opportunity "
                    + crm.id(pair.opportunity()) + ", whose Referral Identifier is that of another referral (" + crm.referralId(pair.opportunity())
                    + "); enter the right one there, or clear it"));
            case TAKEN -> Decision.park(pair, situation, List.of(whyTaken(pair)));
            case FOREIGN -> Decision.nothing(pair, situation, pair.isReportedByMicrosoft()
                    ? "Microsoft's referral of a deal that is not synced here; when that deal is, this one is looked at again"
                    : "The referral belongs to another organisation, " + referrals.owner(pair.referral()));
            case UNKNOWN_CRM_RECORD -> Decision.nothing(pair, situation, "The referral names the CRM record "
                    + referrals.externalReference(pair.referral()) + ", which does not exist; nothing was created");
            default -> Decision.nothing(pair, situation);
        };
    }

    private String whoClaims(Pair pair, CrmView crm) {
        boolean referralsClaim = pair.isReportedByCrm() && referrals.version(pair.rivals().get(0)) != null;
        return referralsClaim
                ? "several referrals claim to be the other side of this opportunity: " + names(pair.referral(), pair.rivals(), referrals)
                        + "; enter the id of the right one as its Referral Identifier"
                : "several opportunities claim to be the other side of this referral: " + names(pair.opportunity(), pair.rivals(), crm)
                        + "; leave the Referral Identifier on one of them and clear it on the others";
    }

    private static String names(Map<String, Object> first, List<Map<String, Object>> others, RecordView view) {
        return Stream.concat(Stream.of(first), others.stream()).map(view::id).collect(Collectors.joining(", "));
    }

    private String whatIsTyped(Pair pair, CrmView crm) {
        String text = Storable.shortened(crm.referralId(pair.opportunity()), 100);
        return (referrals.readId(text) == null ? "the Referral Identifier \"" + text + "\" is not a referral's id, and no referral names this opportunity"
                : "Partner Center shows no referral " + text + ", which the Referral Identifier names")
                + "; nothing was created. Clear the field to share the opportunity as a new deal, or enter the id of its referral";
    }

    /** The side that did not report is joined with a third record, or is claimed by one and does not name this one itself. */
    private boolean taken(Pair pair, CrmView crm) {
        Link other = pair.other();
        return other != null && (other.isJoined() || other.state() == LinkState.CLAIMED && !(pair.isReportedByCrm()
                ? new Naming(referrals, crm).names(pair.referral(), pair.opportunity())
                : new Naming(referrals, crm).identifies(pair.opportunity(), pair.referral())));
    }

    private static String whyTaken(Pair pair) {
        Link joined = pair.other();
        String already = joined.isJoined() ? " is already joined with " : " is claimed by ";
        String join = "join (JMX) if this one takes its place";
        return pair.isReportedByCrm()
                ? "referral " + joined.referralId() + already + "opportunity " + joined.crmId() + ", so nothing of this one is written there;"
                        + " clear the Referral Identifier here if this is a deal of its own, or use the operation " + join
                : "opportunity " + joined.crmId() + already + "referral " + joined.referralId() + ", so nothing of this one is written there;"
                        + " leave it so, or use the operation " + join;
    }

    /** A deal that Microsoft sees from its creation is shared by being created, so its creation may have to wait. */
    private static Decision creation(Pair pair, CompiledTable table, Holds holds) {
        Map<String, Object> shown = new LinkedHashMap<>();
        for (Row row : table.rows()) {
            if (row.toReferralOnCreate()) {
                translated(row, pair, shown);
            }
        }
        boolean held = holds.holds(null, shown);
        List<String> said = holds.sentences();
        Situation situation = !held ? Situation.NEW_OPPORTUNITY : said.isEmpty() ? Situation.WAITING : Situation.HELD;
        return new Decision(pair, situation, Map.of(), Map.of(), AgreedValues.NONE, List.of(), null, said, List.of(), holds.after(), List.of());
    }

    /** What cannot be translated is told when the deal is created; it shares nothing. */
    private static void translated(Row row, Pair pair, Map<String, Object> into) {
        try {
            row.putReferral(into, row.crmValue(pair.opportunity()));
        } catch (ConversionFault told) {
            row.referralPaths().forEach(into::remove);
        }
    }

    private Decision decided(Pair pair, CrmView crm, Merge.Result merge, boolean primary, Holds holds) {
        Map<String, Object> referralPatch = new LinkedHashMap<>(merge.referralPatch());
        Map<String, Object> crmPatch = new LinkedHashMap<>(merge.crmPatch());
        List<String> story = new ArrayList<>(merge.story());
        story.addAll(holds.sentences());
        boolean joins = new Joining(pair, referrals, crm, primary).into(referralPatch, crmPatch, story);
        Writes.Outcome outcome = closing(pair, merge);
        return new Decision(pair, situation(pair, merge, joins, outcome, holds), referralPatch, crmPatch, merge.agreed(),
                merge.written(), outcome, story, merge.refusals(), holds.after(), holds.warnings());
    }

    private static Situation situation(Pair pair, Merge.Result merge, boolean joins, Writes.Outcome outcome,
                                       Holds holds) {
        if (outcome != null) {
            return Situation.CLOSING;
        }
        if (!pair.isLinked()) {
            return Situation.TWIN;
        }
        if (!merge.written().isEmpty()) {
            return merge.conflict() ? Situation.CONFLICT : Situation.CHANGED;
        }
        if (!merge.refusals().isEmpty()) {
            return Situation.REFUSED;
        }
        if (joins) {
            return Situation.CHANGED;
        }
        if (!holds.sentences().isEmpty()) {
            return Situation.HELD;
        }
        if (!holds.warnings().isEmpty()) {
            return Situation.DEADLINE;
        }
        return holds.any() ? Situation.WAITING : Situation.AGREED;
    }

    private Writes.Outcome closing(Pair pair, Merge.Result merge) {
        if (!merge.closesCrm()) {
            return null;
        }
        return referrals.won(pair.referral()) ? Writes.Outcome.WON : Writes.Outcome.LOST;
    }

    private boolean referralIsNewer(Pair pair, CrmView crm) {
        Instant referralTime = referrals.modifiedAt(pair.referral());
        Instant crmTime = crm.modifiedAt(pair.opportunity());
        return crmTime == null || referralTime != null && referralTime.isAfter(crmTime);
    }

    private static AgreedValues base(Pair pair) {
        return pair.link() == null ? AgreedValues.NONE : pair.link().agreed();
    }
}
