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
    private static final int MOST_NODES = 500;

    private final Database database;
    private final Function<ApiCall, ApiAnswer> api;

    Composite(Database database, Function<ApiCall, ApiAnswer> api) {
        this.database = database;
        this.api = api;
    }

    ApiAnswer run(ApiCall call) {
        List<Map<String, Object>> requests = checked(call.body(), MOST_REQUESTS, MOST_QUERIES);
        boolean allOrNone = Boolean.TRUE.equals(call.body().get("allOrNone"));
        return ApiAnswer.ok(Map.of("compositeResponse", results(requests, allOrNone, call.version())));
    }

    /** Each graph is a transaction of its own: all of it or nothing. */
    ApiAnswer runGraphs(ApiCall call) {
        if (!(call.body().get("graphs") instanceof List<?> given) || given.isEmpty()) {
            throw Refusal.bad("JSON_PARSER_ERROR", "graphs is missing or empty");
        }
        List<Object> graphs = new ArrayList<>();
        for (Object each : given) {
            Map<String, Object> graph = Database.object(each);
            List<Object> results = results(checked(graph, MOST_NODES, MOST_NODES), true, call.version());
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("graphId", graph.get("graphId"));
            json.put("graphResponse", Map.of("compositeResponse", results));
            json.put("isSuccessful",
                    results.stream().allMatch(result -> (int) Database.object(result).get("httpStatusCode") < 300));
            graphs.add(json);
        }
        return ApiAnswer.ok(Map.of("graphs", graphs));
    }

    private List<Object> results(List<Map<String, Object>> requests, boolean allOrNone, String version) {
        int start = database.mark();
        Map<String, Object> bodies = new LinkedHashMap<>();
        List<ApiAnswer> answers = new ArrayList<>();
        int failed = -1;
        for (int i = 0; i < requests.size() && (failed < 0 || !allOrNone); i++) {
            ApiAnswer answer = one(requests.get(i), bodies, version);
            answers.add(answer);
            if (answer.status() >= 300 || hasRefusedRow(answer)) {
                failed = i;
            }
            if (answer.status() < 300) {
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
        return results;
    }

    /** A collection tells of its rows in an answer of 200; the outer allOrNone holds for them too. */
    private static boolean hasRefusedRow(ApiAnswer answer) {
        return answer.status() < 300 && answer.body() instanceof List<?> rows
                && rows.stream().anyMatch(
                        row -> row instanceof Map<?, ?> result && Boolean.FALSE.equals(result.get("success")));
    }

    private static List<Map<String, Object>> checked(Map<String, Object> envelope, int mostRequests, int mostQueries) {
        if (!(envelope.get("compositeRequest") instanceof List<?> given) || given.isEmpty()) {
            throw Refusal.bad("JSON_PARSER_ERROR", "compositeRequest is missing or empty");
        }
        List<Map<String, Object>> requests = given.stream().map(Database::object).toList();
        Set<Object> references = new HashSet<>();
        for (Map<String, Object> request : requests) {
            Object reference = request.get("referenceId");
            if (!(reference instanceof String name) || !name.matches("[A-Za-z0-9_]+") || !references.add(name)) {
                throw Refusal.bad("JSON_PARSER_ERROR",
                        "referenceId is missing, not alphanumeric or used twice: " + reference);
            }
            if (!(request.get("method") instanceof String) || !(request.get("url") instanceof String)) {
                throw Refusal.bad("JSON_PARSER_ERROR", "method or url is missing in " + reference);
            }
        }
        long queries = requests.stream().map(request -> request.get("url").toString())
                .filter(url -> url.matches(".*/query(All)?/?\\?.*|.*/composite/sobjects.*")).count();
        if (requests.size() > mostRequests || queries > mostQueries) {
            throw Refusal.bad("LIMIT_EXCEEDED",
                    "The composite request holds more than " + mostRequests + " subrequests or more than "
                            + mostQueries + " queries or collections");
        }
        return requests;
    }

    private ApiAnswer one(Map<String, Object> request, Map<String, Object> bodies, String version) {
        int mark = database.mark();
        try {
            References references = new References(bodies);
            String url = references.text(request.get("url").toString());
            Object body = request.get("body") == null ? Map.of() : references.in(request.get("body"));
            ApiAnswer answer = api.apply(ApiUrl.call(request.get("method").toString(), url, Database.object(body),
                    version, Wishes.ofPart(Database.object(request.get("httpHeaders")))));
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
