package dev.cosell.operations;

import dev.cosell.sync.books.Unhurried;
import dev.cosell.sync.books.Waiting;
import dev.cosell.sync.books.WaitingList;
import dev.cosell.sync.decide.Deadline;
import dev.cosell.sync.decide.Direction;
import dev.cosell.sync.decide.Ends;
import dev.cosell.sync.decide.Held;
import dev.cosell.sync.decide.Waits;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/** What of the enabled CRMs waits, a line for each: the first hundred, and how many there are. */
public final class WaitingLines {
    private final WaitingList waiting;
    private final List<String> crms;
    /** As a rule nothing waits, and then nothing else is asked. */
    private final Unhurried<WaitingList.Counts> counts;

    /** @param crms names of the enabled CRMs: nobody can do anything about a deal of another one */
    public WaitingLines(WaitingList waiting, List<String> crms) {
        this.waiting = waiting;
        this.crms = List.copyOf(crms);
        this.counts = new Unhurried<>(() -> waiting.counts(this.crms));
    }

    /** @param count of all of them */
    public record Listed(List<String> first, int count) {
        /** With one more line that says how many are not among them; there is none where all are. */
        public List<String> lines(String what) {
            return count <= first.size() ? first : Stream.concat(first.stream(),
                    Stream.of(String.format(Locale.ROOT, "and %,d more %s", count - first.size(), what))).toList();
        }
    }

    /** Moves that cannot be taken back; those that a brake holds are told by the brake. */
    Listed held() {
        return listed(firstHeld(), heldCount());
    }

    int heldCount() {
        return counts.answer().moves();
    }

    /** Those that wait for a person before those that wait for a time. */
    List<String> firstHeld() {
        return heldCount() == 0 ? List.of() : Stream.concat(firstApprovals().stream(),
                lines(waiting.withMoves(crms, SyncMXBean.SHOWN), WaitingLines::moves).stream())
                .distinct().limit(SyncMXBean.SHOWN).toList();
    }

    int approvalsCount() {
        return counts.answer().approvals();
    }

    List<String> firstApprovals() {
        return approvalsCount() == 0 ? List.of() : lines(waiting.withApprovals(crms, SyncMXBean.SHOWN),
                waits -> moves(waits).filter(move -> move.until() == null));
    }

    private static Stream<Held> moves(Waits waits) {
        return waits.held().stream().filter(move -> !Direction.stopped(move));
    }

    /** Deadlines that were warned of and are not met yet. */
    Listed deadlines() {
        return listed(firstDeadlines(), deadlinesCount());
    }

    /** What was counted some time ago says less than a list that is complete. */
    private static Listed listed(List<String> first, int counted) {
        return new Listed(first, first.size() < SyncMXBean.SHOWN ? first.size() : Math.max(counted, first.size()));
    }

    int deadlinesCount() {
        return counts.answer().deadlines();
    }

    List<String> firstDeadlines() {
        return deadlinesCount() == 0 ? List.of() : lines(waiting.withDeadlines(crms, SyncMXBean.SHOWN),
                waits -> waits.deadlines().stream().filter(Deadline::isTold)
                        .map(Deadline::sentence));
    }

    private static List<String> lines(List<Waiting> links, Function<Waits, Stream<?>> each) {
        return links.stream().flatMap(link -> each.apply(link.waits())
                .map(what -> named(link.crm(), link.ends()) + what)).limit(SyncMXBean.SHOWN).toList();
    }

    /** How a line about a deal begins. */
    static String named(String crm, Ends ends) {
        return crm + " " + known(ends.referralId()) + " " + known(ends.crmId()) + ": ";
    }

    private static String known(String id) {
        return id == null ? "-" : id;
    }
}
