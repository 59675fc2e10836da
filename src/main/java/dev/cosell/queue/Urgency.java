package dev.cosell.queue;

import dev.cosell.verbs.Hint;
import jakarta.jms.Message;

/** Which hints the broker gives out first, however many others came before; from the last to the first. */
enum Urgency {
    /** Of a backfill, of what a person let go, and of what is looked at because of time alone. */
    BACKFILL(1),
    /** Of an import or a catch-up, which take hours at the pace of the systems. */
    CROWD(2),
    /** What somebody has just changed. */
    LIVE(Message.DEFAULT_PRIORITY);

    static final int MOST_AT_ONCE = 50;

    private final int priority;

    Urgency(int priority) {
        this.priority = priority;
    }

    /** @param together how many hints were offered with it, itself included */
    static Urgency of(Hint hint, int together) {
        return hint.origin().canWait() ? BACKFILL : Hints.areMany(together) ? CROWD : LIVE;
    }

    int priority() {
        return priority;
    }
}
