package dev.cosell.check.dynamics;

import dev.cosell.check.Present;
import dev.cosell.mapping.Demand.Kind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The columns of one table as the metadata API tells them. What only a type has (length, choices) needs a call of its
 * own for each type.
 */
final class Columns {
    private static final String TYPES = "/Attributes/Microsoft.Dynamics.CRM.";
    private static final String MULTIPLE = "MultiSelectPicklist";
    private static final Set<String> LOOKUPS = Set.of("Lookup", "Customer", "Owner");

    private final Map<String, Present> present = new LinkedHashMap<>();
    private final Map<String, Map<Integer, Integer>> statuses = new HashMap<>();
    private final Map<String, Boolean> html = new HashMap<>();
    private final Set<String> secured = new LinkedHashSet<>();
    private final Set<String> lookups = new LinkedHashSet<>();

    static Columns read(Metadata metadata, String table) {
        Columns columns = new Columns();
        String at = Metadata.table(table);
        Map<String, Integer> lengths = new HashMap<>();
        Map<String, List<String>> options = new HashMap<>();
        // All properties of memo columns, because not every version has the one that tells of rich text, and would
        // refuse to select it.
        for (String type : List.of("StringAttributeMetadata?$select=LogicalName,MaxLength,FormatName",
                "MemoAttributeMetadata")) {
            metadata.list(at + TYPES + type).forEach(each -> {
                lengths.put(name(each), ((Number) each.get("MaxLength")).intValue());
                columns.html.put(name(each), isRichText(each.get("FormatName")) || isRichText(each.get("Format")));
            });
        }
        for (String type : List.of("Picklist", "State", "Status")) {
            metadata.list(
                    at + TYPES + type + "AttributeMetadata?$select=LogicalName&$expand=OptionSet($select=Options)")
                    .forEach(each -> options.put(name(each), columns.options(name(each), each.get("OptionSet"))));
        }
        metadata.list(at
                + "/Attributes?$select=LogicalName,AttributeType,AttributeTypeName,IsValidForCreate,IsValidForUpdate,"
                + "IsValidForRead,IsSecured")
                .forEach(each -> columns.add(each, lengths, options));
        return columns;
    }

    private static boolean isRichText(Object format) {
        return "RichText".equals(format instanceof Map<?, ?> name ? name.get("Value") : format);
    }

    /** Whether each text column holds HTML. */
    Map<String, Boolean> html() {
        return html;
    }

    private void add(Map<String, Object> json, Map<String, Integer> lengths, Map<String, List<String>> options) {
        String name = name(json);
        String type = type(json);
        // The state is written together with the status reason, by the closing actions and at reopening.
        boolean state = type.equals("State") || type.equals("Status");
        boolean read = !Boolean.FALSE.equals(json.get("IsValidForRead"));
        if (read) {
            present.put(name,
                    new Present(name, type, holds(type), lengths.getOrDefault(name, 0),
                            state || Boolean.TRUE.equals(json.get("IsValidForCreate")),
                            state || Boolean.TRUE.equals(json.get("IsValidForUpdate")), options.get(name)));
        }
        boolean hidden = Boolean.TRUE.equals(json.get("IsSecured"));
        if (hidden) {
            secured.add(name);
        }
        if (read && LOOKUPS.contains(type)) {
            lookups.add(name);
            String id = idOf(name);
            present.put(id, new Present(id, type, EnumSet.of(Kind.TEXT), 0, false, false, null));
            if (hidden) {
                secured.add(id);
            }
        }
    }

    /** A choice of several values is called virtual, as are columns that no row shows. */
    private static String type(Map<String, Object> json) {
        return json.get("AttributeTypeName") instanceof Map<?, ?> name
                && (MULTIPLE + "Type").equals(name.get("Value")) ? MULTIPLE : String.valueOf(json.get("AttributeType"));
    }

    /** The property under which a row shows the id that a lookup points to. */
    static String idOf(String lookup) {
        return "_" + lookup + "_value";
    }

    private List<String> options(String column, Object optionSet) {
        List<String> values = new ArrayList<>();
        if (optionSet instanceof Map<?, ?> set && set.get("Options") instanceof List<?> list) {
            for (Object each : list) {
                Map<?, ?> option = (Map<?, ?>) each;
                values.add(String.valueOf(option.get("Value")));
                if (option.get("State") instanceof Number state) {
                    statuses.computeIfAbsent(column, first -> new TreeMap<>())
                            .put(((Number) option.get("Value")).intValue(), state.intValue());
                }
            }
        }
        return values;
    }

    private static String name(Map<String, Object> json) {
        return String.valueOf(json.get("LogicalName"));
    }

    List<Present> all() {
        return List.copyOf(present.values());
    }

    Present column(String name) {
        return present.get(name);
    }

    boolean isLookup(String name) {
        return lookups.contains(name);
    }

    boolean isSecured(String name) {
        return secured.contains(name);
    }

    /**
     * The values of a choice as a value map spells them, for state and status reason with a slash in between; null when
     * it is no choice.
     */
    List<String> values(List<String> columns) {
        if (columns.equals(List.of("statecode", "statuscode"))) {
            return statuses.getOrDefault("statuscode", Map.of()).entrySet().stream()
                    .map(each -> each.getValue() + "/" + each.getKey()).toList();
        }
        Present only = columns.size() == 1 ? present.get(columns.get(0)) : null;
        return only == null ? null : only.values();
    }

    private static Set<Kind> holds(String type) {
        return switch (type) {
            case "String", "Memo" -> EnumSet.of(Kind.TEXT, Kind.CODE);
            case MULTIPLE, "Uniqueidentifier" -> EnumSet.of(Kind.TEXT);
        case "Integer", "BigInt", "Decimal", "Double", "Money", "Picklist", "State", "Status" ->
            EnumSet.of(Kind.NUMBER);
            case "DateTime" -> EnumSet.of(Kind.DATE);
            case "Boolean" -> EnumSet.of(Kind.FLAG);
            case "Lookup" -> EnumSet.of(Kind.CODE);
            default -> EnumSet.noneOf(Kind.class);
        };
    }
}
