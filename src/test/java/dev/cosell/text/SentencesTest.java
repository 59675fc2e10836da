package dev.cosell.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Reasons that ended with a full stop were joined with ".;". */
class SentencesTest {
    @Test
    void a_full_stop_gives_way_to_what_follows() {
        assertThat(Sentences.joined(List.of("Correct the record, or add a line.", "No name: enter one")))
                .isEqualTo("Correct the record, or add a line; No name: enter one");
        assertThat(Sentences.joined(List.of("Alone."))).isEqualTo("Alone");
    }

    @Test
    void what_is_no_full_stop_stays() {
        assertThat(Sentences.withoutFullStop("and so on...")).isEqualTo("and so on...");
        assertThat(Sentences.withoutFullStop("cut off…")).isEqualTo("cut off…");
        assertThat(Sentences.withoutFullStop("")).isEmpty();
        assertThat(Sentences.withoutFullStop(null)).isNull();
    }
}
