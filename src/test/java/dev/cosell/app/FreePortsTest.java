package dev.cosell.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cosell.crm.Crms;
import dev.cosell.settings.Key;
import dev.cosell.settings.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** The name of the proxy stood there, and the advice was to set another port. */
    @ParameterizedTest
    @ValueSource(strings = {"proxy.invalid", "192.0.2.1"})
    void aHostThatIsNotThisMachineIsNamedByItsOwnSetting(String host) {
        assertThatThrownBy(() -> FreePorts.require(settings(Map.of("management.host", host)), Key.MANAGEMENT_HOST,
                Key.MANAGEMENT_PORT)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("management.host = " + host + " is no name or address of this machine")
                .hasMessageContaining("set it to 127.0.0.1").hasMessageNotContaining("management.port");
    }

    @Test
    void aPortThatIsTakenIsNamedByItsSetting() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Settings settings = settings(Map.of("http.host", "localhost", "http.port",
                    String.valueOf(other.getLocalPort())));
            assertThatThrownBy(() -> FreePorts.require(settings, Key.HTTP_HOST, Key.HTTP_PORT))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Port " + other.getLocalPort() + " of localhost")
                    .hasMessageContaining("set http.port to a free one");
        }
    }

    private static Settings settings(Map<String, String> values) {
        return Crms.SHIPPED.settings(Path.of("none"), Map.of(), values);
    }
}
