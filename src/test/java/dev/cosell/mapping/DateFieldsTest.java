package dev.cosell.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DateFieldsTest {
    private final Map<String, DateForm> forms = new HashMap<>();
    private int asked;

    private DateFields fields(String zone) {
        DateFields.Source source = new DateFields.Source() {
            @Override
            public Map<String, DateForm> forms() {
                asked++;
                return Map.copyOf(forms);
            }

            @Override
            public ZoneId zone() {
                return ZoneId.of(zone);
            }

            @Override
            public String zoneFrom() {
                return "this test";
            }
        };
        return new DateFields(() -> Set.of("closing", "standard"), Set.of("standard"), source,
                Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        # zone,             kept as a moment,               day
        Europe/Berlin,      2026-09-29T22:00:00Z,           2026-09-30
        Europe/Berlin,      2026-11-29T23:00:00.000+0000,   2026-11-30
        Europe/Berlin,      2026-11-29T23:00:00.1234567Z,   2026-11-30
        Europe/Berlin,      2026-11-30T01:00:00+02:00,      2026-11-30
        Europe/Berlin,      2026-09-30T21:59:59Z,           2026-09-30
        America/New_York,   2026-09-30T04:00:00Z,           2026-09-30
        America/New_York,   2026-10-01T03:59:59Z,           2026-09-30
        Africa/Cairo,       2026-04-23T22:00:00Z,           2026-04-24
        Pacific/Kiritimati, 2026-09-29T10:00:00Z,           2026-09-30
        """)
    void a_moment_is_the_day_of_the_zone_and_a_day_begins_where_the_clock_says(String zone, String kept, String day) {
        forms.put("closing", DateForm.MOMENT);
        assertThat(fields(zone).read(Map.of("closing", kept))).containsEntry("closing", day);
        Map<String, Object> written = fields(zone).written(Map.of("closing", day));
        assertThat(fields(zone).read(written)).as("%s", written).containsEntry("closing", day);
    }

    @Test
    void the_crm_is_asked_only_when_a_value_needs_it() {
        forms.put("closing", DateForm.DAY);
        DateFields fields = fields("Europe/Berlin");
        fields.read(Map.of("closing", "2026-09-30", "other", "2026-09-29T22:00:00Z"));
        fields.written(Map.of("standard", "2026-09-30"));
        assertThat(asked).isZero();
        assertThat(fields.written(Map.of("closing", "2026-09-30"))).containsEntry("closing", "2026-09-30");
        assertThat(asked).isEqualTo(1);
        forms.put("closing", DateForm.MOMENT);
        assertThat(fields.read(Map.of("closing", "2026-09-29T22:00:00Z"))).as("a day with a time is no day any more")
                .containsEntry("closing", "2026-09-30");
        assertThat(asked).isEqualTo(2);
        fields.read(Map.of("closing", "2026-09-29T22:00:00Z"));
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void a_text_field_with_times_does_not_ask_each_time() {
        DateFields fields = fields("Europe/Berlin");
        for (int i = 0; i < 3; i++) {
            assertThat(fields.read(Map.of("closing", "2026-09-29T22:00:00Z"))).containsEntry("closing",
                    "2026-09-29T22:00:00Z");
        }
        assertThat(asked).isEqualTo(1);
    }

    @Test
    void a_clock_time_counts_as_it_stands_and_what_is_empty_stays_empty() {
        forms.put("closing", DateForm.CLOCK);
        DateFields fields = fields("Europe/Berlin");
        assertThat(fields.read(Map.of("closing", "2026-09-30T23:30:00Z"))).containsEntry("closing", "2026-09-30");
        assertThat(fields.written(Map.of("closing", "2026-09-30"))).containsEntry("closing", "2026-09-30T00:00:00Z");
        Map<String, Object> empty = new HashMap<>();
        empty.put("closing", null);
        assertThat(fields.written(empty)).containsEntry("closing", null);
        assertThat(fields.read(empty)).containsEntry("closing", null);
    }
}
