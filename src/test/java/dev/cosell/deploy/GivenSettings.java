package dev.cosell.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.crm.Crms;
import dev.cosell.settings.Key;
import dev.cosell.settings.Setting;
import dev.cosell.settings.Settings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a deployment hands to the application as settings. */
final class GivenSettings {
    private static final Pattern PORT = Pattern.compile("//([\\w.-]+):(\\d+)");

    private GivenSettings() {}

    private static Stream<Setting> all() {
        return Stream.concat(Stream.of(Key.values()), Crms.SHIPPED.all().stream().flatMap(crm -> crm.keys().stream()));
    }

    /** The setting of a variable; there has to be one. */
    static Setting of(String variable) {
        Setting setting = all().filter(each -> each.variable().equals(variable)).findFirst().orElse(null);
        assertThat(setting).as("the setting of " + variable).isNotNull();
        return setting;
    }

    /** Some value that the form of a secret allows. */
    static String someSecret(String variable) {
        return variable.contains("KEY") ? "k".repeat(43) + "="
                : variable.endsWith("_URL") ? "https://example.com/hook"
                : variable.endsWith("_USERS") ? "ana:viewer:$pbkdf2$hash" : "a-long-word-0123456789";
    }

    /** Texts that may hold a password but need not do so. */
    static boolean isSecret(Setting setting) {
        return setting.secret() && setting != Key.BROKER_URL;
    }

    /** What the running application reads of them; the others are for commands that a person types. */
    static Set<Setting> secrets() {
        return all().filter(GivenSettings::isSecret).filter(setting -> !setting.text().startsWith("setup."))
                .filter(setting -> setting != Key.CLI_PASSWORD).collect(Collectors.toSet());
    }

    /** Read as the application reads them at its start, every fault included. */
    static Settings read(Path file, Map<String, String> environment) {
        return Crms.SHIPPED.settings(file, environment, Map.of());
    }

    private static Stream<Matcher> servers(Settings settings) {
        return Stream.of(Key.STATE_URL, Key.BROKER_URL).map(settings::text).flatMap(url -> {
            Matcher found = PORT.matcher(url);
            return found.results().map(result -> {
                Matcher one = PORT.matcher(result.group());
                assertThat(one.matches()).isTrue();
                return one;
            });
        });
    }

    /** Where database and broker are. */
    static Set<String> hosts(Settings settings) {
        return servers(settings).map(found -> found.group(1)).collect(Collectors.toSet());
    }

    static Set<Integer> ports(Settings settings) {
        return servers(settings).map(found -> Integer.valueOf(found.group(2))).collect(Collectors.toSet());
    }
}
