package dev.cosell.check.salesforce;

import dev.cosell.check.Present;
import dev.cosell.mapping.Demand.Kind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A describe answer of Salesforce, read; fields that field-level security hides are not in it. */
final class Description {
    private static final Set<String> IDS = Set.of("reference", "id");

    private final Map<String, Object> json;
    private final List<Present> fields = new ArrayList<>();

    Description(Map<String, Object> json) {
        this.json = json;
        raw().forEach(field -> fields.add(read(field)));
    }

    List<Present> fields() {
        return fields;
    }

    /** Null when there is none, or none for our user. */
    Present field(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).findFirst().orElse(null);
    }

    /** Whether the object, or the field, has a property such as {@code createable}. */
    boolean is(String property) {
        return Boolean.TRUE.equals(json.get(property));
    }

    boolean is(String field, String property) {
        return raw().stream()
                .anyMatch(each -> field.equals(each.get("name")) && Boolean.TRUE.equals(each.get(property)));
    }

    /** Whether each text field holds HTML. */
    Map<String, Boolean> html() {
        Map<String, Boolean> html = new HashMap<>();
        raw().stream().filter(field -> holds(String.valueOf(field.get("type"))).contains(Kind.TEXT))
                .forEach(field -> html.put(String.valueOf(field.get("name")),
                        Boolean.TRUE.equals(field.get("htmlFormatted"))));
        return html;
    }

    /** The objects that a lookup points to; empty for other fields. */
    List<?> referenceTo(String field) {
        return raw().stream().filter(each -> field.equals(each.get("name"))).findFirst()
                .map(each -> each.get("referenceTo") instanceof List<?> list ? list : List.of()).orElse(List.of());
    }

    /**
     * The name under which this object shows the rows of a child object; null when it shows none through that field.
     */
    String relationship(String child, String field) {
        return maps(json.get("childRelationships")).stream()
                .filter(each -> child.equals(each.get("childSObject")) && field.equals(each.get("field")))
                .map(each -> String.valueOf(each.get("relationshipName"))).findFirst().orElse(null);
    }

    private List<Map<String, Object>> raw() {
        return maps(json.get("fields"));
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> maps(Object value) {
        return value instanceof List<?> list ? (List<Map<String, Object>>) list : List.of();
    }

    private static Present read(Map<String, Object> field) {
        String type = String.valueOf(field.get("type"));
        Set<Kind> holds = holds(type);
        int length = holds.contains(Kind.TEXT) && !IDS.contains(type) && field.get("length") instanceof Number number
                ? number.intValue() : 0;
        boolean calculated = Boolean.TRUE.equals(field.get("calculated"));
        List<Map<String, Object>> values = maps(field.get("picklistValues"));
        return new Present(String.valueOf(field.get("name")), calculated ? type + " formula" : type, holds, length,
                Boolean.TRUE.equals(field.get("createable")), Boolean.TRUE.equals(field.get("updateable")),
                type.equals("picklist") ? values.stream().filter(value -> Boolean.TRUE.equals(value.get("active")))
                        .map(value -> String.valueOf(value.get("value"))).toList() : null);
    }

    private static Set<Kind> holds(String type) {
        return switch (type) {
        case "string", "textarea", "picklist", "multipicklist", "combobox", "email", "phone", "url",
                "encryptedstring" ->
            EnumSet.of(Kind.TEXT, Kind.CODE);
            case "currency", "double", "int", "long", "percent" -> EnumSet.of(Kind.NUMBER);
            case "date", "datetime" -> EnumSet.of(Kind.DATE);
            case "boolean" -> EnumSet.of(Kind.FLAG);
            case "reference", "id" -> EnumSet.of(Kind.TEXT);
            default -> EnumSet.noneOf(Kind.class);
        };
    }
}
