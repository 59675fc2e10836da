package dev.cosell.sandbox.salesforce;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The rows that the API user wrote last, newest first. */
final class RecentItems {
    private static final int MOST = 200;

    private final Database database;
    private final String userId;

    RecentItems(Database database, String userId) {
        this.database = database;
        this.userId = userId;
    }

    /** @param limit most rows wanted; null for 200 */
    List<Object> of(Collection<ObjectType> types, String limit, String version) {
        Stream<Row> rows = types.stream().flatMap(type -> database.table(type.name).all().stream())
                .filter(row -> !row.deleted() && userId.equals(row.get("LastModifiedById")));
        int most = limit != null && limit.matches("\\d{1,4}") ? Integer.parseInt(limit) : MOST;
        return rows.sorted(Comparator.comparing(Row::stampKey).reversed()).limit(most).map(row -> item(row, version))
                .toList();
    }

    private static Object item(Row row, String version) {
        Map<String, Object> json = SoqlRunner.start(row, version);
        if (row.get("Name") != null) {
            json.put("Name", row.get("Name"));
        }
        json.put("Id", row.id());
        return json;
    }
}
