package dev.cosell.salesforce;

import java.time.LocalDate;

/** Counts the calls of a day, those of all instances together. */
@FunctionalInterface
public interface CallCount {
    /**
     * @param calls that were made since the last time; 0 only asks
     * @return all that were counted for that day so far
     */
    long add(LocalDate day, int calls);
}
