package dev.cosell.sandbox.salesforce;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The schema of an object's change events, in the manner of Avro. */
final class EventSchema {
    private final Database database;

    EventSchema(Database database) {
        this.database = database;
    }

    ApiAnswer handle(ApiCall call) {
        if (!call.at(1).equals("eventSchema") || call.path().size() != 3) {
            throw Refusal.notFound();
        }
        return ApiAnswer.ok(
                database.schema.objects().stream().filter(type -> ChangeCapture.schemaId(type.name).equals(call.at(2)))
                        .findFirst().map(EventSchema::schema).orElseThrow(Refusal::notFound));
    }

    private static Map<String, Object> schema(ObjectType type) {
        List<Object> fields = new ArrayList<>();
        fields.add(Map.of("name", "ChangeEventHeader", "type", "com.sforce.eventbus.ChangeEventHeader"));
        for (Field field : type.fields()) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("name", field.name());
            json.put("type", List.of("null", avro(field.type())));
            json.put("default", null);
            fields.add(json);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", ChangeCapture.channel(type.name).substring("/data/".length()));
        json.put("namespace", "com.sforce.eventbus");
        json.put("type", "record");
        json.put("fields", fields);
        json.put("uuid", ChangeCapture.schemaId(type.name));
        return json;
    }

    private static String avro(FieldType type) {
        return switch (type) {
            case BOOLEAN -> "boolean";
            case INT -> "int";
            case CURRENCY, PERCENT, DOUBLE -> "double";
            case DATE, DATETIME -> "long";
            default -> "string";
        };
    }
}
