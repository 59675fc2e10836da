package dev.cosell.sandbox.salesforce;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** Up to 200 rows in one call; each row has a result of its own, in order. */
final class SObjectCollections {
    private static final int MOST_WRITES = 200;
    private static final int MOST_READS = 2000;

    private final Engine engine;
    private final Database database;

    SObjectCollections(Engine engine) {
        this.engine = engine;
        this.database = engine.database();
    }

    ApiAnswer handle(ApiCall call) {
        switch (call.method() + " " + call.path().size()) {
            case "POST 2":
                return write(call, record -> created(record, typeOf(record)));
            case "PATCH 2":
                return write(call, this::updated);
            case "DELETE 2":
                return delete(call);
            case "PATCH 4":
                ObjectType type = known(call.at(2));
                Field key = keyOf(type, call.at(3));
                return write(call, record -> upserted(record, type, key));
            case "POST 3":
                return retrieve(call, texts(call.body().get("ids")), texts(call.body().get("fields")));
            case "GET 3":
                return retrieve(call, listed(call, "ids"), listed(call, "fields"));
            default:
                throw new Refusal(405, "METHOD_NOT_ALLOWED", "HTTP Method '" + call.method() + "' not allowed");
        }
    }

    private ApiAnswer write(ApiCall call, Function<Map<String, Object>, Map<String, Object>> one) {
        if (!(call.body().get("records") instanceof List<?> records)) {
            throw Refusal.bad("JSON_PARSER_ERROR", "records is missing");
        }
        List<Map<String, Object>> given = records.stream().map(Database::object).toList();
        return each(given, Boolean.TRUE.equals(call.body().get("allOrNone")), record -> text(record, "id"), one);
    }

    private ApiAnswer delete(ApiCall call) {
        return each(listed(call, "ids"), "true".equalsIgnoreCase(call.query().get("allOrNone")), id -> id, id -> {
            Row row = live(id, null);
            engine.dml().delete(row, engine.user());
            return success(row.id());
        });
    }

    private <T> ApiAnswer each(List<T> items, boolean allOrNone, Function<T, String> idOf,
            Function<T, Map<String, Object>> one) {
        if (items.size() > MOST_WRITES) {
            throw Refusal.bad("EXCEEDED_ID_LIMIT", "record limit reached. cannot submit more than " + MOST_WRITES
                    + " records into this call");
        }
        int start = database.mark();
        List<Map<String, Object>> results = new ArrayList<>();
        boolean failed = false;
        for (T item : items) {
            int mark = database.mark();
            try {
                results.add(one.apply(item));
            } catch (Refusal refusal) {
                database.rollBackTo(mark);
                results.add(failure(idOf.apply(item), refusal));
                failed = true;
            }
        }
        if (failed && allOrNone) {
            database.rollBackTo(start);
            for (int i = 0; i < results.size(); i++) {
                if (Boolean.TRUE.equals(results.get(i).get("success"))) {
                    results.set(i, failure(idOf.apply(items.get(i)), rolledBack()));
                }
            }
        }
        return ApiAnswer.ok(results);
    }

    private static Refusal rolledBack() {
        return Refusal.bad("ALL_OR_NONE_OPERATION_ROLLED_BACK",
                "Record rolled back because not all records were valid and the request was using AllOrNone header");
    }

    private Map<String, Object> created(Map<String, Object> record, ObjectType type) {
        return success(engine.dml().insert(type, without(record, "id"), engine.user()).id());
    }

    private Map<String, Object> updated(Map<String, Object> record) {
        Row row = live(text(record, "id"), typeOf(record));
        return success(engine.dml().update(row, without(record, "id"), engine.user()).id());
    }

    private Map<String, Object> upserted(Map<String, Object> record, ObjectType type, Field key) {
        Object value = record.entrySet().stream().filter(entry -> entry.getKey().equalsIgnoreCase(key.name()))
                .map(Map.Entry::getValue)
                .filter(Objects::nonNull).findFirst().orElse(null);
        if (key.name().equals("Id")) {
            return flagged(value == null ? created(record, type) : updated(record), value == null);
        }
        if (value == null) {
            throw Refusal.bad("MISSING_ARGUMENT", key.name() + " not specified");
        }
        List<Row> rows = database.table(type.name).by(key.name(), value).stream().filter(row -> !row.deleted())
                .toList();
        if (rows.size() > 1) {
            throw Refusal.bad("DUPLICATE_EXTERNAL_ID",
                    key.label() + ": more than one record found for external id field: "
                            + rows.stream().map(Row::id).toList(),
                    key.name());
        }
        if (rows.isEmpty()) {
            return flagged(created(record, type), true);
        }
        return flagged(success(engine.dml().update(rows.get(0), without(record, key.name()), engine.user()).id()),
                false);
    }

