package dev.cosell.sync.books;

import static org.assertj.core.api.Assertions.assertThat;

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
