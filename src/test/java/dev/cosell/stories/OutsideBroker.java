package dev.cosell.stories;

import dev.cosell.TemporaryFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.config.impl.SecurityConfiguration;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.spi.core.security.ActiveMQJAASSecurityManager;
import org.apache.activemq.artemis.spi.core.security.jaas.InVMLoginModule;

/** A broker beside the application with the address settings of docs/deployment.md, only in more of a hurry. */
public final class OutsideBroker implements AutoCloseable {
    public static final String PASSWORD = "hush";

    public final String url;
    private final Configuration configuration;
    private ActiveMQJAASSecurityManager users;
    private EmbeddedActiveMQ server;

    public OutsideBroker() {
        this(settings());
        start();
    }

    /** Does not run yet. @param settings of the addresses of our queues; null leaves them as Artemis has them */
    private OutsideBroker(AddressSettings settings) {
        try (ServerSocket free = new ServerSocket(0)) {
            url = "tcp://localhost:" + free.getLocalPort();
            configuration = configuration(TemporaryFolder.named("cosell-broker"), url);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        set(settings);
    }

    /** One that nobody has set up for us. */
    public static OutsideBroker asArtemisComes() {
        OutsideBroker broker = new OutsideBroker(null);
        broker.start();
        return broker;
    }

    /**
     * One that asks for a user: {@code ordinary} may use our queues, {@code administrator} may do everything, and both
     * have {@link #PASSWORD}.
     */
    public static OutsideBroker withUsers() {
        OutsideBroker broker = new OutsideBroker(settings());
        SecurityConfiguration known = new SecurityConfiguration();
        for (String user : Set.of("ordinary", "administrator")) {
            known.addUser(user, PASSWORD);
            known.addRole(user, user);
        }
        broker.users = new ActiveMQJAASSecurityManager(InVMLoginModule.class.getName(), known);
        Role administrator = new Role("administrator", true, true, true, true, true, true, true, true, true, true, true,
                true);
        Role ordinary = new Role("ordinary", true, true, true, false, false, false, false, true, true, false, false,
                false);
        broker.configuration.setSecurityEnabled(true);
        broker.configuration.putSecurityRoles("#", new HashSet<>(Set.of(administrator)));
        broker.configuration.putSecurityRoles("sync.#", new HashSet<>(Set.of(administrator, ordinary)));
        broker.start();
        return broker;
    }

    private static AddressSettings settings() {
        return new AddressSettings().setDefaultAddressRoutingType(RoutingType.ANYCAST)
                .setDefaultQueueRoutingType(RoutingType.ANYCAST)
                .setAutoDeleteQueues(false).setAutoDeleteAddresses(false).setRedeliveryDelay(20)
                .setRedeliveryMultiplier(1.5)
                .setMaxRedeliveryDelay(500).setMaxDeliveryAttempts(-1).setDefaultGroupBuckets(1024)
                .setDefaultGroupRebalance(true)
                .setDefaultGroupRebalancePauseDispatch(true);
    }

    private static Configuration configuration(Path folder, String url) throws Exception {
        return new ConfigurationImpl().setSecurityEnabled(false).addAcceptorConfiguration("tcp", url)
                .setJournalDirectory(folder.resolve("journal").toString())
                .setBindingsDirectory(folder.resolve("bindings").toString())
                .setPagingDirectory(folder.resolve("paging").toString())
                .setLargeMessagesDirectory(folder.resolve("large").toString());
    }

    private void set(AddressSettings settings) {
        if (settings != null) {
            configuration.addAddressSetting("sync.#", settings);
        }
    }

    /** Somebody sets it up as docs/deployment.md says; it takes that over with its next start. */
    public void setUp() {
        set(settings());
    }

    /** Somebody names a queue with its groups under {@code <addresses>}; it takes that over with its next start. */
    public void name(String queue) {
        configuration.addQueueConfiguration(
                QueueConfiguration.of(queue).setRoutingType(RoutingType.ANYCAST).setGroupRebalance(true)
                        .setGroupRebalancePauseDispatch(true).setGroupBuckets(1024));
    }

    public void start() {
        try {
            server = new EmbeddedActiveMQ().setConfiguration(configuration);
            if (users != null) {
                server.setSecurityManager(users);
            }
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
