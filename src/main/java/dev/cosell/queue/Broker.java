package dev.cosell.queue;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;

/**
 * Apache ActiveMQ Artemis, in this process or elsewhere.
 *
 * <p>What an external broker has to have set for {@code sync.#} is in {@link QueueSettings}.
 */
public final class Broker implements AutoCloseable {
    private static final int CALL_TIMEOUT_MILLIS = 10_000;
    /**
     * After so long without a sign of life the broker gives the work of an instance to others; a killed process it
     * notices at once.
     */
    private static final long LIFE_SIGN_MILLIS = 15_000;
    private static final long SIGN_PERIOD_MILLIS = 5_000;
    /** From one round over all brokers of a list to the next; Artemis' own two seconds would be lost at each change. */
    private static final long ROUND_MILLIS = 500;

    /**
     * How many bytes of hints a consumer takes in advance, about a dozen. The broker gives nobody anything while the
     * hint at the head of the queue belongs to a consumer that takes none; and what is in stock comes again later when
     * the hint in work fails.
     */
    private static final int STOCK_BYTES = 8_000;

    /** A hint is text and properties: whoever may send to an outside broker must not have objects made here. */
    private static final String EVERY_CLASS = "*";

    private final EmbeddedArtemis embedded;
    private final ActiveMQConnectionFactory artemis;
    /**
     * For questions, each of which takes a connection of its own. Of several brokers each connection takes the next,
     * and with one factory for all, a question and the attempt to get back to a broker would keep taking turns: the
     * one always asks the broker that is there, the other always the one that is away.
     */
    private final ActiveMQConnectionFactory questions;
    private final JmsPoolConnectionFactory pool;
    private volatile Consumer<String> whenLost = reason -> { };

    private Broker(EmbeddedArtemis embedded, Supplier<ActiveMQConnectionFactory> factories) {
        this.embedded = embedded;
        this.artemis = withSettings(factories.get());
        this.questions = withSettings(factories.get());
        this.pool = new JmsPoolConnectionFactory();
        pool.setConnectionFactory(artemis);
        pool.setMaxConnections(1);
    }

    private static ActiveMQConnectionFactory withSettings(ActiveMQConnectionFactory artemis) {
        artemis.setDeserializationDenyList(EVERY_CLASS);
        artemis.setBlockOnDurableSend(true);
        artemis.setCallTimeout(CALL_TIMEOUT_MILLIS);
        artemis.setConsumerWindowSize(STOCK_BYTES);
        return artemis;
    }

    /**
     * Starts a broker in this process that keeps its journal in {@code directory}.
     *
     * @throws BrokerUnavailable when the directory cannot be used
     */
    public static Broker embedded(Path directory, Collection<String> queues, Redelivery redelivery) {
        EmbeddedArtemis embedded = EmbeddedArtemis.start(directory, queues, redelivery);
        return new Broker(embedded, () -> new ActiveMQConnectionFactory(embedded.url()));
    }

    /**
     * Uses a broker that runs elsewhere; it is first contacted when it is needed.
     *
     * @param url      as {@link BrokerAddress} takes it
     * @param user     null when the broker asks for none
     * @param password null when the broker asks for none
     */
    public static Broker external(String url, String user, String password) {
        return new Broker(null, () -> outside(url, user, password));
    }

    private static ActiveMQConnectionFactory outside(String url, String user, String password) {
        ActiveMQConnectionFactory artemis = new ActiveMQConnectionFactory(url, user, password);
        if (!url.contains("connectionTTL=")) {
            artemis.setConnectionTTL(LIFE_SIGN_MILLIS);
            artemis.setClientFailureCheckPeriod(SIGN_PERIOD_MILLIS);
        }
        if (artemis.getStaticConnectors().length > 1 && artemis.getReconnectAttempts() < 0) {
            askEachInTurn(artemis);
            if (!url.contains("retryInterval=")) {
                artemis.setRetryInterval(ROUND_MILLIS);
            }
        }
        return artemis;
    }

    /**
     * Artemis' own reconnecting keeps to the broker that it had while a connection to it can be made, though nobody may
     * answer there: load balancers and forwarded ports take connections for a broker that is away.
     */
    private static void askEachInTurn(ActiveMQConnectionFactory artemis) {
        artemis.setReconnectAttempts(0);
        artemis.getServerLocator().setFailoverAttempts(-1);
        artemis.setUseTopologyForLoadBalancing(false);
    }

    /** Connections and sessions come from a pool: closing them is cheap, and so is opening them. */
    public ConnectionFactory connections() {
        return pool;
    }

    /** Whether every hint that this broker holds is taken by this very process. */
    boolean inThisProcess() {
        return embedded != null;
    }

    /** To be told when consumers lose the broker or cannot reach it. */
    public void lost(JMSException fault) {
        whenLost.accept(fault.getMessage());
    }

    void whenLost(Consumer<String> listener) {
        whenLost = listener;
    }

    /** Why nothing can be stored now; empty when it can be, or when a broker elsewhere does not tell. */
    String refusal() {
        return embedded == null ? "" : embedded.refusal();
    }

    /** Whether hints that were accepted may be missing, because the journal of this process' broker was cut off. */
    public boolean torn() {
        return embedded != null && embedded.torn();
    }

    /** To be called when all that may be missing is read again: the next start has no reason to do so once more. */
    public void madeUpFor() {
        if (torn()) {
            embedded.journal().fill();
        }
    }

    /** The broker of this process; null when it runs elsewhere. */
    EmbeddedArtemis embedded() {
        return embedded;
    }

    /** Messages on a queue: waiting, in work, and those that wait out the delay before they come again. */
    int depth(String queue) {
        return QueueDepth.count(questions, queue);
    }

    /**
     * How an outside broker treats queues of ours.
     *
     * @throws BrokerUnavailable when it does not answer
     */
    public QueueReport look(Collection<String> queues) {
        return new QueueLook(questions).look(List.copyOf(queues));
    }

    /**
     * When the oldest message of a queue was accepted; an external broker does not tell of those that come again later.
     */
    Optional<Instant> oldest(String queue) throws JMSException {
        return embedded == null ? QueueDepth.oldestWaiting(pool, queue) : QueueDepth.oldest(embedded.server(), queue);
    }

    @Override
    public void close() {
        pool.stop();
        artemis.close();
        questions.close();
        if (embedded != null) {
            embedded.stop();
        }
    }
}
