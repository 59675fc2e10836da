package dev.cosell.sync.books;

import java.util.Locale;

/** What people look for, as SQL compares it: {@code LOWER(column) LIKE ? ESCAPE '!'}. */
final class Like {
    private Like() {}

    /** Fits every text that holds this one, in any case; no character of it stands for others. */
    static String containing(String text) {
        return "%" + text.toLowerCase(Locale.ROOT).replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
    }
}
