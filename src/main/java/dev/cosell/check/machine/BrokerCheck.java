package dev.cosell.check.machine;

import dev.cosell.check.Check;
import dev.cosell.check.Finding;
import dev.cosell.queue.Broker;
import dev.cosell.queue.BrokerAddress;
import dev.cosell.queue.QueueReport;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether an outside broker can be reached and treats our queues as they need; the embedded one is started by the
 * application.
 */
public final class BrokerCheck implements Check {
    private final String url;
    private final String user;
    private final String password;
    private final List<String> queues;

    /**
     * @param url      empty for the embedded broker
     * @param user     null when the broker asks for none
     * @param password null when the broker asks for none
     * @param queues   those of the CRMs that are synced
     */
    public BrokerCheck(String url, String user, String password, List<String> queues) {
        this.queues = List.copyOf(queues);
        this.url = url;
        this.user = user;
        this.password = password;
    }

    @Override
    public String where() {
        return "machine";
    }

    @Override
    public String what() {
        return "broker";
    }

    @Override
    public List<Finding> look() {
        if (url.isEmpty()) {
            return List.of(Finding.ok(where(), what(),
                    "embedded: ./cosell run starts it, with its journal in the data folder"));
        }
        try (Broker broker = Broker.external(url, user, password)) {
            try (Connection connection = broker.connections().createConnection()) {
                connection.start();
            } catch (JMSException refused) {
                return List.of(Finding.fault(where(), what(),
                        BrokerAddress.shown(url) + " cannot be reached: " + refused.getMessage(),
                        "Check broker.url, broker.user and broker.password, and that the broker is running"));
            }
            return findings(broker.look(queues));
        }
    }

    private List<Finding> findings(QueueReport report) {
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.ok(where(), what(), BrokerAddress.shown(url) + " can be reached"));
        report.differences().forEach(difference ->
                findings.add(Finding.fault(where(), difference.queue(), difference.said(), difference.remedy())));
        if (!report.unknown().isEmpty()) {
            findings.add(Finding.warning(where(), what(),
                    "it cannot be seen how the broker treats the addresses of " + String.join(", ", queues)
                            + " (" + report.unknown() + ")",
                    "Compare them with docs/deployment.md by hand, or give the user the right manage on "
                            + "activemq.management,"
                            + " and createNonDurableQueue, deleteNonDurableQueue and consume on activemq.management.#"));
        }
        return findings;
    }
}
