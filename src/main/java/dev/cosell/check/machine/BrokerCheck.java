package dev.cosell.check.machine;

import dev.cosell.check.Check;
import dev.cosell.check.Finding;
import dev.cosell.queue.Broker;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import java.util.List;

/** Whether an outside broker can be reached; the embedded one is started by the application. */
public final class BrokerCheck implements Check {
    private final String url;
    private final String user;
    private final String password;

    /**
     * @param url      empty for the embedded broker
     * @param user     null when the broker asks for none
     * @param password null when the broker asks for none
     */
    public BrokerCheck(String url, String user, String password) {
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
            return List.of(Finding.ok(where(), what(), "embedded: ./cosell run starts it, with its journal in the data folder"));
        }
        String address = url.split("[?]", 2)[0];
        try (Broker broker = Broker.external(url, user, password); Connection connection = broker.connections().createConnection()) {
            connection.start();
            return List.of(Finding.ok(where(), what(), address + " can be reached"));
        } catch (JMSException refused) {
            return List.of(Finding.fault(where(), what(), address + " cannot be reached: " + refused.getMessage(),
                    "Check broker.url, broker.user and broker.password, and that the broker is running"));
        }
    }
}
