package dev.cosell.check.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.check.Finding;
import dev.cosell.check.Finding.State;
import dev.cosell.queue.Broker;
import dev.cosell.queue.Hints;
import dev.cosell.stories.OutsideBroker;
import dev.cosell.verbs.Hint;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An outside broker has to treat our queues as docs/deployment.md says; what differs is named with its remedy. */
class BrokerCheckTest {
    private static final List<String> QUEUES = List.of("sync.salesforce", "sync.dynamics");

    private static List<Finding> look(OutsideBroker broker, String user) {
        return new BrokerCheck(broker.url, user, user == null ? null : OutsideBroker.PASSWORD, QUEUES).look();
    }

    private static List<Finding> faults(List<Finding> findings) {
        return findings.stream().filter(Finding::isFault).toList();
    }

    /** Hints have gone there, so that the queue is made. */
    private static void use(OutsideBroker outside) {
        try (Broker broker = Broker.external(outside.url, null, null);
             Hints hints = new Hints(broker, List.of("salesforce"), offered -> Map.of(), Clock.systemUTC())) {
            hints.offer(new Hint("salesforce", "006A", "v1", Hint.Origin.POLL));
        }
    }

    @Test
    void one_that_is_set_up_is_all_right() {
        try (OutsideBroker broker = new OutsideBroker()) {
            use(broker);
            assertThat(look(broker, null)).singleElement().matches(found -> found.state() == State.OK);
        }
    }

    @Test
    void with_artemis_defaults_every_difference_is_named_with_its_remedy_and_a_queue_that_was_made_with_them_stays_wrong() {
        try (OutsideBroker broker = OutsideBroker.asArtemisComes()) {
            assertThat(faults(look(broker, null))).filteredOn(found -> found.what().equals("sync.dynamics"))
                    .extracting(Finding::line).satisfiesExactlyInAnyOrder(
                    line -> assertThat(line).contains("redelivery-delay is 0 and has to be 1000",
                    "<redelivery-delay>1000</redelivery-delay>",
                            "<address-setting match=\"sync.#\">"),
                    line -> assertThat(line).contains("redelivery-delay-multiplier is 1.0 and has to be 2"),
                    line -> assertThat(line).contains("max-redelivery-delay is 0 and has to be 60000"),
                    line -> assertThat(line).contains("max-delivery-attempts is 10 and has to be -1", "given up"),
                    line -> assertThat(line).contains("default-group-rebalance is false and has to be true", "joins"),
                    line -> assertThat(line)
                    .contains("default-group-rebalance-pause-dispatch is false and has to be true"),
                    line -> assertThat(line).contains("default-group-buckets is -1 and has to be 1024"));
            use(broker);
            broker.close();
            broker.setUp();
            broker.start();

            assertThat(faults(look(broker, null))).allMatch(found -> found.what().equals("sync.salesforce")).hasSize(3)
                    .extracting(Finding::line)
                    .allSatisfy(line -> assertThat(line).contains("the queue was made with group-",
                    "<queue name=\"sync.salesforce\" group-rebalance=\"true\""));
            broker.close();
            broker.name("sync.salesforce");
            broker.start();
            assertThat(look(broker, null)).as("after the remedy").singleElement().matches(found ->
                    found.state() == State.OK);
        }
    }

    @Test
    void without_the_right_to_ask_it_says_so_and_looks_at_what_it_may_see() {
        try (OutsideBroker broker = OutsideBroker.withUsers()) {
            assertThat(look(broker, "administrator")).singleElement().matches(found -> found.state() == State.OK);
            List<Finding> ordinary = look(broker, "ordinary");
            assertThat(faults(ordinary)).isEmpty();
            assertThat(ordinary).filteredOn(found -> found.state() == State.WARNING).singleElement()
                    .extracting(Finding::line).asString()
                    .contains("sync.salesforce, sync.dynamics", "does not have permission",
                    "manage on activemq.management");
        }
    }
}
