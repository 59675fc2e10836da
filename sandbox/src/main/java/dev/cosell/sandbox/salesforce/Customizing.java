package dev.cosell.sandbox.salesforce;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * Objects and fields that an administrator makes, changes and deletes by API. What was done is kept, so that a restart
 * does it again.
 */
final class Customizing {
    private final Database database;
    private final Set<String> made = new LinkedHashSet<>();
    private final List<Map<String, Object>> journal = new ArrayList<>();

    Customizing(Database database) {
        this.database = database;
    }

    /** Back to an org as it is delivered. @param bare without the connector's fields and object */
    void begin(boolean bare) {
        made.clear();
        journal.clear();
        database.schema.begin(bare);
        database.clear();
    }

    static String id(String prefix, String fullName) {
        CRC32 sum = new CRC32();
        sum.update(fullName.getBytes(StandardCharsets.UTF_8));
        return SalesforceIds.of(prefix, sum.getValue());
    }

    void createObject(String fullName) {
        if (!fullName.matches("[A-Za-z](_?[A-Za-z0-9])*__c")) {
            throw Refusal.bad("INVALID_FULLNAME", "The object name provided, " + fullName + ", is not valid");
        }
        if (database.schema.find(fullName) != null) {
            throw Refusal.bad("DUPLICATE_DEVELOPER_NAME",
                    "The object name you provided, " + fullName + ", is already in use");
        }
        boolean first = database.schema.objects().stream().noneMatch(type -> type.prefix.equals("a01"));
        String prefix = first ? "a01" : "a"
                + String.format("%02d", 2 + database.schema.objects().stream().filter(ObjectType::custom).count());
        ObjectType type = new ObjectType(fullName, prefix, Field.text("Name", 80),
                Field.picklist("CurrencyIsoCode").defaultingTo("USD"),
                Field.reference("OwnerId", Schema.USER, "Owner"));
        database.schema.add(type);
        database.add(type);
        note("object", fullName, Map.of());
    }

    /** @param fullName object and field, such as {@code Opportunity.Audit__c}; returns the id */
    String createField(String fullName, Map<String, Object> metadata) {
        ObjectType type = object(fullName);
        String name = fullName.substring(fullName.indexOf('.') + 1);
        Field field = FieldMetadata.read(name, metadata);
        if (type.field(name) != null) {
            throw Refusal.bad("DUPLICATE_DEVELOPER_NAME",
                    "There is already a field named " + name.replaceAll("__c$", "") + " on " + type.name + ".");
        }
        if (field.referenceTo() != null) {
            ObjectType parent = database.schema.find(field.referenceTo());
            String relationship = metadata.get("relationshipName") + "__r";
            if (parent == null || parent.childrenBy(relationship) != null) {
                throw Refusal.bad("FIELD_INTEGRITY_EXCEPTION",
                        "referenceTo names no object, or the relationship " + relationship + " is there already",
                        "FullName");
            }
            parent.lookedUp(relationship, type.name, name);
        }
        put(type, field);
        note("field", fullName, metadata);
        return id("00N", type.name + "." + name);
    }

    private void put(ObjectType type, Field field) {
        type.add(field);
        database.table(type.name).extend(field);
        made.add(type.name + "." + field.name());
    }

    /** Takes the whole new definition of a field; the type stays. */
    void changeField(String fullName, Map<String, Object> metadata) {
        ObjectType type = object(fullName);
        Field old = type.field(fullName.substring(fullName.indexOf('.') + 1));
        Field changed = FieldMetadata.read(old.name(), metadata);
        if (changed.type() != old.type() || changed.length() < old.length()) {
            throw Refusal.bad("FIELD_INTEGRITY_EXCEPTION",
                    "The type of " + fullName + " cannot be changed here and its length not be made smaller",
                    "Metadata");
        }
        type.add(changed);
        if (changed.is(Field.Trait.INDEXED) && !old.is(Field.Trait.INDEXED)) {
            database.table(type.name).extend(changed);
        }
        note("change", fullName, metadata);
    }

    private ObjectType object(String fullName) {
        ObjectType type = database.schema.find(fullName.replaceAll("\\..*", ""));
        if (type == null) {
            throw Refusal.bad("INVALID_CROSS_REFERENCE_KEY",
                    "Entity Enumeration Or ID: bad value for restricted picklist field: "
                            + fullName.replaceAll("\\..*", ""),
                    "TableEnumOrId");
        }
        return type;
    }

    /** Nobody sees a field that was made by API before a permission set of theirs says so. */
    boolean granted(ObjectType type, Field field, String userId) {
        if (made.isEmpty()) {
            return true;
        }
        String fullName = type.name + "." + field.name();
        return !made.contains(fullName) || database.table(PermissionObjects.FIELDS).by("Field", fullName).stream()
                .filter(row -> !row.deleted() && row.flag("PermissionsRead"))
                .anyMatch(row -> database.table(PermissionObjects.ASSIGNMENT).by("PermissionSetId", row.get("ParentId"))
                        .stream()
                        .anyMatch(assignment -> !assignment.deleted() && userId.equals(assignment.get("AssigneeId"))));
    }

    private void note(String what, String fullName, Map<String, Object> metadata) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("what", what);
        entry.put("fullName", fullName);
        entry.put("metadata", metadata);
        journal.add(entry);
    }

    Map<String, Object> snapshot() {
        return Map.of("bare", database.schema.bare(), "journal", List.copyOf(journal));
    }

    void restore(Map<String, Object> snapshot) {
        begin(Boolean.TRUE.equals(snapshot.get("bare")));
        for (Object each : (List<?>) snapshot.getOrDefault("journal", List.of())) {
            Map<String, Object> entry = Database.object(each);
            String fullName = (String) entry.get("fullName");
            Map<String, Object> metadata = Database.object(entry.get("metadata"));
            switch (String.valueOf(entry.get("what"))) {
                case "object" -> createObject(fullName);
                case "field" -> createField(fullName, metadata);
                default -> changeField(fullName, metadata);
            }
        }
    }
}
