package dev.cosell.sandbox.dataverse;

import dev.cosell.sandbox.Answer;
import dev.cosell.sandbox.Call;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Actions bound to a table that write many rows, all or none. */
final class BoundActions {
    private static final String PREFIX = "Microsoft.Dynamics.CRM.";
    private static final Set<String> NAMES = Set.of(PREFIX + "CreateMultiple", PREFIX + "UpdateMultiple");

    private final Store store;
    private final Payload payload;
    private final Writer writer;

    BoundActions(Store store, Payload payload, Writer writer) {
        this.store = store;
        this.payload = payload;
        this.writer = writer;
    }

    static boolean has(String action) {
        return NAMES.contains(action);
    }

    Answer act(Call call, Table table, String action, UUID actor) {
        if (!(call.json().get("Targets") instanceof List<?> targets)) {
            throw Refusal.badPayload(table, "The parameter 'Targets' is required.");
        }
        boolean create = action.endsWith("CreateMultiple");
        List<Object> ids = new ArrayList<>();
        boolean begins = store.begin();
        boolean done = false;
        try {
            for (Object target : targets) {
                ids.add(write(table, body(target), create, actor).toString());
            }
            done = true;
        } finally {
            if (begins) {
                store.end(done);
            }
        }
        if (!create) {
            return Answer.empty(204);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("@odata.context", Links.root(call) + "$metadata#Microsoft.Dynamics.CRM.CreateMultipleResponse");
        json.put("Ids", ids);
        return Answer.json(200, json);
    }

    private UUID write(Table table, Map<String, Object> body, boolean create, UUID actor) {
        if (!("#" + PREFIX + table.name()).endsWith(String.valueOf(body.get("@odata.type")).replace("#", ""))) {
            throw Refusal.badPayload(table, "Each target needs the '@odata.type' " + PREFIX + table.name() + ".");
        }
        if (create) {
            return writer.create(payload.forCreate(table, body), actor).id();
        }
        UUID id = (UUID) Values.checked(table, table.column(table.id()), body.get(table.id()));
        Row row = id == null ? null : store.find(table, id);
        if (row == null) {
            throw Refusal.noRow(table, id);
        }
        return writer.update(row, payload.forUpdate(table, body), actor).id();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> body(Object target) {
        return (Map<String, Object>) target;
    }
}
