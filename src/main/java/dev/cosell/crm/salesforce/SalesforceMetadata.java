package dev.cosell.crm.salesforce;

import dev.cosell.setup.ChildTable;
import dev.cosell.setup.Field.Choice;
import dev.cosell.setup.Field;
import dev.cosell.setup.Kind;
import dev.cosell.setup.Present;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Fields and objects as Salesforce's Tooling and Metadata APIs write them. */
final class SalesforceMetadata {
    private static final int LINES = 4;
    private static final int SHORTEST_LONG_TEXT = 256;

    private static final Set<String> COMPUTED = Set.of("AutoNumber", "Summary");

    private SalesforceMetadata() {}

    /** The metadata of a new field. */
    static Map<String, Object> of(Field field) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("label", field.label());
        json.put("inlineHelpText", field.help());
        switch (field.kind()) {
            case SWITCH -> {
                json.put("type", "Checkbox");
                json.put("defaultValue", "false");
            }
            case LINK -> json.put("type", "Url");
            case LONG_TEXT -> {
                json.put("type", "LongTextArea");
                json.put("length", Math.max(field.length(), SHORTEST_LONG_TEXT));
                json.put("visibleLines", LINES);
            }
            case CHOICE -> {
                json.put("type", "Picklist");
                json.put("valueSet", Map.of("restricted", true, "valueSetDefinition", Map.of("sorted", false,
                        "value", field.choices().stream().map(SalesforceMetadata::value).toList())));
            }
            default -> {
                json.put("type", "Text");
                json.put("length", field.length());
            }
        }
        return field.key() ? asKey(json) : json;
    }

    private static Map<String, Object> value(Choice choice) {
        return Map.of("fullName", choice.value(), "label", choice.label(), "default", false);
    }

    /** The same field as an external id whose values are unique. */
    static Map<String, Object> asKey(Map<String, Object> metadata) {
        Map<String, Object> key = new LinkedHashMap<>(metadata);
        key.put("externalId", true);
        key.put("unique", true);
        key.put("caseSensitive", false);
        return key;
    }

    static Map<String, Object> lookup(ChildTable rows) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", "Lookup");
        json.put("label", "Opportunity");
        json.put("referenceTo", rows.parent());
        json.put("relationshipName", rows.relationship().replaceAll("__r$", ""));
        json.put("relationshipLabel", ChildTable.PLURAL);
        json.put("required", false);
        json.put("deleteConstraint", "SetNull");
        return json;
    }

    /** The elements of a new custom object. */
    static String object(ChildTable rows) {
        return "<fullName>" + rows.name() + "</fullName><deploymentStatus>Deployed</deploymentStatus><description>"
                + ChildTable.HELP
                + "</description><label>" + ChildTable.LABEL
                + "</label><nameField><label>Solution</label><type>Text</type></nameField><pluralLabel>"
                + ChildTable.PLURAL + "</pluralLabel><sharingModel>ReadWrite</sharingModel>";
    }

    static Present.Found found(Map<?, ?> metadata) {
        String type = String.valueOf(metadata.get("type"));
        Kind kind = switch (type) {
            case "Checkbox" -> Kind.SWITCH;
            case "Text" -> Kind.TEXT;
            case "Url" -> Kind.LINK;
            case "LongTextArea" -> Kind.LONG_TEXT;
            case "Picklist" -> Kind.CHOICE;
            default -> Kind.OTHER;
        };
        return new Present.Found(kind, type, metadata.get("length") instanceof Number length ? length.intValue() : 0,
                choices(metadata));
    }

    /** Whether every user sees the field, so that Salesforce takes no rights on it. */
    static boolean isSeenByAll(Map<?, ?> metadata) {
        return Boolean.TRUE.equals(metadata.get("required")) || "MasterDetail".equals(metadata.get("type"));
    }

    /** Whether nobody can write it. */
    static boolean isComputed(Map<?, ?> metadata) {
        return metadata.get("formula") != null || COMPUTED.contains(String.valueOf(metadata.get("type")));
    }

    static boolean isKey(Map<?, ?> metadata) {
        return Boolean.TRUE.equals(metadata.get("externalId")) && Boolean.TRUE.equals(metadata.get("unique"));
    }

    /** Null for a global value set. */
    private static Set<String> choices(Map<?, ?> metadata) {
        List<?> values = values(metadata);
        if (values == null) {
            return null;
        }
        Set<String> choices = new LinkedHashSet<>();
        values.forEach(each -> choices.add(String.valueOf(((Map<?, ?>) each).get("fullName"))));
        return choices;
    }

    private static List<?> values(Map<?, ?> metadata) {
        if (!(metadata.get("valueSet") instanceof Map<?, ?> set)) {
            return List.of();
        }
        return set.get("valueSetDefinition") instanceof Map<?, ?> definition
                && definition.get("value") instanceof List<?> list ? list : null;
    }

    /** A picklist's metadata with more values behind those it has. */
    static Map<String, Object> withChoices(Map<?, ?> metadata, List<Choice> more) {
        List<Object> all = new ArrayList<>(values(metadata));
        more.forEach(choice -> all.add(value(choice)));
        Map<String, Object> set = copy((Map<?, ?>) metadata.get("valueSet"));
        Map<String, Object> definition = copy((Map<?, ?>) set.get("valueSetDefinition"));
        definition.put("value", all);
        set.put("valueSetDefinition", definition);
        Map<String, Object> json = copy(metadata);
        json.put("valueSet", set);
        return json;
    }

    static Map<String, Object> copy(Map<?, ?> json) {
        Map<String, Object> copy = new LinkedHashMap<>();
        json.forEach((name, value) -> copy.put(name.toString(), value));
        return copy;
    }
}
