package dev.cosell.alerts;

import dev.cosell.text.Storable;

/**
 * Something that needs a person, or soon will.
 *
 * @param key    names it for as long as it lasts, however its text changes; up to 250 characters
 * @param title  a few words
 * @param detail what is known of it, as logs and health say it
 * @param remedy what a person can do; empty where the detail says so itself
 */
public record Matter(String key, String title, String detail, String remedy) {
    private static final int LONGEST = 4000;

    public Matter {
        detail = Storable.shortened(detail, LONGEST);
    }
}
