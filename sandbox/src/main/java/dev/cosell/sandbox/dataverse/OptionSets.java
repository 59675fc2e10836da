package dev.cosell.sandbox.dataverse;

import static dev.cosell.sandbox.dataverse.Labels.label;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The values of choices, states, statuses and two-options in metadata. */
final class OptionSets {
    private static final Map<String, Map<Integer, Integer>> STATES = Map.of(
            "opportunity", Map.of(1, 0, 2, 0, 3, 1, 4, 2, 5, 2),
            "lead", Map.of(1, 0, 2, 0, 3, 1, 4, 2, 5, 2, 6, 2, 7, 2));

    private OptionSets() {}

    static Map<String, Object> of(Table table, Column column) {
        Map<String, Object> json = new LinkedHashMap<>();
        String name = table.name() + "_" + column.name();
        boolean flag = column.type() == Column.Type.Boolean;
        json.put("@odata.type", "#" + Definitions.TYPES + (flag ? "BooleanOptionSetMetadata" : "OptionSetMetadata"));
        json.put("Name", name);
        json.put("IsGlobal", false);
        json.put("OptionSetType", column.type().name());
        if (flag) {
            json.put("TrueOption", option(1, "Yes"));
            json.put("FalseOption", option(0, "No"));
        } else {
            List<Object> options = new ArrayList<>();
            column.options().forEach((value, text) -> options.add(option(table, column, value, text)));
            json.put("Options", options);
        }
        json.put("MetadataId", Definitions.id("options " + name));
        return json;
    }

    private static Map<String, Object> option(Table table, Column column, int value, String text) {
        Map<String, Object> json = new LinkedHashMap<>();
        if (column.type() == Column.Type.Status) {
            json.put("@odata.type", "#" + Definitions.TYPES + "StatusOptionMetadata");
            Integer own = table.ownStatuses().get(value);
            json.put("State", own != null ? own
                    : STATES.getOrDefault(table.name(), Map.of()).getOrDefault(value, value - 1));
        } else if (column.type() == Column.Type.State) {
            json.put("@odata.type", "#" + Definitions.TYPES + "StateOptionMetadata");
        }
        json.putAll(option(value, text));
        return json;
    }

    private static Map<String, Object> option(int value, String text) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("Value", value);
        json.put("Color", null);
        json.put("IsManaged", false);
        json.put("Label", label(text));
        json.put("Description", label(""));
        return json;
    }

    /** The options of a request body, by value. */
    static SortedMap<Integer, String> read(Object optionSet) {
        if (!(optionSet instanceof Map<?, ?> set) || !(set.get("Options") instanceof List<?> given)) {
            throw Refusal
                    .invalidArgument("The choice column has no OptionSet with Options; global choices are not there.");
        }
        SortedMap<Integer, String> options = new TreeMap<>();
        for (Object each : given) {
            Map<?, ?> option = (Map<?, ?>) each;
            String text = Labels.text(option.get("Label"));
            options.put(((Number) option.get("Value")).intValue(), text == null ? "" : text);
        }
        return options;
    }
}
