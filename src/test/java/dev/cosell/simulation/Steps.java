package dev.cosell.simulation;

import dev.cosell.simulation.Routes.Process;
import dev.cosell.simulation.Routes.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The kinds of steps in the routes of the sync. */
record Steps(Routes routes) {

    Step of(String kind, Map<String, Object> node) {
        return switch (kind) {
            case "to", "toD" -> to(node);
            case "bean" -> bean(node);
            case "setVariable" -> setVariable(node);
            case "removeVariable" -> (scope, process) -> scope.variables.remove((String) node.get("name"));
            case "setBody" -> setBody(node);
            case "filter" -> filter(node);
            case "choice" -> choice(node);
            case "loop" -> loop(node);
            case "idempotentConsumer" -> idempotent(node);
            case "doTry" -> doTry(node);
            case "stop" -> (scope, process) -> {
                throw new IllegalStateException("Nothing stops a hint here, but this did: " + node.get("id"));
            };
            case "log" -> (scope, process) -> { };
            default -> throw new IllegalArgumentException("The simulation knows no step " + kind + ": " + node);
        };
    }

    private Step to(Map<String, Object> node) {
        Function<Scope, Object> endpoint = Simple.value((String) node.get("uri"));
        String send = (String) node.get("variableSend");
        String receive = (String) node.get("variableReceive");
        return (scope, process) -> {
            Object kept = scope.body;
            if (send != null) {
                scope.body = scope.variables.get(send);
            }
            routes.send((String) endpoint.apply(scope), scope, process);
            if (receive != null) {
                scope.variables.put(receive, scope.body);
                scope.body = kept;
            } else if (send != null) {
                scope.body = kept;
            }
        };
    }

    private static Step bean(Map<String, Object> node) {
        BeanCall call = BeanCall.of((String) node.get("ref"), (String) node.get("method"));
        return (scope, process) -> call.run(scope, process.bean(call.bean()));
    }

    private static Step setVariable(Map<String, Object> node) {
        BiFunction<Scope, Process, Object> value = value(node);
        String name = (String) node.get("name");
        return (scope, process) -> scope.variables.put(name, value.apply(scope, process));
    }

    private static Step setBody(Map<String, Object> node) {
        BiFunction<Scope, Process, Object> value = value(node);
        return (scope, process) -> scope.body = value.apply(scope, process);
    }

    private static BiFunction<Scope, Process, Object> value(Map<String, Object> node) {
        if (node.get("method") != null) {
            Map<String, Object> method = Routes.map(node.get("method"));
            BeanCall call = BeanCall.of((String) method.get("ref"), (String) method.get("method"));
            return (scope, process) -> call.run(scope, process.bean(call.bean()));
        }
        if (node.get("constant") != null) {
            Object constant = node.get("constant");
            return (scope, process) -> constant;
        }
        if (node.get("variable") != null) {
            return (scope, process) -> scope.variables.get((String) node.get("variable"));
        }
        Function<Scope, Object> simple = Simple.value((String) node.get("simple"));
        return (scope, process) -> simple.apply(scope);
    }

    static BiFunction<Scope, Process, Boolean> condition(Map<String, Object> node) {
        if (node.get("method") != null) {
            BiFunction<Scope, Process, Object> answer = value(node);
            return (scope, process) -> Boolean.TRUE.equals(answer.apply(scope, process));
        }
        Function<Scope, Boolean> simple = Simple.predicate((String) node.get("simple"));
        return (scope, process) -> simple.apply(scope);
    }

    private Step filter(Map<String, Object> node) {
        BiFunction<Scope, Process, Boolean> condition = condition(node);
        Step steps = routes.steps(node.get("steps"));
        return (scope, process) -> {
            if (condition.apply(scope, process)) {
                steps.run(scope, process);
            }
        };
    }

    private Step choice(Map<String, Object> node) {
        record When(BiFunction<Scope, Process, Boolean> condition, Step steps) {}
        List<When> whens = new ArrayList<>();
        for (Object each : Routes.list(node.get("when"))) {
            whens.add(new When(condition(Routes.map(each)), routes.steps(Routes.map(each).get("steps"))));
        }
        Map<String, Object> otherwise = Routes.map(node.get("otherwise"));
        Step rest = otherwise == null ? (scope, process) -> { } : routes.steps(otherwise.get("steps"));
        return (scope, process) -> {
            for (When when : whens) {
                if (when.condition().apply(scope, process)) {
                    when.steps().run(scope, process);
                    return;
                }
            }
            rest.run(scope, process);
        };
    }

    private Step loop(Map<String, Object> node) {
        BiFunction<Scope, Process, Boolean> condition = condition(node);
        Step steps = routes.steps(node.get("steps"));
        return (scope, process) -> {
            while (condition.apply(scope, process)) {
                steps.run(scope, process);
            }
        };
    }

    /** Not eager: the key is added when the whole exchange has ended well. */
    private Step idempotent(Map<String, Object> node) {
        BiFunction<Scope, Process, Object> key = value(node);
        Step steps = routes.steps(node.get("steps"));
        return (scope, process) -> {
            String version = (String) key.apply(scope, process);
            if (!process.handled(version)) {
                scope.keys.add(version);
                steps.run(scope, process);
            }
        };
    }

    private Step doTry(Map<String, Object> node) {
        Step steps = routes.steps(node.get("steps"));
        List<Policy.Clause> clauses = new ArrayList<>();
        for (Object each : Routes.list(node.get("doCatch"))) {
            clauses.add(Policy.Clause.of(routes, Routes.map(each)));
        }
        Map<String, Object> last = Routes.map(node.get("doFinally"));
        Step end = last == null ? (scope, process) -> { } : routes.steps(last.get("steps"));
        return (scope, process) -> {
            try {
                steps.run(scope, process);
            } catch (RuntimeException thrown) {
                Policy.Clause clause = clauses.stream().filter(each -> each.takes(thrown)).findFirst().orElse(null);
                if (clause == null) {
                    end.run(scope, process);
                    throw thrown;
                }
                scope.exception = thrown;
                clause.steps().run(scope, process);
                scope.exception = null;
            }
            end.run(scope, process);
        };
    }
}
