package dev.cosell.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cosell.crm.Crms;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When irreversible moves go: one grammar, checked at the start. */
class HoldSettingTest {
    private static Settings with(Key key, String value) {
        return Crms.SHIPPED.settings(Path.of("no-such-file"), Map.of(), Map.of(key.text(), value));
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            immediately,    PT0S
            after 15m,      PT15M
            after 2h,       PT2H
            after approval, -
            """)
    void is_read(String value, Duration expected) {
        assertThat(with(Key.PARTNER_CENTER_IRREVERSIBLE, value).hold(Key.PARTNER_CENTER_IRREVERSIBLE))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "at once", "after", "after 15", "15m", "after 0m", "after lunch", "After approval"})
    void is_refused_with_the_way_to_write_it(String value) {
        assertThatThrownBy(() -> with(Key.PARTNER_CENTER_IRREVERSIBLE, value)).isInstanceOf(SettingsFault.class)
                .hasMessageContaining("partner-center.irreversible").hasMessageContaining("such as after 15m");
    }

    @Test
    void other_settings_may_be_nought() {
        assertThat(with(Key.PARTNER_CENTER_WON_DELAY, "0").durationOrZero(Key.PARTNER_CENTER_WON_DELAY)).isZero();
        assertThat(with(Key.PARTNER_CENTER_WON_DELAY, "72h").durationOrZero(Key.PARTNER_CENTER_WON_DELAY))
                .isEqualTo(Duration.ofHours(72));
        assertThatThrownBy(() -> with(Key.PARTNER_CENTER_WON_DELAY, "72")).isInstanceOf(SettingsFault.class)
                .hasMessageContaining("72h");
        assertThat(with(Key.PARTNER_CENTER_CALLS_PER_MINUTE, "0").number(Key.PARTNER_CENTER_CALLS_PER_MINUTE)).isZero();
        assertThatThrownBy(() -> with(Key.PARTNER_CENTER_CALLS_PER_MINUTE, "many")).isInstanceOf(SettingsFault.class);
    }

    @Test
    void calls_are_limited_with_real_systems_only_unless_somebody_says_so() {
        assertThat(with(Key.CRMS, "salesforce").number(Key.PARTNER_CENTER_CALLS_PER_MINUTE)).as("sandbox").isZero();
        assertThat(Key.PARTNER_CENTER_CALLS_PER_MINUTE.byDefault()).isEqualTo("100");
        assertThat(with(Key.PARTNER_CENTER_CALLS_PER_MINUTE, "30").number(Key.PARTNER_CENTER_CALLS_PER_MINUTE))
                .isEqualTo(30);
    }
}
