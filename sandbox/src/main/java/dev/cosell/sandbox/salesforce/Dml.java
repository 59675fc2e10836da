package dev.cosell.sandbox.salesforce;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Inserts, updates and deletes rows by the rules of the platform; every refusal leaves the journal to undo. */
final class Dml {
    /** Who writes. {@code trusted} writers (the controls) may set read-only fields and see hidden ones. */
    record Actor(String userId, boolean trusted) {}

    private static final Set<String> AUDIT = Set.of("Id", "IsDeleted", "CreatedDate", "CreatedById", "LastModifiedDate",
            "LastModifiedById",
            "SystemModstamp");

    private final Database database;
    private final Switches switches;
    private final Clock clock;
    private final WriteRules rules;

    Dml(Database database, Switches switches, Clock clock) {
        this.database = database;
        this.switches = switches;
        this.clock = clock;
        this.rules = new WriteRules(database, switches);
    }

    Row insert(ObjectType type, Map<String, Object> body, Actor actor) {
        failIfOrdered(actor, null);
        Map<String, Object> given = accepted(type, body, Field.Trait.CREATEABLE, actor);
        refuseMissing(type, given, true);
        Map<String, Object> values = new LinkedHashMap<>();
        String now = now();
        for (Field field : type.fields()) {
            values.put(field.name(), given.containsKey(field.name()) ? given.get(field.name()) : field.defaultValue());
        }
        values.put("Id", database.nextId(type));
        values.put("CreatedDate", now);
        values.put("CreatedById", actor.userId());
        if (type.field("OwnerId") != null && values.get("OwnerId") == null) {
            values.put("OwnerId", actor.userId());
        }
        stamp(values, now, actor);
        return automated(store(new Row(type, values, null), given.keySet(), null, actor), actor);
    }

    Row update(Row before, Map<String, Object> body, Actor actor) {
        failIfOrdered(actor, before.id());
        refuseConverted(before, actor);
        Map<String, Object> given = accepted(before.type(), body, Field.Trait.UPDATEABLE, actor);
        refuseMissing(before.type(), given, false);
        if (before.flag("HasOpportunityLineItem") && !actor.trusted()) {
            given.remove("Amount");
        }
        Map<String, Object> values = new LinkedHashMap<>(before.values());
        values.putAll(given);
        stamp(values, now(), actor);
        return automated(store(new Row(before.type(), values, before.values()), given.keySet(), before, actor), actor);
    }

    /** A flow runs in the name of whoever wrote, in the same transaction. */
    private Row automated(Row row, Actor actor) {
        Map<String, Object> fields = actor.trusted() ? Map.of() : switches.automation(row.type().name);
        return fields.isEmpty() ? row : update(row, fields, new Actor(actor.userId(), true));
    }

    /** Moves a row and the rows below it to the recycle bin. */
    void delete(Row row, Actor actor) {
        failIfOrdered(actor, row.id());
        if (row.type().name.equals(Schema.CONTACT_ROLE)) {
            database.remove(row);
        } else {
            recycle(row, actor);
        }
    }

    private void recycle(Row row, Actor actor) {
        for (ObjectType.Children children : row.type().children()) {
            for (Row child : List.copyOf(database.table(children.child()).by(children.field(), row.id()))) {
                if (!child.deleted()) {
                    release(children, child, actor);
                }
            }
        }
        Map<String, Object> values = new LinkedHashMap<>(row.values());
        values.put("IsDeleted", true);
        stamp(values, now(), actor);
        database.put(new Row(row.type(), values, row.values()));
    }

    /** A row below one that is deleted goes with it, or only lets go of it. */
    private void release(ObjectType.Children children, Row child, Actor actor) {
        if (children.cascade()) {
            recycle(child, actor);
            return;
        }
        Map<String, Object> values = new LinkedHashMap<>(child.values());
        values.put(children.field(), null);
        stamp(values, now(), actor);
        database.put(new Row(child.type(), values, child.values()));
    }

