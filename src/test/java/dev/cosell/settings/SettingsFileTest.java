package dev.cosell.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.crm.Crms;
import dev.cosell.crm.salesforce.SalesforceKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shipped {@code application.properties} is the manual of the settings: complete, true and free of settings nobody
 * knows.
 */
class SettingsFileTest {
    private static final Path FILE = Path.of("application.properties");
    private static final Pattern SETTING = Pattern.compile("^# ?([a-z][a-z0-9.-]*) =(?: (.*))?$", Pattern.MULTILINE);

    @Test
    void namesEverySettingOnce() throws IOException {
        List<String> named = settings().stream().map(setting -> setting.group(1)).toList();

        assertThat(named).doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(AllSettings.get().map(Setting::text).toList());
    }

    @Test
    void showsTheDefaultOfEverySetting() throws IOException {
        Map<String, String> shown = settings().stream()
                .collect(Collectors.toMap(setting -> setting.group(1),
                        setting -> setting.group(2) == null ? "" : setting.group(2)));

        assertThat(shown).containsExactlyInAnyOrderEntriesOf(AllSettings.get()
                .collect(Collectors.toMap(Setting::text,
                        key -> key == Key.CRMS ? "salesforce, dynamics" : key.byDefault())));
    }

    @Test
    void setsNothingAsShipped() throws IOException {
        assertThat(Files.readAllLines(FILE)).allMatch(line -> line.isBlank() || line.startsWith("#"));
    }

    @Test
    void canBeReadWithEveryLineInUse(@TempDir Path folder) throws IOException {
        Path inUse = Files.writeString(folder.resolve("application.properties"), SETTING.matcher(Files.readString(FILE))
                .replaceAll(line -> line.group(1) + " = "
                        + Matcher.quoteReplacement(line.group(2) == null ? "" : line.group(2))));

        Settings all = Crms.SHIPPED.settings(inUse, Map.of(), Map.of());

        assertThat(all.sandbox()).isTrue();
        assertThat(all.text(SalesforceKey.POLL_INTERVAL)).isEqualTo(SalesforceKey.POLL_INTERVAL.byDefault());
    }

    @Test
    void everySettingComesAfterASentence() throws IOException {
        List<String> lines = Files.readAllLines(FILE);
        for (int i = 0; i < lines.size(); i++) {
            if (SETTING.matcher(lines.get(i)).matches()) {
                assertThat(lines.get(i - 1)).as("line above " + lines.get(i)).matches("# .*[.;)]");
            }
        }
    }

    private static List<MatchResult> settings() throws IOException {
        return SETTING.matcher(Files.readString(FILE)).results().toList();
    }
}
