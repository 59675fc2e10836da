package dev.cosell.sandbox.salesforce;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Custom fields as the Metadata and Tooling APIs write them, and back. */
final class FieldMetadata {
    private static final int LONGEST_TEXT = 255;
    private static final int LONGEST_LONG_TEXT = 131_072;

    private FieldMetadata() {}

    /** @param name API name without the object's */
    static Field read(String name, Map<String, Object> metadata) {
        if (!name.matches("[A-Za-z](_?[A-Za-z0-9])*__c")) {
            throw Refusal.bad("FIELD_INTEGRITY_EXCEPTION",
                    "The field name provided, " + name + ", is not valid: it can only contain alphanumeric"
                            + " characters, must begin with a letter and end with __c",
                    "FullName");
        }
        if (!(metadata.get("label") instanceof String)) {
            throw Refusal.bad("FIELD_INTEGRITY_EXCEPTION", "Must specify a non-empty label for the CustomField",
                    "FullName");
        }
        Field field = switch (String.valueOf(metadata.get("type"))) {
            case "Text" -> keyed(Field.text(name, length(metadata, LONGEST_TEXT)), metadata);
            case "LongTextArea" -> Field.of(name, FieldType.TEXTAREA, longText(metadata));
            case "Html" -> Field.of(name, FieldType.TEXTAREA, longText(metadata)).with(Field.Trait.HTML);
            case "Url" -> Field.of(name, FieldType.URL, LONGEST_TEXT);
            case "Email" -> Field.of(name, FieldType.EMAIL, 80);
            case "Phone" -> Field.of(name, FieldType.PHONE, 40);
            case "Date" -> Field.of(name, FieldType.DATE, 0);
            case "DateTime" -> Field.of(name, FieldType.DATETIME, 0);
            case "Checkbox" -> checkbox(name, metadata);
            case "Number", "Currency", "Percent" -> Field.of(name, FieldType.CURRENCY, 0);
            case "Picklist" -> Field.picklist(name, values(metadata).toArray(String[]::new));
            case "Lookup" -> lookup(name, metadata);
        default -> throw Refusal.bad("INVALID_FIELD",
                "A custom field of type " + metadata.get("type") + " is not known here", "Metadata");
        };
        return Boolean.TRUE.equals(metadata.get("required")) ? field.required() : field;
    }

    private static Field keyed(Field text, Map<String, Object> metadata) {
        Field field = Boolean.TRUE.equals(metadata.get("unique")) ? text.with(Field.Trait.UNIQUE).indexed() : text;
        return Boolean.TRUE.equals(metadata.get("externalId")) ? field.with(Field.Trait.EXTERNAL_ID).indexed() : field;
    }

    private static int longText(Map<String, Object> metadata) {
        if (!(metadata.get("visibleLines") instanceof Number)) {
            throw Refusal.bad("FIELD_INTEGRITY_EXCEPTION",
                    "Must specify 'visibleLines' for a CustomField of type LongTextArea", "FullName");
        }
        return length(metadata, LONGEST_LONG_TEXT);
    }

    private static int length(Map<String, Object> metadata, int most) {
        if (!(metadata.get("length") instanceof Number number) || number.intValue() < 1 || number.intValue() > most) {
            throw Refusal.bad("FIELD_INTEGRITY_EXCEPTION",
                    "Must specify 'length' between 1 and " + most + " for a CustomField of type "
                            + metadata.get("type"),
                    "FullName");
        }
        return number.intValue();
    }

    private static Field checkbox(String name, Map<String, Object> metadata) {
        if (metadata.get("defaultValue") == null) {
            throw Refusal.bad("FIELD_INTEGRITY_EXCEPTION",
                    "Must specify 'defaultValue' for a CustomField of type Checkbox", "FullName");
        }
        return Field.of(name, FieldType.BOOLEAN, 0)
                .defaultingTo(Boolean.valueOf(metadata.get("defaultValue").toString()));
    }

    private static Field lookup(String name, Map<String, Object> metadata) {
        if (!(metadata.get("referenceTo") instanceof String to)
                || !(metadata.get("relationshipName") instanceof String)) {
            throw Refusal.bad("FIELD_INTEGRITY_EXCEPTION",
                    "Must specify 'referenceTo' and 'relationshipName' for a CustomField of type Lookup",
                    "FullName");
        }
        return Field.reference(name, to, name.replaceAll("__c$", "__r")).indexed();
    }

    /** The values of a picklist's definition. */
    static List<String> values(Map<String, Object> metadata) {
        List<String> values = new ArrayList<>();
        if (metadata.get("valueSet") instanceof Map<?, ?> set
                && set.get("valueSetDefinition") instanceof Map<?, ?> definition
                && definition.get("value") instanceof List<?> list) {
            list.forEach(each -> values.add(String.valueOf(((Map<?, ?>) each).get("fullName"))));
        }
        if (values.isEmpty()) {
            throw Refusal.bad("FIELD_INTEGRITY_EXCEPTION", "Must specify 'valueSet' for a CustomField of type Picklist",
                    "FullName");
        }
        return values;
    }

    /** @param children the way from the parent to rows with this lookup; null for other fields */
    static Map<String, Object> write(Field field, ObjectType.Children children) {
        Map<String, Object> json = new LinkedHashMap<>();
        boolean longText = field.type() == FieldType.TEXTAREA;
        json.put("label", field.label());
        json.put("type", switch (field.type()) {
            case BOOLEAN -> "Checkbox";
            case TEXTAREA -> field.is(Field.Trait.HTML) ? "Html" : "LongTextArea";
            case PICKLIST -> "Picklist";
            case REFERENCE -> "Lookup";
            case URL -> "Url";
            case EMAIL -> "Email";
            case PHONE -> "Phone";
            case DATE -> "Date";
            case DATETIME -> "DateTime";
            case CURRENCY -> "Currency";
            default -> "Text";
        });
        json.put("required", field.is(Field.Trait.REQUIRED));
        json.put("externalId", field.is(Field.Trait.EXTERNAL_ID));
        json.put("unique", field.is(Field.Trait.UNIQUE) ? true : null);
        json.put("length", longText || field.type() == FieldType.STRING ? field.length() : null);
        json.put("visibleLines", longText ? 4 : null);
        json.put("defaultValue", field.type() == FieldType.BOOLEAN ? String.valueOf(field.defaultValue()) : null);
        json.put("referenceTo", field.referenceTo());
        json.put("relationshipName", children == null ? null : children.relationship().replaceAll("__r$", ""));
        json.put("valueSet", field.picklist().isEmpty() ? null
                : Map.of("restricted", true, "valueSetDefinition", Map.of("sorted", false,
                        "value", field.picklist().stream()
                                .map(each -> Map.of("fullName", each, "label", each, "default", false)).toList())));
        return json;
    }
}
