package dev.cosell.mapping;

import java.util.Collection;
import java.util.Locale;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Guesses what somebody meant to write. */
public final class NearestWord {
    private static final int LONGEST_LIST = 20;

    private NearestWord() {}

    /** {@code : did you mean "…"?} with the nearest word, or the choice of all when none is near. */
    public static String hint(String word, Collection<String> words) {
        String nearest = nearest(word, words);
        if (nearest != null) {
            return ": did you mean \"" + nearest + "\"?";
        }
        return words.size() > LONGEST_LIST ? ": docs/mapping.md lists those that can be used"
                : ": use one of " + String.join(", ", words.stream().sorted().toList());
    }

    /**
     * Null when no word is near: a third of the letters may differ, in names with dots a third of what stands behind
     * the groups that both have, because a long group in common makes no two names alike.
     */
    public static String nearest(String word, Collection<String> words) {
        String wanted = word.toLowerCase(Locale.ROOT);
        String nearest = null;
        int least = Integer.MAX_VALUE;
        for (String candidate : words.stream().sorted().toList()) {
            String known = candidate.toLowerCase(Locale.ROOT);
            int distance = known.endsWith("." + wanted) ? 1
                    : LevenshteinDistance.getDefaultInstance().apply(wanted, known);
            if (distance < least && distance <= allowed(wanted, known)) {
                least = distance;
                nearest = candidate;
            }
        }
        return nearest;
    }

    private static int allowed(String wanted, String known) {
        int groups = 0;
        for (int dot = wanted.indexOf('.'); dot >= 0
                && known.startsWith(wanted.substring(0, dot + 1)); dot = wanted.indexOf('.', dot + 1)) {
            groups = dot + 1;
        }
        return Math.max(1, (wanted.length() - groups + 2) / 3);
    }
}
