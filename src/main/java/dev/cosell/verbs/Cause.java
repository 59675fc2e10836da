package dev.cosell.verbs;

/**
 * What can be the matter with a record or with the sync: an enum for each place that knows of such things. The table of
 * {@code docs/errors.md} has a row for each.
 */
public interface Cause {
    /** Never changes and never stands for anything else, such as {@code CS-201}. */
    String code();

    /** What it means, in one sentence. */
    String meaning();

    /** What a person can do, in one sentence; empty when nothing has to be done. */
    String remedy();
}
