package dev.cosell.sync.books;

import java.time.Instant;

/**
 * An attempt to create something, begun on disk before the create. Whoever finds it there long enough afterwards may
 * take it for given up and begin another: the create is sent only while it is still the one that is noted.
 */
public final class Attempt {
    private final String system;
    private final String key;
    private final boolean retry;
    private final Instant first;
    private volatile Instant noted;

    /**
     * @param system where the attempt is noted: a CRM or Partner Center
     * @param key    what it is for, such as the id of an opportunity
     * @param retry  whether an earlier attempt was begun whose outcome is unknown
     * @param noted  the time by which the books know this attempt; null when it was not noted, as where the earlier one
     *     is too recent
     * @param first  when the earliest of the attempts whose outcome is unknown was noted, by our clock; null without
     *     one
     */
    public Attempt(String system, String key, boolean retry, Instant noted, Instant first) {
        this.system = system;
        this.key = key;
        this.retry = retry;
        this.noted = noted;
        this.first = first;
    }

    /** Without any before it, and noted nowhere. */
    public static Attempt first(String system, String key) {
        return first(system, key, null);
    }

    /** Without any before it. */
    static Attempt first(String system, String key, Instant noted) {
        return new Attempt(system, key, false, noted, null);
    }

    /** The same once it is known that the earlier attempt made nothing. */
    public Attempt asFirst() {
        return first(system, key, noted);
    }

    public String system() {
        return system;
    }

    public String key() {
        return key;
    }

    /** Whether an earlier attempt was begun whose outcome is unknown. */
    public boolean retry() {
        return retry;
    }

    /** Whether a search that finds nothing proves that the earlier attempt made nothing; true without one. */
    public boolean settled() {
        return !retry || noted != null;
    }

    /** When the earliest of the attempts whose outcome is unknown was noted, by our clock; null without one. */
    public Instant begun() {
        return first;
    }

    /** The time by which the books know this attempt; null when they do not. */
    Instant noted() {
        return noted;
    }

    void noted(Instant now) {
        noted = now;
    }
}
