package dev.cosell.simulation;

import dev.cosell.simulation.Histories.History;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.Collections;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * {@code bench/simulation [histories [seed]]}: as many random histories as wanted; stops at the third that fails. Each
 * history is lived on one thread, and as many at a time as the machine has cores.
 */
public final class SimulationRun {
    private static final int USUAL = 100_000;
    private static final int MOST_FAILURES = 3;

    private final long end;
    private final AtomicLong next;
    private final AtomicInteger lived = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();

    private SimulationRun(long first, int histories) {
        next = new AtomicLong(first);
        end = first + histories;
    }

    public static void main(String[] arguments) throws InterruptedException, ExecutionException {
        int histories = arguments.length > 0 ? Integer.parseInt(arguments[0]) : USUAL;
        long first = arguments.length > 1 ? Long.parseLong(arguments[1]) : System.currentTimeMillis();
        new Quiet();
        SimulationRun run = new SimulationRun(first, histories);
        int cores = Runtime.getRuntime().availableProcessors();
        long begun = System.nanoTime();
        ExecutorService workers = Executors.newFixedThreadPool(cores);
        for (Future<?> worker : workers.invokeAll(Collections.nCopies(cores, Executors.callable(run::work)))) {
            worker.get();
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        double cpu = ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getProcessCpuTime() / 1e9;
        System.out.printf("%d histories from seed %d on %d cores in %.1f s, %.0f a second (%.1f s of CPU with the "
                + "start and Java's compilers); %d failed%n", run.lived.get(), first, cores, seconds,
                run.lived.get() / seconds, cpu, run.failures.get());
        System.exit(run.failures.get() == 0 ? 0 : 1);
    }

    private void work() {
        Simulation simulation = Simulation.of(Mutation.NONE);
        for (long seed; failures.get() < MOST_FAILURES && (seed = next.getAndIncrement()) < end;) {
            live(seed, simulation);
            lived.incrementAndGet();
        }
    }

    private void live(long seed, Simulation simulation) {
        History history = Histories.of(seed);
        Collection<String> found = simulation.live(history);
        if (!found.isEmpty()) {
            failures.incrementAndGet();
            String report = simulation.report(seed, history, found) + "\n\n"
                    + String.join("\n", simulation.audit(history));
            synchronized (this) {
                System.out.println(report);
            }
        }
    }
}
