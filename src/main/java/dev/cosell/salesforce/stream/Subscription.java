package dev.cosell.salesforce.stream;

import dev.cosell.connection.Turn;
import dev.cosell.salesforce.SalesforceSignIn;
import dev.cosell.salesforce.SalesforceSignIn.Session;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one subscription: makes clients, one after the other, and gives up each that fails or falls silent. All that is
 * done by one thread of its own; events come on the threads of the client, one at a time.
 */
final class Subscription implements EventClient.Listener {
    /** Carries an event through the route. */
    interface Handler {
        /** @throws Exception when the event could not be handed over: it must come again */
        void handle(ChangeEvent event) throws Exception;
    }

    /**
     * @param channel   of Bayeux
     * @param source    name under which the position is kept
     * @param position  gives the kept position, null when there is none
     * @param turn      whether it is this instance that listens
     */
    record Subject(String channel, String source, Supplier<String> position, Turn turn) {}

    private static final Logger LOG = LoggerFactory.getLogger(Subscription.class);
    private static final long NEW_EVENTS = -1;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Subject subject;
    private final SalesforceSignIn signIn;
    private final EventStream stream;
    private final Pace pace;
    private final Handler handler;
    private final ScheduledExecutorService thread;
    private final ReentrantLock handling = new ReentrantLock();

    private volatile EventClient client;
    /** It gave an event that could not be handed over: what it gives behind that must not move the position. */
    private volatile EventClient spoilt;
    private volatile long lastAnswer;
    private volatile long listeningSince;
    private volatile int failures;
    private volatile boolean stopped;
    private Session session;
    private String refusedToken;
    private String start;
    private String goneStart;
    /** The position that is kept; moved from here alone while the subscription is ours. */
    private volatile String kept;

    /** @param thread ends with the subscription */
    Subscription(Subject subject, SalesforceSignIn signIn, EventStream stream, Handler handler,
            ScheduledExecutorService thread) {
        this.subject = subject;
        this.signIn = signIn;
        this.stream = stream;
        this.pace = stream.pace();
        this.handler = handler;
        this.thread = thread;
    }

    void start() {
        subject.turn().want();
        later(this::open, Duration.ZERO);
        thread.scheduleWithFixedDelay(this::look, pace.look().toMillis(), pace.look().toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** Waits a little for an event that is being handed over. */
    void stop() {
        stopped = true;
        thread.shutdownNow();
        awaitThread();
        EventClient last = client;
        client = null;
        awaitLastEvent();
        if (last != null) {
            try {
                last.leave();
            } catch (Exception fault) {
                LOG.debug("The client of the event stream did not end cleanly", fault);
            }
        }
        stream.off();
        subject.turn().giveBack();
    }

    private void awaitThread() {
        try {
            if (!thread.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("The event stream is still busy while it is being stopped");
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitLastEvent() {
        try {
            if (handling.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                handling.unlock();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    // ---- the life of a client, on the own thread
    // ----------------------------------------------------------------------------

    private void open() {
        if (!subject.turn().isOurs()) {
            stream.elsewhere();
            later(this::open, pace.look());
            return;
        }
        try {
            Optional<Session> given = signIn.session(refusedToken);
            if (given.isEmpty()) {
                stream.waitsForSignIn();
                later(this::open, pace.firstPause());
                return;
            }
            session = given.get();
            refusedToken = null;
            kept = subject.position().get();
            start = kept;
            if (start != null && start.equals(goneStart)) {
                start = null;
            }
            stream.connecting();
            listeningSince = 0;
            lastAnswer = System.nanoTime();
            EventClient next = new EventClient(session, subject.channel(),
                    start == null ? NEW_EVENTS : Long.parseLong(start), this);
            client = next;
            next.open();
        } catch (Exception failed) {
            LOG.debug("The event stream could not be opened", failed);
            end(Failure.of("", failed));
        }
    }

    private void look() {
        EventClient present = client;
        if (present == null) {
            return;
        }
        if (!subject.turn().isOurs()) {
            abandon();
            open();
            return;
        }
        Duration quiet = Duration.ofNanos(System.nanoTime() - lastAnswer);
        if (quiet.compareTo(pace.silence()) > 0 && !handling.isLocked()) {
            end(Failure.other("not a word for " + quiet.toSeconds() + " s"));
        } else if (listeningSince != 0 && stream.isDeaf()) {
            abandon();
            open();
        }
    }

    /** Gives the client up and makes another one after a pause. */
    private void end(Failure failure) {
        boolean stable = listeningSince != 0
                && Duration.ofNanos(System.nanoTime() - listeningSince).compareTo(pace.stable()) > 0;
        failures = stable ? 1 : failures + 1;
        abandon();
        if (stopped) {
            return;
        }
        Duration pause = pace.pause(failures);
        if (failure.kind() == Failure.Kind.SESSION && session != null) {
            refusedToken = session.token();
        }
        if (failure.kind() == Failure.Kind.POSITION) {
            goneStart = start;
            stream.positionIsGone(start);
        } else {
            stream.lost(failure.reason(), pause, failure.kind() != Failure.Kind.OTHER);
        }
        later(this::open, pause);
    }

    private void abandon() {
        EventClient last = client;
        client = null;
        if (last != null) {
            try {
                last.abandon();
            } catch (Exception fault) {
                LOG.debug("The client of the event stream did not end cleanly", fault);
            }
        }
    }

    private void later(Runnable work, Duration pause) {
        try {
            thread.schedule(work, pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException stopping) {
            LOG.debug("The event stream is being stopped", stopping);
        }
    }

    // ---- what a client tells, on its threads
    // --------------------------------------------------------------------------------

    @Override
    public void listening(EventClient of) {
        if (of == client) {
            listeningSince = System.nanoTime();
            stream.listening(start);
        }
    }

    @Override
    public void alive(EventClient of) {
        if (of == client) {
            lastAnswer = System.nanoTime();
        }
    }

    @Override
    public void failed(EventClient of, Failure failure) {
        later(() -> {
            if (of == client) {
                end(failure);
            }
        }, Duration.ZERO);
    }

    @Override
    public void event(EventClient of, Map<String, Object> data) {
        handling.lock();
        try {
            if (of == client && of != spoilt) {
                handle(of, data);
            }
        } finally {
            lastAnswer = System.nanoTime();
            handling.unlock();
        }
    }

    private void handle(EventClient of, Map<String, Object> data) {
        ChangeEvent event;
        try {
            event = ChangeEvent.of(subject.source(), kept, data);
        } catch (IllegalArgumentException strange) {
            LOG.warn("Salesforce sent an event that cannot be read ({}); the next poll finds what it was about",
                    strange.getMessage());
            return;
        }
        stream.heard(event);
        try {
            handler.handle(event);
            kept = event.position();
            failures = 0;
            stream.handedOver(event);
        } catch (Exception failed) {
            spoilt = of;
            failed(of, Failure.of("event " + event.position() + " could not be handed over and has to come again: ",
                    failed));
        }
    }
}
