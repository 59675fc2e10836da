package dev.cosell.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cosell.stories.OutsideBroker;
import dev.cosell.verbs.Hint;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/** Instances on one outside broker: each record is in the hands of one of them, whoever comes and goes. */
class GroupsOfInstancesTest {
    private static final int RECORDS = 12;
    private static final int ROUNDS = 10;

    private final Map<String, String> hands = new ConcurrentHashMap<>();
    private final List<String> collisions = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, Set<String>> workers = new ConcurrentHashMap<>();
    private final AtomicInteger done = new AtomicInteger();
    private int offered;

    /** One instance: a connection of its own, with the consumers of the shipped route. */
    private final class Worker implements AutoCloseable {
        final Broker broker;
        final Hints hints;
        final DefaultCamelContext context = new DefaultCamelContext();

        Worker(OutsideBroker outside, String name) {
            broker = Broker.external(outside.url, null, null);
            hints = new Hints(broker, List.of("salesforce"), offered -> Map.of(), Clock.systemUTC());
            JmsComponent jms = new JmsComponent();
            jms.setConnectionFactory(broker.connections());
            context.addComponent("jms", jms);
            context.getRegistry().bind("hints", hints);
            try {
                context.addRoutes(new TakingRoute(hint -> work(name, hint)));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            context.start();
        }

        @Override
        public void close() {
            context.stop();
            hints.close();
            broker.close();
        }
    }

    private void work(String worker, Hint hint) {
        String other = hands.putIfAbsent(hint.id(), worker);
        if (other != null) {
            collisions.add(hint.id() + " at " + other + " and " + worker);
        }
        await().pollDelay(Duration.ofMillis(20)).until(() -> true);
        workers.computeIfAbsent(worker, each -> ConcurrentHashMap.newKeySet()).add(hint.id());
        hands.remove(hint.id(), worker);
        done.incrementAndGet();
    }

    /** So many that each record has several waiting; retries, so that none is collapsed. */
    private void offer(Hints hints) {
        IntStream.range(0, RECORDS * ROUNDS).parallel().forEach(number ->
                hints.offer(new Hint("salesforce", "006" + number % RECORDS, "v" + number, Hint.Origin.RETRY)));
        offered += RECORDS * ROUNDS;
    }

    private void allDone() {
        await().atMost(QueueOnDisk.PATIENCE).until(() -> done.get() >= offered);
    }

    /**
     * Whether another instance has taken the waiting hint already, and read the record before the change, nobody here
     * can know.
     */
    @Test
    void a_hint_never_joins_one_that_is_on_the_queue_whichever_instance_put_it_there() {
        try (OutsideBroker outside = new OutsideBroker();
             Broker one = Broker.external(outside.url, null, null); Broker other = Broker.external(outside.url, null,
                     null);
             Hints first = new Hints(one, List.of("salesforce"), offered -> Map.of(), Clock.systemUTC());
             Hints second = new Hints(other, List.of("salesforce"), offered -> Map.of(), Clock.systemUTC())) {
            for (int again = 0; again < 2; again++) {
                first.offer(new Hint("salesforce", "006A", "v1", Hint.Origin.POLL));
                second.offer(new Hint("salesforce", "006A", "v1", Hint.Origin.WEBHOOK));
            }
            await().untilAsserted(() -> assertThat(second.backlog("salesforce")).isEqualTo(4));
            try (Worker third = new Worker(outside, "third")) {
                await().atMost(QueueOnDisk.PATIENCE).until(() -> done.get() == 4);
                await().atMost(QueueOnDisk.PATIENCE).until(() -> third.hints.backlog("salesforce") == 0);
            }
            assertThat(collisions).isEmpty();
        }
    }

    @Test
    void one_that_joins_gets_its_share_one_that_leaves_hands_over_and_no_record_is_in_two_hands() {
        try (OutsideBroker outside = new OutsideBroker(); Worker first = new Worker(outside, "first")) {
            offer(first.hints);
            try (Worker second = new Worker(outside, "second")) {
                offer(first.hints);
                offer(second.hints);
                try (Worker third = new Worker(outside, "third")) {
                    offer(third.hints);
                    allDone();
                    assertThat(workers).as("who has worked").containsOnlyKeys("first", "second", "third");
                    offer(first.hints);
                }
                offer(second.hints);
            }
            workers.clear();
            offer(first.hints);
            allDone();
            assertThat(workers).containsOnlyKeys("first");
            assertThat(collisions).isEmpty();
            assertThat(done).hasValue(offered);
        }
    }
}
