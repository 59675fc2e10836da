package dev.cosell.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StorableTest {
    @Test
    void whatEverySideHoldsStaysTheSameObject() {
        String text = "Straße\t1\r\nLeith \ud83d\ude80 \u0085\u200f\ufffd";
        assertThat(Storable.of(text)).isSameAs(text);
        assertThat(Storable.leftOut(text)).isEmpty();
        assertThat(Storable.of(null)).isNull();
    }

    @Test
    void whatNoSideHoldsGoesAndIsNamedOnce() {
        String text = "\u0000a\u0001b\ud83dc\ude80d\ufffe\uffff\u0000";
        assertThat(Storable.of(text)).isEqualTo("abcd");
        assertThat(Storable.leftOut(text)).isEqualTo("U+0000, U+0001, U+D83D, U+DE80, U+FFFE, U+FFFF");
    }

    @Test
    void aCutLeavesNoHalfCharacter() {
        assertThat(Storable.shortened("ab\ud83d\ude80cd", 4)).isEqualTo("ab…");
        assertThat(Storable.shortened("ab\ud83d\ude80cd", 5)).isEqualTo("ab\ud83d\ude80…");
        assertThat(Storable.shortened("abcd", 4)).isEqualTo("abcd");
        assertThat(Storable.shortened("ab\u0000cd", 4)).isEqualTo("abcd");
    }
}
