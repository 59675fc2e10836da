package dev.cosell.sandbox.salesforce;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Up to 25 calls that know nothing of each other; each stands or falls alone. */
final class CompositeBatch {
    private static final int MOST_REQUESTS = 25;

    private final Database database;
    private final Function<ApiCall, ApiAnswer> api;

    CompositeBatch(Database database, Function<ApiCall, ApiAnswer> api) {
        this.database = database;
        this.api = api;
    }

    ApiAnswer run(ApiCall call) {
        if (!(call.body().get("batchRequests") instanceof List<?> requests) || requests.isEmpty()) {
            throw Refusal.bad("JSON_PARSER_ERROR", "batchRequests is missing or empty");
        }
        if (requests.size() > MOST_REQUESTS) {
            throw Refusal.bad("LIMIT_EXCEEDED", "The batch request holds more than " + MOST_REQUESTS + " subrequests");
        }
        boolean halt = Boolean.TRUE.equals(call.body().get("haltOnError"));
        boolean failed = false;
        List<Object> results = new ArrayList<>();
        for (Object request : requests) {
            ApiAnswer answer = halt && failed ? halted() : one(Database.object(request), call.version());
            failed |= answer.status() >= 400;
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("statusCode", answer.status());
            result.put("result", answer.body());
            results.add(result);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("hasErrors", failed);
        json.put("results", results);
        return ApiAnswer.ok(json);
    }

    private ApiAnswer one(Map<String, Object> request, String version) {
        int mark = database.mark();
        try {
            String url = String.valueOf(request.get("url"));
            Map<String, Object> body = request.get("richInput") == null ? Map.of()
                    : Database.object(request.get("richInput"));
            ApiAnswer answer = api.apply(ApiUrl.call(String.valueOf(request.get("method")),
                    url.matches("v\\d\\d\\.0/.*") ? "/services/data/" + url : url, body, version));
            if (answer.status() >= 300) {
                database.rollBackTo(mark);
            }
            return answer;
        } catch (Refusal refusal) {
            database.rollBackTo(mark);
            return ApiAnswer.of(refusal);
        }
    }

    private static ApiAnswer halted() {
        return ApiAnswer.of(new Refusal(412, "BATCH_PROCESSING_HALTED",
                "Batch processing halted per request. A previous subrequest failed."));
    }
}
