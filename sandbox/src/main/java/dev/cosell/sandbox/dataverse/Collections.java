package dev.cosell.sandbox.dataverse;

import dev.cosell.sandbox.Answer;
import dev.cosell.sandbox.Call;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** Reads of many rows: filter, order, pages and counts. */
final class Collections {
    private static final int COUNT_LIMIT = 5000;
    private static final String TOTAL = "Microsoft.Dynamics.CRM.totalrecordcount";

    private final Store store;
    private final Rendering rendering;

    Collections(Store store, Rendering rendering) {
        this.store = store;
        this.rendering = rendering;
    }

    Answer read(Call call, Table table) {
        Preferences preferences = Preferences.of(call);
        Query query = Query.parse(store, table, call.query());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("@odata.context", Links.root(call) + "$metadata#" + table.set() + Rendering.selection(query));
        if (query.count()) {
            long count = count(table, query);
            json.put("@odata.count", count);
            if (preferences.wants(TOTAL)) {
                json.put("@" + TOTAL, count);
                json.put("@" + TOTAL + "limitexceeded",
                        matching(rowsFor(table, query), query).skip(COUNT_LIMIT).findAny().isPresent());
            }
        }
        Page page = query.order() == null || query.top() != null
                ? inSequence(call, table, query, preferences.pageSize())
                : sorted(call, table, query, preferences.pageSize());
        json.put("value",
                page.rows().stream().map(row -> rendering.row(shown(call, row), query, preferences)).toList());
        if (page.next() != null) {
            json.put("@odata.nextLink", Links.same(call, table.set(), "$skiptoken", page.next()));
        }
        return preferences.mark(Answer.json(200, json));
    }

    /** The number of hits as plain text. */
    Answer count(Call call, Table table) {
        return Answer.text(200, "text/plain", String.valueOf(count(table, Query.parse(store, table, call.query()))));
    }

    private long count(Table table, Query query) {
        return matching(rowsFor(table, query), query).limit(COUNT_LIMIT).count();
    }

    /** A stale read shows the state before the last change. */
    static Row shown(Call call, Row row) {
        return call.stale() && row.before() != null ? row.before() : row;
    }

    /** @param next token of the next page; null on the last one */
    private record Page(List<Row> rows, String next) {}

    private Page inSequence(Call call, Table table, Query query, int pageSize) {
        if (query.top() != null) {
            Stream<Row> hits = matching(rowsFor(table, query), query);
            return new Page((query.order() == null ? hits : hits.sorted(query.order())).limit(query.top()).toList(),
                    null);
        }
        String token = call.query("$skiptoken");
        Collection<Row> rows = token == null ? rowsFor(table, query)
                : store.rows(table).bySequence().tailMap(Long.parseLong(Links.parts(token, "after", 2)[1]), false)
                        .values();
        List<Row> hits = new ArrayList<>(matching(rows, query).limit(pageSize + 1L).toList());
        if (hits.size() <= pageSize) {
            return new Page(hits, null);
        }
        hits.remove(pageSize);
        return new Page(hits, Links.token("after", hits.get(pageSize - 1).sequence()));
    }

    private Page sorted(Call call, Table table, Query query, int pageSize) {
        String token = call.query("$skiptoken");
        int from = token == null ? 0 : Integer.parseInt(Links.parts(token, "at", 2)[1]);
        List<Row> hits = matching(rowsFor(table, query), query).sorted(query.order()).toList();
        int to = Math.min(hits.size(), from + pageSize);
        return new Page(hits.subList(Math.min(from, to), to), to < hits.size() ? Links.token("at", to) : null);
    }

    private static Stream<Row> matching(Collection<Row> rows, Query query) {
        return query.filter() == null ? rows.stream() : rows.stream().filter(query.filter().test());
    }

    /** All rows in the order of their creation, or the few that an index gives. */
    private Collection<Row> rowsFor(Table table, Query query) {
        Rows rows = store.rows(table);
        if (query.filter() != null) {
            for (Filter.Equality equality : query.filter().equality()) {
                Column column = table.property(equality.property());
                if (column != null && rows.indexed(column.name())) {
                    return inOrder(rows, rows.holding(column.name(), equality.value()));
                }
            }
        }
        return rows.all();
    }

    private static List<Row> inOrder(Rows rows, Collection<UUID> ids) {
        return ids.stream().map(rows::get).sorted(java.util.Comparator.comparingLong(Row::sequence)).toList();
    }
}
