package dev.cosell.simulation;

import dev.cosell.simulation.Routes.Process;
import dev.cosell.simulation.Routes.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** What {@code routes/failures.camel.yaml} says of the sync of a hint that fails. */
final class Policy {
    /** What the processor before the next round does. */
    private static final List<Object> BETWEEN = List.of(Map.of("bean",
            Map.of("id", "refused-writes", "ref", "beginnings", "method", "refused")));
    /** The last step of the routes that take hints from the queues. */
    private static final BeanCall WENT_WELL = BeanCall.of("defects", "forget");
    private final List<Clause> clauses = new ArrayList<>();

    Policy(Routes routes, List<Object> nodes) {
        nodes.forEach(node -> clauses.add(Clause.of(routes, Routes.map(Routes.map(node).get("onException")))));
    }

    /** What one {@code onException} or {@code doCatch} says. */
    record Clause(List<Class<?>> kinds, BiFunction<Scope, Process, Boolean> when, boolean handled, int again,
            Step between, Step steps) {
        static Clause of(Routes routes, Map<String, Object> node) {
            List<Class<?>> kinds = new ArrayList<>();
            for (Object name : Routes.list(node.get("exception"))) {
                try {
                    kinds.add(Class.forName((String) name));
                } catch (ClassNotFoundException unknown) {
                    throw new IllegalArgumentException(unknown);
                }
            }
            Map<String, Object> policy = Routes.map(node.get("redeliveryPolicy"));
            Object most = policy == null ? null : policy.get("maximumRedeliveries");
            return new Clause(kinds, node.get("onWhen") == null ? (scope, process) -> true
                    : Steps.condition(Routes.map(node.get("onWhen"))), node.get("handled") != null,
                    most == null ? 0 : Integer.parseInt(most.toString()),
                    routes.steps(node.get("onRedeliveryRef") == null ? null : BETWEEN),
                    routes.steps(node.get("steps")));
        }

        boolean takes(Throwable thrown) {
            return kinds.stream().anyMatch(kind -> kind.isInstance(thrown));
        }

        /** How far the class is above the thrown one. */
        private int distance(Throwable thrown) {
            int distance = 0;
            for (Class<?> kind = thrown.getClass(); kind != null; kind = kind.getSuperclass(), distance++) {
                if (kinds.contains(kind)) {
                    return distance;
                }
            }
            return Integer.MAX_VALUE;
        }
    }

    /**
     * Works on a hint as the consumer of its queue does.
     *
     * @return whether it ended well by itself, so that its version counts as handled; not when it was parked
     * @throws RuntimeException when the hint has to be delivered again
     */
    boolean work(Routes routes, Scope scope, Process process) {
        Object hint = scope.body;
        for (int round = 1;; round++) {
            try {
                scope.body = hint;
                routes.send("direct:sync", scope, process);
                WENT_WELL.run(scope, process.bean(WENT_WELL.bean()));
                return true;
            } catch (RuntimeException thrown) {
                scope.exception = thrown;
                Optional<Clause> clause = clause(scope, process, thrown);
                if (clause.isPresent() && round <= clause.get().again()) {
                    clause.get().between().run(scope, process);
                    continue;
                }
                scope.body = hint;
                clause.ifPresent(found -> found.steps().run(scope, process));
                if (clause.isEmpty() || !clause.get().handled()) {
                    throw thrown;
                }
                return false;
            }
        }
    }

    /** The one whose class is nearest to the thrown one, of those whose condition holds. */
    private Optional<Clause> clause(Scope scope, Process process, Throwable thrown) {
        return clauses.stream().filter(each -> each.takes(thrown))
                .sorted(Comparator.comparingInt(each -> each.distance(thrown)))
                .filter(each -> each.when().apply(scope, process)).findFirst();
    }
}
