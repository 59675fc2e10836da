package dev.cosell.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.simulation.Event.Kind;
import dev.cosell.simulation.Histories.History;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever happens to systems, calls, hints and the process, in whatever order: both sides end equal by policy, nothing
 * is lost, doubled or written without a cause, and then there is silence. The steps run in the order that the files
 * under {@code routes/} say. More histories: {@code bench/simulation}.
 */
class SimulationTest {
    /** As many as take about half a minute of a core. */
    private static final int HISTORIES = 2000;
    private static final int SOON = 3000;
    private static final Simulation PRODUCT = Simulation.of(Mutation.NONE);
    private static Quiet quiet;

    @BeforeAll
    static void quiet() {
        quiet = new Quiet();
    }

    @AfterAll
    static void loudAgain() {
        quiet.close();
    }

    @Test
    void random_histories_end_equal_and_silent() {
        for (long seed = 1; seed <= HISTORIES; seed++) {
            endsWell(seed, Histories.of(seed));
        }
    }

    /** Each found a fault once, in the product or in the simulation. */
    @ParameterizedTest
    @ValueSource(longs = {1, 3, 9, 11, 14, 42, 43, 56, 60, 116, 220, 289, 408, 1031, 1201, 1534, 1643, 101201})
    void a_seed_that_has_failed_ends_well(long seed) {
        endsWell(seed, Histories.withoutSwitch(seed));
    }

    @ParameterizedTest
    @ValueSource(longs = {4349, 8258, 8615, 9808, 10086, 11231, 11491, 12261, 12463, 15282, 16285, 16706, 18228, 18325,
            19373, 21709, 23392, 30556, 31937, 1382, 4683, 6811, 13536, 20708, 20977, 24346, 27351, 49530, 51761, 51987,
            52547, 55119, 59257, 65390, 66373, 80743, 84032, 84616, 92184, 93403, 94343, 95456, 99490, 99839,
            9116098, 9119417, 9150424, 9207590, 9245150, 9334964, 9346108, 9424683,
            9452509, 1796079351198L})
    void a_seed_that_has_failed_since_there_is_a_switch_ends_well(long seed) {
        endsWell(seed, Histories.of(seed));
    }

    private static void endsWell(long seed, History history) {
        Collection<String> found = PRODUCT.live(history);
        if (!found.isEmpty()) {
            throw new AssertionError(PRODUCT.report(seed, history, found));
        }
    }

    /** A fault that is put in is found, or the simulation would prove nothing. */
    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void a_fault_that_is_put_into_the_core_is_found(Mutation mutation) {
        Simulation broken = Simulation.of(mutation);
        for (long seed = 1; seed <= SOON; seed++) {
            History history = Histories.of(seed);
            if (!broken.live(history).isEmpty() && PRODUCT.live(history).isEmpty()) {
                System.out.println(mutation + " is found by history " + seed);
                return;
            }
        }
        throw new AssertionError(mutation + " is not found within " + SOON + " histories");
    }

    @Test
    void a_history_that_fails_is_made_short() {
        Simulation broken = Simulation.of(Mutation.PARTNER_CENTER_IS_NOT_WRITTEN);
        History longer = new History(new Setting(List.of("salesforce"), Duration.ZERO, Map.of()), List.of(
                new Event(0, Kind.CREATE, 0, Portal.SYSTEM, null, 1),
                new Event(8000, Kind.SLOW, 0, "salesforce", null, 5000),
                new Event(9000, Kind.EDIT, 0, Portal.SYSTEM, Field.NOTES, 2),
                new Event(20_000, Kind.EDIT, 0, "salesforce", Field.AMOUNT, 3),
                new Event(21_000, Kind.MERGE, 0, "salesforce", null, 0)));
        History shorter = broken.shrunk(longer);
        assertThat(shorter.events().size()).isLessThan(longer.events().size());
        assertThat(broken.live(shorter)).isNotEmpty();
        assertThat(broken.report(7, longer, broken.live(longer))).contains("Seed 7 fails", "The same in short");
    }
}
