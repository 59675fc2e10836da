package dev.cosell.operations;

import dev.cosell.sync.books.Waiting;
import dev.cosell.sync.books.WaitingList;
import dev.cosell.sync.decide.Deadline;
import dev.cosell.sync.decide.Direction;
import dev.cosell.sync.decide.Ends;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/** What of the enabled CRMs waits, a line for each: the first hundred, and how many there are. */
public final class WaitingLines {
    private final WaitingList waiting;
    private final List<String> crms;

    /** @param crms names of the enabled CRMs: nobody can do anything about a deal of another one */
    public WaitingLines(WaitingList waiting, List<String> crms) {
        this.waiting = waiting;
        this.crms = List.copyOf(crms);
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
        List<String> first = firstHeld();
        return new Listed(first, first.size() < SyncMXBean.SHOWN ? first.size() : heldCount());
    }

    int heldCount() {
        return waiting.moves(crms);
    }

    List<String> firstHeld() {
        return lines(waiting.withMoves(crms, SyncMXBean.SHOWN), link -> link.waits().held().stream()
                .filter(held -> !Direction.stopped(held)));
    }

    /** Deadlines that were warned of and are not met yet. */
    Listed deadlines() {
        List<String> first = firstDeadlines();
        return new Listed(first, first.size() < SyncMXBean.SHOWN ? first.size() : deadlinesCount());
    }

    int deadlinesCount() {
        return waiting.deadlines(crms);
    }

    List<String> firstDeadlines() {
        return lines(waiting.withDeadlines(crms, SyncMXBean.SHOWN), link -> link.waits().deadlines().stream()
                .filter(deadline -> deadline.state() == Deadline.State.TOLD).map(Deadline::sentence));
    }

    private static List<String> lines(List<Waiting> links, Function<Waiting, Stream<?>> each) {
        return links.stream().flatMap(link -> each.apply(link).map(what -> named(link.crm(), link.ends()) + what))
                .limit(SyncMXBean.SHOWN).toList();
    }

    /** How a line about a deal begins. */
    static String named(String crm, Ends ends) {
        return crm + " " + known(ends.referralId()) + " " + known(ends.crmId()) + ": ";
    }

    private static String known(String id) {
        return id == null ? "-" : id;
    }
}
