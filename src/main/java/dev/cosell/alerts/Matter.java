package dev.cosell.alerts;

import dev.cosell.text.Digest;
import dev.cosell.text.Storable;

/**
 * Something that needs a person, or soon will.
 *
 * @param key    names it for as long as it lasts, however its text changes; of more than 250 characters the beginning
 *               and a digest are kept
 * @param code   of its cause; empty for a digest
 * @param title  a few words
 * @param detail what is known of it, as logs and health say it
 * @param remedy what a person can do; empty where the detail says so itself
 */
public record Matter(String key, String code, String title, String detail, String remedy) {
    private static final int LONGEST = 4000;
    private static final int LONGEST_TITLE = 1000;
    private static final int LONGEST_KEY = 250;

    public Matter {
        key = key.length() <= LONGEST_KEY ? key
                : Storable.shortened(key, LONGEST_KEY - 20) + "/" + Digest.of(key);
        code = code == null ? "" : code;
        title = Storable.shortened(title, LONGEST_TITLE);
        detail = Storable.shortened(detail, LONGEST);
    }

    /** The view of the page that shows it: what is about one deal begins with its CRM and its two ids. */
    String view() {
        String kind = key.substring(0, Math.max(0, key.indexOf('/')));
        String[] words = detail.split("[ :]", 4);
        if (words.length == 4 && (kind.equals(Matters.DEADLINE) || kind.equals(Matters.APPROVAL))) {
            return "deal/" + (words[1].equals("-") ? words[2] : words[1]);
        }
        return key.equals(Matters.PARKED) ? "parked" : "overview";
    }
}
