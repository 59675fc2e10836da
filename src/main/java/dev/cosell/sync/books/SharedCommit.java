package dev.cosell.sync.books;

import dev.cosell.verbs.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Lets work that ends at the same time share one transaction, because the commit is what costs. Whoever gets the turn
 * commits for all who wait. When commits follow each other closely it gathers others for a moment first; a single one
 * waits for nobody.
 *
 * @param <T> what is written
 */
final class SharedCommit<T> {
    private static final class Waiting<T> {
        private final T work;
        private boolean taken;
        private boolean done;
        private RuntimeException failure;

        private Waiting(T work) {
            this.work = work;
        }
    }

    private static final long CLOSELY_NANOS = TimeUnit.MILLISECONDS.toNanos(3);
    private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Queue<Waiting<T>> waiting = new ConcurrentLinkedQueue<>();
    private final ReentrantLock turn = new ReentrantLock();
    private final Consumer<List<T>> transaction;
    private long lastEnd = System.nanoTime() - CLOSELY_NANOS;

    /** @param transaction writes all it is given or nothing */
    SharedCommit(Consumer<List<T>> transaction) {
        this.transaction = transaction;
    }

    /**
     * Returns when the work is committed; throws what the transaction threw for this very work.
     *
     * @throws Fault.Transient when the thread that committed for several met an error, so that nobody knows what is
     *     written
     */
    void commit(T work) {
        Waiting<T> mine = new Waiting<>(work);
        waiting.add(mine);
        turn.lock();
        try {
            if (!mine.taken) {
                gather();
                commitAll();
                lastEnd = System.nanoTime();
            }
        } finally {
            turn.unlock();
        }
        if (mine.failure != null) {
            throw mine.failure;
        }
        if (!mine.done) {
            throw new Fault.Transient(StateFaults.SYSTEM,
                    "An error ended the transaction in which this was written together with others");
        }
    }

    private void gather() {
        if (System.nanoTime() - lastEnd < CLOSELY_NANOS) {
            LockSupport.parkNanos(GATHER_NANOS);
        }
    }

    /** How many wait for the running commit. */
    int waiting() {
        return waiting.size();
    }

    boolean busy() {
        return turn.isLocked();
    }

    private void commitAll() {
        List<Waiting<T>> together = new ArrayList<>();
        for (Waiting<T> next = waiting.poll(); next != null; next = waiting.poll()) {
            next.taken = true;
            together.add(next);
        }
        try {
            transaction.accept(together.stream().map(each -> each.work).toList());
            together.forEach(each -> each.done = true);
        } catch (RuntimeException oneOfThem) {
            together.forEach(each -> commitAlone(each, together.size() == 1 ? oneOfThem : null));
        }
    }

    /** A failed batch does not say which item failed, so each is retried alone. */
    private void commitAlone(Waiting<T> each, RuntimeException known) {
        if (known != null) {
            each.failure = known;
            return;
        }
        try {
            transaction.accept(List.of(each.work));
            each.done = true;
        } catch (RuntimeException own) {
            each.failure = own;
        }
    }
}
