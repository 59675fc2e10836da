package dev.cosell.sandbox.dataverse;

import dev.cosell.sandbox.Answer;
import dev.cosell.sandbox.Call;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Calls that concern one row. */
final class RowCalls {
    private final Store store;
    private final Payload payload;
    private final Writer writer;
    private final Rendering rendering;
    private final DuplicateRules duplicates;

    RowCalls(Store store, Payload payload, Writer writer, Rendering rendering) {
        this.store = store;
        this.payload = payload;
        this.writer = writer;
        this.rendering = rendering;
        this.duplicates = new DuplicateRules(store);
    }

    Answer get(Call call, Address address) {
        Preferences preferences = Preferences.of(call);
        Query query = Query.parse(store, address.table(), call.query());
        Row row = Collections.shown(call, address.require(store));
        boolean plain = query.expand().isEmpty() && preferences.annotations() == null;
        if (plain && row.etag().equals(call.header("If-None-Match"))) {
            return Answer.empty(304).with("ETag", row.etag());
        }
        return preferences.mark(shown(call, row, query, preferences, 200));
    }

    Answer create(Call call, Table table, UUID actor) {
        Draft draft = payload.forCreate(table, call.json());
        duplicates.check(call, draft, null);
        Row row = writer.create(draft, actor);
        return written(call, row, row.id().toString(), 201);
    }

    /** Updates the row, or creates it when there is none and no condition forbids it. */
    Answer patch(Call call, Address address, UUID actor) {
        Row row = address.find(store);
        refuseUnless(call, address, row);
        Map<String, Object> body = call.json();
        if (row == null) {
            return upserted(call, address, body, actor);
        }
        body.keySet().removeAll(address.key().keySet());
        Draft draft = payload.forUpdate(row.table(), body);
        duplicates.check(call, draft, row.id());
        Row updated = writer.update(row, draft, actor);
        return written(call, updated, keyText(address), 200);
    }

    private Answer upserted(Call call, Address address, Map<String, Object> body, UUID actor) {
        Map<String, Object> whole = new HashMap<>(body);
        if (address.id() != null) {
            whole.put(address.table().id(), address.id().toString());
        }
        Draft draft = payload.forUpsert(address.table(), whole);
        address.key().forEach(draft.values()::putIfAbsent);
        return written(call, writer.create(draft, actor), keyText(address), 201);
    }

    Answer delete(Call call, Address address, UUID actor) {
        Row row = address.require(store);
        refuseUnless(call, address, row);
        writer.delete(row, actor);
        return Answer.empty(204);
    }

    static void refuseUnless(Call call, Address address, Row row) {
        String match = call.header("If-Match");
        if (match != null && row == null) {
            throw address.id() == null ? Refusal.noRowWithKey(address.table())
                    : Refusal.noRow(address.table(), address.id());
        }
        if (match != null && !match.equals("*") && !match.equals(row.etag())) {
            throw Refusal.versionMismatch();
        }
        if ("*".equals(call.header("If-None-Match")) && row != null) {
            throw new Refusal(412, "0x80040237", "A record with matching key values already exists.");
        }
    }

    /** The key in the form the request used. */
    private static String keyText(Address address) {
        if (address.id() != null) {
            return address.id().toString();
        }
        StringBuilder text = new StringBuilder();
        address.key().forEach((column, value) -> text.append(text.isEmpty() ? "" : ",").append(column).append('=')
                .append(value instanceof String string ? "'" + string.replace("'", "''") + "'" : value.toString()));
        return text.toString();
    }

    /**
     * With {@code return=representation} the row ({@code $select} honoured, {@code $expand} ignored), otherwise its
     * address.
     */
    private Answer written(Call call, Row row, String key, int status) {
        Preferences preferences = Preferences.of(call);
        if (!preferences.representation()) {
            return Answer.empty(204).with("OData-EntityId", Links.root(call) + row.table().set() + "(" + key + ")");
        }
        Map<String, String> options = new LinkedHashMap<>(call.query());
        options.remove("$expand");
        Query query = Query.parse(store, row.table(), options);
        return preferences.mark(shown(call, row, query, preferences, status));
    }

    private Answer shown(Call call, Row row, Query query, Preferences preferences, int status) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("@odata.context",
                Links.root(call) + "$metadata#" + row.table().set() + Rendering.selection(query) + "/$entity");
        json.putAll(rendering.row(row, query, preferences));
        return Answer.json(status, json).with("ETag", row.etag());
    }
}
