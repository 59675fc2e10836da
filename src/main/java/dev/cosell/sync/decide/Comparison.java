package dev.cosell.sync.decide;

import dev.cosell.mapping.CompiledTable;
import dev.cosell.mapping.Row;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Lead;
import dev.cosell.verbs.Writes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Two records compared: what travels, what waits, and what the two still have to learn of each other.
 *
 * @param patches with the ids that are lacking
 * @param joins   whether one of them lacks the other's id
 */
record Comparison(Merged merge, Holds holds, Patches patches, List<String> story, boolean joins) {

    /** @throws Fault.Data when a value that has to travel cannot be converted; names every such field */
    static Comparison ofDeal(Pair pair, CrmSide side, ReferralRules referrals, TimeRules.Timing timing,
                             Consumer<RowFinding> findings) {
        CompiledTable table = side.mapping().opportunity();
        Holds holds = new Holds(referrals, pair.referral().fields(), pair.waits(), timing, side.stops());
        Merged merge = new Merge(table, pair.referral(), pair.opportunity(), pair.agreed(), holds, timing.now())
                .telling(findings).run();
        if (!merge.faults().isEmpty()) {
            throw new Fault.Data(pair.crm(), merge.faults());
        }
        if (!merge.undecided().isEmpty()) {
            return new Comparison(merge, holds, Patches.NONE, List.of(), false);
        }
        Merged won = WithReason.of(Won.over(merge, side.mapping().won(), table, pair), table, pair);
        Map<String, Object> referralPatch = new LinkedHashMap<>(won.referralPatch());
        Map<String, Object> crmPatch = new LinkedHashMap<>(won.crmPatch());
        List<String> story = new ArrayList<>(won.story());
        story.addAll(holds.sentences());
        boolean joins = new Joining(pair, referrals, side).into(referralPatch, crmPatch, story);
        new InvitedCustomer(pair, side.mapping()).into(referralPatch, story);
        Writes.Outcome outcome = !won.closesCrm() ? null : pair.referral().isWon() ? Writes.Outcome.WON
                : Writes.Outcome.LOST;
        return new Comparison(won, holds, new Patches(referralPatch, crmPatch, won.agreed(), won.written(), outcome),
                story, joins);
    }

    /**
     * Of a lead and its referral, from which alone it takes values. Nobody can be asked for a pushed one again, so
     * nothing of it is compared.
     *
     * @param accepted such a lead gets its last status whatever the books say about it: an attempt that was cut short
     *     by an earlier build may have noted the opportunity's values there, under the same row's name
     * @throws Fault.Data when a value cannot be converted, or was changed on both sides where a person has to decide
     */
    static Comparison ofLead(Pair pair, boolean accepted, CrmSide side, ReferralRules referrals,
                             TimeRules.Timing timing, Consumer<RowFinding> findings) {
        Lead lead = pair.lead().record();
        Holds holds = new Holds(referrals, pair.referral().fields(), pair.waits(), timing, Stops.NONE);
        Map<String, Object> naming = lead == null || accepted ? Map.of()
                : Joining.namingLead(pair, lead, side.primary());
        if (lead == null || pair.isPushed()) {
            return new Comparison(Merged.NOTHING, holds,
                    new Patches(naming, Map.of(), AgreedValues.NONE, List.of(), null), List.of(), false);
        }
        CompiledTable table = side.mapping().lead();
        List<Row> status = table.rows().stream().filter(row -> referrals.isStatus(row.referralPaths())).toList();
        AgreedValues base = accepted ? pair.agreedOnLead().without(status) : pair.agreedOnLead();
        Referral referral = new LeadPerson(table, base).shown(pair.referral());
        Merged merge = new Merge(table, referral, lead, base, holds, timing.now()).telling(findings).run();
        if (!merge.faults().isEmpty()) {
            throw new Fault.Data(pair.crm(), merge.faults());
        }
        if (!merge.undecided().isEmpty()) {
            throw new Fault.Data(pair.crm(), Reasons.undecided(merge));
        }
        List<String> story = new ArrayList<>(merge.story());
        if (!merge.crmPatch().isEmpty() && pair.referral().isClosed()) {
            story.add(Reasons.ending(pair.referral()));
        }
        Map<String, Object> crmPatch = new LinkedHashMap<>(merge.crmPatch());
        crmPatch.putAll(Joining.identifying(pair, lead, story));
        return new Comparison(merge, holds, new Patches(naming, crmPatch, merge.agreed(), merge.written(), null), story,
                false);
    }

    /** Whether a system would be written. */
    boolean writes() {
        return !patches.referral().isEmpty() || !patches.crm().isEmpty();
    }

    /** Whether there is anything to write down or to say. */
    boolean isNews() {
        return writes() || !merge.refusals().isEmpty() || !merge.story().isEmpty() || !holds.warnings().isEmpty();
    }
}
