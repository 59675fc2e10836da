package dev.cosell.sandbox.dataverse;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Rows as JSON. */
final class Rendering {
    private static final String FORMATTED = "OData.Community.Display.V1.FormattedValue";
    private static final String LOOKUP_TABLE = "Microsoft.Dynamics.CRM.lookuplogicalname";
    private static final String LOOKUP_NAVIGATION = "Microsoft.Dynamics.CRM.associatednavigationproperty";

    private final Store store;

    Rendering(Store store) {
        this.store = store;
    }

    /** The row with the selected columns, the columns that always come, and the expanded rows. */
    Map<String, Object> row(Row row, Query query, Preferences preferences) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("@odata.etag", row.etag());
        Collection<Column> selected = query.select() == null ? row.table().columns().values() : query.select();
        boolean money = false;
        for (Column column : selected) {
            column(json, row, column, preferences);
            money |= column.type() == Column.Type.Money;
        }
        Column currency = row.table().column("transactioncurrencyid");
        if (money && currency != null && !json.containsKey(currency.property())) {
            column(json, row, currency, preferences);
        }
        json.put(row.table().id(), row.id().toString());
        query.expand()
                .forEach((navigation, nested) -> json.put(navigation, expanded(row, navigation, nested, preferences)));
        return json;
    }

    private void column(Map<String, Object> json, Row row, Column column, Preferences preferences) {
        Object value = Query.value(row, column);
        if (value != null && preferences.annotations() != null) {
            annotate(json, row, column, preferences);
        }
        json.put(column.property(), shown(column, value));
    }

    static Object shown(Column column, Object value) {
        if (!column.readable()) {
            return null;
        }
        if (column.type() == Column.Type.Money && value != null) {
            return ((BigDecimal) value).setScale(4);
        }
        return value instanceof java.util.UUID ? value.toString() : value;
    }

    private void annotate(Map<String, Object> json, Row row, Column column, Preferences preferences) {
        Object value = row.get(column.name());
        Row target = store.follow(value);
        String label = target != null ? (String) target.get(target.table().title()) : label(column, value);
        if (label != null && preferences.wants(FORMATTED)) {
            json.put(column.property() + "@" + FORMATTED, label);
        }
        if (value instanceof Ref ref) {
            if (preferences.wants(LOOKUP_NAVIGATION)) {
                column.targets().keySet().stream().filter(navigation -> column.takes(navigation, ref.table()))
                        .forEach(navigation -> json.put(column.property() + "@" + LOOKUP_NAVIGATION, navigation));
            }
            if (preferences.wants(LOOKUP_TABLE)) {
                json.put(column.property() + "@" + LOOKUP_TABLE, ref.table());
            }
        }
    }

    private static String label(Column column, Object value) {
        return switch (column.type()) {
            case Picklist, State, Status -> column.options().get((Integer) value);
            case Boolean -> (Boolean) value ? "Yes" : "No";
            case Money -> String.format(java.util.Locale.UK, "%,.2f", (BigDecimal) value);
            case Integer, Decimal, DateTime, DateOnly -> value.toString();
            default -> null;
        };
    }

    private Object expanded(Row row, String navigation, Query query, Preferences preferences) {
        Column lookup = row.table().lookup(navigation);
        if (lookup != null) {
            Row target = store.follow(row.get(lookup.name()));
            boolean fits = target != null && target.table().name().equals(lookup.targets().get(navigation));
            return fits ? row(target, query, preferences) : null;
        }
        Table.Children children = row.table().collections().get(navigation);
        Stream<Row> rows = store.children(children.table(), children.column(), row.id()).stream();
        rows = query.filter() == null ? rows : rows.filter(query.filter().test());
        rows = query.order() == null ? rows : rows.sorted(query.order());
        rows = query.top() == null ? rows : rows.limit(query.top());
        List<Object> json = new ArrayList<>();
        Column way = store.schema().named(children.table()).column(children.column());
        rows.forEach(child -> json.add(withWay(child, way, row(child, query, preferences))));
        return json;
    }

    /** Rows of a collection show the lookup that led to them, before all else, whether it was selected or not. */
    private static Map<String, Object> withWay(Row child, Column way, Map<String, Object> shown) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("@odata.etag", shown.get("@odata.etag"));
        json.put(way.property(), shown(way, Query.value(child, way)));
        json.putAll(shown);
        return json;
    }

    /** The part of the context URL that lists what was selected. */
    static String selection(Query query) {
        if (query.select() == null && query.expand().isEmpty()) {
            return "";
        }
        List<String> names = new ArrayList<>();
        if (query.select() != null) {
            query.select().forEach(column -> names.add(column.property()));
        }
        query.expand().forEach((navigation, nested) -> names.add(navigation + "()"));
        return "(" + String.join(",", names) + ")";
    }
}
