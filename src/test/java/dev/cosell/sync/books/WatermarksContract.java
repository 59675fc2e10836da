package dev.cosell.sync.books;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cosell.verbs.Fault;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

abstract class WatermarksContract extends StateContract {
    @Test
    void aPositionSurvivesReopening() throws Exception {
        Watermarks watermarks = new Watermarks(database, clock);
        assertThat(watermarks.read("dynamics")).isNull();
        watermarks.advance("dynamics", "first");
        watermarks.advance("salesforce", "2026-03-04");
        watermarks.advance("dynamics", "l".repeat(32_768));
        reopen();

        assertThat(new Watermarks(database, clock).read("dynamics")).isEqualTo("l".repeat(32_768));
        assertThat(new Watermarks(database, clock).read("salesforce")).isEqualTo("2026-03-04");
    }

    /** A process that was paused in the middle of a poll and revived. */
    @Test
    void aPositionThatAnotherInstanceHasMovedIsNotMovedBack() {
        Watermarks watermarks = new Watermarks(database, clock);
        watermarks.advance("salesforce", null, "10:00");
        String readBeforeThePause = watermarks.read("salesforce");
        watermarks.advance("salesforce", "10:00", "10:01");
        watermarks.advance("salesforce", "10:01", "10:02");

        assertThatThrownBy(() -> watermarks.advance("salesforce", readBeforeThePause, "10:00:30"))
                .isInstanceOf(Fault.Transient.class)
                .hasMessageContaining("another instance has moved the position of salesforce");
        assertThatThrownBy(() -> watermarks.advance("salesforce", null, "09:00")).isInstanceOf(Fault.Transient.class);
        assertThat(watermarks.read("salesforce")).isEqualTo("10:02");
        watermarks.advance("salesforce", "10:01", "10:02");
        watermarks.advance("salesforce", "10:02", "10:02");
    }

    @Test
    void ofManyThatMoveOnePositionAtTheSameTimeOneDoes() throws Exception {
        Watermarks watermarks = new Watermarks(database, clock);
        watermarks.advance("dynamics", null, "0");
        AtomicInteger next = new AtomicInteger();
        List<Boolean> moved = race(8, () -> {
            try {
                watermarks.advance("dynamics", "0", "to " + next.incrementAndGet());
                return true;
            } catch (Fault.Transient otherwise) {
                return false;
            }
        });
        assertThat(moved).filteredOn(Boolean::booleanValue).hasSize(1);
    }

    @Test
    void racingFirstPositionsBothSucceed() throws Exception {
        Watermarks watermarks = new Watermarks(database, clock);
        for (int round = 0; round < 20; round++) {
            String source = "source" + round;
            race(2, () -> {
                watermarks.advance(source, "position");
                return null;
            });
            assertThat(watermarks.read(source)).isEqualTo("position");
        }
    }
}
