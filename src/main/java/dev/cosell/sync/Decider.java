package dev.cosell.sync;

import dev.cosell.mapping.CompiledTable;
import dev.cosell.mapping.ConversionFault;
import dev.cosell.mapping.Row;
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
    private static final String EXTERNAL_REFERENCE = "externalReferenceId";

    private final ReferralRules referrals;
    private final LeadRule leads;

    /** Leaves leads alone. */
    public Decider(ReferralRules referrals) {
        this(referrals, LeadMode.OFF.rule(referrals));
    }

    Decider(ReferralRules referrals, LeadRule leads) {
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
    Decision decide(Pair pair, CrmView crm, CompiledTable table, CompiledTable won, boolean primary, TimeRules.Timing timing) {
        Situation early = beforeComparing(pair, crm);
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

    private Situation beforeComparing(Pair pair, CrmView crm) {
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
            return pair.isLinked() || crm.referralId(pair.opportunity()) != null
                    ? Situation.REFERRAL_GONE : Situation.NEW_OPPORTUNITY;
        }
        return null;
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
        boolean namesItsLead = pair.isLeadLinked() && pair.link().crmId().equals(named);
        return crm.looksLikeId(named) && !namesItsLead
                ? Situation.UNKNOWN_CRM_RECORD : Situation.NEW_REFERRAL;
    }

    private Decision explained(Pair pair, Situation situation, CrmView crm) {
        return switch (situation) {
            case TWINS -> Decision.park(pair, situation, List.of("several opportunities claim to be the other side of this referral: "
                    + Stream.concat(Stream.of(pair.opportunity()), pair.rivals().stream()).map(crm::id).collect(Collectors.joining(", "))
                    + "; leave the Referral Identifier on one of them and clear it on the others"));
            case TAKEN -> Decision.park(pair, situation, List.of(whyTaken(pair)));
            case FOREIGN -> Decision.nothing(pair, situation, pair.isReportedByMicrosoft()
                    ? "Microsoft's referral of a deal that is not synced here; when that deal is, this one is looked at again"
                    : "The referral belongs to another organisation, " + referrals.owner(pair.referral()));
            case UNKNOWN_CRM_RECORD -> Decision.nothing(pair, situation, "The referral names the CRM record "
                    + referrals.externalReference(pair.referral()) + ", which does not exist; nothing was created");
            default -> Decision.nothing(pair, situation);
        };
    }

    /** The side that did not report is joined with a third record, or is claimed by one and does not name this one itself. */
    private boolean taken(Pair pair, CrmView crm) {
        Link other = pair.other();
        return other != null && (other.isJoined() || other.state() == LinkState.CLAIMED && !(pair.isReportedByCrm()
                ? crm.id(pair.opportunity()).equals(referrals.externalReference(pair.referral()))
                : referrals.id(pair.referral()).equalsIgnoreCase(crm.referralId(pair.opportunity()))));
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
        return new Decision(pair, situation, Map.of(), Map.of(), Map.of(), List.of(), null, said, List.of(), holds.after(), List.of());
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
        boolean joins = join(pair, crm, primary, referralPatch, crmPatch, story);
        Writes.Outcome outcome = closing(pair, merge);
        return new Decision(pair, situation(pair, merge, joins, outcome, holds), referralPatch, crmPatch, merge.agreed(),
                merge.written(), outcome, story, merge.refusals(), holds.after(), holds.warnings());
    }

    /** The two records have to name each other; whatever is missing of that goes into the patches. */
    private boolean join(Pair pair, CrmView crm, boolean primary, Map<String, Object> referralPatch,
                         Map<String, Object> crmPatch, List<String> story) {
        String referralId = referrals.id(pair.referral());
        String crmId = crm.id(pair.opportunity());
        boolean changed = false;
        if (!referralId.equalsIgnoreCase(String.valueOf(crm.referralId(pair.opportunity()))) && !crm.readOnly(pair.opportunity())) {
            crmPatch.putAll(crm.joinFields(referralId, referrals.link(pair.referral())));
            changed = true;
            if (pair.isLinked() && crm.referralId(pair.opportunity()) != null) {
                story.add("Referral Identifier: " + crm.referralId(pair.opportunity()) + " → " + referralId + ", the referral that this opportunity is joined with");
            }
        }
        if (primary && !crmId.equals(referrals.externalReference(pair.referral())) && !referrals.closed(pair.referral())) {
            referralPatch.put(EXTERNAL_REFERENCE, crmId);
            changed = true;
        }
        if (!pair.isLinked()) {
            // The news of a referral that we have just created may be quicker than our own next step.
            boolean madeForIt = crm.referralId(pair.opportunity()) == null && crmId.equals(referrals.externalReference(pair.referral()));
            story.add((madeForIt ? "Shared with Partner Center as referral " : "Joined with referral ") + referralId);
        }
        return changed;
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

    private static Map<String, Object> base(Pair pair) {
        return pair.link() == null ? Map.of() : pair.link().agreed();
    }
}
