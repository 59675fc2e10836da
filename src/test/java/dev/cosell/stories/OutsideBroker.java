package dev.cosell.stories;

import java.io.IOException;
import java.net.ServerSocket;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/** A broker beside the application with the address settings of docs/operations.md, only in more of a hurry. */
final class OutsideBroker implements AutoCloseable {
    final String url;
    private final EmbeddedActiveMQ server = new EmbeddedActiveMQ();

    OutsideBroker() {
        try (ServerSocket free = new ServerSocket(0)) {
            url = "tcp://localhost:" + free.getLocalPort();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        try {
            Configuration configuration = new ConfigurationImpl().setPersistenceEnabled(false).setSecurityEnabled(false).addAcceptorConfiguration("tcp", url);
            configuration.addAddressSetting("sync.#", new AddressSettings().setDefaultAddressRoutingType(RoutingType.ANYCAST)
                    .setDefaultQueueRoutingType(RoutingType.ANYCAST).setAutoDeleteQueues(false).setAutoDeleteAddresses(false).setRedeliveryDelay(20)
                    .setRedeliveryMultiplier(1.5).setMaxRedeliveryDelay(500).setMaxDeliveryAttempts(-1).setDefaultGroupBuckets(1024)
                    .setDefaultGroupRebalance(true).setDefaultGroupRebalancePauseDispatch(true));
            server.setConfiguration(configuration);
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
