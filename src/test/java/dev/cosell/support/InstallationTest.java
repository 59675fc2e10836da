package dev.cosell.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.crm.Crms;
import dev.cosell.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallationTest {
    @TempDir
    Path folder;

    /** A table may be in any file, and whoever was asked for help did not get it. */
    @Test
    void aMappingInAFileOfAnotherNameWasLeftOut() throws IOException {
        Settings settings = Crms.SHIPPED.settings(Path.of("none"), Map.of(),
                Map.of("crms", "salesforce,dynamics", "data.directory", folder.toString()));
        String salesforce = Files.readString(Path.of("routes/mapping-salesforce.camel.yaml"));
        String dynamics = Files.readString(Path.of("routes/mapping-dynamics.camel.yaml"));
        String broken = "- beans:\n  - name: [";
        Map<String, String> routes = Map.of("our-deals.camel.yaml", salesforce, "tables.camel.yaml", dynamics,
                "mapping-salesforce.camel.yaml", broken, "sync.camel.yaml",
                Files.readString(Path.of("routes/sync.camel.yaml")));

        Map<String, Object> files = Installation.files(settings, routes, Instant.now());

        assertThat(files).containsEntry("mapping/our-deals.camel.yaml", salesforce)
                .containsEntry("mapping/tables.camel.yaml", dynamics)
                .containsEntry("mapping/mapping-salesforce.camel.yaml", broken)
                .doesNotContainKey("mapping/sync.camel.yaml");
        assertThat(List.copyOf(files.keySet())).filteredOn(name -> name.startsWith("mapping/")).hasSize(3);
    }
}
