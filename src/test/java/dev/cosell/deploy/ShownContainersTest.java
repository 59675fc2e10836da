package dev.cosell.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.crm.dynamics.DynamicsKey;
import dev.cosell.crm.salesforce.SalesforceKey;
import dev.cosell.settings.Key;
import dev.cosell.settings.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the documents have people type to run a container reaches the application in it. */
class ShownContainersTest {
    private static final Pattern VARIABLE = Pattern.compile("(?:-e|--env) ([A-Z_]+?)(?:_FILE)?=");

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/production.md"})
    void a_variable_is_a_setting(String document) throws IOException {
        assertThat(VARIABLE.matcher(Files.readString(Path.of(document))).results().map(found -> found.group(1)))
                .isNotEmpty().allSatisfy(GivenSettings::of);
    }

    /** The sandbox listened on 127.0.0.1 of the container, and no port of it was published: nobody could play. */
    @Test
    void the_sandbox_that_is_run_to_play_is_reached_from_outside() throws IOException {
        List<Integer> ports = Stream.of(Key.HTTP_PORT, Key.SANDBOX_PARTNER_CENTER_PORT, DynamicsKey.SANDBOX_PORT,
                SalesforceKey.SANDBOX_PORT).map(Setting::byDefault).map(Integer::valueOf).sorted().toList();
        String range = ports.get(0) + "-" + ports.get(ports.size() - 1);
        assertThat(ports).as("one after the other").hasSize(ports.get(ports.size() - 1) - ports.get(0) + 1);
        assertThat(Files.readAllLines(Path.of("README.md"))).filteredOn(line -> line.startsWith("docker run --rm"))
                .singleElement().asString().contains("-e SANDBOX_HOST=0.0.0.0", "-p 127.0.0.1:" + range + ":" + range);
    }

    /** The page was told of as if it could be opened: in a container it listens on the container's own 127.0.0.1. */
    @Test
    void the_page_is_opened_with_its_address_its_users_and_its_port() throws IOException {
        String port = Key.MANAGEMENT_PORT.byDefault();
        assertThat(Files.readString(Path.of("README.md"))).contains("-e MANAGEMENT_HOST=0.0.0.0 "
                + "-e MANAGEMENT_USERS_FILE=/run/secrets/users -p 127.0.0.1:" + port + ":" + port);
        assertThat(Files.readString(Path.of("deploy/compose.yaml"))).contains("    # MANAGEMENT_HOST: 0.0.0.0\n",
                "    # ports: [\"127.0.0.1:" + port + ":" + port + "\"]\n");
    }
}
