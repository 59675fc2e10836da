package dev.cosell.sandbox.salesforce;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;

/** Everything behind {@code /services/data/vNN.0}; each call is a transaction of its own. */
final class RestApi {
    private final Database database;
    private final RecordApi records;
    private final QueryApi queries;
    private final CompositeApi composites;
    private final Replication replication;
    private final SearchApi search;
    private final RecentItems recent;
    private final Switches switches;
    private final ToolingApi tooling;
    private final IntSupplier callsToday;

    RestApi(Engine engine, RecordApi records, QueryApi queries, ToolingApi tooling, IntSupplier callsToday) {
        this.tooling = tooling;
        this.database = engine.database();
        this.switches = engine.switches();
        this.records = records;
        this.queries = queries;
        this.callsToday = callsToday;
        this.composites = new CompositeApi(engine, this::dispatch);
        this.replication = new Replication(engine);
        this.search = new SearchApi(engine);
        this.recent = new RecentItems(database, engine.user().userId());
    }

    ApiAnswer handle(ApiCall call) {
        try {
            ApiAnswer answer = dispatch(call);
            database.commit();
            return answer;
        } catch (RuntimeException e) {
            database.rollBackTo(0);
            if (e instanceof Refusal refusal) {
                return ApiAnswer.of(refusal);
            }
            throw e;
        }
    }

    private ApiAnswer dispatch(ApiCall call) {
        switch (call.at(0)) {
            case "":
                return ApiAnswer.ok(resources(call.version()));
            case "sobjects":
                if (!call.method().equals("GET") && !switches.customizeApplication
                        && PermissionObjects.include(call.at(1))) {
                    throw ToolingApi.mayNot();
                }
                return Replication.covers(call) ? replication.handle(call) : records.handle(call);
            case "query":
            case "queryAll":
                return call.path().size() > 1 ? queries.more(call, call.at(1))
                        : queries.query(call, call.at(0).equals("queryAll"));
            case "limits":
                return ApiAnswer.ok(limits());
            case "recent":
                return ApiAnswer.ok(recent.of(database.schema.objects(), call.query().get("limit"), call.version()));
            case "search":
                return search.search(call);
            case "event":
                return new EventSchema(database).handle(call);
            case "tooling":
                return tooling.handle(call);
            case "composite":
                return composites.handle(call);
            default:
                return unknown();
        }
    }

    private static ApiAnswer unknown() {
        throw Refusal.notFound();
    }

    private static Map<String, Object> resources(String version) {
        Map<String, Object> json = new LinkedHashMap<>();
        for (String name : List.of("sobjects", "query", "queryAll", "limits", "recent", "search", "composite",
                "tooling")) {
            json.put(name, "/services/data/v" + version + "/" + name);
        }
        return json;
    }

    private Map<String, Object> limits() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("DailyApiRequests", Map.of("Max", switches.shownDailyCalls(),
                "Remaining", Math.max(0, switches.shownDailyCalls() - callsToday.getAsInt())));
        json.put("DailyStreamingApiEvents", Map.of("Max", 50_000, "Remaining", 50_000));
        json.put("HourlyPublishedPlatformEvents", Map.of("Max", 50_000, "Remaining", 50_000));
        return json;
    }
}
