package dev.cosell.sandbox.dataverse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Writes of the metadata. What was done is kept as a list of the calls, so that a restored environment can do it again.
 */
final class Customizing {
    static final String OPTION = "InsertOptionValue";
    static final String STATUS = "InsertStatusValue";
    private static final int MOST_KEYS = 10;
    private static final int MOST_KEY_COLUMNS = 16;
    /** What bodies say that is shown as it was said. */
    private static final Set<String> SAID = Set.of("DisplayName", "DisplayCollectionName", "Description",
            "RequiredLevel", "Format",
            "FormatName", "DateTimeBehavior", "Precision", "PrecisionSource");

    /**
     * @param address of the definition that was written, after the base path; null when there is none to tell
     * @param value   the number of a new option; null for other writes
     */
    record Done(String address, Integer value) {
        Done(String address) {
            this(address, null);
        }
    }

    private final Store store;
    private final Schema schema;
    private final EntityDefinitions definitions;
    private final KeyIndexes indexes;
    private final List<Map<String, Object>> journal = new ArrayList<>();

    Customizing(Store store, EntityDefinitions definitions, KeyIndexes indexes) {
        this.store = store;
        this.schema = store.schema();
        this.definitions = definitions;
        this.indexes = indexes;
    }

    /** Does again what a journal tells. */
    @SuppressWarnings("unchecked")
    void replay(List<?> entries) {
        for (Object each : entries) {
            Map<String, Object> entry = (Map<String, Object>) each;
            write((String) entry.get("method"), (List<String>) entry.get("path"),
                    (Map<String, Object>) entry.get("body"));
            indexes.settle(true);
        }
    }

    List<Map<String, Object>> journal() {
        return journal;
    }

    void forget() {
        journal.clear();
        indexes.forget();
    }

    /**
     * Does one write.
     *
     * @param path segments after the base path
     */
    Done write(String method, List<String> path, Map<String, Object> body) {
        Done done = done(method, path, body);
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("method", method);
        entry.put("path", path);
        entry.put("body", body);
        journal.add(entry);
        return done;
    }

    private Done done(String method, List<String> path, Map<String, Object> body) {
        if (path.get(0).equals("EntityDefinitions") && method.equals("POST")) {
            return createTable(body);
        }
        if (path.get(0).equals("RelationshipDefinitions") && method.equals("POST")) {
            return createRelationship(body);
        }
        if (path.get(0).equals(OPTION)) {
            return new Done(null, insertOption(body, Column.Type.Picklist));
        }
        if (path.get(0).equals(STATUS)) {
            return new Done(null, insertStatus(body));
        }
        if (!path.get(0).startsWith("EntityDefinitions(")) {
            throw notAllowed(method);
        }
        Table table = definitions.tableOf(path.get(0));
        String part = path.size() > 1 ? path.get(1).replaceAll("\\(.*", "") : "";
        return switch (method + " " + part) {
            case "POST Attributes" -> createColumn(table, body);
            case "PUT Attributes" -> updateColumn(table, column(table, path.get(1)), body);
            case "DELETE Attributes" -> deleteColumn(table, column(table, path.get(1)));
            case "POST Keys" -> createKey(table, body);
            case "DELETE Keys" -> deleteKey(table, path.get(1));
            case "PUT " -> updateTable(table, body);
            case "DELETE " -> deleteTable(table);
            default -> throw notAllowed(method);
        };
    }

    private static Refusal notAllowed(String method) {
        return new Refusal(405, "0x80060888", "The method '" + method + "' is not allowed here.");
    }

    private Done createColumn(Table table, Map<String, Object> body) {
        Column column = NewColumns.read(body);
        requireNew(table, column);
        table.with(column);
        say(table.name() + "." + column.name(), body);
        return new Done(address(table) + "/Attributes(" + Definitions.id(table.name() + "." + column.name()) + ")");
    }

    private static void requireNew(Table table, Column column) {
        if (table.column(column.name()) != null) {
            throw new Refusal(400, "0x80047013",
                    "An attribute with the specified name " + column.schemaName() + " already exists on the entity "
                            + table.name() + ".");
        }
    }

    private Done updateColumn(Table table, Column column, Map<String, Object> body) {
        Integer length = body.get("MaxLength") instanceof Number number ? (Integer) number.intValue() : null;
        if (length != null && column.type().text()) {
            if (length < column.length()) {
                throw Refusal.invalidArgument("The MaxLength of " + column.name() + " cannot be made smaller.");
            }
            table.with(column.type() == Column.Type.Memo ? Column.memo(column.schemaName(), length)
                    : Column.text(column.schemaName(), length));
        }
        say(table.name() + "." + column.name(), body);
        return new Done(null);
    }

