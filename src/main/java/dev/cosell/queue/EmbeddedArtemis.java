package dev.cosell.queue;

import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.persistence.impl.journal.OperationContextImpl;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.ServerSession;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerSessionPlugin;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.commons.lang3.concurrent.BasicThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The broker inside this process: a journal on disk, and no door but the one for this JVM. */
final class EmbeddedArtemis {
    static final String DEAD_LETTERS = "DLQ";
    static final String EXPIRED = "ExpiryQueue";

    private static final Duration WAIT_FOR_LOCK = Duration.ofSeconds(3);
    /** Groups share this many slots, so that the broker's memory does not grow with the number of records ever seen. */
    private static final int GROUP_BUCKETS = 1024;
    /** How long a write to a page waits for others to share the disk. */
    private static final int PAGE_SYNC_NANOS = 100_000;
    private static final int MOST_DISK_USAGE = 90;
    private static final String JOURNAL = "journal";
    private static final int JOURNAL_FILE_BYTES = 4 * 1024 * 1024;
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedArtemis.class);
    private static final Duration LOOK = Duration.ofSeconds(5);

    private final String url = "vm://" + NUMBER.incrementAndGet();
    private final Path directory;
    private final Configuration configuration;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            BasicThreadFactory.builder().namingPattern("cosell-queue-watch").daemon().build());
    private final JournalFiles journal;
    private final boolean torn;
    private volatile EmbeddedActiveMQ broker;

    private EmbeddedArtemis(Path directory, Collection<String> queues, Redelivery redelivery) throws Exception {
        this.directory = directory;
        configuration = configuration(directory, queues, redelivery);
        journal = new JournalFiles(directory.resolve(JOURNAL), JOURNAL_FILE_BYTES);
        torn = journal.areShort();
        broker = new EmbeddedActiveMQ().setConfiguration(configuration);
    }

    static EmbeddedArtemis start(Path directory, Collection<String> queues, Redelivery redelivery) {
        EmbeddedArtemis artemis = null;
        try {
            artemis = new EmbeddedArtemis(directory, queues, redelivery);
            artemis.broker.start();
            if (artemis.server().isActive()) {
                artemis.watch.scheduleWithFixedDelay(artemis::mend, LOOK.toMillis(), LOOK.toMillis(),
                        TimeUnit.MILLISECONDS);
                return artemis;
            }
        } catch (Exception fault) {
            throw refused(artemis, directory, fault);
        }
        throw refused(artemis, directory, null);
    }

    private static BrokerUnavailable refused(EmbeddedArtemis artemis, Path directory, Exception fault) {
        if (artemis != null) {
            artemis.stop();
        }
        return new BrokerUnavailable("The queue in " + directory + " cannot be opened"
                + (fault == null ? "" : ": " + fault.getMessage())
                + ". Check that the directory can be written and that no other Cosell Sync runs on it.", fault);
    }

    /** Whether its journal was cut off before it was opened, so that hints may be missing. */
    boolean torn() {
        return torn;
    }

    JournalFiles journal() {
        return journal;
    }

    String url() {
        return url;
    }

    ActiveMQServer server() {
        return broker.getActiveMQServer();
    }

    /** Why nothing can be stored, in one sentence; empty when it can be, and after an orderly stop. */
    String refusal() {
        if (watch.isShutdown()) {
            return "";
        }
        ActiveMQServer server = server();
        if (server.getState() != ActiveMQServer.SERVER_STATE.STARTED) {
            return "The broker of the queue has ended because its disk could not be written; it starts again when "
                    + "there is room on the disk of data.directory";
        }
        return server.getPagingManager().isDiskFull()
                ? "The disk of the queue is full (more than " + MOST_DISK_USAGE
                        + " % used); make room on the disk of data.directory"
                : "";
    }

    /** A write that fails ends the broker; it is started again on what it has stored. */
    private synchronized void mend() {
        if (watch.isShutdown() || server().getState() != ActiveMQServer.SERVER_STATE.STOPPED) {
            return;
        }
        try {
            FileStore disk = Files.getFileStore(directory);
            if (disk.getTotalSpace() - disk.getUsableSpace() < disk.getTotalSpace() / 100.0 * MOST_DISK_USAGE) {
                broker = new EmbeddedActiveMQ().setConfiguration(configuration);
                broker.start();
            }
        } catch (Exception stillBroken) {
            LOG.debug("The queue in {} cannot be opened again yet", directory, stillBroken);
        }
    }

    synchronized void stop() {
        watch.shutdownNow();
        try {
            broker.stop();
        } catch (Exception fault) {
            throw new IllegalStateException("The queue did not stop cleanly; nothing that was accepted is lost", fault);
        }
    }

    private Configuration configuration(Path directory, Collection<String> queues, Redelivery redelivery)
            throws Exception {
        Configuration configuration = new ConfigurationImpl()
                .setName("cosell-sync")
                .setSecurityEnabled(false)
                .setJMXManagementEnabled(true)
                .addAcceptorConfiguration("in-vm", url)
                .setCriticalAnalyzer(false)
                .setMessageExpiryScanPeriod(-1)
                .setAddressQueueScanPeriod(-1)
                .setThreadPoolMaxSize(8);
        configuration.registerBrokerPlugin(new OwnContext());
        journal(configuration, directory);
        configuration.addAddressSetting("#", addressSettings(redelivery));
        for (String queue : queues) {
            configuration.addQueueConfiguration(queue(queue));
        }
        configuration.addQueueConfiguration(queue(DEAD_LETTERS));
        configuration.addQueueConfiguration(queue(EXPIRED));
        return configuration;
    }

    /**
     * No write buffer: the hints themselves are sent many to a commit ({@link Outbox}), so waiting for others to share
     * a disk write would only add its 3 ms to each. At {@value #MOST_DISK_USAGE} % disk usage the broker stops
     * accepting, because a journal that cannot be written ends it; {@link Hints} refuses offers then, and whoever made
     * them comes again.
     */
    private static void journal(Configuration configuration, Path directory) {
        configuration.setPersistenceEnabled(true)
                .setJournalType(JournalType.NIO)
                .setJournalDatasync(true)
                .setJournalBufferTimeout_NIO(0)
                .setPageSyncTimeout(PAGE_SYNC_NANOS)
                .setJournalFileSize(JOURNAL_FILE_BYTES)
                .setJournalLockAcquisitionTimeout(WAIT_FOR_LOCK.toMillis())
                .setMaxDiskUsage(MOST_DISK_USAGE)
                .setJournalDirectory(directory.resolve(JOURNAL).toString())
                .setBindingsDirectory(directory.resolve("bindings").toString())
                .setPagingDirectory(directory.resolve("paging").toString())
                .setLargeMessagesDirectory(directory.resolve("large-messages").toString());
    }

    /**
     * A backlog beyond ten or twenty thousand hints goes to disk, so that memory does not grow with it: refusing or
     * blocking would push the loss onto the sender.
     */
    private static AddressSettings addressSettings(Redelivery redelivery) {
        return new AddressSettings()
                .setDefaultQueueRoutingType(RoutingType.ANYCAST)
                .setDefaultAddressRoutingType(RoutingType.ANYCAST)
                .setAutoDeleteQueues(false)
                .setAutoDeleteAddresses(false)
                .setRedeliveryDelay(redelivery.first().toMillis())
                .setRedeliveryMultiplier(redelivery.multiplier())
                .setMaxRedeliveryDelay(redelivery.longest().toMillis())
                .setMaxDeliveryAttempts(-1)
                .setDeadLetterAddress(SimpleString.of(DEAD_LETTERS))
                .setExpiryAddress(SimpleString.of(EXPIRED))
                .setDefaultGroupBuckets(GROUP_BUCKETS)
                .setDefaultGroupRebalance(true)
                .setDefaultGroupRebalancePauseDispatch(true)
                .setAddressFullMessagePolicy(AddressFullMessagePolicy.PAGE)
                .setMaxSizeBytes(16L * 1024 * 1024)
                .setPageSizeBytes(1024 * 1024);
    }

    private static QueueConfiguration queue(String name) {
        return QueueConfiguration.of(name).setAddress(name).setRoutingType(RoutingType.ANYCAST).setDurable(true)
                .setAutoDelete(false);
    }

    /**
     * When a connection breaks, the thread that notices puts back what its consumers hold. Artemis lets a thread keep
     * the executor of the first broker it did so for, and what goes through that of an ended one never comes back.
     */
    private static final class OwnContext implements ActiveMQServerSessionPlugin {
        @Override
        public void beforeCloseSession(ServerSession session, boolean failed) {
            if (failed) {
                OperationContextImpl.clearContext();
            }
        }
    }
}
