package dev.cosell.sandbox.dataverse;

import static dev.cosell.sandbox.dataverse.Labels.label;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The metadata of the environment as its metadata API shows it. */
final class Definitions {
    static final String TYPES = "Microsoft.Dynamics.CRM.";
    private static final Set<String> NEEDED = Set.of("opportunity.name", "opportunity.customerid",
            "opportunity.transactioncurrencyid",
            "account.name", "contact.lastname", "lead.subject", "lead.lastname", "opportunityclose.opportunityid");

    private final Schema schema;
    private final KeyIndexes indexes;
    private final Settings settings;

    Definitions(Schema schema, KeyIndexes indexes, Settings settings) {
        this.schema = schema;
        this.settings = settings;
        this.indexes = indexes;
    }

    static String id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }

    List<Definition> tables() {
        return schema.tables().stream().map(this::table).toList();
    }

    Definition table(Table table) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("LogicalName", table.name());
        json.put("SchemaName", table.schemaName());
        json.put("EntitySetName", table.set());
        json.put("LogicalCollectionName", table.set());
        json.put("PrimaryIdAttribute", table.id());
        json.put("PrimaryNameAttribute", table.title());
        json.put("ChangeTrackingEnabled", table.changeTracking());
        json.put("IsOptimisticConcurrencyEnabled", true);
        json.put("IsActivity", table.id().equals("activityid"));
        json.put("IsCustomEntity", table.name().contains("_"));
        json.put("OwnershipType", table.column("ownerid") == null ? "OrganizationOwned" : "UserOwned");
        json.put("DisplayName", label(table.schemaName()));
        json.put("Description", label(""));
        json.put("MetadataId", id(table.name()));
        json.putAll(schema.said(table.name()));
        json.putAll(settings.described(table.name()));
        Map<String, Object> related = new LinkedHashMap<>();
        related.put("Attributes", columns(table));
        related.put("Keys", keys(table));
        related.put("OneToManyRelationships",
                relationships().stream().filter(each -> table.name().equals(each.get("ReferencedEntity"))).toList());
        related.put("ManyToOneRelationships",
                relationships().stream().filter(each -> table.name().equals(each.get("ReferencingEntity"))).toList());
        return new Definition(json, related);
    }

    List<Definition> columns(Table table) {
        return table.columns().values().stream().map(column -> column(table, column)).toList();
    }

    private Definition column(Table table, Column column) {
        String type = column.type() == Column.Type.DateOnly ? "DateTime" : column.type().name();
        boolean lookup = type.equals("Customer") || type.equals("Owner");
        boolean identifier = column.type() == Column.Type.Uniqueidentifier;
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("@odata.type",
                "#" + TYPES + (lookup ? "Lookup" : identifier ? "UniqueIdentifier" : type) + "AttributeMetadata");
        json.put("LogicalName", column.name());
        json.put("SchemaName", column.schemaName());
        json.put("EntityLogicalName", table.name());
        json.put("AttributeType", type);
        json.put("AttributeTypeName", Map.of("Value", type + "Type"));
        json.put("DisplayName", label(column.schemaName()));
        json.put("Description", label(""));
        json.put("RequiredLevel", requiredLevel(table, column));
        json.put("IsValidForCreate", column.forCreate());
        json.put("IsValidForUpdate", column.forUpdate());
        json.put("IsValidForRead", column.readable());
        json.put("IsCustomAttribute", column.name().contains("_") && !column.name().startsWith("address1_")
                && !column.name().endsWith("_base"));
        json.put("IsPrimaryId", column.name().equals(table.id()));
        json.put("IsPrimaryName", column.name().equals(table.title()));
        json.put("IsSecured", false);
        json.put("MetadataId", id(table.name() + "." + column.name()));
        typed(json, column);
        json.putAll(schema.said(table.name() + "." + column.name()));
        json.putAll(settings.described(table.name() + "." + column.name()));
        Map<String, Object> related = new LinkedHashMap<>();
        if (column.type().choice() || column.type() == Column.Type.Boolean) {
            related.put("OptionSet", new Definition(OptionSets.of(table, column)));
            related.put("GlobalOptionSet", null);
        }
        return new Definition(json, related);
    }

    private static void typed(Map<String, Object> json, Column column) {
        switch (column.type()) {
            case String -> {
                json.put("MaxLength", column.length());
                json.put("FormatName", Map.of("Value", "Text"));
            }
            case Memo -> {
                json.put("MaxLength", column.length());
                json.put("Format", "TextArea");
                json.put("FormatName", Map.of("Value", "TextArea"));
            }
            case Integer, Decimal, Money -> {
                json.put("MinValue", column.min());
                json.put("MaxValue", column.max());
                if (column.type() != Column.Type.Integer) {
                    json.put("Precision", column.type() == Column.Type.Money ? 2 : 10);
                }
            }
            case DateTime, DateOnly -> {
                boolean date = column.type() == Column.Type.DateOnly;
                json.put("Format", date ? "DateOnly" : "DateAndTime");
                json.put("DateTimeBehavior", Map.of("Value", date ? "DateOnly" : "UserLocal"));
            }
            case Boolean -> json.put("DefaultValue", column.initial());
            case Lookup, Customer, Owner -> json.put("Targets", List.copyOf(column.tables()));
            default -> { }
        }
    }

    private static Map<String, Object> requiredLevel(Table table, Column column) {
        String level = column.name().equals(table.id()) || column.type() == Column.Type.Owner ? "SystemRequired"
                : NEEDED.contains(table.name() + "." + column.name()) ? "ApplicationRequired" : "None";
        return Map.of("Value", level, "CanBeChanged", !level.equals("SystemRequired"), "ManagedPropertyLogicalName",
                "canmodifyrequirementlevelsettings");
    }

    List<Definition> keys(Table table) {
        List<Definition> all = new ArrayList<>();
        table.keys().forEach(key -> all.add(key(table, key, "Active")));
        indexes.waiting(table).forEach((key, status) -> all.add(key(table, key, status)));
        return all;
    }

    private static Definition key(Table table, Table.Key key, String status) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("SchemaName", key.name());
        json.put("LogicalName", key.name().toLowerCase(Locale.ROOT));
        json.put("EntityLogicalName", table.name());
        json.put("DisplayName", label(key.name()));
        json.put("KeyAttributes", key.columns());
        json.put("EntityKeyIndexStatus", status);
        json.put("MetadataId", id(table.name() + "#" + key.name()));
        return new Definition(json);
    }

    /** One for each lookup and each table it may point to. */
    List<Definition> relationships() {
        List<Definition> all = new ArrayList<>();
        for (Table table : schema.tables()) {
            for (Column lookup : table.columns().values()) {
                lookup.targets().forEach(
                        (navigation, target) -> all.add(relationship(table, lookup, navigation, schema.named(target))));
            }
        }
        return all;
    }

    private static Definition relationship(Table from, Column lookup, String navigation, Table to) {
        String collection = collection(from, lookup, to);
        String name = collection != null ? collection : to.name() + "_" + from.name() + "_" + lookup.name();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("@odata.type", "#" + TYPES + "OneToManyRelationshipMetadata");
        json.put("SchemaName", name);
        json.put("RelationshipType", "OneToManyRelationship");
        json.put("IsCustomRelationship", name.contains("_") && lookup.name().contains("_"));
        json.put("ReferencedEntity", to.name());
        json.put("ReferencedAttribute", to.id());
        json.put("ReferencingEntity", from.name());
        json.put("ReferencingAttribute", lookup.name());
        json.put("ReferencingEntityNavigationPropertyName", navigation);
        json.put("ReferencedEntityNavigationPropertyName", collection == null ? name : collection);
        json.put("CascadeConfiguration",
                Map.of("Assign", "NoCascade", "Delete", lookup.cascade() ? "Cascade" : "RemoveLink",
                        "Merge", "NoCascade", "Reparent", "NoCascade", "Share", "NoCascade", "Unshare", "NoCascade"));
        json.put("MetadataId", id("relationship " + name));
        return new Definition(json);
    }

    /** The navigation property that holds the rows pointing to a table through a lookup; null when there is none. */
    static String collection(Table from, Column lookup, Table to) {
        return to.collections().entrySet().stream()
                .filter(each -> each.getValue().equals(new Table.Children(from.name(), lookup.name())))
                .map(Map.Entry::getKey).findFirst().orElse(null);
    }
}
