package dev.cosell.sandbox.salesforce;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Several calls in one, the later ones with values from the answers of the earlier ones; all or nothing when asked. */
final class Composite {
    private static final int MOST_REQUESTS = 25;
    private static final int MOST_QUERIES = 5;

    private final Database database;
    private final Function<ApiCall, ApiAnswer> api;

    Composite(Database database, Function<ApiCall, ApiAnswer> api) {
        this.database = database;
        this.api = api;
    }

    ApiAnswer run(ApiCall call) {
        List<Map<String, Object>> requests = checked(call.body());
        boolean allOrNone = Boolean.TRUE.equals(call.body().get("allOrNone"));
        int start = database.mark();
        Map<String, Object> bodies = new LinkedHashMap<>();
        List<ApiAnswer> answers = new ArrayList<>();
        int failed = -1;
        for (int i = 0; i < requests.size() && (failed < 0 || !allOrNone); i++) {
            ApiAnswer answer = one(requests.get(i), bodies, call.version());
            answers.add(answer);
            if (answer.status() >= 300) {
                failed = i;
            } else {
                bodies.put(requests.get(i).get("referenceId").toString(), answer.body());
            }
        }
        boolean halt = allOrNone && failed >= 0;
        if (halt) {
            database.rollBackTo(start);
        }
        List<Object> results = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            results.add(result(requests.get(i), halt && i != failed ? halted() : answers.get(i)));
        }
        return ApiAnswer.ok(Map.of("compositeResponse", results));
    }

    private static List<Map<String, Object>> checked(Map<String, Object> envelope) {
        if (!(envelope.get("compositeRequest") instanceof List<?> given) || given.isEmpty()) {
            throw Refusal.bad("JSON_PARSER_ERROR", "compositeRequest is missing or empty");
        }
        List<Map<String, Object>> requests = given.stream().map(Database::object).toList();
        Set<Object> references = new HashSet<>();
        for (Map<String, Object> request : requests) {
            Object reference = request.get("referenceId");
            if (!(reference instanceof String name) || !name.matches("[A-Za-z0-9_]+") || !references.add(name)) {
                throw Refusal.bad("JSON_PARSER_ERROR", "referenceId is missing, not alphanumeric or used twice: " + reference);
            }
            if (!(request.get("method") instanceof String) || !(request.get("url") instanceof String)) {
                throw Refusal.bad("JSON_PARSER_ERROR", "method or url is missing in " + reference);
            }
        }
        long queries = requests.stream().filter(request -> request.get("url").toString().matches(".*/query(All)?/?\\?.*")).count();
        if (requests.size() > MOST_REQUESTS || queries > MOST_QUERIES) {
            throw Refusal.bad("LIMIT_EXCEEDED", "The composite request holds more than " + MOST_REQUESTS + " subrequests or more than "
                    + MOST_QUERIES + " queries");
        }
        return requests;
    }

    private ApiAnswer one(Map<String, Object> request, Map<String, Object> bodies, String version) {
        int mark = database.mark();
        try {
            References references = new References(bodies);
            String url = references.text(request.get("url").toString());
            Object body = request.get("body") == null ? Map.of() : references.in(request.get("body"));
            ApiAnswer answer = api.apply(ApiUrl.call(request.get("method").toString(), url, Database.object(body), version));
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
        return ApiAnswer.of(Refusal.bad("PROCESSING_HALTED",
                "The transaction was rolled back since another operation in the same transaction failed."));
    }

    private static Map<String, Object> result(Map<String, Object> request, ApiAnswer answer) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("body", answer.body());
        json.put("httpHeaders", answer.headers());
        json.put("httpStatusCode", answer.status());
        json.put("referenceId", request.get("referenceId"));
        return json;
    }
}
