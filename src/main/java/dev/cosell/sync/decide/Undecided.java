package dev.cosell.sync.decide;

import dev.cosell.sync.decide.RowFinding.Moved;

/**
 * A row that changed apart, or is tied to one that did, and whose policy is to ask.
 *
 * @param row       its name
 * @param moved     which side has changed it
 * @param tied      name of the row to which it is tied and that has changed as well; null for none
 * @param tiedMoved which side has changed that one; null for none
 */
record Undecided(String row, Moved moved, String tied, Moved tiedMoved) {
    /** Of a row that has changed on both sides, whatever others did. */
    static Undecided alone(String row) {
        return new Undecided(row, Moved.BOTH, null, null);
    }
}
