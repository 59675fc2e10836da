package dev.cosell.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.cluster.Interruption.Kind;
import dev.cosell.stories.DealField;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the harness lets lose after the database went back is no more than docs/faults.md says. */
class OlderStatesTest {
    private static final long TORN = seconds(100);
    private static final long BACK = seconds(110);

    private final OlderStates torn = after(Kind.DATABASE_TORN);

    private static long seconds(int seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }

    private static OlderStates after(Kind kind) {
        return new OlderStates(() -> List.of(new Interruption(kind, "", TORN, BACK)));
    }

    private static Edit edit(int second) {
        return new Edit("deal", DealField.VALUE, "10000", "10001", "salesforce", seconds(second), null);
    }

    @Test
    void an_edit_that_was_on_its_way_or_came_shortly_afterwards_may_lose() {
        assertThat(torn.mayLose(edit(99))).isTrue();
        assertThat(torn.mayLose(edit(111))).isTrue();
        assertThat(torn.mayLose(edit(289))).isTrue();
        assertThat(torn.mayLose(edit(291))).as("after three minutes").isFalse();
    }

    @Test
    void nothing_may_lose_because_of_anything_else() {
        assertThat(after(Kind.KILLED).mayLose(edit(99))).isFalse();
        assertThat(after(Kind.QUEUE_TORN).mayLose(edit(111))).isFalse();
        assertThat(OlderStates.none().mayLose(edit(99))).isFalse();
    }

    @Test
    void once_all_sides_have_an_edit_of_the_field_the_next_one_has_to_arrive() {
        torn.agreed(edit(90).arrivedAt(seconds(99)));
        assertThat(torn.mayLose(edit(111))).as("agreed before it went back").isTrue();
        torn.agreed(edit(111).arrivedAt(seconds(112)));
        assertThat(torn.mayLose(edit(113))).isFalse();
    }

    @Test
    void a_new_deal_has_to_arrive_in_any_case() {
        assertThat(torn.mayLose(new Edit("deal", null, "", "", "salesforce", seconds(99), null))).isFalse();
    }

    @Test
    void the_audit_has_to_name_the_value_that_lost() {
        assertThat(OlderStates.isNamed(edit(99), "Amount in Partner Center: 10001.00 → 10000.00"
                + " (both sides changed it; 10001.00 lost)")).isTrue();
        assertThat(OlderStates.isNamed(edit(99), "(both sides changed it; 10000.00 lost)")).isFalse();
        assertThat(OlderStates.isNamed(edit(99), "Amount in Partner Center: 10001.00 → 10000.00")).isFalse();
    }
}
