package dev.cosell.queue;

import static org.awaitility.Awaitility.await;

import dev.cosell.verbs.Hint;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.activemq.artemis.api.core.ActiveMQDisconnectedException;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The connection of the consumers breaks while they work, as when the broker answers too late. */
class BrokenConnectionTest extends QueueOnDisk {
    private static final int HINTS = 60;
    /** As Artemis' own threads for clients, which notice a broken connection and outlive a broker. */
    private final ExecutorService client = Executors.newSingleThreadExecutor();

    @AfterEach
    void end() {
        client.shutdownNow();
    }

    /**
     * In the second broker of a process, which is there after a full disk, they stayed with the consumers that were
     * gone until the process ended.
     */
    @Test
    void hints_that_consumers_hold_come_again_also_in_the_second_broker_of_a_process() throws Exception {
        comeAgain("v1");
        reopen();
        comeAgain("v2");
    }

    private void comeAgain(String version) throws Exception {
        // A consumer that comes late gets nothing before the others are done: groups are dealt out anew then.
        CountDownLatch inWork = new CountDownLatch(1);
        CountDownLatch broken = new CountDownLatch(1);
        consume(new TakingRoute(hint -> {
            inWork.countDown();
            await().atMost(PATIENCE).until(() -> broken.getCount() == 0);
        }));
        for (int record = 0; record < HINTS; record++) {
            hints.offer(new Hint("salesforce", "006" + record, version, Hint.Origin.RETRY));
        }
        await().atMost(PATIENCE).until(() -> inWork.getCount() == 0);
        client.submit(this::breakConnections).get();
        broken.countDown();
        await(version).atMost(PATIENCE).until(() -> hints.backlog("salesforce") == 0);
    }

    private void breakConnections() {
        List<RemotingConnection> connections = broker.embedded().server().getSessions().stream()
                .map(session -> session.getRemotingConnection()).distinct().toList();
        connections.forEach(connection -> connection.fail(new ActiveMQDisconnectedException("broken")));
    }
}
