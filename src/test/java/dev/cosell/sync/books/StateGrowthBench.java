package dev.cosell.sync.books;

import dev.cosell.state.Database;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * How large the H2 file gets, and how fast the state is written. Run by hand; arguments: deals, workers, H2 settings
 * over the usual ones.
 */
public final class StateGrowthBench {
    private static final int STEPS = 5;

    private StateGrowthBench() {}

    public static void main(String[] arguments) throws Exception {
        int deals = Integer.parseInt(arguments[0]);
        int workers = Integer.parseInt(arguments[1]);
        Path file = Files.createTempDirectory("cosell-growth").resolve("state");
        Path stored = Path.of(file + ".mv.db");
        try (Database database = Database
                .open(Database.h2(file.toString()) + (arguments.length > 2 ? arguments[2] : ""), null, null)) {
            StateGrowth growth = new StateGrowth(database);
            long begin = System.nanoTime();
            for (int step = 1; step <= STEPS; step++) {
                growth.create(deals / STEPS, workers);
                Duration took = Duration.ofNanos(System.nanoTime() - begin);
                System.out.printf(Locale.ROOT, "%6d deals  %7.1f MB  %6.0f deals/s%n", deals / STEPS * step,
                        Files.size(stored) / 1e6,
                        deals / STEPS * step * 1e9 / took.toNanos());
            }
        }
        System.out.printf(Locale.ROOT, "closed         %7.1f MB%n", Files.size(stored) / 1e6);
    }
}
