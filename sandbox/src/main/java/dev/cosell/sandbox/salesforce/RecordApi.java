package dev.cosell.sandbox.salesforce;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The sobjects resources: describe, and rows by id or external id. */
final class RecordApi {
    private final Database database;
    private final Switches switches;
    private final Dml dml;
    private final SoqlRunner runner;
    private final Dml.Actor actor;
    private final Describe describe;
    private final RecentItems recent;
    private final DescribeTimes describeTimes;

    RecordApi(Engine engine) {
        this.database = engine.database();
        this.switches = engine.switches();
        this.dml = engine.dml();
        this.runner = engine.runner();
        this.actor = engine.user();
        this.recent = new RecentItems(database, actor.userId());
        this.describe = new Describe(database, switches);
        this.describeTimes = new DescribeTimes(engine.clock());
    }

    ApiAnswer handle(ApiCall call) {
        if (call.path().size() == 1) {
            require(call, "GET");
            return ApiAnswer.ok(describe.global(call.version()));
        }
        ObjectType type = database.schema.find(call.at(1));
        if (type == null) {
            throw Refusal.notFound();
        }
        return switch (call.path().size()) {
            case 2 -> collection(call, type);
            case 3 -> call.at(2).equals("describe") ? described(call, type) : byId(call, type);
            case 4 -> byExternalId(call, type);
            default -> throw Refusal.notFound();
        };
    }

    private static void require(ApiCall call, String method) {
        if (!call.method().equals(method)) {
            throw notAllowed(call);
        }
    }

    private static Refusal notAllowed(ApiCall call) {
        return new Refusal(405, "METHOD_NOT_ALLOWED",
                "HTTP Method '" + call.method() + "' not allowed. Allowed are HEAD,GET,POST,PATCH,DELETE");
    }

    private ApiAnswer described(ApiCall call, ObjectType type) {
        require(call, "GET");
        Map<String, Object> description = describe.object(type, call.version());
        Instant changed = describeTimes.of(type.name + call.version(), description);
        String time = DateTimeFormatter.RFC_1123_DATE_TIME.format(changed.atOffset(ZoneOffset.UTC));
        return call.wishes().knows(changed) ? ApiAnswer.of(304, null)
                : new ApiAnswer(200, description, Map.of("Last-Modified", time));
    }

    private ApiAnswer collection(ApiCall call, ObjectType type) {
        if (call.method().equals("GET")) {
            return ApiAnswer.ok(Map.of("objectDescribe", describe.summary(type, call.version()), "recentItems",
                    recent.of(List.of(type), null, call.version())));
        }
        require(call, "POST");
        return created(call, dml.insert(type, assigned(type, call), actor), false);
    }

