package dev.cosell.simulation;

/**
 * One thing that happens in a history.
 *
 * @param at     milliseconds after its begin
 * @param deal   number of the deal it is about; of no meaning for what happens to a system
 * @param system where it happens
 * @param field  what is edited; null otherwise
 * @param value  which value, or how much of it
 */
record Event(long at, Kind kind, int deal, String system, Field field, int value) {
    enum Kind {
        CREATE, EDIT, ACCEPT, WIN, LOSE, REOPEN, DELETE, MERGE, RENAME, RENAME_BACK,
        /** The seller switches the sync of the opportunity off, or on again. */
        SWITCH,
        /** What happens to the next write: its answer is lost before or after the commit, or it is done later. */
        LOST_BEFORE, LOST_AFTER, LATE,
        /** A rule of the system refuses the next write; somebody was quicker. */
        REFUSED, MOVED,
        /** What happens to the next read. */
        STALE, READ_LOST,
        /** What happens to the next hint. */
        DROPPED, REPEATED, SLOW,
        /** The rights on one deal, or on the whole system. */
        DENIED, SIGNED_OUT, RIGHTS_BACK,
        CRASH, CLOCK
    }

    @Override
    public String toString() {
        return String.format("%6d ms  %-11s deal %d  %-14s %s %d", at, kind, deal, system, field == null ? "" : field,
                value);
    }
}
