package dev.cosell.sync.decide;

import dev.cosell.verbs.Writes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What to do about a pair, and why.
 *
 * @param referralPatch referral path to value; empty when Partner Center is not written
 * @param crmPatch      CRM field to value, without the Audit text; empty when only the audit may be written
 * @param agreed        base for the next comparison, for rows that are not written now
 * @param written       names of the table rows that the patches carry
 * @param outcome       how the opportunity closes; null unless the action is {@link Action#CLOSE}
 * @param story         sentences for the audit: what travels and which value lost
 * @param problems      sentences for the audit: refusals, or the reasons for parking
 * @param waits         what the pair waits for after this decision
 * @param warnings      sentences about deadlines, each said once
 */
public record Decision(Pair pair, Situation situation, Map<String, Object> referralPatch, Map<String, Object> crmPatch,
                       AgreedValues agreed, List<String> written, Writes.Outcome outcome, List<String> story,
                       List<String> problems, Waits waits, List<String> warnings) {

    public static Decision nothing(Pair pair, Situation situation, String... story) {
        return new Decision(pair, situation, Map.of(), Map.of(), AgreedValues.NONE, List.of(), null, List.of(story), List.of(),
                Waits.NONE, List.of());
    }

    public static Decision park(Pair pair, Situation situation, List<String> problems) {
        return new Decision(pair, situation, Map.of(), Map.of(), AgreedValues.NONE, List.of(), null, List.of(), problems,
                Waits.NONE, List.of());
    }

    /** The same with more to tell. */
    public Decision toldToo(List<String> sentences) {
        List<String> all = new ArrayList<>(story);
        all.addAll(sentences);
        return new Decision(pair, situation, referralPatch, crmPatch, agreed, written, outcome, all, problems, waits, warnings);
    }

    /** Everything that people should read about it: what was done, what is wrong, what to look out for. */
    public List<String> sentences() {
        List<String> all = new ArrayList<>(story);
        all.addAll(problems);
        all.addAll(warnings);
        return all;
    }

    public Action action() {
        return situation.action();
    }

    /** Whether Partner Center has to be written. */
    public boolean isWritesReferral() {
        return !referralPatch.isEmpty();
    }

    /** Whether somebody who opens the opportunity should read about this decision. */
    public boolean isWorthTelling() {
        return !story.isEmpty() || !problems.isEmpty() || !warnings.isEmpty();
    }

    /** By identity, as {@link Pair}. */
    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }
}
