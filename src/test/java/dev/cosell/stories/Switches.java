package dev.cosell.stories;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How the servers of a world behave when a story begins, so that nothing it switches outlasts it. */
final class Switches {
    private static final String SETTINGS = "/sandbox/settings";

    private final Map<Api, Map<String, Object>> before = new LinkedHashMap<>();

    private Switches() {}

    /** As they are now. A server that has no switches is left out. */
    static Switches of(List<Api> servers) {
        Switches switches = new Switches();
        servers.stream().filter(server -> server.raw("GET", SETTINGS, null, Map.of()).statusCode() == 200)
                .forEach(server -> switches.before.put(server, server.get(SETTINGS)));
        return switches;
    }

    /** Ends faults that no call has met, too. */
    void putBack() {
        before.forEach((server, settings) -> {
            server.delete("/sandbox/faults");
            Map<String, Object> now = server.get(SETTINGS);
            if (!now.equals(settings)) {
                Map<String, Object> wanted = new HashMap<>(settings);
                // What is only shown while it is switched on.
                now.keySet().forEach(name -> wanted.putIfAbsent(name, null));
                server.post(SETTINGS, wanted);
            }
        });
    }
}
