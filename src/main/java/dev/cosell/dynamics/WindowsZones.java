package dev.cosell.dynamics;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Properties;

/** Time zones by the names that Windows gives them, and Dataverse with it. */
final class WindowsZones {
    private static final Properties ZONES = new Properties();

    static {
        try (InputStreamReader text = new InputStreamReader(
                WindowsZones.class.getResourceAsStream("windows-zones.properties"), StandardCharsets.UTF_8)) {
            ZONES.load(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private WindowsZones() {}

    /** Null for a name that is not known here. */
    static ZoneId zone(String windowsName) {
        String id = windowsName == null ? null : ZONES.getProperty(windowsName.strip());
        return id == null ? null : ZoneId.of(id);
    }

    static Properties all() {
        return ZONES;
    }
}
