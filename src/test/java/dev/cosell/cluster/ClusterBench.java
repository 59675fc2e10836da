package dev.cosell.cluster;

import java.util.List;

/** The program behind {@code bench/cluster}. */
public final class ClusterBench {
    private static final String USAGE = "bench/cluster faults [edits [seed]] | throughput | cost [waves of warm-up]";

    private ClusterBench() {}

    public static void main(String[] arguments) {
        // Whoever interrupts it finds no process of it left. PostgreSQL is stopped by a hook of its own, with pg_ctl.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> ProcessHandle.current().descendants()
                .filter(each -> each.info().command().orElse("").endsWith("java"))
                .forEach(ProcessHandle::destroyForcibly)));
        List<String> line = List.of(arguments);
        String table = switch (line.isEmpty() ? "" : line.get(0)) {
            case "faults" -> FaultsRun.with(line.size() > 1 ? Integer.parseInt(line.get(1)) : 3000, line.size() > 2
                    ? Long.parseLong(line.get(2)) : 1,
                    System.err::println).table();
            case "throughput" -> ThroughputRun.table(System.err::println);
            case "cost" -> CostRun.table(line.size() > 1 ? Integer.parseInt(line.get(1)) : 40, System.err::println);
            default -> "usage: " + USAGE;
        };
        System.out.println(table);
        System.exit(0);
    }
}
