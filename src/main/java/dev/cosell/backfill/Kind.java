package dev.cosell.backfill;

import dev.cosell.sync.decide.Action;

/** What a sync of a record comes to. */
public enum Kind {
    /** The record shows what was last agreed on, or both sides agree now. */
    EQUAL(false),
    CREATE(true),
    /** Fields travel, or two records are joined. */
    UPDATE(true),
    CLOSE(true),
    /** A lead that the CRM holds as a lead: what becomes of it is not foreseen. */
    LEAD(true),
    /** It cannot be synced; a sync parks it. */
    FAULTY(true),
    /** It is none of ours to sync, such as another organisation's. */
    LEFT(false);

    private final boolean handed;

    Kind(boolean handed) {
        this.handed = handed;
    }

    /** Whether a run hands such a record to the sync. */
    public boolean isHanded() {
        return handed;
    }

    /** @param compared whether both sides were there and were compared */
    static Kind of(Action action, boolean compared) {
        return switch (action) {
            case CREATE_OPPORTUNITY, CREATE_REFERRAL, CREATE_LEAD -> CREATE;
            case UPDATE, UPDATE_LEAD -> UPDATE;
            case CLOSE -> CLOSE;
            case PARK -> FAULTY;
            case LEAD, ACCEPT_LEAD -> LEAD;
            case NOTHING, TELL -> compared ? EQUAL : LEFT;
        };
    }
}
