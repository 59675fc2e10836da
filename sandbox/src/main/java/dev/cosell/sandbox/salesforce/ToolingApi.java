package dev.cosell.sandbox.salesforce;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The parts of the Tooling API for custom fields (queries over fields and objects, fields one by one) and for what
 * sends change events.
 */
final class ToolingApi {
    private static final String FIELD = "CustomField";
    private static final String OBJECT = "CustomObject";
    private static final String MEMBER = "PlatformEventChannelMember";

    private final Database database;
    private final Switches switches;
    private final Customizing customizing;
    private final Clock clock;
    private final Database definitions = new Database(new Schema(
            new ObjectType(FIELD, "00N", Field.text("DeveloperName", 80), Field.text("TableEnumOrId", 40),
                    Field.text("NamespacePrefix", 15)),
            new ObjectType(OBJECT, "01I", Field.text("DeveloperName", 80), Field.text("NamespacePrefix", 15)),
            new ObjectType(MEMBER, "0v8", Field.text("DeveloperName", 80), Field.text("EventChannel", 80),
                    Field.text("SelectedEntity", 80))));
    private final QueryApi queries;

    ToolingApi(Database database, Switches switches, Customizing customizing, Clock clock) {
        this.database = database;
        this.switches = switches;
        this.customizing = customizing;
        this.clock = clock;
        Switches none = new Switches();
        SoqlBinder binder = new SoqlBinder(definitions, none);
        this.queries = new QueryApi(definitions, none, binder, new SoqlRunner(definitions, binder), clock);
    }

    ApiAnswer handle(ApiCall call) {
        if (call.at(1).equals("query") && call.method().equals("GET")) {
            if (!switches.viewSetup && String.valueOf(call.query().get("q")).contains(MEMBER)) {
                throw Refusal.bad("INVALID_TYPE", "sObject type '" + MEMBER + "' is not supported.");
            }
            read();
            return queries.query(call, false);
        }
        if (!call.at(1).equals("sobjects") || !call.at(2).equals(FIELD)) {
            throw Refusal.notFound();
        }
        if (!call.method().equals("GET") && !switches.customizeApplication) {
            throw mayNot();
        }
        return call.path().size() == 3 ? create(call) : one(call);
    }

    /** The refusal of somebody who is no administrator. */
    static Refusal mayNot() {
        return new Refusal(403, "INSUFFICIENT_ACCESS", "insufficient access rights on cross-reference id");
    }

    /** The definitions as they are now; their ids come from their names and stay. */
    private void read() {
        definitions.clear();
        for (ObjectType type : database.schema.objects()) {
            String table = type.custom() ? Customizing.id("01I", type.name) : type.name;
            if (type.custom()) {
                put(OBJECT, table, Map.of("DeveloperName", bare(type.name)));
            }
            type.fields().stream().filter(Field::custom)
                    .forEach(field -> put(FIELD, Customizing.id("00N", type.name + "." + field.name()),
                            Map.of("DeveloperName", bare(field.name()), "TableEnumOrId", table)));
        }
        switches.captured.forEach(name -> {
            String event = ChangeCapture.channel(name).substring("/data/".length());
            put(MEMBER, Customizing.id("0v8", event),
                    Map.of("DeveloperName", switches.captureChannel + "_" + event, "EventChannel",
                            switches.captureChannel,
                            "SelectedEntity", event));
        });
        definitions.commit();
    }

    private void put(String object, String id, Map<String, Object> given) {
        ObjectType type = definitions.schema.find(object);
        Map<String, Object> values = new LinkedHashMap<>();
        type.fields().forEach(field -> values.put(field.name(), given.get(field.name())));
        values.put("Id", id);
        values.put("IsDeleted", false);
        values.put("SystemModstamp", Values.wire(clock.instant()));
        definitions.put(new Row(type, values, null));
    }

    private static String bare(String name) {
        return name.replaceAll("__c$", "");
    }

    private ApiAnswer create(ApiCall call) {
        if (!call.method().equals("POST")) {
            throw new Refusal(405, "METHOD_NOT_ALLOWED",
                    "HTTP Method '" + call.method() + "' not allowed. Allowed are POST");
        }
        if (!(call.body().get("FullName") instanceof String fullName)
                || !(call.body().get("Metadata") instanceof Map<?, ?> metadata)) {
            throw Refusal.bad("REQUIRED_FIELD_MISSING", "Required fields are missing: [FullName, Metadata]", "FullName",
                    "Metadata");
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("id", customizing.createField(fullName, Database.object(metadata)));
        answer.put("success", true);
        for (String list : List.of("errors", "warnings", "infos")) {
            answer.put(list, List.of());
        }
        return ApiAnswer.of(201, answer);
    }

    private ApiAnswer one(ApiCall call) {
        for (ObjectType type : database.schema.objects()) {
            for (Field field : type.fields()) {
                if (field.custom() && Customizing.id("00N", type.name + "." + field.name()).startsWith(call.at(3))) {
                    return one(call, type, field);
                }
            }
        }
        throw Refusal.notFound();
    }

    private ApiAnswer one(ApiCall call, ObjectType type, Field field) {
        String fullName = type.name + "." + field.name();
        switch (call.method()) {
            case "GET":
                Map<String, Object> json = new LinkedHashMap<>();
                json.put("attributes", Map.of("type", FIELD, "url",
                        "/services/data/v" + call.version() + "/tooling/sobjects/CustomField/" + call.at(3)));
                json.put("Id", Customizing.id("00N", fullName));
                json.put("DeveloperName", bare(field.name()));
                json.put("FullName", fullName);
                json.put("Metadata", FieldMetadata.write(field, children(type, field)));
                return ApiAnswer.ok(json);
            case "PATCH":
                customizing.changeField(fullName, Database.object(call.body().get("Metadata")));
                return ApiAnswer.of(204, null);
            default:
                throw new Refusal(405, "METHOD_NOT_ALLOWED",
                        "HTTP Method '" + call.method() + "' not allowed. Allowed are HEAD,GET,PATCH");
        }
    }

    private ObjectType.Children children(ObjectType type, Field field) {
        return field.referenceTo() == null ? null : database.schema.find(field.referenceTo()).children().stream()
                .filter(each -> each.child().equals(type.name) && each.field().equals(field.name())).findFirst()
                .orElse(null);
    }
}
