package dev.cosell.sandbox.dataverse;

import dev.cosell.sandbox.Answer;
import dev.cosell.sandbox.Call;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Related rows, addressed as {@code accounts(<guid>)/primarycontactid}, and the references that tie them,
 * {@code …/$ref}.
 */
final class Associations {
    private static final String ID = "@odata.id";

    private final Store store;
    private final Payload payload;
    private final Writer writer;
    private final Rendering rendering;

    Associations(Store store, Payload payload, Writer writer, Rendering rendering) {
        this.store = store;
        this.payload = payload;
        this.writer = writer;
        this.rendering = rendering;
    }

    /** The row a lookup points to, or the rows that point here; only their addresses when {@code references}. */
    Answer get(Call call, Address address, String navigation, boolean references) {
        Row row = address.require(store);
        Column lookup = row.table().lookup(navigation);
        if (lookup != null) {
            return one(call, row, navigation, references);
        }
        Table.Children children = row.table().collections().get(navigation);
        Table table = store.schema().named(children.table());
        Map<String, Object> json = new LinkedHashMap<>();
        if (references) {
            json.put("@odata.context", Links.root(call) + "$metadata#Collection($ref)");
            json.put("value", children(row, children).map(child -> reference(call, child)).toList());
            return Answer.json(200, json);
        }
        Preferences preferences = Preferences.of(call);
        Query query = Query.parse(store, table, call.query());
        List<Row> hits = matching(children(row, children), query).toList();
        json.put("@odata.context", Links.root(call) + "$metadata#" + table.set() + Rendering.selection(query));
        if (query.count()) {
            json.put("@odata.count", hits.size());
        }
        json.put("value", hits.stream().map(child -> rendering.row(child, query, preferences)).toList());
        return preferences.mark(Answer.json(200, json));
    }

    Answer count(Call call, Address address, String navigation) {
        Row row = address.require(store);
        Table.Children children = row.table().collections().get(navigation);
        if (children == null) {
            throw Refusal.noSegment("$count");
        }
        Query query = Query.parse(store, store.schema().named(children.table()), call.query());
        return Answer.text(200, "text/plain", String.valueOf(matching(children(row, children), query).count()));
    }

    private Answer one(Call call, Row row, String navigation, boolean reference) {
        Column lookup = row.table().lookup(navigation);
        Row target = store.follow(row.get(lookup.name()));
        if (target == null || !lookup.takes(navigation, target.table().name())) {
            return Answer.empty(204);
        }
        if (reference) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("@odata.context", Links.root(call) + "$metadata#$ref");
            json.putAll(reference(call, target));
            return Answer.json(200, json);
        }
        Preferences preferences = Preferences.of(call);
        Query query = Query.parse(store, target.table(), call.query());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("@odata.context",
                Links.root(call) + "$metadata#" + target.table().set() + Rendering.selection(query) + "/$entity");
        json.putAll(rendering.row(target, query, preferences));
        return preferences.mark(Answer.json(200, json).with("ETag", target.etag()));
    }

    private Stream<Row> children(Row row, Table.Children children) {
        return store.children(children.table(), children.column(), row.id()).stream();
    }

    private static Stream<Row> matching(Stream<Row> rows, Query query) {
        Stream<Row> hits = query.filter() == null ? rows : rows.filter(query.filter().test());
        hits = query.order() == null ? hits : hits.sorted(query.order());
        return query.top() == null ? hits : hits.limit(query.top());
    }

    private static Map<String, Object> reference(Call call, Row row) {
        return Map.of(ID, Links.root(call) + row.table().set() + "(" + row.id() + ")");
    }

    /** Points a lookup to the row that the body names, or lets that row point here. */
    Answer associate(Call call, Address address, String navigation, UUID actor) {
        Row row = address.require(store);
        if (!(call.json().get(ID) instanceof String reference)) {
            throw Refusal.badPayload(row.table(), "The body must name the related row as '" + ID + "'.");
        }
        Row related = address(reference).require(store);
        Table.Children children = row.table().collections().get(navigation);
        if (children == null) {
            bind(row, navigation, related, actor);
        } else {
            Column lookup = store.schema().named(children.table()).column(children.column());
            bind(related, navigationTo(lookup, row.table()), row, actor);
        }
        return Answer.empty(204);
    }

    /**
     * Clears a lookup.
     *
     * @param child id of the row that shall no longer point here, for a navigation property that holds many rows; else
     *     null
     */
    Answer disassociate(Call call, Address address, String navigation, String child, UUID actor) {
        Row row = address.require(store);
        Table.Children children = row.table().collections().get(navigation);
        if (children == null) {
            bind(row, navigation, null, actor);
            return Answer.empty(204);
        }
        Table table = store.schema().named(children.table());
        String reference = child != null ? table.set() + "(" + child + ")" : call.query("$id");
        if (reference == null) {
            throw Refusal.badUrl("The address does not say which related row to disassociate.");
        }
        Row related = address(reference).require(store);
        Column lookup = table.column(children.column());
        if (related.get(lookup.name()) instanceof Ref here && here.id().equals(row.id())) {
            bind(related, navigationTo(lookup, row.table()), null, actor);
        }
        return Answer.empty(204);
    }

    private Address address(String reference) {
        return Address.parse(store, Payload.lastSegment(reference));
    }

    private static String navigationTo(Column lookup, Table target) {
        return lookup.targets().entrySet().stream().filter(each -> each.getValue().equals(target.name())).findFirst()
                .map(Map.Entry::getKey).orElseThrow();
    }

    private void bind(Row row, String navigation, Row target, UUID actor) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put(navigation + "@odata.bind",
                target == null ? null : "/" + target.table().set() + "(" + target.id() + ")");
        writer.update(row, payload.forUpdate(row.table(), body), actor);
    }
}
