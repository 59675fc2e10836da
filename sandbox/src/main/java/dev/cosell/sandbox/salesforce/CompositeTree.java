package dev.cosell.sandbox.salesforce;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Creates up to 200 rows with their child rows; all or none. */
final class CompositeTree {
    private static final int MOST_ROWS = 200;

    private final Engine engine;

    CompositeTree(Engine engine) {
        this.engine = engine;
    }

    ApiAnswer run(ApiCall call) {
        ObjectType type = engine.database().schema.find(call.at(2));
        if (type == null) {
            throw Refusal.notFound();
        }
        if (!(call.body().get("records") instanceof List<?> records) || records.isEmpty()) {
            throw Refusal.bad("JSON_PARSER_ERROR", "records is missing or empty");
        }
        int mark = engine.database().mark();
        List<Object> created = new ArrayList<>();
        List<Object> failed = new ArrayList<>();
        records.forEach(record -> add(type, Database.object(record), null, null, created, failed));
        if (created.size() + failed.size() > MOST_ROWS) {
            throw Refusal.bad("LIMIT_EXCEEDED", "The request holds more than " + MOST_ROWS + " records");
        }
        if (!failed.isEmpty()) {
            engine.database().rollBackTo(mark);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("hasErrors", !failed.isEmpty());
        json.put("results", failed.isEmpty() ? created : failed);
        return ApiAnswer.of(failed.isEmpty() ? 201 : 400, json);
    }

    private void add(ObjectType type, Map<String, Object> record, String parentField, String parentId,
            List<Object> created,
            List<Object> failed) {
        Map<String, Object> fields = new LinkedHashMap<>(record);
        Map<ObjectType.Children, List<?>> below = new LinkedHashMap<>();
        record.forEach((name, value) -> {
            ObjectType.Children children = type.childrenBy(name);
            if (children != null && value instanceof Map<?, ?> rows && rows.get("records") instanceof List<?> list) {
                fields.remove(name);
                below.put(children, list);
            }
        });
        if (parentField != null) {
            fields.put(parentField, parentId);
        }
        Object reference = record.get("attributes") instanceof Map<?, ?> attributes ? attributes.get("referenceId")
                : null;
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("referenceId", reference);
        try {
            if (reference == null) {
                throw Refusal.bad("INVALID_INPUT", "Include a reference ID for each record in the request.");
            }
            Row row = engine.dml().insert(type, fields, engine.user());
            result.put("id", row.id());
            created.add(result);
            below.forEach((children, list) -> list.forEach(child -> add(engine.database().schema.find(children.child()),
                    Database.object(child), children.field(), row.id(), created, failed)));
        } catch (Refusal refusal) {
            result.put("errors", List.of(refusal.asRowError()));
            failed.add(result);
        }
    }
}
