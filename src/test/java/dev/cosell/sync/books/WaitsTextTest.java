package dev.cosell.sync.books;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.sync.decide.Deadline;
import dev.cosell.sync.decide.Held;
import dev.cosell.sync.decide.Waits;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How what a link waits for lies in its column. */
class WaitsTextTest {
    private static final Instant NOW = Instant.parse("2026-11-22T14:05:00Z");

    @Test
    void what_waits_survives_its_way_through_the_database() {
        Waits waits = new Waits(
                List.of(new Held("Closing as won", NOW, null), new Held("Showing", NOW, NOW.plusSeconds(1))),
                List.of(Deadline.open(Deadline.Kind.CONTACT, NOW, NOW).as(Deadline.State.TOLD)), NOW);
        assertThat(WaitsText.waits(WaitsText.text(waits), NOW)).isEqualTo(waits);
        assertThat(WaitsText.text(Waits.NONE)).isNull();
        assertThat(WaitsText.waits(null, null)).isSameAs(Waits.NONE);
    }

    /** The build before knows no such state, and could read nothing of the link any more. */
    @Test
    void that_microsoft_has_no_part_in_a_deal_is_silence_to_an_earlier_build() {
        Waits waits = new Waits(List.of(),
                List.of(Deadline.open(Deadline.Kind.MICROSOFT, NOW, NOW).as(Deadline.State.ABSENT)), null);
        assertThat(WaitsText.text(waits)).contains("\"state\":\"SILENT\"");
        assertThat(WaitsText.waits(WaitsText.text(waits), null)).isEqualTo(waits);
    }

    /** Once the seller had read that Microsoft has no part in the deal, all others read that it did not answer. */
    @Test
    void what_is_absent_is_absent_when_it_was_told_too() {
        Deadline told = Deadline.open(Deadline.Kind.MICROSOFT, NOW, NOW).as(Deadline.State.ABSENT_TOLD);
        Waits waits = new Waits(List.of(), List.of(told), null);
        assertThat(WaitsText.text(waits)).contains("\"state\":\"TOLD\"");
        assertThat(WaitsText.waits(WaitsText.text(waits), null)).isEqualTo(waits);
        assertThat(told.sentence()).contains("shows no part of Microsoft's");
    }
}
