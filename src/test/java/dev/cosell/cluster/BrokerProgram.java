package dev.cosell.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.ClusterConnectionConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.HAPolicyConfiguration;
import org.apache.activemq.artemis.core.config.ha.SharedStoreBackupPolicyConfiguration;
import org.apache.activemq.artemis.core.config.ha.SharedStorePrimaryPolicyConfiguration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyConnectorFactory;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/**
 * One broker of a pair as a program: {@code primary|backup, its port, the other's port, the folder that both share, the
 * address where both listen}. Clients are told that it is at its port of localhost.
 */
public final class BrokerProgram {
    private BrokerProgram() {}

    public static void main(String[] arguments) throws Exception {
        boolean primary = arguments[0].equals("primary");
        int port = Integer.parseInt(arguments[1]);
        int other = Integer.parseInt(arguments[2]);
        EmbeddedActiveMQ server = new EmbeddedActiveMQ().setConfiguration(configuration(Path.of(arguments[3]), port,
                other, arguments[4])
                .setHAPolicyConfiguration(primary ? primary() : backup()));
        server.start();
    }

    private static HAPolicyConfiguration primary() {
        return new SharedStorePrimaryPolicyConfiguration().setFailoverOnServerShutdown(true);
    }

    private static HAPolicyConfiguration backup() {
        return new SharedStoreBackupPolicyConfiguration().setFailoverOnServerShutdown(true).setAllowFailBack(true);
    }

    private static Configuration configuration(Path folder, int port, int other, String host) throws Exception {
        return new ConfigurationImpl().setSecurityEnabled(false).setJournalType(JournalType.NIO)
                .addAcceptorConfiguration("tcp", "tcp://" + host + ":" + port)
                .addConnectorConfiguration("self", connector("localhost", port))
                .addConnectorConfiguration("other", connector(host, other))
                .addClusterConfiguration(new ClusterConnectionConfiguration().setName("pair").setConnectorName("self")
                .setStaticConnectors(List.of("other"))
                        .setRetryInterval(200).setReconnectAttempts(-1))
                .setJournalDirectory(folder.resolve("journal").toString())
                .setBindingsDirectory(folder.resolve("bindings").toString())
                .setPagingDirectory(folder.resolve("paging").toString())
                .setLargeMessagesDirectory(folder.resolve("large").toString())
                .addAddressSetting("sync.#", new AddressSettings().setDefaultAddressRoutingType(RoutingType.ANYCAST)
                        .setDefaultQueueRoutingType(RoutingType.ANYCAST).setAutoDeleteQueues(false)
                        .setAutoDeleteAddresses(false).setRedeliveryDelay(20)
                        .setRedeliveryMultiplier(1.5).setMaxRedeliveryDelay(500).setMaxDeliveryAttempts(-1)
                        .setDefaultGroupBuckets(1024)
                        .setDefaultGroupRebalance(true).setDefaultGroupRebalancePauseDispatch(true));
    }

    private static TransportConfiguration connector(String host, int port) {
        return new TransportConfiguration(NettyConnectorFactory.class.getName(), Map.of("host", host, "port", port));
    }
}
