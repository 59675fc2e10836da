package dev.cosell.mapping;

import java.util.Collection;
import java.util.Locale;

/** Guesses what somebody meant to write. */
final class NearestWord {
    private static final int LONGEST_LIST = 20;

    private NearestWord() {}

    /** {@code : did you mean "…"?} with the nearest word, or the choice of all when none is near. */
    static String hint(String word, Collection<String> words) {
        String nearest = nearest(word, words);
        if (nearest != null) {
            return ": did you mean \"" + nearest + "\"?";
        }
        return words.size() > LONGEST_LIST ? ": docs/mapping.md lists those that can be used"
                : ": use one of " + String.join(", ", words.stream().sorted().toList());
    }

    /** Null when no word is near. */
    static String nearest(String word, Collection<String> words) {
        String wanted = word.toLowerCase(Locale.ROOT);
        String nearest = null;
        int least = Math.max(1, (word.length() + 2) / 3) + 1;
        for (String candidate : words.stream().sorted().toList()) {
            String known = candidate.toLowerCase(Locale.ROOT);
            int distance = known.endsWith("." + wanted) ? 1 : distance(wanted, known);
            if (distance < least) {
                least = distance;
                nearest = candidate;
            }
        }
        return nearest;
    }

    /** The fewest single-character edits that turn one word into the other (Levenshtein). */
    static int distance(String from, String to) {
        int[] previous = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] current = new int[to.length() + 1];
            current[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replace = previous[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replace, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[to.length()];
    }
}
