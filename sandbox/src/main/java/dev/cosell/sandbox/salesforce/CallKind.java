package dev.cosell.sandbox.salesforce;

import java.util.List;
import java.util.Map;

/** How a call appears in the counts. */
final class CallKind {
    private CallKind() {}

    /** Whether a call changes rows when it succeeds; a composite does so with one request that is no GET. */
    static boolean writes(ApiCall call) {
        if (call.method().equals("GET")) {
            return false;
        }
        if (!call.at(0).equals("composite")) {
            return true;
        }
        return switch (call.at(1)) {
            case "sobjects" -> !(call.method().equals("POST") && call.path().size() == 3);
            case "batch" -> writes(call.body().get("batchRequests"));
            case "graph" -> call.body().get("graphs") instanceof List<?> graphs
                && graphs.stream()
                        .anyMatch(graph -> graph instanceof Map<?, ?> map && writes(map.get("compositeRequest")));
            case "tree" -> true;
            default -> writes(call.body().get("compositeRequest"));
        };
    }

    private static boolean writes(Object requests) {
        return requests instanceof List<?> list && list.stream().anyMatch(request -> request instanceof Map<?, ?> map
                && !"GET".equals(map.get("method")));
    }

    /** The path with ids and values in braces. */
    static String template(List<String> segments) {
        StringBuilder template = new StringBuilder("/services/data");
        for (int i = 0; i < segments.size(); i++) {
            template.append('/').append(isVariable(segments, i) ? i == 3 ? "{value}" : "{id}" : segments.get(i));
        }
        return template.toString();
    }

    private static boolean isVariable(List<String> segments, int i) {
        return switch (segments.get(0)) {
            case "sobjects" -> i > 1 && !List.of("describe", "updated", "deleted").contains(segments.get(i));
            case "composite" -> false;
            case "tooling" -> i > 2;
            default -> i > 0;
        };
    }
}
