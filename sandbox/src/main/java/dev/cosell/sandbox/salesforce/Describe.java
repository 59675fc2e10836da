package dev.cosell.sandbox.salesforce;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Describes objects and their fields; fields hidden from the user are missing. */
final class Describe {
    private final Database database;
    private final Switches switches;

    Describe(Database database, Switches switches) {
        this.database = database;
        this.switches = switches;
    }

    Map<String, Object> global(String version) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("encoding", "UTF-8");
        json.put("maxBatchSize", 200);
        json.put("sobjects", database.schema.objects().stream().map(type -> summary(type, version)).toList());
        return json;
    }

    Map<String, Object> summary(ObjectType type, String version) {
        boolean stored = !type.name.equals(Schema.STAGE);
        String base = "/services/data/v" + version + "/sobjects/" + type.name;
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", type.name);
        json.put("label", type.custom() ? "Microsoft Solution" : type.name);
        json.put("keyPrefix", type.prefix);
        json.put("labelPlural", json.get("label") + "s");
        json.put("custom", type.custom());
        json.put("customSetting", false);
        json.put("deprecatedAndHidden", false);
        json.put("createable", stored);
        json.put("updateable", stored);
        json.put("deletable", stored);
        json.put("queryable", true);
        json.put("retrieveable", true);
        json.put("replicateable", stored);
        json.put("searchable", stored);
        json.put("undeletable", stored);
        json.put("triggerable", stored);
        json.put("urls", Map.of("sobject", base, "describe", base + "/describe", "rowTemplate", base + "/{ID}"));
        return json;
    }

    Map<String, Object> object(ObjectType type, String version) {
        Map<String, Object> json = summary(type, version);
        json.put("recordTypeInfos", List.of());
        json.putAll(switches.described(type.name));
        List<Object> children = new ArrayList<>();
        for (ObjectType.Children child : type.children()) {
            children.add(Map.of("childSObject", child.child(), "field", child.field(), "relationshipName",
                    child.relationship(),
                    "cascadeDelete", child.cascade()));
        }
        json.put("childRelationships", children);
        json.put("fields", type.fields().stream().filter(field -> switches.visible(type, field))
                .map(field -> field(type, field)).toList());
        return json;
    }

    private Map<String, Object> field(ObjectType type, Field field) {
        boolean required = field.is(Field.Trait.REQUIRED);
        boolean alwaysThere = field.type() == FieldType.BOOLEAN || field.type() == FieldType.ID
                || field.name().equals("SystemModstamp");
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", field.name());
        json.put("label", field.label());
        json.put("type", field.type().wireName);
        json.put("soapType", field.type().soapName());
        json.put("length", field.length());
        json.put("byteLength", field.length() * 3);
        json.put("precision", field.type().isDecimal() ? 18 : 0);
        json.put("scale", field.type().isDecimal() ? 2 : 0);
        json.put("digits", field.type() == FieldType.INT ? 9 : 0);
        json.put("custom", field.custom());
        json.put("calculated", false);
        json.put("autoNumber", false);
        json.put("createable", field.is(Field.Trait.CREATEABLE));
        json.put("updateable", field.is(Field.Trait.UPDATEABLE));
        json.put("nillable", !required && !alwaysThere);
        json.put("defaultedOnCreate", field.defaultValue() != null || alwaysThere);
        json.put("defaultValue", field.defaultValue());
        json.put("externalId", field.is(Field.Trait.EXTERNAL_ID));
        json.put("idLookup", field.is(Field.Trait.EXTERNAL_ID) || field.type() == FieldType.ID);
        json.put("unique", field.is(Field.Trait.UNIQUE));
        json.put("caseSensitive", false);
        json.put("filterable", field.filterable());
        json.put("sortable", field.filterable());
        json.put("groupable", field.filterable() && !field.type().isDecimal() && field.type() != FieldType.DATETIME);
        json.put("restrictedPicklist", !field.picklist().isEmpty());
        json.put("picklistValues", choices(field).stream().map(Describe::choice).toList());
        json.put("referenceTo", field.referenceTo() == null ? List.of() : field.is(Field.Trait.OR_QUEUE)
                ? List.of(Schema.GROUP, field.referenceTo()) : List.of(field.referenceTo()));
        json.put("relationshipName", field.relationship());
        json.put("nameField", field.name().equals("Name"));
        json.put("htmlFormatted", field.is(Field.Trait.HTML));
        json.put("encrypted", false);
        json.put("deprecatedAndHidden", false);
        json.put("inlineHelpText", null);
        json.put("permissionable", field.custom() || !required);
        json.putAll(switches.described(type.name + "." + field.name()));
        return json;
    }

    private List<String> choices(Field field) {
        return field.name().equals("StageName")
                ? database.table(Schema.STAGE).all().stream().map(row -> row.text("ApiName")).toList()
                : field.picklist();
    }

    private static Map<String, Object> choice(String value) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("active", true);
        json.put("defaultValue", false);
        json.put("label", value);
        json.put("validFor", null);
        json.put("value", value);
        return json;
    }
}
