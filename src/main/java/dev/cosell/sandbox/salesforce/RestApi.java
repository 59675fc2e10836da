package dev.cosell.sandbox.salesforce;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;

/** Everything behind {@code /services/data/vNN.0}; each call is a transaction of its own. */
final class RestApi {
    static final int DAILY_CALLS = 100_000;

    private final Database database;
    private final RecordApi records;
    private final QueryApi queries;
    private final Composite composite;
    private final IntSupplier callsToday;

    RestApi(Database database, RecordApi records, QueryApi queries, IntSupplier callsToday) {
        this.database = database;
        this.records = records;
        this.queries = queries;
        this.callsToday = callsToday;
        this.composite = new Composite(database, this::dispatch);
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
                return records.handle(call);
            case "query":
            case "queryAll":
                return call.path().size() > 1 ? queries.more(call, call.at(1)) : queries.query(call, call.at(0).equals("queryAll"));
            case "limits":
                return ApiAnswer.ok(limits());
            case "recent":
                return ApiAnswer.ok(List.of());
            case "composite":
                return call.path().size() == 1 && call.method().equals("POST") ? composite.run(call) : unknown();
            default:
                return unknown();
        }
    }

    private static ApiAnswer unknown() {
        throw Refusal.notFound();
    }

    private static Map<String, Object> resources(String version) {
        Map<String, Object> json = new LinkedHashMap<>();
        for (String name : List.of("sobjects", "query", "queryAll", "limits", "recent", "composite")) {
            json.put(name, "/services/data/v" + version + "/" + name);
        }
        return json;
    }

    private Map<String, Object> limits() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("DailyApiRequests", Map.of("Max", DAILY_CALLS, "Remaining", Math.max(0, DAILY_CALLS - callsToday.getAsInt())));
        json.put("DailyStreamingApiEvents", Map.of("Max", 50_000, "Remaining", 50_000));
        json.put("HourlyPublishedPlatformEvents", Map.of("Max", 50_000, "Remaining", 50_000));
        return json;
    }
}