    private static ApiAnswer created(ApiCall call, Row row, boolean upsert) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", row.id());
        body.put("success", true);
        body.put("errors", List.of());
        if (upsert) {
            body.put("created", true);
        }
        return new ApiAnswer(201, body, Map.of("Location", url(call, row)));
    }

    private static String url(ApiCall call, Row row) {
        return "/services/data/v" + call.version() + "/sobjects/" + row.type().name + "/" + row.id();
    }

    private ApiAnswer byId(ApiCall call, ObjectType type) {
        if (call.at(2).equalsIgnoreCase("Id") && call.method().equals("POST")) {
            return collection(call, type);
        }
        if (!SalesforceIds.looksLikeOne(call.at(2))) {
            throw new Refusal(404, "NOT_FOUND",
                    "Provided external ID field does not exist or is not accessible: " + call.at(2));
        }
        Row row = database.table(type.name).get(SalesforceIds.complete(call.at(2)));
        if (row == null || !switches.sees(row)) {
            throw Refusal.notFound();
        }
        if (row.deleted()) {
            throw new Refusal(404, "ENTITY_IS_DELETED", "entity is deleted");
        }
        return one(call, type, row);
    }

    private ApiAnswer one(ApiCall call, ObjectType type, Row row) {
        Instant changed = Values.instant(row.text("LastModifiedDate"));
        if (!call.method().equals("GET")) {
            call.wishes().refuseIfModified(changed);
        } else if (call.wishes().knows(changed)) {
            return ApiAnswer.of(304, null);
        }
        switch (call.method()) {
            case "GET":
                return ApiAnswer.ok(shown(call, call.stale() ? row.asBefore() : row));
            case "PATCH":
                dml.update(row, assigned(type, call), actor);
                return ApiAnswer.of(204, null);
            case "DELETE":
                dml.delete(row, actor);
                return ApiAnswer.of(204, null);
            default:
                throw notAllowed(call);
        }
    }

    /** What is written of a record: the active rule gives away a lead with each write that does not forbid it. */
    private Map<String, Object> assigned(ObjectType type, ApiCall call) {
        if (switches.leadsGoTo == null || !type.name.equals(Schema.LEAD) || !call.wishes().assigned()) {
            return call.body();
        }
        Map<String, Object> body = new LinkedHashMap<>(call.body());
        body.keySet().removeIf(name -> name.equalsIgnoreCase("OwnerId"));
        body.put("OwnerId", switches.leadsGoTo);
        return body;
    }

    private Map<String, Object> shown(ApiCall call, Row row) {
        String fields = call.query().get("fields");
        if (fields == null || fields.isBlank()) {
            return runner.renderAll(row, switches, call.version());
        }
        List<Soql.Item> items = List.of(fields.split(","))
                .stream().<Soql.Item>map(name -> new Soql.Path(List.of(name.strip().split("\\."))))
                .toList();
        Map<String, Object> json = runner.render(row, items, call.version(), false);
        json.put("Id", row.id());
        return json;
    }

    private ApiAnswer byExternalId(ApiCall call, ObjectType type) {
        Field field = type.field(call.at(2));
        if (field != null && field.name().equals("Id")) {
            return byId(new ApiCall(call.method(), call.version(), List.of(call.at(0), call.at(1), call.at(3)),
                    call.query(), call.body(),
                    call.stale(), call.wishes()), type);
        }
        if (field == null || !field.is(Field.Trait.EXTERNAL_ID) || !switches.visible(type, field)) {
            throw new Refusal(404, "NOT_FOUND",
                    "Provided external ID field does not exist or is not accessible: " + call.at(2));
        }
        List<Row> rows = database.table(type.name).by(field.name(), call.at(3)).stream()
                .filter(row -> !row.deleted() && switches.sees(row)).toList();
        if (rows.size() > 1) {
            return ApiAnswer.of(300, rows.stream().map(row -> url(call, row)).toList());
        }
        if (!call.method().equals("PATCH")) {
            if (rows.isEmpty()) {
                throw Refusal.notFound();
            }
            return one(call, type, rows.get(0));
        }
        return upsert(call, type, field, rows.isEmpty() ? null : rows.get(0));
    }

    private ApiAnswer upsert(ApiCall call, ObjectType type, Field field, Row found) {
        for (String name : call.body().keySet()) {
            if (name.equalsIgnoreCase(field.name())) {
                throw Refusal.bad("INVALID_FIELD",
                        "The " + field.name() + " field should not be specified in the sobject data.", field.name());
            }
        }
        if (found == null && "true".equals(call.query().get("updateOnly"))) {
            throw Refusal.notFound();
        }
        if (found == null) {
            Map<String, Object> body = new LinkedHashMap<>(assigned(type, call));
            body.put(field.name(), call.at(3));
            return created(call, dml.insert(type, body, actor), true);
        }
        call.wishes().refuseIfModified(Values.instant(found.text("LastModifiedDate")));
        Row updated = dml.update(found, assigned(type, call), actor);
        if (Double.parseDouble(call.version()) < 46) {
            return ApiAnswer.of(204, null);
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", updated.id());
        body.put("success", true);
        body.put("errors", List.of());
        body.put("created", false);
        return ApiAnswer.ok(body);
    }
}
