package dev.cosell.app;

import dev.cosell.crm.Crms;
import dev.cosell.live.ReleasedRoutes;
import dev.cosell.settings.Key;
import dev.cosell.settings.Settings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What edited copies of {@code routes/} lack of this release, as far as the settings want it. */
final class EditedCopies {
    private EditedCopies() {}

    /**
     * A sentence for each shipped file of which something is missing.
     *
     * @param texts of the files in force, by name
     */
    static List<String> lack(Settings settings, Map<String, String> texts) {
        Set<String> notSynced = Crms.SHIPPED.names().stream().filter(crm -> !settings.crms().contains(crm))
                .map(crm -> crm + ".camel.yaml").collect(Collectors.toSet());
        return ReleasedRoutes.lacking(texts, file -> !notSynced.contains(file), settings.list(Key.ROUTES_LEFT_OUT));
    }
}
