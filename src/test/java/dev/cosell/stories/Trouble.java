package dev.cosell.stories;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/** What goes wrong in a history: servers that are sick, slow or behind, and notifications that come twice or never. */
final class Trouble {
    private static final Map<String, Object> UNAVAILABLE = Map.of("status", 503, "body",
            Map.of("error", "unavailable"));
    private static final Map<String, Object> THROTTLED = Map.of("status", 429, "headers", Map.of("Retry-After", "1"),
            "body", Map.of("statusCode", 429, "message", "Rate limit is exceeded."));
    private static final List<Map<String, Object>> FAULTS = List.of(UNAVAILABLE, THROTTLED, Map.of("drop", "before"),
            Map.of("drop", "after"),
            Map.of("drop", "after"), Map.of("delayMillis", 300), Map.of("stale", true), Map.of("stale", true));
    private static final List<String> METHODS = List.of("GET", "PATCH", "POST", "PATCH|POST|PUT", ".*");

    private final Api portal;
    private final Api crm;
    private final Random random;
    private final Consumer<String> told;
    private boolean deliveries = true;

    Trouble(World world, Random random, Consumer<String> told) {
        this.portal = world.partnerCenter();
        this.crm = world.crm().api();
        this.random = random;
        this.told = told;
    }

    void make() {
        switch (random.nextInt(5)) {
            case 0 -> deliveries(!deliveries);
            case 1 -> duplicates(random.nextInt(4));
            default -> fault(random.nextBoolean() ? portal : crm);
        }
    }

    private void fault(Api server) {
        Map<String, Object> rule = new HashMap<>(FAULTS.get(random.nextInt(FAULTS.size())));
        rule.put("method", rule.containsKey("stale") ? "GET" : METHODS.get(random.nextInt(METHODS.size())));
        rule.put("path", server == portal ? "/v1.0/engagements/referrals" : "/services/data|/api/data");
        rule.put("times", 1 + random.nextInt(2));
        server.post("/sandbox/faults", rule);
        told.accept("fault at " + (server == portal ? "Partner Center" : "the CRM") + " " + rule);
    }

    private void deliveries(boolean on) {
        deliveries = on;
        portal.post("/sandbox/settings", Map.of("deliveries", on));
        told.accept("notifications " + (on ? "on" : "off"));
    }

    private void duplicates(int count) {
        portal.post("/sandbox/settings", Map.of("duplicates", count));
        told.accept("each notification " + (count + 1) + " times");
    }

    /** Everything works again. What was not announced stays so: the sweep has to find it. */
    void end() {
        portal.delete("/sandbox/faults");
        crm.delete("/sandbox/faults");
        portal.post("/sandbox/settings", Map.of("deliveries", true, "duplicates", 0));
        told.accept("all troubles end");
    }
}
