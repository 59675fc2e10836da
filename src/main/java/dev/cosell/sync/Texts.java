package dev.cosell.sync;

/** Long texts in columns of limited length. */
final class Texts {
    private Texts() {}

    static String shortened(String text, int length) {
        return text == null || text.length() <= length ? text : text.substring(0, length - 1) + "…";
    }
}
