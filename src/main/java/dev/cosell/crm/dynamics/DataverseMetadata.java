package dev.cosell.crm.dynamics;

import dev.cosell.setup.ChildTable;
import dev.cosell.setup.Field;
import dev.cosell.setup.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Columns, tables, keys and relationships as the Dataverse metadata API writes them. @param language of labels, the
 * environment's base language
 */
record DataverseMetadata(int language) {
    private static final String TYPES = "Microsoft.Dynamics.CRM.";
    private static final int TITLE = 100;

    Map<String, Object> label(String text) {
        return Map.of("@odata.type", TYPES + "Label", "LocalizedLabels",
                List.of(Map.of("@odata.type", TYPES + "LocalizedLabel", "Label", text, "LanguageCode", language)));
    }

    Map<String, Object> column(Field field) {
        String type = switch (field.kind()) {
            case SWITCH -> "Boolean";
            case LONG_TEXT -> "Memo";
            case CHOICE -> "Picklist";
            default -> "String";
        };
        Map<String, Object> json = attribute(type, type, schemaName(field.name(), field.label()), field.label(),
                field.help());
        switch (field.kind()) {
            case SWITCH -> {
                json.put("DefaultValue", false);
                json.put("OptionSet", Map.of("OptionSetType", "Boolean", "TrueOption", option(1, "Yes"), "FalseOption",
                        option(0, "No")));
            }
            case LONG_TEXT -> {
                json.put("MaxLength", field.length());
                json.put("Format", "TextArea");
                json.put("ImeMode", "Disabled");
            }
            case CHOICE -> json.put("OptionSet",
                    Map.of("@odata.type", TYPES + "OptionSetMetadata", "IsGlobal", false, "OptionSetType", "Picklist",
                            "Options", field.choices().stream()
                                    .map(choice -> option(Integer.parseInt(choice.value()), choice.label())).toList()));
            default -> {
                json.put("MaxLength", field.length());
                json.put("FormatName", Map.of("Value", field.kind() == Kind.LINK ? "Url" : "Text"));
            }
        }
        return json;
    }

    private Map<String, Object> attribute(String type, String typeName, String schemaName, String label, String help) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("@odata.type", TYPES + type + "AttributeMetadata");
        json.put("AttributeType", type);
        json.put("AttributeTypeName", Map.of("Value", typeName + "Type"));
        json.put("SchemaName", schemaName);
        json.put("RequiredLevel", Map.of("Value", "None", "CanBeChanged", true, "ManagedPropertyLogicalName",
                "canmodifyrequirementlevelsettings"));
        json.put("DisplayName", label(label));
        json.put("Description", label(help));
        return json;
    }

    private Map<String, Object> option(int value, String label) {
        return Map.of("Value", value, "Label", label(label));
    }

    Map<String, Object> table(ChildTable rows) {
        Map<String, Object> title = column(Field.of(rows.name(), rows.title(), Kind.TEXT, TITLE, "Name",
                "The solution's name in Partner Center."));
        title.put("IsPrimaryName", true);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("@odata.type", TYPES + "EntityMetadata");
        json.put("SchemaName", schemaName(rows.name(), "Partner Center Solution"));
        json.put("EntitySetName", rows.set());
        json.put("DisplayName", label(ChildTable.LABEL));
        json.put("DisplayCollectionName", label(ChildTable.PLURAL));
        json.put("Description", label(ChildTable.HELP));
        json.put("OwnershipType", "UserOwned");
        json.put("IsActivity", false);
        json.put("HasActivities", false);
        json.put("HasNotes", false);
        json.put("ChangeTrackingEnabled", true);
        json.put("Attributes", List.of(title));
        return json;
    }

    Map<String, Object> relationship(ChildTable rows) {
        Map<String, Object> lookup = attribute("Lookup", "Lookup", rows.lookup(), "Opportunity",
                "The opportunity that the solution is part of.");
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("@odata.type", TYPES + "OneToManyRelationshipMetadata");
        json.put("SchemaName", rows.relationship());
        json.put("ReferencedEntity", rows.parent());
        json.put("ReferencedAttribute", rows.parent() + "id");
        json.put("ReferencingEntity", rows.name());
        json.put("AssociatedMenuConfiguration",
                Map.of("Behavior", "UseCollectionName", "Group", "Details", "Order", 10_000));
        json.put("CascadeConfiguration",
                Map.of("Assign", "NoCascade", "Delete", "Cascade", "Merge", "NoCascade", "Reparent", "NoCascade",
                        "Share", "NoCascade", "Unshare", "NoCascade"));
        json.put("Lookup", lookup);
        return json;
    }

    /** Named after table and column, so that no other key has its name. */
    Map<String, Object> key(Field field) {
        String column = schemaName(field.name(), field.label());
        int rest = column.indexOf('_') + 1;
        String name = column.substring(0, rest) + schemaName("_" + field.table(), field.table()).substring(1)
                + column.substring(rest) + "Key";
        return Map.of("SchemaName", name, "DisplayName", label("Referral Identifier"),
                "KeyAttributes", List.of(field.name()));
    }

    /** The logical name with the capitals of the words it is made of, when it is made of these. */
    static String schemaName(String logicalName, String words) {
        int underscore = logicalName.indexOf('_');
        StringBuilder joined = new StringBuilder(logicalName.substring(0, underscore + 1));
        for (String word : words.split("[^A-Za-z0-9]+")) {
            joined.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
        }
        return joined.toString().equalsIgnoreCase(logicalName) ? joined.toString() : logicalName;
    }

    /** Kind by the metadata's word for the type. */
    static Kind kind(String attributeType) {
        return switch (attributeType) {
            case "Boolean" -> Kind.SWITCH;
            case "String" -> Kind.TEXT;
            case "Memo" -> Kind.LONG_TEXT;
            case "Picklist" -> Kind.CHOICE;
            case "Integer", "BigInt", "Decimal", "Double", "Money" -> Kind.NUMBER;
            default -> Kind.OTHER;
        };
    }

    /** Values of the options of an option set. */
    static List<String> values(Map<?, ?> optionSet) {
        List<String> values = new ArrayList<>();
        if (optionSet.get("Options") instanceof List<?> options) {
            options.forEach(each -> values.add(String.valueOf(((Map<?, ?>) each).get("Value"))));
        }
        return values;
    }
}
