package dev.cosell.sync.decide;

import dev.cosell.text.Sentences;
import dev.cosell.verbs.Reason;
import dev.cosell.verbs.Trouble;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How it is with a link.
 *
 * @param reason why it is parked or orphaned, in sentences; otherwise null
 * @param causes {@link Reason#key keys} of what it is parked for, the code of what orphaned it, or {@link #FORGET};
 *     empty when it is neither, or nobody noted them
 * @param at     when it was last stored; set by the store, null before
 */
public record Standing(LinkState state, String reason, List<String> causes, Instant at) {
    public static final Standing LINKED = of(LinkState.LINKED, null);
    /** In the place of a cause: somebody wants its people forgotten, which is done if nobody compares it. */
    public static final String FORGET = "FORGET";
    /** Another look would write again what something undoes, or meet the same defect. */
    private static final Set<String> FOR_A_PERSON = Set.of(Situation.UNSTABLE.code(), Trouble.DEFECT.code(),
            Trouble.UNSTORABLE.code(), Trouble.NEVER_SETTLES.code());
    private static final Pattern WITH_A_DIGIT = Pattern.compile("[^\\s\\d]*+\\d\\S*+");

    public static Standing of(LinkState state, String reason) {
        return new Standing(state, reason, List.of(), null);
    }

    /** Not synced for these reasons. */
    public static Standing parked(LinkState state, List<Reason> reasons) {
        return new Standing(state, Sentences.joined(reasons), reasons.stream().map(Reason::key).distinct().toList(),
                null);
    }

    /** One of the two records is not shown any more. */
    public static Standing orphaned(Situation cause, String reason) {
        return new Standing(LinkState.ORPHANED, reason, List.of(cause.code()), null);
    }

    public boolean isToForget() {
        return causes.contains(FORGET);
    }

    /** Whether what stops the record may be over without anybody telling it. */
    public boolean mayEndByItself() {
        return state == LinkState.ORPHANED || (state == LinkState.PARKED || state == LinkState.CLAIMED)
                && codes().stream().noneMatch(FOR_A_PERSON::contains);
    }

    /** Codes of the causes, each once. */
    public List<String> codes() {
        return causes.stream().map(cause -> cause.split(" ", 2)[0]).distinct().toList();
    }

    /** The same, whenever it was stored. */
    boolean says(Standing other) {
        return state == other.state && Objects.equals(reason, other.reason) && causes.equals(other.causes);
    }

    /** Whether it is parked for the same as before, even if an answer calls it by another number each time. */
    boolean isStill(Standing before) {
        return causes.equals(before.causes) && reason != null && before.reason != null
                && numberless(reason).equals(numberless(before.reason));
    }

    private static String numberless(String sentences) {
        return WITH_A_DIGIT.matcher(sentences).replaceAll("");
    }

    public Standing in(LinkState other) {
        return new Standing(other, reason, causes, at);
    }
}
