package dev.cosell.crm;

import dev.cosell.crm.dynamics.DynamicsCrm;
import dev.cosell.crm.salesforce.SalesforceCrm;
import dev.cosell.mapping.PartyRules;
import dev.cosell.mapping.Years;
import dev.cosell.settings.Settings;
import dev.cosell.settings.SettingsFault;
import dev.cosell.settings.SettingsReader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The CRMs there are. */
public record Crms(List<CrmPlugin> all) {
    /** Those of this product: a new one is one line here. */
    public static final Crms SHIPPED = new Crms(List.of(new SalesforceCrm(), new DynamicsCrm()));

    public Crms {
        all = List.copyOf(all);
    }

    /**
     * Reads the settings, with those of every CRM.
     *
     * @param file may be missing
     * @throws SettingsFault naming every setting that cannot be used
     */
    public Settings settings(Path file, Map<String, String> environment, Map<String, String> commandLine) {
        return SettingsReader.read(all, file, environment, commandLine);
    }

    public List<String> names() {
        return all.stream().map(CrmPlugin::name).toList();
    }

    /** @throws IllegalArgumentException when there is none of this name */
    public CrmPlugin named(String name) {
        return all.stream().filter(crm -> crm.name().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "There is no CRM " + name + ", but " + String.join(", ", names())));
    }

    /** Those that are synced, in the order of the setting. */
    public List<CrmPlugin> enabled(Settings settings) {
        return settings.crms().stream().map(this::named).toList();
    }

    /** Their names for people, by the name that the settings have. */
    public Map<String, String> titles(Settings settings) {
        return enabled(settings).stream().collect(Collectors.toMap(CrmPlugin::name, CrmPlugin::title));
    }

    /** How accounts and contacts are found, by CRM. */
    public Map<String, PartyRules> partyRules(Settings settings) {
        Map<String, PartyRules> rules = new LinkedHashMap<>();
        enabled(settings).forEach(crm -> rules.put(crm.name(), crm.partyRules(settings)));
        return rules;
    }

    /** The years whose dates each of them holds. */
    public Map<String, Years> years(Settings settings) {
        Map<String, Years> years = new LinkedHashMap<>();
        enabled(settings).forEach(crm -> years.put(crm.name(), crm.years()));
        return years;
    }
}
