package dev.cosell.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.settings.Key;
import dev.cosell.stories.Api;
import dev.cosell.stories.World;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application whose routes lie as the kubelet mounts a ConfigMap, asked as the probes of the manifest ask it. */
class MountedRoutesTest {
    @TempDir
    Path folder;

    /** Files are links into a folder that is a link itself. */
    private Path mounted() throws IOException {
        Path version = Files.createDirectories(folder.resolve("..2026_11_28_12_00_00.1"));
        Files.createSymbolicLink(folder.resolve("..data"), version.getFileName());
        Object generator = Yaml.list(Yaml.read(Path.of("routes/kustomization.yaml")), "configMapGenerator").get(0);
        for (Object name : Yaml.list(generator, "files")) {
            Files.copy(Path.of("routes", name.toString()), version.resolve(name.toString()));
            Files.createSymbolicLink(folder.resolve(name.toString()), Path.of("..data", name.toString()));
        }
        return folder;
    }

    private static List<Integer> answers(World world) {
        Container container = Manifests.one("deployment.yaml", Deployment.class).getSpec().getTemplate().getSpec()
                .getContainers().get(0);
        Api management = new Api(world.settings().number(Key.MANAGEMENT_PORT));
        return Stream.of(container.getStartupProbe(), container.getReadinessProbe(), container.getLivenessProbe())
                .map(probe -> management.raw("GET", probe.getHttpGet().getPath(), null, Map.of()))
                .map(HttpResponse::statusCode).toList();
    }

    /** A pause concerns all instances: were they not ready, no notification would find a door. */
    @Test
    void it_syncs_and_a_paused_crm_closes_nobodys_door() throws IOException {
        try (World world = new World(Map.of(), mounted(), "salesforce")) {
            world.opportunityFor(world.newDeal(Map.of("name", "From a ConfigMap")));
            assertThat(answers(world)).containsOnly(200);
            world.operations().pause("all");
            assertThat(answers(world)).containsOnly(200);
        }
    }
}
