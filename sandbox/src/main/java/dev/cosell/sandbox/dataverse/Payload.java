package dev.cosell.sandbox.dataverse;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads request bodies into drafts, with the rules of the property names and values. */
final class Payload {
    private static final String BIND = "@odata.bind";

    private final Store store;
    private final Settings settings;

    Payload(Store store, Settings settings) {
        this.store = store;
        this.settings = settings;
    }

    Draft forCreate(Table table, Map<String, Object> body) {
        Object id = body.get(table.id());
        Draft draft = new Draft(table, id == null ? null : (UUID) Values.checked(table, table.column(table.id()), id));
        body.forEach((name, value) -> take(draft, name, value, true));
        return draft;
    }

    /** Of a PATCH that creates its row. Nested rows are documented for POST only. */
    Draft forUpsert(Table table, Map<String, Object> body) {
        return flat(forCreate(table, body));
    }

    Draft forUpdate(Table table, Map<String, Object> body) {
        Draft draft = new Draft(table, null);
        body.forEach((name, value) -> take(draft, name, value, false));
        return flat(draft);
    }

    private static Draft flat(Draft draft) {
        if (draft.nested()) {
            throw Refusal.badPayload(draft.table(),
                    "Microsoft.OData.ODataException: Deep update of related rows is not supported; "
                            + "nested rows can only be created together with their parent, by POST.");
        }
        return draft;
    }

    private void take(Draft draft, String name, Object value, boolean create) {
        Table table = draft.table();
        Column column = table.column(name);
        if (name.equals(table.id())) {
            return;
        }
        if (name.endsWith(BIND)) {
            bind(draft, name.substring(0, name.length() - BIND.length()), value, create);
        } else if (name.startsWith("@") || name.contains("@")) {
            return;
        } else if (table.property(name) != null && table.property(name).type().lookup()) {
            throw Refusal.badPayload(table, "CRM do not support direct update of Entity Reference properties, "
                    + "Use Navigation properties instead.");
        } else if (column != null && !column.type().lookup()) {
            if (allowed(table, column, create)) {
                draft.values().put(column.name(), Values.checked(table, column, value));
            }
        } else {
            nested(draft, name, value);
        }
    }

    private boolean allowed(Table table, Column column, boolean create) {
        boolean allowed = create ? column.forCreate() : column.forUpdate();
        if (!allowed && settings.refuseReadOnlyColumns()) {
            throw Refusal.badPayload(table, "The property '" + column.name() + "' is not valid for "
                    + (create ? "create" : "update") + ".");
        }
        return allowed;
    }

    private void bind(Draft draft, String navigation, Object value, boolean create) {
        Table table = draft.table();
        Column lookup = table.lookup(navigation);
        if (lookup == null) {
            throw undeclared(table, navigation,
                    "' which only has property annotations in the payload but no property value "
                            + "was found in the payload. In OData, only declared navigation properties and declared "
                            + "named streams can be represented as properties without values.");
        }
        if (!allowed(table, lookup, create)) {
            return;
        }
        if (value == null) {
            draft.values().put(lookup.name(), null);
            return;
        }
        Address address = Address.parse(store, lastSegment((String) value));
        if (!lookup.takes(navigation, address.table().name())) {
            throw Refusal.badPayload(table,
                    "The navigation property '" + navigation + "' cannot be bound to the entity set '"
                            + address.table().set() + "'.");
        }
        draft.values().put(lookup.name(), new Ref(address.table().name(), address.require(store).id()));
    }

    /** Absolute, rooted and bare references mean the same row. Nothing in them is percent-encoded. */
    static String lastSegment(String reference) {
        int base = reference.indexOf("/api/data/");
        String path = base < 0 ? reference
                : reference.substring(reference.indexOf('/', base + "/api/data/".length()) + 1);
        return path.startsWith("/") ? path.substring(1) : path;
    }

    private void nested(Draft draft, String name, Object value) {
        Table table = draft.table();
        Column lookup = table.lookup(name);
        Table.Children children = table.collections().get(name);
        if (lookup != null && value instanceof Map<?, ?> parent) {
            Table target = store.schema().named(lookup.targets().get(name));
            draft.parents().put(lookup, forCreate(target, body(parent)));
        } else if (children != null && value instanceof List<?> rows) {
            Table target = store.schema().named(children.table());
            rows.forEach(row -> draft.child(children, forCreate(target, body((Map<?, ?>) row))));
        } else if (lookup == null && children == null) {
            throw undeclared(table, name,
                    "' was found in the payload of a row of type 'Microsoft.Dynamics.CRM." + table.name()
                            + "'.");
        } else {
            throw Refusal.badPayload(table, "The navigation property '" + name + "' has a value of the wrong kind.");
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> body(Map<?, ?> json) {
        return (Map<String, Object>) json;
    }

    private static Refusal undeclared(Table table, String name, String rest) {
        return Refusal.badPayload(table, "Microsoft.OData.ODataException: An undeclared property '" + name + rest);
    }
}
