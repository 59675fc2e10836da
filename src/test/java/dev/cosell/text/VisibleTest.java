package dev.cosell.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VisibleTest {
    @Test
    void ordinaryTextIsTheSameObject() {
        String text = "Straße → Ünïcode \ud83d\ude80 C:\\new";
        assertThat(Visible.line(text)).isSameAs(text);
        assertThat(Visible.line(null)).isNull();
    }

    @Test
    void whatWouldMakeALineOrCommandATerminalIsSpelledOut() {
        assertThat(Visible.line("a\nb\rc\td\u001b[2J\u0085\u2028\u2029\u202e\u2066\u009b\u007f\u0000"))
                .isEqualTo("a\\nb\\rc\\td\\u001b[2J\\u0085\\u2028\\u2029\\u202e\\u2066\\u009b\\u007f\\u0000");
    }

    @Test
    void aTextWithLinesOfItsOwnKeepsThem() {
        assertThat(Visible.lines("a\n\tb\r\u001b")).isEqualTo("a\n\tb\\r\\u001b");
    }
}