    /** A lead that somebody has converted is closed for good. */
    private static void refuseConverted(Row row, Actor actor) {
        if (row.type().name.equals(Schema.LEAD) && row.flag("IsConverted") && !actor.trusted()) {
            throw Refusal.bad("CANNOT_UPDATE_CONVERTED_LEAD", "cannot reference converted lead");
        }
    }

    private void failIfOrdered(Actor actor, String id) {
        if (!actor.trusted()) {
            switches.failIfOrdered(id);
        }
    }

    /** When the present transaction writes, which may be long before it is committed. */
    private String now() {
        return Values.wire(clock.instant().minusSeconds(switches.commitSeconds));
    }

    private static void stamp(Map<String, Object> values, String now, Actor actor) {
        values.put("LastModifiedDate", now);
        values.put("LastModifiedById", actor.userId());
        values.put("SystemModstamp", now);
    }

    private Row store(Row row, Set<String> given, Row before, Actor actor) {
        if (!switches.duplicates) {
            refuseDuplicates(row);
        }
        rules.apply(row, given, before);
        database.put(row);
        rules.afterwards(row, given, before, this, actor);
        return row;
    }

    private Map<String, Object> accepted(ObjectType type, Map<String, Object> body, Field.Trait needed, Actor actor) {
        Map<String, Object> given = new LinkedHashMap<>();
        List<String> readOnly = new ArrayList<>();
        body.forEach((name, value) -> {
            if (name.equalsIgnoreCase("attributes")) {
                return;
            }
            Field field = type.field(name);
            if (field == null && value instanceof Map<?, ?> parent && type.parent(name) != null) {
                Field reference = type.parent(name);
                given.put(reference.name(), rules.byExternalId(reference, Database.object(parent)));
                return;
            }
            if (field == null || !actor.trusted() && !switches.visible(type, field)) {
                throw noSuchColumn(type, name);
            }
            if (field.name().equals("Id")) {
                throw Refusal.bad("INVALID_FIELD", "The Id field should not be specified in the sobject data.", "Id");
            }
            if (!field.is(needed) && (!actor.trusted() || AUDIT.contains(field.name()))) {
                readOnly.add(field.name());
                return;
            }
            Object stored = Values.stored(field, value);
            rules.checkReference(field, stored);
            given.put(field.name(), stored);
        });
        if (!readOnly.isEmpty()) {
            throw Refusal.bad("INVALID_FIELD_FOR_INSERT_UPDATE", "Unable to create/update fields: "
                    + String.join(", ", readOnly)
                    + ". Please check the security settings of this field and verify that it is read/write for your "
                    + "profile or permission set.", readOnly.toArray(String[]::new));
        }
        return given;
    }

    static Refusal noSuchColumn(ObjectType type, String name) {
        return Refusal.bad("INVALID_FIELD", "No such column '" + name + "' on sobject of type " + type.name, name);
    }

    private static void refuseMissing(ObjectType type, Map<String, Object> given, boolean all) {
        List<String> missing = new ArrayList<>();
        for (Field field : type.fields()) {
            boolean absent = all ? given.get(field.name()) == null
                    : given.containsKey(field.name()) && given.get(field.name()) == null;
            if (field.is(Field.Trait.REQUIRED) && absent) {
                missing.add(field.name());
            }
        }
        if (!missing.isEmpty()) {
            throw Refusal.bad("REQUIRED_FIELD_MISSING", "Required fields are missing: " + missing,
                    missing.toArray(String[]::new));
        }
    }

    private void refuseDuplicates(Row row) {
        for (Field field : row.type().fields()) {
            if (!field.is(Field.Trait.UNIQUE) || row.get(field.name()) == null) {
                continue;
            }
            Set<String> others = new HashSet<>();
            for (Row other : database.table(row.type().name).by(field.name(), row.get(field.name()))) {
                if (!other.deleted() && !other.id().equals(row.id())) {
                    others.add(other.id());
                }
            }
            if (!others.isEmpty()) {
                throw Refusal.bad("DUPLICATE_VALUE",
                        "duplicate value found: " + field.name() + " duplicates value on record with id: "
                                + others.iterator().next(),
                        field.name());
            }
        }
    }
}
