package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.queue.Hints;
import jakarta.jms.Connection;
import jakarta.jms.Message;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.component.jms.JmsComponent;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;

/**
 * More changes at once than fit into a page, as after an import into the CRM, while nothing takes hints from the queue.
 */
class ManyChangesTest {
    /**
     * @param count of the changes
     * @param page  rows of a page
     * @param path of the requests for a page
     */
    @ParameterizedTest
    @CsvSource({"salesforce, 5000, 2000, /composite$", "dynamics, 1700, 500, /opportunities"})
    void many_changes_are_each_found_once_in_pages_though_the_poll_breaks_off_in_the_middle(String crm,
            int count, int page, String path) throws Exception {
        Map<String, String> settings = new HashMap<>(
                Map.of(crm + ".poll-interval", "1d", "partner-center.sweep-interval", "1d"));
        try (World world = new World(settings, Path.of("routes"), crm)) {
            world.firings().fire(crm + "-poll");
            // Not paused: consumers that wait for a message while they are paused would still take one each.
            world.camel().getRouteController().stopRoute("sync-" + crm);
            world.crm().api().post("/sandbox/opportunities", with(count));

            world.crm().api().post("/sandbox/faults",
                    Map.of("path", path, "skip", 2, "times", 100, "status", 503, "body", "away"));
            world.firings().fire(crm + "-poll");
            assertThat(queued(world, crm)).as("pages before the break").hasSize(2 * page);

            world.crm().api().delete("/sandbox/faults");
            world.crm().api().post("/sandbox/stats/reset", Map.of());
            world.firings().fire(crm + "-poll");
            assertThat(queued(world, crm)).doesNotHaveDuplicates().hasSize(count);
            assertThat(calls(world)).as("calls after the break: the other pages, one that was begun, one that ends it")
                    .isLessThanOrEqualTo(count / page - 2 + 2);
        }
    }

    private static Map<String, Object> with(int count) {
        Map<String, Object> body = new HashMap<>(Map.of("count", count, "solutions", List.of()));
        body.put("contact", null);
        return body;
    }

    private static int calls(World world) {
        return (Integer) world.crm().api().get("/sandbox/stats").get("total");
    }

    /** Ids of the records whose hints wait, in their order. */
    private static List<String> queued(World world, String crm) throws Exception {
        JmsPoolConnectionFactory pool = (JmsPoolConnectionFactory) world.camel().getComponent("jms", JmsComponent.class)
                .getConfiguration().getConnectionFactory();
        ActiveMQConnectionFactory connections = new ActiveMQConnectionFactory(
                ((ActiveMQConnectionFactory) pool.getConnectionFactory()).toURI().toString());
        connections.setConsumerWindowSize(0);
        List<String> ids = new ArrayList<>();
        try (connections;
                Connection connection = connections.createConnection();
                Session session = connection.createSession();
             QueueBrowser browser = session.createBrowser(session.createQueue(Hints.queue(crm)))) {
            for (Enumeration<?> messages = browser.getEnumeration(); messages.hasMoreElements();) {
                ids.add(((Message) messages.nextElement()).getStringProperty("id"));
            }
        }
        return ids;
    }
}
