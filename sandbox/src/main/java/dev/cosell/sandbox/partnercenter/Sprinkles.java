package dev.cosell.sandbox.partnercenter;

import dev.cosell.sandbox.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the service may add any day without notice: properties and values that nobody has documented. */
final class Sprinkles {
    private Sprinkles() {}

    @SuppressWarnings("unchecked")
    static Map<String, Object> over(Map<String, Object> referral) {
        Map<String, Object> tree = Json.copy(referral);
        tree.put("aiSummary", Map.of("score", 0.75, "labels", java.util.List.of("new", "unknown")));
        tree.put("registrationStatus", "UnderAppeal");
        tree.put("dealSensitivity", "Embargoed");
        Trees.put(tree, "consent/consentToTrainModels", true);
        Trees.put(tree, "details/forecastCategory", "Upside");
        if ("Active".equals(tree.get("status"))) {
            tree.put("substatus", "Engaged");
        }
        Trees.list(tree, "details/requirements/solutions").forEach(item -> {
            if (item instanceof Map<?, ?> solution) {
                ((Map<String, Object>) solution).put("marketplaceTier", new LinkedHashMap<>(Map.of("code", "T9")));
            }
        });
        return tree;
    }
}
