package dev.cosell.simulation;

import dev.cosell.queue.Defects;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What one hint carries along the routes: body, variables, and what is to happen when all has gone well. */
final class Scope {
    final Map<String, Object> variables = new HashMap<>();
    /** Of the exchange that beans see. */
    final Map<String, Object> properties = new HashMap<>();
    /** Keys of the versions that count as handled once the route has ended. */
    final List<String> keys = new ArrayList<>();
    private final Consumer<String> steps;
    Object body;
    Throwable exception;

    /** @param steps is told the id of each step before it runs, and may end the process there */
    Scope(Object body, Consumer<String> steps) {
        this.body = body;
        properties.put(Defects.HINT, body);
        this.steps = steps;
    }

    void at(String step) {
        steps.accept(step);
    }
}
