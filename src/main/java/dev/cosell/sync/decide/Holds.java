package dev.cosell.sync.decide;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Finds out, for one pair, which irreversible moves may go to Partner Center now and which wait. Built for one
 * decision.
 */
final class Holds {
    private final ReferralRules rules;
    private final Map<String, Object> referral;
    private final Waits before;
    private final TimeRules.Timing timing;
    private final Stops stops;
    private final List<Held> held = new ArrayList<>();
    private final List<String> wanted = new ArrayList<>();
    private final List<String> sentences = new ArrayList<>();

    /**
     * @param referral null when it is still to be created
     * @param stops    directions in which nothing is written unless a person let it go
     */
    Holds(ReferralRules rules, Map<String, Object> referral, Waits before, TimeRules.Timing timing, Stops stops) {
        this.rules = rules;
        this.referral = referral;
        this.before = before;
        this.timing = timing;
        this.stops = stops;
    }

    /** Whether a write has to wait because its direction is stopped. */
    boolean stops(Direction direction) {
        if (!stops.blocks(direction, before)) {
            return false;
        }
        Held known = before.held(direction.held());
        Held now = known == null ? new Held(direction.held(), timing.now(), null) : known;
        if (!held.contains(now)) {
            held.add(now);
        }
        return true;
    }

    /** Whether anything waits because its direction is stopped. */
    boolean stopped() {
        return held.stream().anyMatch(Direction::stopped);
    }

    /**
     * Whether a change has to wait.
     *
     * @param patch referral path to value
     */
    boolean holds(Map<String, Object> patch) {
        ReferralRules.Irreversible move = rules.irreversible(referral, patch, timing.now());
        if (move == null) {
            return false;
        }
        wanted.add(move.what());
        Held known = before.held(move.what());
        Held now = held(move, known);
        if (now == null) {
            return false;
        }
        held.add(now);
        if (known == null) {
            sentences.add(sentence(move, now));
        }
        return true;
    }

    /** Null when it may go. */
    private Held held(ReferralRules.Irreversible move, Held known) {
        var since = known == null ? timing.now() : known.since();
        boolean approved = known != null && before.approves(since);
        // An approval spares the wait for a person or for second thoughts, and not the time that Microsoft asks for.
        var until = approved ? timing.now() : timing.rules().holds().until(since);
        if (until != null && isEarly(move, until)) {
            until = move.notBefore();
        }
        return until != null && !until.isAfter(timing.now()) ? null : new Held(move.what(), since, until);
    }

    private static boolean isEarly(ReferralRules.Irreversible move, Instant moment) {
        return move.notBefore() != null && move.notBefore().isAfter(moment);
    }

    private String sentence(ReferralRules.Irreversible move, Held now) {
        if (now.until() == null) {
            String also = isEarly(move, timing.now())
                    ? ", and until " + Moments.text(move.notBefore()) + " (" + move.because() + ")" : "";
            return move.what() + " waits for approval" + also + "; " + move.undo();
        }
        boolean early = now.until().equals(move.notBefore());
        return move.what() + " waits until " + Moments.text(now.until())
                + (early ? " (" + move.because() + ")" : "") + "; " + move.undo();
    }

    /** Whether anything waits now. */
    boolean any() {
        return !held.isEmpty();
    }

    /** What was said of moves that have to wait from now on, and of those for which nothing waits any more. */
    List<String> sentences() {
        List<String> all = new ArrayList<>(sentences);
        before.held().stream().filter(move -> !wanted.contains(move.what()) && !Direction.stopped(move))
                .forEach(move -> all.add(move.what() + (isDone(move) ? " is done already, so it waits no longer"
                        : " is cancelled; nothing was sent")));
        return all;
    }

    /** Another CRM's seller wanted the same and had it approved, or somebody did it in Partner Center. */
    private boolean isDone(Held move) {
        return referral != null && rules.isDone(referral, move.what());
    }

    Waits after() {
        return before.holding(held).told(timing.now());
    }

    /** What deadlines say now, each once. */
    List<String> warnings() {
        return before.deadlines().stream().filter(each -> each.speaks(timing.now())).map(Deadline::sentence).toList();
    }
}
