package dev.cosell.sandbox.salesforce;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** An object of the schema: its fields by name without regard to case, and the child objects that point to it. */
final class ObjectType {

    /**
     * @param field   field of the child that holds the parent's id
     * @param cascade whether rows go with their parent when it is deleted
     */
    record Children(String relationship, String child, String field, boolean cascade) {}

    final String name;
    final String prefix;
    private final Map<String, Field> fields = new LinkedHashMap<>();
    private final List<Children> children = new ArrayList<>();

    ObjectType(String name, String prefix, Field... own) {
        this.name = name;
        this.prefix = prefix;
        add(Field.readOnly("Id", FieldType.ID, 18));
        add(Field.readOnly("IsDeleted", FieldType.BOOLEAN, 0));
        for (Field field : own) {
            add(field);
        }
        add(Field.readOnly("CreatedDate", FieldType.DATETIME, 0));
        add(audit("CreatedById", "CreatedBy"));
        add(Field.readOnly("LastModifiedDate", FieldType.DATETIME, 0));
        add(audit("LastModifiedById", "LastModifiedBy"));
        add(Field.readOnly("SystemModstamp", FieldType.DATETIME, 0));
    }

    private static Field audit(String name, String relationship) {
        return Field.reference(name, "User", relationship).without(Field.Trait.CREATEABLE)
                .without(Field.Trait.UPDATEABLE);
    }

    void add(Field field) {
        fields.put(field.key(), field);
    }

    ObjectType with(String relationship, String child, String field) {
        children.add(new Children(relationship, child, field, true));
        return this;
    }

    /** Rows of another object point here and lose that when their parent is deleted. */
    void lookedUp(String relationship, String child, String field) {
        children.add(new Children(relationship, child, field, false));
    }

    /** Takes away what an administrator has added. */
    void removeCustom() {
        fields.values().removeIf(Field::custom);
        children.removeIf(each -> each.child().endsWith("__c"));
    }

    Collection<Field> fields() {
        return fields.values();
    }

    List<Children> children() {
        return children;
    }

    /** Null when there is none. */
    Field field(String anyCase) {
        return fields.get(anyCase.toLowerCase(Locale.ROOT));
    }

    /** The reference field behind a relationship name; null when there is none. */
    Field parent(String relationship) {
        for (Field field : fields.values()) {
            if (field.relationship() != null && field.relationship().equalsIgnoreCase(relationship)) {
                return field;
            }
        }
        return null;
    }

    /** Null when there is none. */
    Children childrenBy(String relationship) {
        for (Children known : children) {
            if (known.relationship().equalsIgnoreCase(relationship)) {
                return known;
            }
        }
        return null;
    }

    boolean custom() {
        return name.endsWith("__c");
    }
}
