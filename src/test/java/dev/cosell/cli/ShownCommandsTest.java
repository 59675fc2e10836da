package dev.cosell.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.crm.Crms;
import dev.cosell.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The commands that the documents show for a first day with real systems, with the settings shown beside them. */
class ShownCommandsTest {
    private static final Pattern VARIABLE = Pattern.compile("(?<!\\S)([A-Z][A-Z_]+)=(\\S+)");
    private static final Pattern COMMAND = Pattern.compile("\\./cosell ([^#`\\n]*[^#`\\s])");

    @TempDir
    Path folder;

    /** The first command was refused for want of the other CRM, and the message said nothing of crms. */
    @ParameterizedTest
    @ValueSource(strings = {"salesforce", "dynamics"})
    void theStepsOfTheReadmeNeedNothingThatItDoesNotShow(String crm) throws IOException {
        String block = fenced(Files.readString(Path.of("README.md")), "## With your own tenant");
        Map<String, String> environment = new HashMap<>();
        List<String> lines = block.lines().toList();
        lines.stream().filter(line -> line.startsWith("export")).forEach(line -> set(line, environment));
        if (crm.equals("dynamics")) {
            environment.keySet().removeIf(name -> name.startsWith("SALESFORCE_"));
            lines.stream().filter(line -> line.startsWith("# Dynamics 365")).forEach(line -> set(line, environment));
        }

        List<String> commands = COMMAND.matcher(block).results().map(found -> found.group(1)).toList();

        assertThat(commands).anyMatch(command -> command.startsWith("login")).anyMatch(command ->
                command.startsWith("setup")).anyMatch(command -> command.startsWith("run"));
        assertThat(commands).allSatisfy(command -> {
            Settings settings = read(command.replace("salesforce", crm), environment);
            assertThat(settings.sandbox()).as(command).isFalse();
            assertThat(settings.crms()).as(command).containsExactly(crm);
        });
    }

    /** It read the settings beside the sources, which hold no credentials, and asked a sandbox that was not there. */
    @Test
    void theSetUpBeforeAStartOnKubernetesReadsTheSettingsOfTheInstances() throws IOException {
        String step = Files.readString(Path.of("docs/production.md")).split("\\*\\*The fields of the CRM\\.\\*\\*")[1]
                .split("\\*\\*Start\\.\\*\\*")[0];
        Map<String, String> environment = new HashMap<>();
        set(step, environment);
        environment.replaceAll((name, value) -> "a-long-word-0123456789");
        Matcher command = COMMAND.matcher(step);
        assertThat(command.find()).isTrue();

        Settings settings = read(command.group(1), environment);

        assertThat(settings.sandbox()).isFalse();
        assertThat(settings.crms()).containsExactly("salesforce");
    }

    private static String fenced(String document, String heading) {
        return document.split(Pattern.quote(heading), 2)[1].split("```sh\n", 2)[1].split("```", 2)[0];
    }

    /** What is shown as the name of a file of a secret becomes one that is there. */
    private void set(String text, Map<String, String> environment) {
        VARIABLE.matcher(text).results().forEach(found -> environment.put(found.group(1),
                found.group(1).endsWith("_FILE") ? secret(found.group(1)) : found.group(2)));
    }

    private String secret(String name) {
        try {
            return Files.writeString(folder.resolve(name), "hush").toString();
        } catch (IOException unwritten) {
            throw new IllegalStateException(unwritten);
        }
    }

    private Settings read(String command, Map<String, String> environment) {
        List<String> words = new ArrayList<>(Arrays.asList(command.split(" +")));
        Commands.Sources sources = (Commands.Sources) new CommandLine(new Commands())
                .parseArgs(words.toArray(String[]::new)).subcommand().commandSpec().mixins().get("sources")
                .userObject();
        return Crms.SHIPPED.settings(sources.file == null ? Path.of("application.properties") : sources.file,
                environment, sources.values);
    }
}
