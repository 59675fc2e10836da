package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Whoever starts applications in one process, as these tests do, was left with all of them until its end. */
class ClosedApplicationTest {
    @Test
    void nothing_holds_on_to_an_application_that_was_closed() {
        WeakReference<CamelContext> camel = closed();
        // Of the last one something is left in the threads that worked with it.
        closed();
        Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(500)).untilAsserted(() -> {
            System.gc();
            assertThat(camel.get()).isNull();
        });
    }

    private static WeakReference<CamelContext> closed() {
        try (World world = new World(Map.of(), Path.of("routes"), "salesforce")) {
            return new WeakReference<>(world.camel());
        }
    }
}
