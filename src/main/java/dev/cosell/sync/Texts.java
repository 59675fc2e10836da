package dev.cosell.sync;

import dev.cosell.text.Storable;

/** Long texts in columns of limited length. */
final class Texts {
    private Texts() {}

    static String shortened(String text, int length) {
        return Storable.shortened(text, length);
    }
}
