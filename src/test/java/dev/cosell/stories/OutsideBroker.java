package dev.cosell.stories;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/** A broker beside the application with the address settings of docs/deployment.md, only in more of a hurry. */
public final class OutsideBroker implements AutoCloseable {
    public final String url;
    private final Configuration configuration;
    private EmbeddedActiveMQ server;

    public OutsideBroker() {
        try (ServerSocket free = new ServerSocket(0)) {
            url = "tcp://localhost:" + free.getLocalPort();
            configuration = configuration(Files.createTempDirectory("cosell-broker"), url);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        start();
    }

    private static Configuration configuration(Path folder, String url) throws Exception {
        Configuration configuration = new ConfigurationImpl().setSecurityEnabled(false).addAcceptorConfiguration("tcp", url)
                .setJournalDirectory(folder.resolve("journal").toString()).setBindingsDirectory(folder.resolve("bindings").toString())
                .setPagingDirectory(folder.resolve("paging").toString()).setLargeMessagesDirectory(folder.resolve("large").toString());
        configuration.addAddressSetting("sync.#", new AddressSettings().setDefaultAddressRoutingType(RoutingType.ANYCAST)
                .setDefaultQueueRoutingType(RoutingType.ANYCAST).setAutoDeleteQueues(false).setAutoDeleteAddresses(false).setRedeliveryDelay(20)
                .setRedeliveryMultiplier(1.5).setMaxRedeliveryDelay(500).setMaxDeliveryAttempts(-1).setDefaultGroupBuckets(1024)
                .setDefaultGroupRebalance(true).setDefaultGroupRebalancePauseDispatch(true));
        return configuration;
    }

    public void start() {
        try {
            server = new EmbeddedActiveMQ().setConfiguration(configuration);
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
