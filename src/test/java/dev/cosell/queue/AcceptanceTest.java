package dev.cosell.queue;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.cosell.stories.Log;
import java.time.Clock;
import org.junit.jupiter.api.Test;

/** When it is said that the queue takes nothing, and that it takes hints again. */
class AcceptanceTest {
    private final Acceptance acceptance = new Acceptance(Clock.systemUTC());

    /** On a busy machine the broker's end was told twice: a hint that had just gone through took the first one back. */
    @Test
    void aHintThatWentThroughJustBeforeTheBrokerEndedIsNoReturnOfIt() {
        try (Log log = Log.from(Level.INFO)) {
            long before = acceptance.losses();
            acceptance.lost("The broker has ended");
            acceptance.accepted(before);
            acceptance.lost("The broker has ended");
            acceptance.refused("The queue does not accept hints");
            assertThat(log.lines()).singleElement().asString().startsWith("ERROR The broker has ended");
            assertThat(acceptance.problem()).isEqualTo("The queue does not accept hints");

            acceptance.accepted(acceptance.losses());
            assertThat(log.lines()).last().asString().contains("accepts hints again");
            assertThat(acceptance.problem()).isEmpty();
        }
    }

    /** On a busy machine a broker that was away was shown as one whose disk may be full. */
    @Test
    void aHintThatWaitsInVainSaysNothingNewOfABrokerThatIsAway() {
        acceptance.lost("The broker cannot be reached");
        acceptance.unanswered("The broker has not taken a hint for 10 s");
        assertThat(acceptance.problem()).isEqualTo("The broker cannot be reached");

        acceptance.accepted(acceptance.losses());
        acceptance.unanswered("The broker has not taken a hint for 10 s");
        assertThat(acceptance.problem()).isEqualTo("The broker has not taken a hint for 10 s");
    }

    @Test
    void aHintThatTookLongAndWentThroughAfterAllIsTheEndOfTheRefusal() {
        long before = acceptance.losses();
        acceptance.refused("The broker has not taken a hint for 10 s");
        acceptance.accepted(before);
        assertThat(acceptance.problem()).isEmpty();
    }
}
