package dev.cosell.sandbox.dataverse;

import dev.cosell.sandbox.Answer;
import dev.cosell.sandbox.Call;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

/** Reads of the metadata: tables, their columns and alternate keys. */
final class EntityDefinitions {
    private static final String CAST = "Microsoft.Dynamics.CRM.";

    private final Schema schema;

    EntityDefinitions(Schema schema) {
        this.schema = schema;
    }

    /** @param path segments after the base path, the first of them being {@code EntityDefinitions} with or without a key */
    Answer read(Call call, List<String> path) {
        if (path.get(0).equals("EntityDefinitions")) {
            return many(call, "EntityDefinitions", schema.tables().stream().map(EntityDefinitions::table));
        }
        Table table = tableOf(path.get(0));
        if (path.size() == 1) {
            return one(call, "EntityDefinitions", expanded(call, table));
        }
        String part = path.get(1);
        if (part.equals("Attributes")) {
            String type = path.size() > 2 ? path.get(2) : null;
            return many(call, "Attributes", columns(table).filter(column -> type == null || isOf(column, type)));
        }
        if (part.equals("Keys")) {
            return many(call, "Keys", keys(table).stream());
        }
        Map<String, Object> column = columns(table).filter(each -> named(part, "Attributes", each)).findFirst()
                .orElseThrow(() -> new Refusal(404, "0x80060888", "Could not find an attribute for '" + part + "'."));
        return one(call, "Attributes", column);
    }

    private Table tableOf(String segment) {
        return schema.tables().stream().filter(table -> named(segment, "EntityDefinitions", table(table))).findFirst()
                .orElseThrow(() -> new Refusal(404, "0x80060888", "Could not find an entity for '" + segment + "'."));
    }

    private static boolean named(String segment, String set, Map<String, Object> definition) {
        return segment.equals(set + "(LogicalName='" + definition.get("LogicalName") + "')")
                || segment.equals(set + "(" + definition.get("MetadataId") + ")");
    }

    private static boolean isOf(Map<String, Object> column, String type) {
        return Objects.equals(column.get("@odata.type"), "#" + type);
    }

    private static Map<String, Object> expanded(Call call, Table table) {
        Map<String, Object> json = selected(table(table), call.query("$select"));
        String expand = Objects.requireNonNullElse(call.query("$expand"), "");
        if (expand.contains("Keys")) {
            json.put("Keys", keys(table));
        }
        if (expand.contains("Attributes")) {
            json.put("Attributes", columns(table).toList());
        }
        return json;
    }

    private static Answer one(Call call, String set, Map<String, Object> definition) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("@odata.context", Links.root(call) + "$metadata#" + set + "/$entity");
        json.putAll(selected(definition, call.query("$select")));
        definition.forEach((name, value) -> {
            if (value instanceof List<?>) {
                json.put(name, value);
            }
        });
        return Answer.json(200, json);
    }

    private static Answer many(Call call, String set, Stream<Map<String, Object>> definitions) {
        String filter = call.query("$filter");
        Stream<Map<String, Object>> hits = filter == null ? definitions : definitions.filter(
                new FilterParser<>(filter, call.query(), EntityDefinitions::property).parse().test());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("@odata.context", Links.root(call) + "$metadata#" + set);
        json.put("value", hits.map(each -> selected(each, call.query("$select"))).toList());
        return Answer.json(200, json);
    }

    private static Filter.Property<Map<String, Object>> property(String name) {
        return new Filter.Property<>(definition -> definition.get(name), text -> text);
    }

    private static Map<String, Object> selected(Map<String, Object> definition, String select) {
        Map<String, Object> json = new LinkedHashMap<>(definition);
        if (select != null) {
            List<String> names = Tokens.split(select, ',');
            json.keySet().removeIf(name -> !names.contains(name) && !name.equals("MetadataId") && !name.startsWith("@"));
        }
        return json;
    }

    private static Map<String, Object> table(Table table) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("LogicalName", table.name());
        json.put("SchemaName", table.schemaName());
        json.put("EntitySetName", table.set());
        json.put("PrimaryIdAttribute", table.id());
        json.put("PrimaryNameAttribute", table.title());
        json.put("ChangeTrackingEnabled", table.changeTracking());
        json.put("IsOptimisticConcurrencyEnabled", true);
        json.put("MetadataId", metadataId(table.name()));
        return json;
    }

    private static Stream<Map<String, Object>> columns(Table table) {
        return table.columns().values().stream().map(column -> column(table, column));
    }

    private static Map<String, Object> column(Table table, Column column) {
        boolean date = column.type() == Column.Type.DateOnly;
        String type = date ? "DateTime" : column.type().name();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("@odata.type", "#" + CAST + type + "AttributeMetadata");
        json.put("LogicalName", column.name());
        json.put("SchemaName", column.schemaName());
        json.put("AttributeType", type);
        json.put("RequiredLevel", Map.of("Value", "None", "CanBeChanged", true, "ManagedPropertyLogicalName",
                "canmodifyrequirementlevelsettings"));
        json.put("IsValidForCreate", column.forCreate());
        json.put("IsValidForUpdate", column.forUpdate());
        json.put("IsValidForRead", true);
        if (column.length() > 0) {
            json.put("MaxLength", column.length());
        }
        if (column.type().choice()) {
            json.put("OptionSet", Map.of("Options", column.options().entrySet().stream().map(EntityDefinitions::option).toList()));
        }
        json.put("MetadataId", metadataId(table.name() + "." + column.name()));
        return json;
    }

    private static Map<String, Object> option(Map.Entry<Integer, String> option) {
        Map<String, Object> label = Map.of("Label", option.getValue(), "LanguageCode", 1033);
        return Map.of("Value", option.getKey(), "Label", Map.of("LocalizedLabels", List.of(label), "UserLocalizedLabel", label));
    }

    private static List<Map<String, Object>> keys(Table table) {
        return table.keys().stream().<Map<String, Object>>map(key -> Map.of("SchemaName", key.name(), "LogicalName",
                key.name().toLowerCase(java.util.Locale.ROOT), "KeyAttributes", key.columns(), "EntityKeyIndexStatus", "Active",
                "MetadataId", metadataId(table.name() + "#" + key.name()))).toList();
    }

    private static String metadataId(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
