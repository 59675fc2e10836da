package dev.cosell.sync.books;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.sync.decide.Agreed;
import dev.cosell.sync.decide.AgreedValues;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How agreed values lie in their column, as databases in use hold them. */
class AgreedTextTest {
    @Test
    void values_that_were_stored_before_are_read() {
        AgreedValues values = AgreedText.values("""
                {"Amount": {"r": 12500.50, "c": 12500.5}, "Stage": {"r": "Active/Accepted", "c": "Open", "cw": "Won"},
                 "Notes": {"rw": null}, "Solutions": {"r": ["a", "b"], "c": []}}
                """);
        assertThat(values.rows()).containsOnly(
                Map.entry("Amount", Agreed.on(new BigDecimal("12500.50"), new BigDecimal("12500.5"))),
                Map.entry("Stage", new Agreed("Active/Accepted", "Open", null, new Agreed.Begun("Won"))),
                Map.entry("Notes", new Agreed(null, null, new Agreed.Begun(null), null)),
                Map.entry("Solutions", Agreed.on(List.of("a", "b"), List.of())));
    }

    @Test
    void the_text_is_the_same_as_ever() {
        AgreedValues values = new AgreedValues(
                Map.of("Amount", new Agreed("1.00", null, new Agreed.Begun("2.00"), null)));
        assertThat(AgreedText.text(values)).isEqualTo("{\"Amount\":{\"r\":\"1.00\",\"c\":null,\"rw\":\"2.00\"}}");
        assertThat(AgreedText.values(AgreedText.text(values))).isEqualTo(values);
        AgreedValues twice = new AgreedValues(Map.of("Amount", new Agreed("1.00", null, null, new Agreed.Begun("3.00",
                List.of("2.00"), new Agreed.Shown("1.00", null)))));
        assertThat(AgreedText.values(AgreedText.text(twice))).isEqualTo(twice);
        AgreedValues told = new AgreedValues(Map.of("Help", new Agreed(null, "WorkshopOrTraining", new Agreed.Begun(
                "WorkshopOrTraining", List.of(), null, List.of("Microsoft is asked to turn to Ada Berg")), null)));
        assertThat(AgreedText.values(AgreedText.text(told))).isEqualTo(told);
        assertThat(AgreedText.values("{}")).isEqualTo(AgreedValues.NONE);
    }
}
