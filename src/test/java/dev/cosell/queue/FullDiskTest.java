package dev.cosell.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import dev.cosell.stories.Log;
import dev.cosell.verbs.Fault;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class FullDiskTest extends QueueOnDisk {
    @Test
    @Timeout(30)
    void hintsAreRefusedAtOnceWhatWaitsIsTakenAllTheSameAndItGoesOnByItself() throws Exception {
        hints.offer(hint("before", null));
        try (Log log = Log.from(Level.INFO)) {
            QueueDisk.full(broker, true);
            for (int attempt = 0; attempt < 5; attempt++) {
                assertThatThrownBy(() -> hints.offer(hint("meanwhile", null))).isInstanceOf(Fault.Transient.class)
                        .hasMessageContaining("disk of the queue is full").hasMessageContaining("data.directory");
            }
            assertThat(hints.problem()).contains("full");
            List<String> taken = Collections.synchronizedList(new ArrayList<>());
            consume(new TakingRoute(hint -> taken.add(hint.id())));
            assertThat(TakingRoute.until(taken, 1)).containsExactly("before");
            await().atMost(PATIENCE).until(() -> hints.backlog("salesforce") == 0);

            QueueDisk.full(broker, false);
            hints.offer(hint("afterwards", null));
            assertThat(TakingRoute.until(taken, 2)).containsExactly("before", "afterwards");
            assertThat(hints.problem()).isEmpty();
            assertThat(log.lines().stream()
                    .filter(line -> line.contains("of the queue is full") || line.contains("accepts hints again")))
                    .hasSize(2);
        }
    }
}
