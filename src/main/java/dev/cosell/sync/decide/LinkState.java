package dev.cosell.sync.decide;

public enum LinkState {
    /** Both records are there and kept the same. */
    LINKED,
    /** Not synced until a person or a later change frees it; the link's reason says why. */
    PARKED,
    /**
     * Parked before the two were ever joined: one names the other, and that is all. It keeps nobody else from being
     * joined.
     */
    CLAIMED,
    /** One of the two records is gone. */
    ORPHANED
}
