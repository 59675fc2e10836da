package dev.cosell.app;

import dev.cosell.check.Finding;
import dev.cosell.settings.Settings;
import java.util.List;

/** Tells of environment variables that set nothing: another program may read them, or their names are mistyped. */
final class UnknownVariables {
    private UnknownVariables() {}

    static List<Finding> in(Settings settings) {
        return settings.unknownVariables().stream()
                .map(name -> Finding.warning("settings", name, "no setting is called like this environment variable",
                        "If it was meant for Cosell Sync, correct its name: application.properties lists all settings"))
                .toList();
    }
}
