package dev.cosell.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PollPositionTest {
    private static final Instant BEGUN = Instant.parse("2026-03-04T05:00:00Z");
    private static final Instant ENDED = BEGUN.plus(Duration.ofHours(4));
    private static final Duration OVERLAP = Duration.ofMinutes(2);
    /** What 0.1.0 reads; it takes any other part for a time and fails. */
    private static final Pattern KNOWN_BEFORE = Pattern.compile("(at=|from=|page=|gone=|settled).*|\\d{4}-.*Z");

    private static PollPosition afterALongCatchUp(List<String> gone) {
        Map<String, Object> row = Map.of("Id", "006A", "SystemModstamp", "2026-03-04T08:59:00.000Z");
        return PollPosition.parse(null).begin(BEGUN).after(List.of(row), gone, false, ENDED, OVERLAP);
    }

    @Test
    void how_long_a_catch_up_took_is_kept_beside_what_was_reported_as_gone() {
        for (List<String> gone : List.of(List.<String>of(), List.of("006B@1772600000", "006C@1772600001"))) {
            PollPosition position = afterALongCatchUp(gone);
            assertThat(position.took()).isEqualTo(Duration.ofHours(4));
            assertThat(PollPosition.parse(position.text())).isEqualTo(position);
            assertThat(position.condition(OVERLAP)).contains("2026-03-04T04:57:00");
        }
    }

    /** After a roll-back each poll failed at a part that the version before does not know. */
    @Test
    void the_version_before_reads_a_position_too() {
        assertThat(afterALongCatchUp(List.of()).text().split(";"))
                .allSatisfy(part -> assertThat(part).matches(KNOWN_BEFORE));
    }
}