    private ApiAnswer retrieve(ApiCall call, List<String> ids, List<String> fields) {
        ObjectType type = known(call.at(2));
        if (ids.size() > MOST_READS) {
            throw Refusal.bad("EXCEEDED_ID_LIMIT",
                    "record limit reached. cannot retrieve more than " + MOST_READS + " records in this call");
        }
        List<Soql.Item> items = fields.stream().<Soql.Item>map(name -> new Soql.Path(List.of(name.split("\\."))))
                .toList();
        engine.runner().check(type, items);
        List<Object> rows = new ArrayList<>();
        for (String id : ids) {
            Row row = database.table(type.name).get(SalesforceIds.complete(id));
            rows.add(row == null || row.deleted() ? null : engine.runner().render(row, items, call.version(), false));
        }
        return ApiAnswer.ok(rows);
    }

    private Row live(String id, ObjectType expected) {
        if (!SalesforceIds.looksLikeOne(id)) {
            throw Refusal.bad("MALFORMED_ID", "malformed id " + id);
        }
        String whole = SalesforceIds.complete(id);
        for (ObjectType type : expected == null ? database.schema.objects() : List.of(expected)) {
            Row row = database.table(type.name).get(whole);
            if (row != null && row.deleted()) {
                throw Refusal.bad("ENTITY_IS_DELETED", "entity is deleted");
            }
            if (row != null) {
                return row;
            }
        }
        throw Refusal.bad("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id");
    }

    private ObjectType known(String name) {
        ObjectType type = database.schema.find(name);
        if (type == null) {
            throw Refusal.notFound();
        }
        return type;
    }

    private Field keyOf(ObjectType type, String name) {
        Field field = type.field(name);
        boolean key = field != null && (field.type() == FieldType.ID || field.is(Field.Trait.EXTERNAL_ID));
        if (!key || !engine.switches().visible(type, field)) {
            throw new Refusal(404, "NOT_FOUND",
                    "Provided external ID field does not exist or is not accessible: " + name);
        }
        return field;
    }

    private ObjectType typeOf(Map<String, Object> record) {
        Object name = record.get("attributes") instanceof Map<?, ?> attributes ? attributes.get("type") : null;
        ObjectType type = name == null ? null : database.schema.find(name.toString());
        if (type == null) {
            throw Refusal.bad("INVALID_TYPE", "sObject type '" + name + "' is not supported.");
        }
        return type;
    }

    private static Map<String, Object> without(Map<String, Object> record, String name) {
        Map<String, Object> fields = new LinkedHashMap<>(record);
        fields.keySet().removeIf(key -> key.equalsIgnoreCase(name));
        return fields;
    }

    private static String text(Map<String, Object> record, String name) {
        return record.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(name) && entry.getValue() != null)
                .map(entry -> entry.getValue().toString()).findFirst().orElse(null);
    }

    private static List<String> texts(Object list) {
        if (!(list instanceof List<?> values)) {
            throw Refusal.bad("JSON_PARSER_ERROR", "ids and fields are lists");
        }
        return values.stream().map(Object::toString).toList();
    }

    private static List<String> listed(ApiCall call, String name) {
        String given = call.query().getOrDefault(name, "");
        return given.isBlank() ? List.of() : Arrays.stream(given.split(",")).map(String::strip).toList();
    }

    private static Map<String, Object> success(String id) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", id);
        json.put("success", true);
        json.put("errors", List.of());
        return json;
    }

    private static Map<String, Object> flagged(Map<String, Object> success, boolean created) {
        success.put("created", created);
        return success;
    }

    private static Map<String, Object> failure(String id, Refusal refusal) {
        Map<String, Object> json = new LinkedHashMap<>();
        if (id != null) {
            json.put("id", id);
        }
        json.put("success", false);
        json.put("errors", List.of(refusal.asRowError()));
        return json;
    }
}
