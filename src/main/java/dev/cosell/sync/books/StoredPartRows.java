package dev.cosell.sync.books;

import dev.cosell.state.Database;
import dev.cosell.verbs.PartRows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** In a table, by CRM and row. */
public final class StoredPartRows implements PartRows {
    private static final int ROWS_PER_QUERY = 500;

    private final Database database;

    public StoredPartRows(Database database) {
        this.database = database;
    }

    @Override
    public void keep(String crm, Map<String, String> records) {
        if (records.isEmpty()) {
            return;
        }
        Map<String, String> before = known(crm, List.copyOf(records.keySet()));
        List<Object[]> added = new ArrayList<>();
        List<Object[]> moved = new ArrayList<>();
        records.forEach((row, record) -> {
            if (!before.containsKey(row)) {
                added.add(new Object[] {crm, row, record});
            } else if (!before.get(row).equals(record)) {
                moved.add(new Object[] {record, crm, row});
            }
        });
        StateFaults.classed(() -> database.inTransaction(statements -> {
            statements.batchUpdate(
                    "INSERT INTO part_row (crm, row_id, record_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", added);
            statements.batchUpdate("UPDATE part_row SET record_id = ? WHERE crm = ? AND row_id = ?", moved);
            return null;
        }));
    }

    @Override
    public List<String> left(String crm, Map<String, String> records) {
        Map<String, String> before = known(crm, List.copyOf(records.keySet()));
        return before.entrySet().stream().filter(row -> !row.getValue().equals(records.get(row.getKey())))
                .map(Map.Entry::getValue).toList();
    }

    @Override
    public Optional<String> record(String crm, String row) {
        return Optional.ofNullable(known(crm, List.of(row)).get(row));
    }

    @Override
    public List<String> records(String crm) {
        return StateFaults
                .classed(() -> database.client().sql("SELECT DISTINCT record_id FROM part_row WHERE crm = ?").param(crm)
                        .query(String.class).list());
    }

    private Map<String, String> known(String crm, List<String> rows) {
        Map<String, String> known = new HashMap<>();
        for (int from = 0; from < rows.size(); from += ROWS_PER_QUERY) {
            List<String> some = rows.subList(from, Math.min(from + ROWS_PER_QUERY, rows.size()));
            String marks = "?" + ", ?".repeat(some.size() - 1);
            StateFaults.classed(() -> database.client()
                    .sql("SELECT row_id, record_id FROM part_row WHERE crm = ? AND row_id IN (" + marks + ")")
                    .param(crm).params(some)
                    .query((row, number) -> known.put(row.getString(1), row.getString(2))).list());
        }
        return known;
    }
}
