package dev.cosell.cluster;

import java.util.Locale;

/**
 * Something that ended or froze a part.
 *
 * @param at   when, in nanoseconds of this JVM
 * @param back when it worked again
 */
record Interruption(Kind kind, String what, long at, long back) {
    /** How. */
    enum Kind {
        KILLED,
        STOPPED,
        FROZEN,
        /** The primary, for good or until it comes back; its backup takes over. */
        BROKER_KILLED,
        /** Both brokers, killed and started again on their journal. */
        BROKER_RESTARTED,
        DATABASE_RESTARTED,
        /** The network between the application and one of those it speaks with. */
        CUT,
        SLOW,
        HALF_OPEN,
        RUBBISH,
        /** The disk of queue and database. */
        DISK_FULL,
        /** Killed, and the journal of the queue ends somewhere in the middle, as after a power loss. */
        QUEUE_TORN,
        /** The same of the database's file. */
        DATABASE_TORN;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }
}
