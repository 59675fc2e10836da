package dev.cosell.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.settings.Key;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FreePortsTest {
    /**
     * The page of a test that was over, still open in its browser, asked another test's server for news: it was counted
     * there as a call of the application.
     */
    @Test
    void aPortIsNotGivenAgainSoon() {
        List<String> given = new ArrayList<>();
        while (given.size() < 1000) {
            Map<String, String> values = new HashMap<>();
            FreePorts.give(values, Key.HTTP_PORT, Key.MANAGEMENT_PORT);
            given.addAll(values.values());
        }
        assertThat(given).doesNotHaveDuplicates();
    }
}
