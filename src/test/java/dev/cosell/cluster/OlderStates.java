package dev.cosell.cluster;

import dev.cosell.cluster.Interruption.Kind;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * What may become of an edit when the database has gone back to an older state, as docs/faults.md says of an older
 * backup: a field that differs and was never agreed on is decided by its row, and the audit names what lost. So the
 * edit that was on its way then may lose against what all sides showed before, by name, and so may those of its field
 * shortly afterwards until one of them has arrived everywhere. Any other edit has to arrive.
 */
final class OlderStates {
    /** Until everything that happened since the older state is read once more, whatever else happens meanwhile. */
    private static final Duration COMPARED_AGAIN = Duration.ofMinutes(3);

    private final Supplier<List<Interruption>> interruptions;
    /** When somebody last saw that all sides had an edit, by deal and field. */
    private final Map<String, Long> agreed = new HashMap<>();

    OlderStates(Supplier<List<Interruption>> interruptions) {
        this.interruptions = interruptions;
    }

    /** Of a run in which the database goes back to none. */
    static OlderStates none() {
        return new OlderStates(List::of);
    }

    void agreed(Edit edit) {
        agreed.put(edit.key(), edit.arrived());
    }

    /** Whether this edit has lost, and was allowed to. */
    boolean letLose(Edit edit, ThreeSides now) {
        return mayLose(edit) && now.show(edit.referralId(), edit.field(), edit.before())
                && isNamed(edit, now.audit(edit));
    }

    /** @param edit that has not arrived */
    boolean mayLose(Edit edit) {
        return edit.field() != null && interruptions.get().stream().anyMatch(each -> forgot(each, edit));
    }

    private boolean forgot(Interruption interruption, Edit edit) {
        Long last = agreed.get(edit.key());
        return interruption.kind() == Kind.DATABASE_TORN
                && edit.made() - interruption.back() < COMPARED_AGAIN.toNanos()
                && (last == null || last - interruption.back() < 0);
    }

    /** @param audit has a value in Partner Center's form, which may go on: 10001.00 for 10001 */
    static boolean isNamed(Edit edit, String audit) {
        return Pattern.compile("both sides changed it; " + Pattern.quote(edit.value()) + "\\b\\S* lost\\)")
                .matcher(audit).find();
    }
}
