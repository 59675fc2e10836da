package dev.cosell.sandbox.dataverse;

import dev.cosell.sandbox.Answer;
import dev.cosell.sandbox.Call;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Reads and writes of one column of a row, addressed as {@code opportunities(<guid>)/name}. */
final class Properties {
    private final Store store;
    private final Payload payload;
    private final Writer writer;

    Properties(Store store, Payload payload, Writer writer) {
        this.store = store;
        this.payload = payload;
        this.writer = writer;
    }

    /** The value in its JSON envelope; 204 when it is empty. */
    Answer get(Call call, Address address, Column column) {
        Row row = address.require(store);
        Object value = Rendering.shown(column, Query.value(row, column));
        if (value == null) {
            return Answer.empty(204);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("@odata.context",
                Links.root(call) + "$metadata#" + row.table().set() + "(" + row.id() + ")/" + column.property());
        json.put("value", value);
        return Answer.json(200, json);
    }

    /** The bare value as text. */
    Answer raw(Address address, Column column) {
        Object value = Rendering.shown(column, Query.value(address.require(store), column));
        return value == null ? Answer.empty(204) : Answer.text(200, "text/plain", value.toString());
    }

    Answer put(Call call, Address address, Column column, UUID actor) {
        Map<String, Object> body = call.json();
        if (!body.containsKey("value")) {
            throw Refusal.badPayload(address.table(), "The body of a property's PUT must have a 'value'.");
        }
        return write(call, address, column, body.get("value"), actor);
    }

    Answer delete(Call call, Address address, Column column, UUID actor) {
        return write(call, address, column, null, actor);
    }

    private Answer write(Call call, Address address, Column column, Object value, UUID actor) {
        Row row = address.require(store);
        RowCalls.refuseUnless(call, address, row);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put(column.property(), value);
        writer.update(row, payload.forUpdate(row.table(), body), actor);
        return Answer.empty(204);
    }
}
