package dev.cosell.sandbox.dataverse;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The metadata of a table, column, key or relationship.
 *
 * @param properties plain and complex properties
 * @param related    what {@code $expand} brings: a Definition, a list of them, or null
 */
record Definition(Map<String, Object> properties, Map<String, Object> related) {

    Definition(Map<String, Object> properties) {
        this(properties, Map.of());
    }

    Object get(String property) {
        return properties.get(property);
    }

    /** Whether a segment such as {@code Keys(LogicalName='x')} or {@code Keys(<MetadataId>)} means this one. */
    boolean addressed(String segment, String set) {
        return segment.equals(set + "(" + get("MetadataId") + ")") || List.of("LogicalName", "SchemaName", "Name")
                .stream()
                .anyMatch(name -> get(name) != null && segment.equals(set + "(" + name + "='" + get(name) + "')"));
    }

    boolean isOf(String type) {
        return Objects.equals(get("@odata.type"), "#" + type);
    }

    /** As JSON, with the properties and related definitions that the options ask for. */
    Map<String, Object> json(Map<String, String> options) {
        Map<String, Object> json = new LinkedHashMap<>(properties);
        String select = options.get("$select");
        if (select != null) {
            List<String> names = Tokens.split(select, ',');
            json.keySet()
                    .removeIf(name -> !names.contains(name) && !name.equals("MetadataId") && !name.startsWith("@"));
        }
        for (String part : Tokens.split(Objects.requireNonNullElse(options.get("$expand"), ""), ',')) {
            int open = part.indexOf('(');
            String name = open < 0 ? part : part.substring(0, open);
            if (!related.containsKey(name)) {
                throw Refusal.badUrl("Could not find a property named '" + name + "' on type 'Microsoft.Dynamics.CRM."
                        + Objects.requireNonNullElse(get("@odata.type"), "EntityMetadata").toString()
                                .replaceAll("^.*\\.", "")
                        + "'.");
            }
            Map<String, String> nested = open < 0 ? Map.of()
                    : Query.nested(part.substring(open + 1, part.lastIndexOf(')')));
            json.put(name, expanded(related.get(name), nested));
        }
        return json;
    }

    private static Object expanded(Object value, Map<String, String> options) {
        if (value instanceof List<?> list) {
            return filtered(list.stream().map(Definition.class::cast).toList(), options).stream()
                    .map(each -> each.json(options)).toList();
        }
        return value instanceof Definition definition ? definition.json(options) : value;
    }

    /** Those that {@code $filter} lets through. */
    static List<Definition> filtered(List<Definition> definitions, Map<String, String> options) {
        String filter = options.get("$filter");
        if (filter == null) {
            return definitions;
        }
        var test = new FilterParser<Definition>(filter, options, name ->
        new Filter.Property<>(definition -> definition.get(name), text -> text), (word, tokens) -> null).parse().test();
        return definitions.stream().filter(test).toList();
    }
}
