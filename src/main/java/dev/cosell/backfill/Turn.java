package dev.cosell.backfill;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Some seconds in which one instance works on jobs. What is still to be handed over is read once in a turn, for nobody
 * else hands anything over meanwhile, and to read it takes the longer the more there is.
 */
public final class Turn {
    /** As many as a turn can hand over at best. */
    private static final int WAITING = 2000;

    private final Instant ends;
    private final Records records;
    private final Deque<Records.ToHand> waiting = new ArrayDeque<>();
    private final AtomicLong handed = new AtomicLong();
    private long job;

    Turn(Instant ends, Records records) {
        this.ends = ends;
        this.records = records;
    }

    Instant ends() {
        return ends;
    }

    /**
     * The next ones for the sync, as many as the job is allowed. Those of the call before are handed over by now.
     *
     * @param most as all counts of a job: a record that concerns several CRMs is one for each
     */
    List<String> toHand(Backfill of, long most) {
        if (job != of.id()) {
            job = of.id();
            waiting.clear();
            handed.set(records.handed(job));
        }
        long room = of.allowed() == null ? most : Math.min(most, of.allowed() - handed.get());
        if (room > 0 && waiting.isEmpty()) {
            waiting.addAll(records.toHand(of, WAITING));
        }
        List<String> next = new ArrayList<>();
        while (!waiting.isEmpty() && waiting.peek().crms() <= room) {
            room -= waiting.peek().crms();
            next.add(waiting.poll().id());
        }
        return next;
    }

    /** Something that was handed over is to be handed over once more. */
    void readAgain() {
        job = 0;
    }

    /** @param crms for how many CRMs a record was handed over */
    void handed(int crms) {
        handed.addAndGet(crms);
    }
}
