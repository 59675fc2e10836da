package dev.cosell.check;

import java.util.List;

/** Looks at one concern, changes nothing. */
public interface Check {
    /** The system or part it is about. */
    String where();

    /** What it looks at, in a word or two: named when the look itself fails. */
    String what();

    /**
     * What it found; never empty.
     *
     * @throws RuntimeException when it could not look; a {@link dev.cosell.verbs.Fault} says why in words for people
     */
    List<Finding> look();
}
