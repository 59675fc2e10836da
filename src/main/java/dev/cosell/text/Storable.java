package dev.cosell.text;

import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Text that every side can hold. PostgreSQL keeps no NUL, XML none of the other control characters but tab and line
 * ends, and half a surrogate pair has no form in UTF-8; what one system takes would otherwise be refused by the next
 * for ever.
 */
public final class Storable {
    private Storable() {}

    /** The text without what cannot be held; the same object when there is nothing of the kind. Null stays null. */
    public static String of(String text) {
        if (text == null || isStorable(text)) {
            return text;
        }
        StringBuilder kept = new StringBuilder(text.length());
        text.codePoints().filter(Storable::isStorable).forEach(kept::appendCodePoint);
        return kept.toString();
    }

    /** What {@link #of} leaves out of a text, as in {@code U+0000, U+0008}; empty when it leaves out nothing. */
    public static String leftOut(String text) {
        return text.codePoints().filter(each -> !isStorable(each)).distinct()
                .mapToObj(each -> String.format(Locale.ROOT, "U+%04X", each))
                .collect(Collectors.joining(", "));
    }

    /** Storable, and with an ellipsis for what is beyond the length, in UTF-16 units. Null stays null. */
    public static String shortened(String text, int length) {
        String storable = of(text);
        if (storable == null || storable.length() <= length) {
            return storable;
        }
        int end = Character.isHighSurrogate(storable.charAt(length - 2)) ? length - 2 : length - 1;
        return storable.substring(0, end) + "…";
    }

    private static boolean isStorable(String text) {
        for (int at = 0; at < text.length(); at++) {
            char unit = text.charAt(at);
            if (unit < ' ' || unit >= Character.MIN_SURROGATE) {
                int whole = text.codePointAt(at);
                if (!isStorable(whole)) {
                    return false;
                }
                at += Character.charCount(whole) - 1;
            }
        }
        return true;
    }

    private static boolean isStorable(int codePoint) {
        if (codePoint < ' ') {
            return codePoint == '\t' || codePoint == '\n' || codePoint == '\r';
        }
        return codePoint != 0xFFFE && codePoint != 0xFFFF
                && (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE);
    }
}
