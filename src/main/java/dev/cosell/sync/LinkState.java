package dev.cosell.sync;

public enum LinkState {
    /** Both records are there and kept the same. */
    LINKED,
    /** Not synced until a person or a later change frees it; the link's reason says why. */
    PARKED,
    /** One of the two records is gone. */
    ORPHANED
}
