package dev.cosell.sandbox.dataverse;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The query options of a read, checked against the table.
 *
 * @param select  columns to show; null shows all
 * @param filter  null for all rows
 * @param order   null for the order of creation
 * @param top     most rows wanted; null for no limit
 * @param expand  nested reads by navigation property
 * @param count   whether the number of hits is wanted
 */
record Query(List<Column> select, Filter<Row> filter, Comparator<Row> order, Integer top, Map<String, Query> expand,
             boolean count) {
    private static final Set<String> KNOWN = Set.of("$select", "$filter", "$orderby", "$top", "$expand", "$count",
            "$skiptoken", "$deltatoken");
    private static final Set<String> OTHER_LANGUAGES = Set.of("fetchXml", "savedQuery", "userQuery");

    static Query parse(Store store, Table table, Map<String, String> options) {
        options.keySet().forEach(Query::refuseUnknown);
        String filter = options.get("$filter");
        return new Query(select(table, options.get("$select")),
                filter == null ? null : filter(store, table, filter, options),
                order(store, table, options.get("$orderby")), top(options.get("$top")),
                expand(store, table, options.get("$expand")), "true".equals(options.get("$count")));
    }

    private static Filter<Row> filter(Store store, Table table, String text, Map<String, String> options) {
        Function<String, Filter.Property<Row>> properties = name -> property(store, table, name);
        return new FilterParser<>(text, options, properties, (word, tokens) -> word.startsWith(QueryFunctions.PREFIX)
                ? QueryFunctions.read(word, tokens, properties, store.clock())
                : lambda(store, table, word, tokens, options)).parse();
    }

    /** {@code children/any(x:x/name eq 'a')} and {@code all}; null when the word is none of them. */
    private static Predicate<Row> lambda(Store store, Table table, String word, Tokens tokens,
            Map<String, String> options) {
        int slash = word.lastIndexOf('/');
        String kind = word.substring(slash + 1);
        Table.Children children = slash < 0 ? null : table.collections().get(word.substring(0, slash));
        if (children == null || !Set.of("any", "all").contains(kind)) {
            return null;
        }
        String inside = tokens.parenthesized();
        int colon = inside.indexOf(':');
        if (colon < 0) {
            return row -> !store.children(children.table(), children.column(), row.id()).isEmpty();
        }
        String variable = inside.substring(0, colon).strip() + "/";
        Table below = store.schema().named(children.table());
        Predicate<Row> test = new FilterParser<Row>(inside.substring(colon + 1), options, name -> property(store, below,
                name.startsWith(variable) ? name.substring(variable.length()) : name), (ignored, more) -> null).parse()
                .test();
        return row -> {
            var rows = store.children(children.table(), children.column(), row.id()).stream();
            return kind.equals("any") ? rows.anyMatch(test) : rows.allMatch(test);
        };
    }

    private static void refuseUnknown(String option) {
        if (option.startsWith("$") && !KNOWN.contains(option) || OTHER_LANGUAGES.contains(option)) {
            throw new Refusal(501, "0x80060888", "The query option '" + option + "' is not supported.");
        }
    }

    private static List<Column> select(Table table, String text) {
        if (text == null || text.isBlank() || text.equals("*")) {
            return null;
        }
        List<Column> columns = new ArrayList<>();
        for (String name : Tokens.split(text, ',')) {
            Column column = table.property(name);
            if (column == null) {
                throw Refusal.noProperty(table, name);
            }
            columns.add(column);
        }
        return columns;
    }

    private static Integer top(String text) {
        try {
            return text == null ? null : Math.min(5000, Integer.parseInt(text));
        } catch (NumberFormatException e) {
            throw Refusal.badUrl("Invalid value '" + text + "' for $top query option found.");
        }
    }

    private static Filter.Property<Row> property(Store store, Table table, String name) {
        int slash = name.indexOf('/');
        if (slash < 0) {
            Column column = table.property(name);
            if (column == null) {
                throw Refusal.noProperty(table, name);
            }
            return new Filter.Property<>(row -> value(row, column), text -> Values.literal(column, text));
        }
        Column lookup = table.lookup(name.substring(0, slash));
        if (lookup == null) {
            throw Refusal.noProperty(table, name);
        }
        Table target = store.schema().named(lookup.targets().get(name.substring(0, slash)));
        Filter.Property<Row> far = property(store, target, name.substring(slash + 1));
        return new Filter.Property<>(row -> {
            Row parent = store.follow(row.get(lookup.name()));
            return parent == null || parent.table() != target ? null : far.value().apply(parent);
        }, far.literal());
    }

    static Object value(Row row, Column column) {
        if (column.name().equals(row.table().id())) {
            return row.id();
        }
        if (column.name().equals("versionnumber")) {
            return row.version();
        }
        Object value = row.get(column.name());
        return value instanceof Ref ref ? ref.id() : value;
    }

    private static Comparator<Row> order(Store store, Table table, String text) {
        if (text == null) {
            return null;
        }
        Comparator<Row> order = null;
        for (String part : Tokens.split(text, ',')) {
            String[] words = part.split(" +");
            Column column = table.property(words[0]);
            if (column == null) {
                throw Refusal.noProperty(table, words[0]);
            }
            Comparator<Row> next = Comparator.comparing(row -> sortKey(store, row, column),
                    Comparator.nullsFirst(Filter::compare));
            next = words.length > 1 && words[1].equals("desc") ? next.reversed() : next;
            order = order == null ? next : order.thenComparing(next);
        }
        return order;
    }

    /** Lookups sort by the name of the row they point to. */
    private static Object sortKey(Store store, Row row, Column column) {
        Row target = store.follow(row.get(column.name()));
        return target == null ? value(row, column) : target.get(target.table().title());
    }

    private static Map<String, Query> expand(Store store, Table table, String text) {
        Map<String, Query> expands = new LinkedHashMap<>();
        if (text == null) {
            return expands;
        }
        for (String part : Tokens.split(text, ',')) {
            int open = part.indexOf('(');
            String navigation = open < 0 ? part : part.substring(0, open);
            Map<String, String> options = open < 0 ? Map.of() : nested(part.substring(open + 1, part.lastIndexOf(')')));
            expands.put(navigation, parse(store, target(store, table, navigation), options));
        }
        if (expands.size() > 15) {
            throw Refusal.badUrl("The number of $expand options exceeds the limit of 15.");
        }
        return expands;
    }

    private static Table target(Store store, Table table, String navigation) {
        Column lookup = table.lookup(navigation);
        Table.Children children = table.collections().get(navigation);
        if (lookup == null && children == null) {
            throw Refusal.noProperty(table, navigation);
        }
        return store.schema().named(lookup != null ? lookup.targets().get(navigation) : children.table());
    }

    static Map<String, String> nested(String text) {
        Map<String, String> options = new LinkedHashMap<>();
        for (String option : Tokens.split(text, ';')) {
            int equals = option.indexOf('=');
            options.put(equals < 0 ? option : option.substring(0, equals),
                    equals < 0 ? "" : option.substring(equals + 1));
        }
        return options;
    }
}
