package dev.cosell.queue;

import dev.cosell.verbs.Fault;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import java.time.Instant;
import java.util.Collection;
import java.util.Enumeration;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.MessageReference;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.activemq.artemis.utils.collections.LinkedListIterator;

/** How much lies on a queue, and since when. */
final class QueueDepth {
    private QueueDepth() {}

    static int count(ActiveMQConnectionFactory artemis, String queue) {
        try (ClientSessionFactory factory = artemis.getServerLocator().createSessionFactory();
             ClientSession session = factory.createSession(artemis.getUser(), artemis.getPassword(), false, true, true,
                     artemis.isPreAcknowledge(), artemis.getTransactionBatchSize())) {
            return Math.toIntExact(session.queueQuery(SimpleString.of(queue)).getMessageCount());
        } catch (Exception fault) {
            throw new Fault.Transient(Hints.SYSTEM, "The queue " + queue + " did not answer: " + fault.getMessage(),
                    fault);
        }
    }

    /** Sees what no browser shows: messages in work, and those that wait out the delay before they come again. */
    static Optional<Instant> oldest(ActiveMQServer server, String name) {
        Queue queue = server.locateQueue(name);
        if (queue == null) {
            return Optional.empty();
        }
        Stream<MessageReference> hidden = Stream.concat(queue.getScheduledMessages().stream(),
                queue.getDeliveringMessages().values().stream().flatMap(Collection::stream));
        return earliest(
                LongStream.concat(first(queue), hidden.mapToLong(message -> message.getMessage().getTimestamp())));
    }

    private static LongStream first(Queue queue) {
        try (LinkedListIterator<MessageReference> waiting = queue.browserIterator()) {
            return waiting.hasNext() ? LongStream.of(waiting.next().getMessage().getTimestamp()) : LongStream.empty();
        }
    }

    static Optional<Instant> oldestWaiting(ConnectionFactory connections, String queue) throws JMSException {
        try (Connection connection = connections.createConnection();
             Session session = connection.createSession();
             QueueBrowser browser = session.createBrowser(session.createQueue(queue))) {
            connection.start();
            Enumeration<?> waiting = browser.getEnumeration();
            return earliest(waiting.hasMoreElements()
                    ? LongStream.of(((Message) waiting.nextElement()).getJMSTimestamp()) : LongStream.empty());
        }
    }

    private static Optional<Instant> earliest(LongStream timestamps) {
        return timestamps.min().stream().mapToObj(Instant::ofEpochMilli).findFirst();
    }
}
