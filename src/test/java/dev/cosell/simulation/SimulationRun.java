package dev.cosell.simulation;

import dev.cosell.simulation.Histories.History;
import java.lang.management.ManagementFactory;
import java.util.Collection;

/** {@code bench/simulation [histories [seed]]}: as many random histories as wanted; stops at the third that fails. */
public final class SimulationRun {
    private static final int USUAL = 100_000;
    private static final int MOST_FAILURES = 3;

    private SimulationRun() {}

    /** Nanoseconds that this thread has worked. */
    static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    public static void main(String[] arguments) {
        int histories = arguments.length > 0 ? Integer.parseInt(arguments[0]) : USUAL;
        long first = arguments.length > 1 ? Long.parseLong(arguments[1]) : System.currentTimeMillis();
        new Quiet();
        Simulation simulation = Simulation.of(Mutation.NONE);
        long begun = cpu();
        int failures = 0;
        long seed = first;
        for (; seed < first + histories && failures < MOST_FAILURES; seed++) {
            History history = Histories.of(seed);
            Collection<String> found = simulation.live(history);
            if (!found.isEmpty()) {
                failures++;
                System.out.println(simulation.report(seed, history, found) + "\n");
                simulation.audit(history).forEach(System.out::println);
            }
        }
        double seconds = (cpu() - begun) / 1e9;
        System.out.printf("%d histories from seed %d in %.1f s of a core, %.0f a second; %d failed%n", seed - first,
                first,
                seconds, (seed - first) / seconds, failures);
        System.exit(failures == 0 ? 0 : 1);
    }
}
