package dev.cosell.queue;

import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Hint;
import jakarta.jms.JMSException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeException;
import org.apache.camel.Variable;

/** The durable hand-off between whoever notices a change and the syncs: one queue for each CRM. */
public final class Hints implements AutoCloseable {
    /** The name of the queue where systems are named, as in faults. */
    public static final String SYSTEM = "queue";

    /** Header in which a trace travels through the queue, as W3C names it. */
    public static final String TRACE = "traceparent";

    /**
     * How long an offer may take: longer than any disk needs that works, shorter than senders of notifications wait as
     * a rule. An outside broker whose disk is full lets a send wait without end.
     */
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Of many hints so many are handed over together: whoever comes meanwhile with one waits for no more of them. */
    private static final int TOGETHER = 100;

    private final Broker broker;
    private final WaitingHints waiting;
    private final Acceptance acceptance;
    private final Outbox outbox;
    private final Dispatch dispatch;
    private static final int ENOUGH = 500;

    private final Room room = new Room(this::backlog);
    private final Duration patience;
    private volatile Supplier<String> trace = () -> null;
    private volatile Set<String> givenBack = Set.of();

    /**
     * @param crms   names of the enabled CRMs; a hint of one of them concerns that one, a hint of any other system
     *     concerns all
     * @param groups which hints must be worked on one after the other: the pair each belongs to. One that is left out,
     *     or a failure, stands for the record's own id
     */
    public Hints(Broker broker, List<String> crms, Function<List<Hint>, Map<Hint, String>> groups, Clock clock) {
        this(broker, crms, groups, clock, PATIENCE);
    }

    /** @param patience how long an offer may take */
    Hints(Broker broker, List<String> crms, Function<List<Hint>, Map<Hint, String>> groups, Clock clock,
            Duration patience) {
        this.patience = patience;
        this.broker = broker;
        this.waiting = new WaitingHints(clock);
        this.acceptance = new Acceptance(clock);
        this.outbox = new Outbox(broker.connections(), acceptance);
        this.dispatch = new Dispatch(broker, crms, groups, () -> trace.get(), waiting, outbox);
        broker.whenLost(reason -> acceptance.lost(lost(reason)));
    }

    /** @param current gives what the calling thread works on, as the header {@link #TRACE} has it; null for nothing */
    public void traced(Supplier<String> current) {
        trace = current;
    }

    /** The hint that an exchange took from the queue; null when it took none. */
    public static Hint of(Exchange exchange) {
        return exchange.getProperty(Defects.HINT, Hint.class);
    }

    /** Name of the queue of a CRM. */
    public static String queue(String crm) {
        return "sync." + crm;
    }

    /**
     * For the loop of a poll: whether it reads its next page now, or goes on from its position at a later turn.
     *
     * @param more whether there is one
     */
    public boolean takesMore(String crm, boolean more) {
        return more && room.isLeft(crm);
    }

    /**
     * Returns when the hint is on disk for every CRM that it concerns.
     *
     * @throws Fault.Transient when it may not be: offer it again
     */
    public void offer(Hint hint) {
        offerTogether(List.of(hint), 1);
    }

    /**
     * The same for many, which share the waits for the disk. Very many are worked on behind what comes later: see
     * {@link Urgency}.
     *
     * @throws Fault.Transient when some may not be on disk: offer all of them again
     */
    public void offerAll(@Body List<Hint> hints) {
        for (int from = 0; from < hints.size(); from += TOGETHER) {
            offerTogether(hints.subList(from, Math.min(hints.size(), from + TOGETHER)), hints.size());
        }
    }

    private void offerTogether(List<Hint> hints, int together) {
        requireAcceptance();
        await(hints, dispatch.send(hints, together));
    }

    /** Refuses at once what would only wait behind a send that waits already. */
    private void requireAcceptance() {
        String refusal = broker.refusal();
        if (!refusal.isEmpty()) {
            acceptance.lost(refusal);
            throw new Fault.Transient(SYSTEM, refusal);
        }
        if (outbox.sendsFor(patience)) {
            acceptance.unanswered(notTaken());
            throw new Fault.Transient(SYSTEM, notTaken());
        }
    }

