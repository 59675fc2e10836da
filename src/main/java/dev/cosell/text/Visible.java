package dev.cosell.text;

import java.util.Locale;

/**
 * Text for one line that people read. A line end in somebody's text would make a second line that nobody wrote, an
 * escape character would command the terminal, and a bidirectional control would turn the letters behind it round.
 */
public final class Visible {
    private static final String BIDIRECTIONAL = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069";

    private Visible() {}

    /** The text with every control character spelled out, as {@code \n} or {@code \u001b}. Null stays null. */
    public static String line(String text) {
        return of(text, false);
    }

    /** As {@link #line}, for a text that may have lines of its own: LF and tab stay. */
    public static String lines(String text) {
        return of(text, true);
    }

    private static String of(String text, boolean withLines) {
        if (text == null || text.chars().noneMatch(unit -> hidden((char) unit, withLines))) {
            return text;
        }
        StringBuilder spelled = new StringBuilder(text.length() + 16);
        for (int at = 0; at < text.length(); at++) {
            char unit = text.charAt(at);
            if (hidden(unit, withLines)) {
                spelled.append(spelled(unit));
            } else {
                spelled.append(unit);
            }
        }
        return spelled.toString();
    }

    private static boolean hidden(char unit, boolean withLines) {
        if (unit < ' ') {
            return !withLines || unit != '\n' && unit != '\t';
        }
        return unit >= 0x7f && (unit <= 0x9f || unit == 0x2028 || unit == 0x2029 || BIDIRECTIONAL.indexOf(unit) >= 0);
    }

    private static String spelled(char unit) {
        return switch (unit) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> String.format(Locale.ROOT, "\\u%04x", (int) unit);
        };
    }
}
