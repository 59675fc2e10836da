package dev.cosell.cluster;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The program behind {@code bench/faults}. */
public final class FaultsBench {
    private static final Duration AWAY = Duration.ofSeconds(6);
    private static final int EDITS_AN_END = 100;
    private static final int DEALS = 40;

    private FaultsBench() {}

    /** @param arguments form, edits, seed, and a folder on a small file system of its own or nothing */
    public static void main(String[] arguments) {
        // Whoever interrupts it finds no process of it left. PostgreSQL is stopped by a hook of its own, with pg_ctl.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> ProcessHandle.current().descendants()
                .filter(each -> each.info().command().orElse("").endsWith("java"))
                .forEach(ProcessHandle::destroyForcibly)));
        List<String> line = List.of(arguments);
        int edits = Integer.parseInt(line.get(1));
        RealParts parts = line.get(0).equals("postgresql") ? RealParts.behindWires() : RealParts.embedded();
        OneProcessRun run = OneProcessRun.with(parts, line.size() > 3 ? Path.of(line.get(3)) : null,
                new OneProcessRun.Size(DEALS, edits, Math.max(1, edits / EDITS_AN_END), AWAY, People.Patience.LONG),
                Long.parseLong(line.get(2)),
                what -> System.err.println(LocalTime.now().truncatedTo(ChronoUnit.SECONDS) + " " + what));
        System.out.println(run.table());
        System.exit(run.lost().isEmpty() && run.doubled().isEmpty() && run.looped().isEmpty()
                && run.parked().isEmpty() && run.differences().isEmpty() ? 0 : 1);
    }
}
