package dev.cosell.sync.books;

import java.time.Instant;

/**
 * An attempt to create something, begun on disk before the create.
 *
 * @param system  where the attempt is noted: a CRM or Partner Center
 * @param key     what it is for, such as the id of an opportunity
 * @param retry   whether an earlier attempt was begun whose outcome is unknown
 * @param settled whether a search that finds nothing proves that the earlier attempt made nothing; true without one
 * @param begun   when the earliest of the attempts whose outcome is unknown was noted, by our clock; null without one
 */
public record Attempt(String system, String key, boolean retry, boolean settled, Instant begun) {

    /** Without any before it. */
    public static Attempt first(String system, String key) {
        return new Attempt(system, key, false, true, null);
    }

    /** The same once it is known that the earlier attempt made nothing. */
    public Attempt asFirst() {
        return first(system, key);
    }
}
