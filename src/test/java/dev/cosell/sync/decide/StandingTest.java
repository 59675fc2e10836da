package dev.cosell.sync.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.verbs.Reason;
import dev.cosell.verbs.Trouble;
import java.util.List;
import org.junit.jupiter.api.Test;

class StandingTest {
    private static Standing parked(Reason... reasons) {
        return Standing.parked(LinkState.PARKED, List.of(reasons));
    }

    private static Reason refused(String about, String words) {
        return new Reason(Trouble.REFUSED, about, words);
    }

    @Test
    void a_refusal_is_the_same_when_only_the_number_of_its_error_differs() {
        Standing before = parked(refused("flow", "A fault has occurred in the flow. Error ID: 1747-9 (-1532)"));
        assertThat(parked(refused("flow", "A fault has occurred in the flow. Error ID: 88-31274 (5)")).isStill(before))
                .isTrue();
        assertThat(parked(refused("flow", "The flow misses a phone number")).isStill(before)).isFalse();
        assertThat(parked(refused("rule", "A fault has occurred in the flow. Error ID: 1747-9 (-1532)"))
                .isStill(before)).isFalse();
        assertThat(parked(refused("flow", "A fault has occurred in the flow. Error ID: 1747-9 (-1532)"),
                refused("", "odd")).isStill(before)).isFalse();
        assertThat(parked(refused("flow", "odd")).isStill(Standing.LINKED)).isFalse();
    }
}
