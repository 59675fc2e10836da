package dev.cosell.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Hint;
import java.net.ServerSocket;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExternalBrokerTest {
    private static final Hint HINT = new Hint("salesforce", "006A", "v1", Hint.Origin.POLL);

    private String url;
    private EmbeddedActiveMQ server;
    private Broker broker;
    private Hints hints;

    @BeforeEach
    void open() throws Exception {
        try (ServerSocket free = new ServerSocket(0)) {
            url = "tcp://localhost:" + free.getLocalPort();
        }
        startServer();
        broker = Broker.external(url, null, null);
        hints = new Hints(broker, List.of("salesforce"), offered -> Map.of(), Clock.systemUTC());
    }

    private void startServer() throws Exception {
        server = new EmbeddedActiveMQ();
        server.setConfiguration(new ConfigurationImpl().setPersistenceEnabled(false).setSecurityEnabled(false)
                .addAcceptorConfiguration("tcp", url));
        server.start();
    }

    @AfterEach
    void close() throws Exception {
        hints.close();
        broker.close();
        server.stop();
    }

    @Test
    void hintsGoThereAndAreCounted() {
        hints.offer(HINT);

        backlogIs(1);
        await().until(() -> hints.oldest("salesforce").isPresent());
    }

    @Test
    void noHintJoinsOneThatAnotherProcessMayHaveTaken() {
        hints.offer(HINT);
        hints.offer(HINT);

        backlogIs(2);
    }

    @Test
    void aBrokerThatWasAwayIsFoundAgain() throws Exception {
        hints.offer(HINT);
        server.stop();
        assertThatThrownBy(() -> hints.offer(HINT)).isInstanceOf(Fault.Transient.class);
        assertThatThrownBy(() -> hints.backlog("salesforce")).isInstanceOf(Fault.Transient.class);
        startServer();
        hints.offer(HINT);

        backlogIs(1);
    }

    @Test
    void aBrokerThatRestartedUnnoticedCostsNoOffer() throws Exception {
        hints.offer(HINT);
        server.stop();
        startServer();

        hints.offer(HINT);
        backlogIs(1);
    }

    /** The broker counts a moment after it has stored. */
    private void backlogIs(int count) {
        await().untilAsserted(() -> assertThat(hints.backlog("salesforce")).isEqualTo(count));
    }
}
