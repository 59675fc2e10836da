package dev.cosell.sandbox.salesforce;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All tables of the org, with a journal that undoes what a failed transaction wrote. */
final class Database {
    private record Undo(Table table, String id, Row before) {}

    final Schema schema;
    private final Map<String, Table> tables = new LinkedHashMap<>();
    private final Map<String, Long> numbers = new LinkedHashMap<>();
    private final List<Undo> journal = new ArrayList<>();
    private ChangeCapture capture;

    Database() {
        this(new Schema());
    }

    Database(Schema schema) {
        this.schema = schema;
        clear();
    }

    void clear() {
        journal.clear();
        numbers.clear();
        tables.clear();
        schema.objects().forEach(this::add);
    }

    /** Makes room for the rows of an object that the schema has got. */
    void add(ObjectType type) {
        tables.put(type.name, new Table(type));
    }

    Table table(String declaredName) {
        return tables.get(declaredName);
    }

    String nextId(ObjectType type) {
        return SalesforceIds.of(type.prefix, numbers.merge(type.name, 1L, Long::sum));
    }

    /** The row that was created last and is not deleted, by anybody; null when there is none. */
    Row latest(String declaredName) {
        Table table = table(declaredName);
        for (long number = numbers.getOrDefault(declaredName, 0L); number > 0; number--) {
            Row row = table.get(SalesforceIds.of(table.type.prefix, number));
            if (row != null && !row.deleted()) {
                return row;
            }
        }
        return null;
    }

    void put(Row row) {
        Table table = table(row.type().name);
        journal.add(new Undo(table, row.id(), table.put(row)));
    }

    void remove(Row row) {
        Table table = table(row.type().name);
        journal.add(new Undo(table, row.id(), table.remove(row.id())));
    }

    /** A place in the journal to come back to. */
    int mark() {
        return journal.size();
    }

    void rollBackTo(int mark) {
        while (journal.size() > mark) {
            Undo undo = journal.remove(journal.size() - 1);
            if (undo.before() == null) {
                undo.table().remove(undo.id());
            } else {
                undo.table().put(undo.before());
            }
        }
    }

    void commit() {
        Collection<ChangeCapture.Change> changes = capture != null && capture.isOn() ? changes() : List.of();
        journal.clear();
        if (!changes.isEmpty()) {
            capture.committed(changes);
        }
    }

    /** Tells every commit from now on. */
    void tell(ChangeCapture changes) {
        capture = changes;
    }

    private Collection<ChangeCapture.Change> changes() {
        Map<String, ChangeCapture.Change> changes = new LinkedHashMap<>();
        for (Undo undo : journal) {
            Row after = undo.table().get(undo.id());
            if (undo.before() != null || after != null) {
                changes.putIfAbsent(undo.id(), new ChangeCapture.Change(undo.before(), after));
            }
        }
        return changes.values();
    }

    Map<String, Object> snapshot() {
        Map<String, Object> rows = new LinkedHashMap<>();
        tables.forEach((name, table) -> rows.put(name, table.all().stream().map(Row::values).toList()));
        return Map.of("rows", rows, "numbers", new LinkedHashMap<>(numbers));
    }

    /** How many ids were given, by the name of their object. */
    Map<String, Long> given() {
        return Map.copyOf(numbers);
    }

    /** @param given ids that are not given again, although the snapshot may not know their rows */
    void restore(Map<String, Object> snapshot, Map<String, Long> given) {
        clear();
        object(snapshot.get("numbers")).forEach((name, number) -> numbers.put(name, ((Number) number).longValue()));
        given.forEach((name, number) -> numbers.merge(name, number, Math::max));
        object(snapshot.get("rows")).forEach((name, rows) -> {
            ObjectType type = schema.find(name);
            for (Object values : (List<?>) rows) {
                table(name).put(new Row(type, object(values), null));
            }
        });
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(Object json) {
        return (Map<String, Object>) json;
    }
}
