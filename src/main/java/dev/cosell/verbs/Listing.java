package dev.cosell.verbs;

import java.time.Instant;

/**
 * Which records of a system a list shall show, page by page, whether they changed or not.
 *
 * @param since    only those that changed since then; null for all
 * @param where    a condition in the system's own words, beside the ones of the list; null for none
 * @param position where the page before ended; null for the first page. It may be that a system does not know it any
 *     more after a while
 */
public record Listing(Instant since, String where, String position) {}
