package dev.cosell.sync.decide;

import dev.cosell.verbs.Reason;
import dev.cosell.verbs.Writes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What to do about a pair, and why.
 *
 * @param story    sentences for the audit: what travels and which value lost
 * @param problems for the audit: refusals, or the reasons for parking
 * @param waits    what the pair waits for after this decision
 * @param warnings sentences about deadlines, each said once
 * @param mapping  version of the mapping by which it was decided; null while it is being made
 */
public record Decision(Pair pair, Situation situation, Patches patches, List<String> story, List<Reason> problems,
        Waits waits,
        List<String> warnings, String mapping) {

    public static Decision nothing(Pair pair, Situation situation, String... story) {
        return new Decision(pair, situation, Patches.NONE, List.of(story), List.of(), Waits.NONE, List.of(),
                null);
    }

    public static Decision park(Pair pair, Situation situation, List<Reason> problems) {
        return new Decision(pair, situation, Patches.NONE, List.of(), problems, Waits.NONE, List.of(), null);
    }

    public Map<String, Object> referralPatch() {
        return patches.referral();
    }

    public Map<String, Object> crmPatch() {
        return patches.crm();
    }

    public AgreedValues agreed() {
        return patches.agreed();
    }

    public List<String> written() {
        return patches.written();
    }

    public Writes.Outcome outcome() {
        return patches.outcome();
    }

    Decision by(String version) {
        return new Decision(pair, situation, patches, story, problems, waits, warnings, version);
    }

    /** The same with more to tell. */
    public Decision toldToo(List<String> sentences) {
        List<String> all = new ArrayList<>(story);
        all.addAll(sentences);
        return new Decision(pair, situation, patches, all, problems, waits, warnings, mapping);
    }

    /** Everything that people should read about it, with codes: what was done, what is wrong, what to look out for. */
    public List<String> sentences() {
        List<String> all = coded(story, situation);
        problems.forEach(problem -> all.add(problem.text()));
        all.addAll(coded(warnings, Situation.DEADLINE));
        return all;
    }

    /** Sentences that tell of this decision, the last of them with the code of its situation. */
    public List<String> coded(List<String> sentences) {
        return coded(sentences, situation);
    }

    private static List<String> coded(List<String> sentences, Situation about) {
        List<String> all = new ArrayList<>(sentences);
        if (!all.isEmpty()) {
            all.set(all.size() - 1, Reason.coded(all.get(all.size() - 1), about));
        }
        return all;
    }

    public Action action() {
        return situation.action();
    }

    /** Whether Partner Center has to be written. */
    public boolean isWritesReferral() {
        return !referralPatch().isEmpty();
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
