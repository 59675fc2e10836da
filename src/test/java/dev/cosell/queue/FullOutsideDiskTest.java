package dev.cosell.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import dev.cosell.stories.Log;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Hint;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The client is not told that the broker's disk is full; it waits for room without end. */
@Timeout(90)
class FullOutsideDiskTest {
    @TempDir
    Path directory;

    private EmbeddedActiveMQ server;
    private Broker broker;
    private Hints hints;

    @BeforeEach
    void open() throws Exception {
        String url;
        try (ServerSocket free = new ServerSocket(0)) {
            url = "tcp://localhost:" + free.getLocalPort();
        }
        server = new EmbeddedActiveMQ();
        server.setConfiguration(new ConfigurationImpl().setSecurityEnabled(false).addAcceptorConfiguration("tcp", url)
                .setJournalDirectory(directory.resolve("journal").toString())
                .setBindingsDirectory(directory.resolve("bindings").toString())
                .setPagingDirectory(directory.resolve("paging").toString())
                .setLargeMessagesDirectory(directory.resolve("large").toString()));
        server.start();
        broker = Broker.external(url, null, null);
        hints = new Hints(broker, List.of("salesforce"), offered -> Map.of(), Clock.systemUTC(), Duration.ofSeconds(2));
    }

    @AfterEach
    void close() throws Exception {
        hints.close();
        broker.close();
        server.stop();
    }

    private void full(boolean full) {
        QueueDisk.full((ActiveMQServerImpl) server.getActiveMQServer(), full);
    }

    private static Hint hint(String id) {
        return new Hint("salesforce", id, null, Hint.Origin.WEBHOOK);
    }

    /** What the client may still send before it asks for room again. */
    private int offersUntilRefused() {
        int taken = 0;
        try {
            while (taken < 10_000) {
                hints.offer(hint("006" + taken));
                taken++;
            }
        } catch (Fault.Transient refused) {
            assertThat(refused).hasMessageContaining("not on disk after 2 s");
        }
        return taken;
    }

    @Test
    void offersAreRefusedInTheirOwnTimeThenAtOnceAndTheOneThatWaitedArrivesWhenThereIsRoom() {
        hints.offer(hint("first"));
        full(true);
        try (Log log = Log.from(Level.INFO)) {
            int taken = offersUntilRefused();
            assertThatThrownBy(() -> hints.offer(hint("second"))).as("at once: it waited for nothing")
                    .isInstanceOf(Fault.Transient.class).hasMessageContaining("its disk may be full")
                    .hasMessageNotContaining("was not on disk");
            assertThat(hints.problem()).contains("its disk may be full");

            full(false);
            await().atMost(Duration.ofSeconds(30)).until(() -> hints.backlog("salesforce") == taken + 2);
            hints.offer(hint("third"));
            await().until(() -> hints.backlog("salesforce") == taken + 3);
            assertThat(hints.problem()).isEmpty();
            assertThat(log.lines().stream()
                    .filter(line -> line.contains("its disk may be full") || line.contains("accepts hints again")))
                    .hasSize(2);
        }
    }

    @Test
    void aSendThatWaitsForRoomDoesNotHoldUpTheStop() {
        hints.offer(hint("first"));
        full(true);
        offersUntilRefused();

        Instant begun = Instant.now();
        hints.close();
        broker.close();
        assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(20));
    }
}