    private Done deleteColumn(Table table, Column column) {
        requireCustom(column.name());
        List<String> keys = table.keys().stream().filter(key -> key.columns().contains(column.name()))
                .map(Table.Key::name).toList();
        if (!keys.isEmpty()) {
            throw new Refusal(400, "0x8004f01f", "The attribute " + column.name()
                    + " cannot be deleted: it is used by the key " + keys.get(0) + ".");
        }
        table.without(column);
        schema.tables()
                .forEach(other -> other.collections().values().remove(new Table.Children(table.name(), column.name())));
        for (Row row : List.copyOf(store.rows(table).all())) {
            Map<String, Object> values = new HashMap<>(row.values());
            if (values.remove(column.name()) != null) {
                store.rows(table)
                        .put(new Row(table, row.id(), row.sequence(), row.version(), Map.copyOf(values), row.before()));
            }
        }
        return new Done(null);
    }

    private Done createKey(Table table, Map<String, Object> body) {
        String name = NewColumns.schemaName(body);
        if (!(body.get("KeyAttributes") instanceof List<?> given) || given.isEmpty()
                || given.size() > MOST_KEY_COLUMNS) {
            throw Refusal.invalidArgument("A key needs 1 to " + MOST_KEY_COLUMNS + " KeyAttributes.");
        }
        List<String> columns = given.stream().map(String.class::cast).toList();
        for (String each : columns) {
            Column column = table.column(each);
            if (column == null || column.type() == Column.Type.Memo || column.type() == Column.Type.Boolean
                    || column.type() == Column.Type.Money) {
                throw Refusal
                        .invalidArgument("The attribute '" + each + "' is missing or has a type that no key can hold.");
            }
        }
        List<Table.Key> others = new ArrayList<>(table.keys());
        others.addAll(indexes.waiting(table).keySet());
        boolean same = others.stream().anyMatch(
                key -> key.name().equalsIgnoreCase(name) || Set.copyOf(key.columns()).equals(Set.copyOf(columns)));
        if (same || others.size() >= MOST_KEYS) {
            throw Refusal.invalidArgument(
                    same ? "A key with the name " + name + " or with the same attributes already exists."
                            : "An entity cannot have more than " + MOST_KEYS + " keys.");
        }
        indexes.build(table, new Table.Key(name, columns));
        return new Done(address(table) + "/Keys(" + Definitions.id(table.name() + "#" + name) + ")");
    }

    private Done deleteKey(Table table, String segment) {
        Table.Key key = key(table, segment);
        indexes.drop(table, key);
        table.keys().remove(key);
        return new Done(null);
    }

    private Table.Key key(Table table, String segment) {
        List<Table.Key> all = new ArrayList<>(table.keys());
        all.addAll(indexes.waiting(table).keySet());
        return all.stream()
                .filter(key -> segment.equals("Keys(" + Definitions.id(table.name() + "#" + key.name()) + ")")
                        || segment.equalsIgnoreCase("Keys(LogicalName='" + key.name() + "')"))
                .findFirst()
                .orElseThrow(() -> new Refusal(404, "0x80060888", "Could not find a key for '" + segment + "'."));
    }

    /** Begins anew with a key whose index could not be built. */
    void reactivate(Map<String, Object> body) {
        Table table = named(body.get("EntityLogicalName"));
        indexes.retry(table, key(table, "Keys(LogicalName='" + body.get("EntityKeyLogicalName") + "')"));
    }

    private Done createTable(Map<String, Object> body) {
        String schemaName = NewColumns.schemaName(body);
        String name = schemaName.toLowerCase(Locale.ROOT);
        if (schema.named(name) != null) {
            throw new Refusal(400, "0x80040237", "An entity with the name " + schemaName + " already exists.");
        }
        List<Map<?, ?>> columns = body.get("Attributes") instanceof List<?> list
                ? list.stream().<Map<?, ?>>map(each -> (Map<?, ?>) each).toList() : List.of();
        Map<?, ?> primary = columns.stream().filter(each -> Boolean.TRUE.equals(each.get("IsPrimaryName"))).findFirst()
                .orElseThrow(() -> Refusal.invalidArgument("The entity has no attribute with IsPrimaryName."));
        Column title = NewColumns.read(primary);
        String set = Objects.requireNonNullElse(body.get("EntitySetName"), name + "s").toString()
                .toLowerCase(Locale.ROOT);
        Table table = new Table(schemaName, set, name + "id", title.name(),
                Boolean.TRUE.equals(body.get("ChangeTrackingEnabled")));
        for (Map<?, ?> each : columns) {
            table.with(NewColumns.read(each));
        }
        StandardTables.stateful(table);
        schema.add("OrganizationOwned".equals(body.get("OwnershipType")) ? StandardTables.stamped(table)
                : StandardTables.owned(table));
        store.add(table);
        say(name, body);
        return new Done("EntityDefinitions(" + Definitions.id(name) + ")");
    }

