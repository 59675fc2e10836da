package dev.cosell.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cosell.cluster.BrokerPair;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Hint;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/**
 * A primary broker dies and its backup goes on: with several brokers in {@code broker.url} nothing that was accepted is
 * lost.
 */
class BrokerPairTest {
    private static final int HINTS = 400;

    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private final Set<String> taken = ConcurrentHashMap.newKeySet();

    private void offer(Hints hints, int number) {
        String id = "006" + number;
        try {
            hints.offer(new Hint("salesforce", id, "v1", Hint.Origin.POLL));
            accepted.add(id);
        } catch (Fault.Transient later) {
            // Whoever offers it comes again, as polls and senders of notifications do.
        }
    }

    private void offerUntilAccepted(Hints hints, int number) {
        await().pollDelay(Duration.ZERO).atMost(QueueOnDisk.PATIENCE).until(() -> {
            offer(hints, number);
            return accepted.contains("006" + number);
        });
    }

    private void work(Hint hint) {
        taken.add(hint.id());
        Thread.onSpinWait();
    }

    private DefaultCamelContext consumer(Broker broker, Hints hints) throws Exception {
        DefaultCamelContext context = new DefaultCamelContext();
        JmsComponent jms = new JmsComponent();
        jms.setConnectionFactory(broker.connections());
        jms.setExceptionListener(broker::lost);
        context.addComponent("jms", jms);
        context.getRegistry().bind("hints", hints);
        context.addRoutes(new TakingRoute(this::work));
        context.start();
        return context;
    }

    @Test
    void the_primary_is_killed_and_every_accepted_hint_is_worked_on() throws Exception {
        try (BrokerPair pair = new BrokerPair(); Broker broker = Broker.external(pair.url(), null, null);
             Hints hints = new Hints(broker, List.of("salesforce"), offered -> Map.of(), Clock.systemUTC());
             DefaultCamelContext context = consumer(broker, hints)) {
            IntStream.range(0, HINTS).parallel().forEach(number -> offer(hints, number));
            Thread people = new Thread(() -> IntStream.range(HINTS, 2 * HINTS).forEach(number ->
                    offerUntilAccepted(hints, number)));
            people.start();
            await().atMost(QueueOnDisk.PATIENCE).until(() -> accepted.size() > HINTS + HINTS / 10);
            pair.killPrimary();
            long killed = System.nanoTime();
            await().atMost(QueueOnDisk.PATIENCE).until(() -> !people.isAlive());
            System.out.printf("%d of %d hints accepted, the last %d ms after the primary was killed%n", accepted.size(),
                    2 * HINTS, (System.nanoTime() - killed) / 1_000_000);

            assertThat(accepted).as("hints that were accepted although the primary died").hasSize(2 * HINTS);
            await().atMost(QueueOnDisk.PATIENCE).untilAsserted(() -> assertThat(taken).containsAll(accepted));
            await().atMost(QueueOnDisk.PATIENCE).until(() -> hints.backlog("salesforce") == 0);
            offer(hints, 2 * HINTS);
            assertThat(accepted).contains("006" + 2 * HINTS);
            assertThat(context.getStatus().isStarted()).isTrue();
        }
    }
}
