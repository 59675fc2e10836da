package dev.cosell.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.cosell.stories.Log;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The stand-in servers run in the application's process, and what is logged there is read as the application's. */
class QuietSandboxTest {
    /** On a busy machine the stand-ins warned of themselves, and stories took it for an alarm of the application. */
    @Test
    void aStandInThatIsHeldUpDoesNotWarnOfItself() {
        Sandbox.Plan plan = new Sandbox.Plan("localhost",
                Map.of("partner-center", 0, "dynamics", 0, "salesforce", 0), null, null);
        try (Log log = Log.from(Level.WARN); Sandbox sandbox = Sandbox.start(plan)) {
            long begin = System.nanoTime();
            sandbox.onLoop("partner-center", () -> Awaitility.await().until(
                    () -> System.nanoTime() - begin > 3_500_000_000L));
            assertThat(log.lines()).isEmpty();
        }
    }
}
