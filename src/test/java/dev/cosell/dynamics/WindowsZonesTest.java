package dev.cosell.dynamics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class WindowsZonesTest {
    @Test
    void every_windows_zone_is_one_that_java_knows() {
        assertThat(WindowsZones.all()).hasSizeGreaterThan(130);
        assertThat(WindowsZones.all().values())
                .allSatisfy(id -> assertThat(ZoneId.getAvailableZoneIds()).contains(id.toString()));
        assertThat(WindowsZones.zone("W. Europe Standard Time")).isEqualTo(ZoneId.of("Europe/Berlin"));
        assertThat(WindowsZones.zone("Central Standard Time (Mexico)")).isEqualTo(ZoneId.of("America/Mexico_City"));
        assertThat(WindowsZones.zone("Moon Standard Time")).isNull();
    }
}
