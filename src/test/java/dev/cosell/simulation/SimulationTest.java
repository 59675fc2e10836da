package dev.cosell.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import org.junit.jupiter.api.Test;

class SimulationTest {
    @Test
    void random_histories_end_equal_and_silent() {
        Simulation simulation = Simulation.of(Mutation.NONE);
        int histories = Integer.getInteger("simulation.histories", 200);
        long first = Long.getLong("simulation.seed", 1);
        long begun = System.nanoTime();
        int failures = 0;
        for (long seed = first; seed < first + histories; seed++) {
            Histories.History history = Histories.of(seed);
            Collection<String> found = simulation.live(history);
            if (!found.isEmpty()) {
                System.out.println(simulation.report(seed, history, found));
                if (++failures >= 3) break;
            }
        }
        System.out.println(histories + " in " + (System.nanoTime() - begun) / 1_000_000 + " ms, failures " + failures);
        assertThat(failures).isZero();
    }
}