    /** For the policy of polls and sweeps: whether a fault is the queue's own, which is said once for all of them. */
    public boolean refusedBy(@ExchangeException Fault.Transient fault) {
        return SYSTEM.equals(fault.system());
    }

    private String lost(String reason) {
        String refusal = broker.refusal();
        return refusal.isEmpty() ? "The broker of the queue cannot be reached: " + reason : refusal;
    }

    private String notTaken() {
        return "The broker has not taken a hint for " + patience.toSeconds()
                + " s; its disk may be full, or nobody answers behind its address";
    }

    /** Why hints are refused; empty when they are not. */
    public String problem() {
        String refusal = broker.refusal();
        return refusal.isEmpty() ? acceptance.problem() : refusal;
    }

    private void await(List<Hint> hints, CompletableFuture<Void> durable) {
        try {
            durable.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | CompletionException failed) {
            throw new Fault.Transient(SYSTEM, failed.getCause().getMessage(), failed.getCause());
        } catch (TimeoutException late) {
            acceptance.unanswered(notTaken());
            throw new Fault.Transient(SYSTEM, "The hint for " + named(hints) + " was not on disk after "
                    + patience.toSeconds() + " s", late);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new Fault.Transient(SYSTEM, "Interrupted while handing over " + named(hints), stopping);
        }
    }

    private static String named(List<Hint> hints) {
        Hint first = hints.get(0);
        return first.system() + " " + first.id() + (hints.size() == 1 ? "" : " or one of those offered with it");
    }

    /**
     * To be called before the record is read: a hint that comes later does not join this one.
     *
     * @return the same hint; with the time of the change of which all that joined it told, if that is certain
     */
    public Hint taken(@Body Hint hint, @Variable("crm") String crm) {
        return hint.changedAt(waiting.taken(crm, hint));
    }

    /**
     * Ids of wanted records that a CRM's own poll reported and that wait, the oldest first, so many at most; none when
     * another process may take them.
     */
    public List<String> polled(String crm, Predicate<String> wanted, int most) {
        return waiting.polled(crm, wanted, most);
    }

    /**
     * What is taken of these CRMs goes back to the queue: a person has paused them, and a route that is just being made
     * runs until it is told.
     */
    public void giveBack(Set<String> crms) {
        givenBack = Set.copyOf(crms);
    }

    /**
     * For the route behind the queue: the message becomes a {@link Hint}, and all its headers go.
     *
     * @throws Fault.Early when the CRM is paused
     */
    public void read(Exchange exchange) {
        String crm = exchange.getVariable("crm", String.class);
        if (crm != null && givenBack.contains(crm)) {
            throw new Fault.Early(SYSTEM, crm + " is paused");
        }
        var message = exchange.getMessage();
        Hint hint = HintMessages.hint(name -> message.getHeader(name, String.class));
        message.removeHeaders("*");
        message.setBody(hint);
        exchange.setProperty(Defects.HINT, hint);
    }

    /** Hints of a CRM that are not done: waiting, in work, or to come again after a failure. */
    public int backlog(String crm) {
        return broker.depth(queue(crm));
    }

    /** Whether so many at once are no edits of the moment. */
    public static boolean areMany(int count) {
        return count > Urgency.MOST_AT_ONCE;
    }

    /** Whether a CRM's queue has enough to do for minutes: many that can wait are handed over a few at a time. */
    public boolean isBusy(String crm) {
        return backlog(crm) >= ENOUGH;
    }

    Broker broker() {
        return broker;
    }

    /** When the oldest hint of {@link #backlog} was accepted. */
    public Optional<Instant> oldest(String crm) {
        try {
            return broker.oldest(queue(crm));
        } catch (JMSException fault) {
            throw new Fault.Transient(SYSTEM, "The queue of " + crm + " did not answer: " + fault.getMessage(), fault);
        }
    }

    @Override
    public void close() {
        outbox.close();
    }
}
