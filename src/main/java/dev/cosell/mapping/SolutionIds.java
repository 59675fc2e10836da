package dev.cosell.mapping;

import java.util.Locale;

/** Ids of solutions, which are the same whatever their case and the blanks around them. */
public final class SolutionIds {
    private SolutionIds() {}

    /** The form in which ids are compared; null when there is none. */
    public static String normal(Object id) {
        String text = Canonical.text(id);
        return text == null ? null : text.toLowerCase(Locale.ROOT);
    }
}