    private Done updateTable(Table table, Map<String, Object> body) {
        if (Boolean.TRUE.equals(body.get("ChangeTrackingEnabled"))) {
            table.track();
        } else if (Boolean.FALSE.equals(body.get("ChangeTrackingEnabled")) && table.changeTracking()) {
            throw Refusal.invalidArgument("Change tracking of " + table.name() + " cannot be turned off.");
        }
        say(table.name(), body);
        return new Done(null);
    }

    private Done deleteTable(Table table) {
        requireCustom(table.name());
        schema.remove(table);
        return new Done(null);
    }

    private Done createRelationship(Map<String, Object> body) {
        String name = NewColumns.schemaName(body);
        Table to = named(body.get("ReferencedEntity"));
        Table from = named(body.get("ReferencingEntity"));
        boolean cascade = body.get("CascadeConfiguration") instanceof Map<?, ?> rules
                && "Cascade".equals(rules.get("Delete"));
        if (!(body.get("Lookup") instanceof Map<?, ?> lookup)) {
            throw Refusal.invalidArgument("Only relationships with a new Lookup can be created here.");
        }
        Column column = NewColumns.lookup(lookup, to.name(), cascade);
        requireNew(from, column);
        from.with(column);
        store.rows(from).index(column.name());
        to.children(name, from.name(), column.name());
        return new Done("RelationshipDefinitions(" + Definitions.id("relationship " + name) + ")");
    }

    /** One more status reason of a state; returns it. */
    private int insertStatus(Map<String, Object> body) {
        Table table = named(body.get("EntityLogicalName"));
        Column states = table.column("statecode");
        if (!(body.get("StateCode") instanceof Integer state) || states == null
                || !states.options().containsKey(state)) {
            throw Refusal.invalidArgument("'" + body.get("StateCode") + "' is no StateCode of " + table.name() + ".");
        }
        int value = insertOption(body, Column.Type.Status);
        table.ownStatuses().put(value, state);
        return value;
    }

    /** One more value of a choice; returns it. */
    private int insertOption(Map<String, Object> body, Column.Type type) {
        Column column = named(body.get("EntityLogicalName")).column(String.valueOf(body.get("AttributeLogicalName")));
        if (column == null || column.type() != type) {
            throw Refusal.invalidArgument("'" + body.get("AttributeLogicalName") + "' is no " + type + " column of "
                    + body.get("EntityLogicalName") + ".");
        }
        int value = body.get("Value") instanceof Number number ? number.intValue()
                : column.options().isEmpty() ? 727_000_000
                        : Math.max(727_000_000, column.options().lastKey() + 1);
        String text = Labels.text(body.get("Label"));
        if (column.options().putIfAbsent(value, text == null ? "" : text) != null) {
            throw Refusal.invalidArgument("The option value " + value + " of " + column.name() + " already exists.");
        }
        return value;
    }

    private Table named(Object logicalName) {
        Table table = schema.named(String.valueOf(logicalName));
        if (table == null) {
            throw new Refusal(404, "0x80041102", "The entity with a name = '" + logicalName + "' was not found.");
        }
        return table;
    }

    private static Column column(Table table, String segment) {
        return table.columns().values().stream()
                .filter(each -> segment.equals("Attributes(LogicalName='" + each.name() + "')")
                        || segment.equals("Attributes(" + Definitions.id(table.name() + "." + each.name()) + ")"))
                .findFirst()
                .orElseThrow(
                        () -> new Refusal(404, "0x80060888", "Could not find an attribute for '" + segment + "'."));
    }

    private static void requireCustom(String name) {
        if (!name.contains("_")) {
            throw Refusal.invalidArgument("'" + name + "' belongs to the system and cannot be deleted.");
        }
    }

    private void say(String of, Map<String, Object> body) {
        Map<String, Object> said = new LinkedHashMap<>(schema.said(of));
        body.forEach((name, value) -> {
            if (SAID.contains(name) && value != null) {
                said.put(name, name.startsWith("Display") || name.equals("Description")
                        ? Labels.label(Objects.requireNonNullElse(Labels.text(value), "")) : value);
            }
        });
        schema.say(of, said);
    }

    private static String address(Table table) {
        return "EntityDefinitions(LogicalName='" + table.name() + "')";
    }
}
