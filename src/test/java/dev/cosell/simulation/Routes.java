package dev.cosell.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The routes of the sync as their files say them, carried out without Camel. So the simulation follows the order of
 * {@code routes/}, and an edit there is simulated too. What these routes do not use is refused when they are read.
 */
final class Routes {
    /** One step; {@code scope} is of the hint, {@code process} finds beans and systems. */
    interface Step {
        void run(Scope scope, Process process);
    }

    /** What the routes need of the process that runs them. */
    interface Process {
        Object bean(String name);

        /** @return null when no system stands behind the endpoint, so that it is a route */
        Function<Scope, Object> verb(String endpoint);

        boolean handled(String key);
    }

    /** @param without ids of steps that are left out: how a mutation breaks a route */
    Routes(Set<String> without) {
        this.without = without;
        for (String file : List.of("sync", "leads", "failures")) {
            for (Object node : list(read(Path.of("routes", file + ".camel.yaml")))) {
                take(map(node));
            }
        }
    }

    private final Set<String> without;
    private final Map<String, Step> routes = new HashMap<>();
    private Policy policy;

    static Object read(Path file) {
        try {
            return new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    private void take(Map<String, Object> node) {
        if (node.get("route") != null) {
            Map<String, Object> from = map(map(node.get("route")).get("from"));
            String uri = (String) from.get("uri");
            if (uri.startsWith("direct:") && !uri.contains("marketplace")) {
                routes.put(uri, steps(from.get("steps")));
            }
        } else if (node.get("routeConfiguration") != null
                && "failures".equals(map(node.get("routeConfiguration")).get("id"))) {
            policy = new Policy(this, list(map(node.get("routeConfiguration")).get("onException")));
        }
    }

    Policy policy() {
        return policy;
    }

    /** Sends the body to a route or to the system behind the endpoint. */
    void send(String endpoint, Scope scope, Process process) {
        Function<Scope, Object> verb = process.verb(endpoint);
        if (verb != null) {
            scope.body = verb.apply(scope);
            return;
        }
        Step route = routes.get(endpoint);
        if (route == null) {
            throw new IllegalArgumentException("The simulation has no " + endpoint);
        }
        route.run(scope, process);
    }

    Step steps(Object nodes) {
        List<Step> steps = new ArrayList<>();
        list(nodes).forEach(node -> map(node).forEach((kind, of) -> steps.add(step(kind, map(of)))));
        Step[] all = steps.toArray(new Step[0]);
        return (scope, process) -> {
            for (Step step : all) {
                step.run(scope, process);
            }
        };
    }

    private Step step(String kind, Map<String, Object> of) {
        String id = String.valueOf(of.get("id"));
        if (without.contains(id)) {
            return (scope, process) -> { };
        }
        Step inner = new Steps(this).of(kind, of);
        return (scope, process) -> {
            scope.at(id);
            inner.run(scope, process);
        };
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object node) {
        return (Map<String, Object>) node;
    }

    @SuppressWarnings("unchecked")
    static List<Object> list(Object node) {
        return node == null ? List.of() : (List<Object>) node;
    }
}
