package dev.cosell.sandbox.salesforce;

import java.util.ArrayList;
import java.util.List;

/** Looks up the names of a query in the schema. */
final class SoqlBinder {
    private static final int MOST_ROWS_OF_ALL_FIELDS = 200;

    private final Database database;
    private final Switches switches;

    /** A field reached over parents. {@code hops} are the reference fields on the way. */
    record Column(List<Field> hops, Field field) {}

    SoqlBinder(Database database, Switches switches) {
        this.database = database;
        this.switches = switches;
    }

    ObjectType object(String name) {
        ObjectType type = database.schema.find(name);
        if (type == null) {
            throw Refusal.bad("INVALID_TYPE",
                    "sObject type '" + name + "' is not supported. If you are attempting to use a custom object,"
                            + " be sure to append the '__c' after the entity name.");
        }
        return type;
    }

    /** The same query with the fields in the place of {@code FIELDS()}. */
    Soql expanded(Soql query) {
        if (query.select().stream().noneMatch(Soql.Fields.class::isInstance)) {
            return query;
        }
        ObjectType type = object(query.from());
        List<Soql.Item> items = new ArrayList<>();
        for (Soql.Item item : query.select()) {
            if (!(item instanceof Soql.Fields fields)) {
                items.add(item);
                continue;
            }
            if (!fields.kind().equals("STANDARD")
                    && (query.limit() == null || query.limit() > MOST_ROWS_OF_ALL_FIELDS)) {
                throw Refusal.bad("MALFORMED_QUERY",
                        "The SOQL FIELDS function must have a LIMIT of at most " + MOST_ROWS_OF_ALL_FIELDS);
            }
            type.fields().stream().filter(field -> switches.visible(type, field) && fields.include(field))
                    .forEach(field -> items.add(new Soql.Path(List.of(field.name()))));
        }
        return new Soql(items, query.count(), query.from(), query.where(), query.order(), query.limit(),
                query.offset());
    }

    Column column(ObjectType from, Soql.Path path) {
        ObjectType type = from;
        List<Field> hops = new ArrayList<>();
        for (String name : path.names().subList(0, path.names().size() - 1)) {
            Field reference = type.parent(name);
            if (reference == null || !switches.visible(type, reference)) {
                throw Refusal.bad("INVALID_FIELD", "Didn't understand relationship '" + name
                        + "' in field path. If you are attempting to"
                        + " use a custom relationship, be sure to append the '__r' after the custom relationship name.");
            }
            hops.add(reference);
            type = database.schema.find(reference.referenceTo());
        }
        String last = path.names().get(path.names().size() - 1);
        Field field = type.field(last);
        if (field == null || !switches.visible(type, field)) {
            throw Refusal.bad("INVALID_FIELD",
                    "No such column '" + last + "' on entity '" + type.name + "'. If you are attempting to use a"
                            + " custom field, be sure to append the '__c' after the custom field name.");
        }
        return new Column(hops, field);
    }

    /** The value of a column; null when a parent on the way is missing. */
    Object value(Row row, Column column) {
        Row at = row;
        for (Field hop : column.hops()) {
            at = parent(at, hop);
            if (at == null) {
                return null;
            }
        }
        return value(at, column.field());
    }

    /** The value of a field of a row; an opportunity's contact is that of its primary role. */
    Object value(Row row, Field field) {
        if (field.name().equals("ContactId") && row.type().name.equals(Schema.OPPORTUNITY)) {
            for (Row role : database.table(Schema.CONTACT_ROLE).by("OpportunityId", row.id())) {
                if (role.flag("IsPrimary")) {
                    return role.get("ContactId");
                }
            }
            return null;
        }
        return row.get(field.name());
    }

    Row parent(Row row, Field reference) {
        Object id = value(row, reference);
        return id == null ? null : database.table(reference.target(id)).get(id.toString());
    }
}
