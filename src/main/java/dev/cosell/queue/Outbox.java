package dev.cosell.queue;

import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Hint;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends hints from one thread, as many to a commit as have gathered during the commit before: a commit waits for the
 * disk, and so one wait serves all who are waiting.
 */
final class Outbox implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
    private static final int LETTERS_PER_COMMIT = 128;

    /** For what is being sent when the process stops; then the send is broken off. */
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final ConnectionFactory connections;
    private final Acceptance acceptance;
    private final BlockingQueue<Letter> waiting = new LinkedBlockingQueue<>();
    private final Thread sender = new Thread(this::run, "cosell-hint-sender");
    private volatile boolean open = true;
    private volatile long sendingSince;
    private volatile boolean sending;
    private Connection connection;
    private Session session;
    private MessageProducer producer;
    private final Map<String, Queue> queues = new HashMap<>();

    /** @param acceptance is told of what the broker takes and refuses */
    Outbox(ConnectionFactory connections, Acceptance acceptance) {
        this.connections = connections;
        this.acceptance = acceptance;
        sender.setDaemon(true);
        sender.start();
    }

    /** @param trace what the hint was offered by; null when that is not traced */
    record Addressed(String queue, Hint hint, Urgency urgency, String group, String trace) {}

    /**
     * Hints that become durable together or not at all.
     *
     * @param leaving called just before they are sent
     * @param onDisk  completes when they are durable, or fails with a {@link Fault.Transient}
     */
    record Letter(List<Addressed> hints, Runnable leaving, CompletableFuture<Void> onDisk) {}

    void post(Letter letter) {
        waiting.add(letter);
        if (!open) {
            refuseAll();
        }
    }

    private void run() {
        List<Letter> batch = new ArrayList<>();
        while (open) {
            try {
                batch.add(waiting.take());
            } catch (InterruptedException ended) {
                open = false;
                break;
            }
            waiting.drainTo(batch, LETTERS_PER_COMMIT - 1);
            sendingSince = System.nanoTime();
            sending = true;
            deliver(batch);
            sending = false;
            batch.clear();
        }
        disconnect();
        refuseAll();
    }

    /** Whether what is being sent has been on its way for so long. */
    boolean sendsFor(Duration time) {
        return sending && System.nanoTime() - sendingSince > time.toNanos();
    }

    private void deliver(List<Letter> batch) {
        try {
            batch.forEach(letter -> letter.leaving().run());
            acceptance.accepted(sentOnceMoreIfStale(batch));
            batch.forEach(letter -> letter.onDisk().complete(null));
        } catch (JMSException | RuntimeException fault) {
            LOG.debug("{} hints could not be put on the queue", batch.size(), fault);
            String why = "The queue does not accept hints: " + fault.getMessage();
            if (open) {
                acceptance.refused(why);
            }
            Fault away = new Fault.Transient(Hints.SYSTEM, why, fault);
            batch.forEach(letter -> letter.onDisk().completeExceptionally(away));
        }
    }

    /**
     * A session may have died unnoticed since the last commit. Sending twice is harmless, a hint only says "look".
     *
     * @return how often the broker was lost before what went through was sent
     */
    private long sentOnceMoreIfStale(List<Letter> batch) throws JMSException {
        boolean fresh = session == null;
        long before = acceptance.losses();
        try {
            send(batch);
            return before;
        } catch (JMSException | RuntimeException fault) {
            disconnect();
            if (fresh || !open) {
                throw fault;
            }
            long again = acceptance.losses();
            sendFresh(batch);
            return again;
        }
    }

    private void sendFresh(List<Letter> batch) throws JMSException {
        try {
            send(batch);
        } catch (JMSException | RuntimeException fault) {
            disconnect();
            throw fault;
        }
    }

    private void send(List<Letter> batch) throws JMSException {
        connect();
        for (Letter letter : batch) {
            for (Addressed addressed : letter.hints()) {
                producer.send(queue(addressed.queue()),
                        HintMessages.message(session, addressed.hint(), addressed.group(), addressed.trace()),
                        DeliveryMode.PERSISTENT, addressed.urgency().priority(), Message.DEFAULT_TIME_TO_LIVE);
            }
        }
        session.commit();
    }

    /** Artemis asks the broker about a queue each time a session makes one, and waits for the answer. */
    private Queue queue(String name) throws JMSException {
        Queue queue = queues.get(name);
        if (queue == null) {
            queue = session.createQueue(name);
            queues.put(name, queue);
        }
        return queue;
    }

    private void connect() throws JMSException {
        if (session == null) {
            connection = connections.createConnection();
            if (connection == null) {
                throw new IllegalStateException("The connections to the broker are closed");
            }
            session = connection.createSession(Session.SESSION_TRANSACTED);
            producer = session.createProducer(null);
        }
    }

    private void disconnect() {
        queues.clear();
        session = null;
        producer = null;
        if (connection != null) {
            try {
                connection.close();
            } catch (JMSException fault) {
                LOG.debug("A broken connection did not close cleanly", fault);
            }
            connection = null;
        }
    }

    private void refuseAll() {
        for (Letter letter = waiting.poll(); letter != null; letter = waiting.poll()) {
            letter.onDisk().completeExceptionally(new Fault.Transient(Hints.SYSTEM, "Cosell Sync is stopping"));
        }
    }

    /** Ends what is being sent, if the broker takes it soon; what has not been sent yet fails. */
    @Override
    public void close() {
        open = false;
        if (waiting.isEmpty()) {
            waiting.add(new Letter(List.of(), () -> {}, new CompletableFuture<>()));
        }
        try {
            sender.join(FAREWELL.toMillis());
            if (sender.isAlive()) {
                sender.interrupt();
                sender.join(FAREWELL.toMillis());
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
