package dev.cosell.sandbox.salesforce;

import dev.cosell.sandbox.salesforce.SoqlBinder.Column;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Runs parsed queries and renders rows as answers show them. */
final class SoqlRunner {
    private final Database database;
    private final SoqlBinder binder;
    private final SoqlFilter filter;
    private final Predicate<Row> shared;

    /** Shows every row. */
    SoqlRunner(Database database, SoqlBinder binder) {
        this(database, binder, row -> true);
    }

    /** @param shared whether whoever asks sees a row */
    SoqlRunner(Database database, SoqlBinder binder, Predicate<Row> shared) {
        this.shared = shared;
        this.database = database;
        this.binder = binder;
        this.filter = new SoqlFilter(binder);
    }

    /** The rows a query gives, in order; {@code withDeleted} is queryAll. */
    List<Row> rows(Soql query, boolean withDeleted) {
        ObjectType type = binder.object(query.from());
        Table table = database.table(type.name);
        SoqlPlan.Candidates candidates = SoqlPlan.candidates(table, query.where());
        return select(query, type, candidates.rows(), withDeleted, candidates.byStamp() && isStampOrder(query.order()));
    }

    private List<Row> select(Soql query, ObjectType type, Collection<Row> rows, boolean withDeleted, boolean sorted) {
        Predicate<Row> wanted = query.where() == null ? row -> true : filter.test(type, query.where());
        var order = query.order().isEmpty() ? null : filter.order(type, query.order());
        int end = query.limit() == null ? Integer.MAX_VALUE : query.offset() + query.limit();
        boolean mayStop = sorted || order == null;
        List<Row> found = new ArrayList<>();
        for (Row row : rows) {
            if ((withDeleted || !row.deleted()) && shared.test(row) && wanted.test(row)) {
                found.add(row);
                if (mayStop && found.size() >= end) {
                    break;
                }
            }
        }
        if (order != null && !sorted) {
            found.sort(order);
        }
        int from = Math.min(query.offset(), found.size());
        return found.subList(from, Math.min(end, found.size()));
    }

    private static boolean isStampOrder(List<Soql.Order> order) {
        if (order.isEmpty() || order.size() > 2 || order.stream().anyMatch(Soql.Order::descending)) {
            return false;
        }
        return order.get(0).path().toString().equalsIgnoreCase("SystemModstamp")
                && (order.size() == 1 || order.get(1).path().toString().equalsIgnoreCase("Id"));
    }

    /** A row as an answer shows it: attributes first, then the fields as the query names them. */
    Map<String, Object> render(Row row, List<Soql.Item> items, String version, boolean withDeleted) {
        Map<String, Object> json = start(row, version);
        for (Soql.Item item : items) {
            if (item instanceof Soql.Path path) {
                render(json, row, binder.column(row.type(), path), version);
            } else {
                Soql children = ((Soql.Children) item).query();
                ObjectType.Children relation = relation(row.type(), children.from());
                json.put(relation.relationship(), children(row, relation, children, version, withDeleted));
            }
        }
        return json;
    }

    /** Refuses unknown names even when there is no row to render. */
    void check(ObjectType type, List<Soql.Item> items) {
        for (Soql.Item item : items) {
            if (item instanceof Soql.Path path) {
                binder.column(type, path);
            } else {
                Soql children = ((Soql.Children) item).query();
                check(database.schema.find(relation(type, children.from()).child()), children.select());
            }
        }
    }

    private static ObjectType.Children relation(ObjectType type, String name) {
        ObjectType.Children relation = type.childrenBy(name);
        if (relation == null) {
            throw Refusal.bad("INVALID_TYPE", "Didn't understand relationship '" + name
                    + "' in FROM part of query call. If you are"
                    + " attempting to use a custom relationship, be sure to append the '__r' after the custom "
                    + "relationship name.");
        }
        return relation;
    }

    private void render(Map<String, Object> json, Row row, Column column, String version) {
        Map<String, Object> target = json;
        Row at = row;
        for (Field hop : column.hops()) {
            at = binder.parent(at, hop);
            if (at == null) {
                target.putIfAbsent(hop.relationship(), null);
                return;
            }
            Row parent = at;
            target = Database.object(target.computeIfAbsent(hop.relationship(), key -> start(parent, version)));
        }
        target.put(column.field().name(), binder.value(at, column.field()));
    }

    private Object children(Row row, ObjectType.Children relation, Soql query, String version, boolean withDeleted) {
        Table table = database.table(relation.child());
        List<Row> rows = select(query, table.type, table.by(relation.field(), row.id()), withDeleted, false);
        if (rows.isEmpty()) {
            return null;
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("totalSize", rows.size());
        json.put("done", true);
        json.put("records", rows.stream().map(child -> render(child, query.select(), version, withDeleted)).toList());
        return json;
    }

    static Map<String, Object> start(Row row, String version) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("type", row.type().name);
        attributes.put("url", "/services/data/v" + version + "/sobjects/" + row.type().name + "/" + row.id());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("attributes", attributes);
        return json;
    }

    /** A row with all its visible fields, as GET of a record shows it. */
    Map<String, Object> renderAll(Row row, Switches switches, String version) {
        Map<String, Object> json = start(row, version);
        for (Field field : row.type().fields()) {
            if (switches.visible(row.type(), field)) {
                json.put(field.name(), binder.value(row, field));
            }
        }
        return json;
    }
}
