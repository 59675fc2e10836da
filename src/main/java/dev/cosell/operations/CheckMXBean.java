package dev.cosell.operations;

import java.util.List;

/** What the last check of this installation found. */
public interface CheckMXBean {
    /** When the last check ended; empty before the first one. */
    String getLastRun();

    /** The outcome of the last check in one sentence; empty before the first one. */
    String getOutcome();

    /** The faults of the last check, each with its remedy. */
    List<String> getFaults();

    /** The warnings of the last check. */
    List<String> getWarnings();

    /** Checks now, as {@code ./cosell check} does, and gives its table. */
    String check();
}
