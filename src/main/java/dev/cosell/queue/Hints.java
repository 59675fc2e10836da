package dev.cosell.queue;

import dev.cosell.queue.Outbox.Addressed;
import dev.cosell.queue.Outbox.Letter;
import dev.cosell.queue.WaitingHints.Place;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Hint;
import jakarta.jms.JMSException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
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
import java.util.function.Supplier;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeException;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The durable hand-off between whoever notices a change and the syncs: one queue for each CRM. */
public final class Hints implements AutoCloseable {
    /** The name of the queue where systems are named, as in faults. */
    public static final String SYSTEM = "queue";

    /** Header in which a trace travels through the queue, as W3C names it. */
    public static final String TRACE = "traceparent";

    private static final Logger LOG = LoggerFactory.getLogger(Hints.class);
    /**
     * How long an offer may take: longer than any disk needs that works, shorter than senders of notifications wait as
     * a rule. An outside broker whose disk is full lets a send wait without end.
     */
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Of many hints so many are handed over together: whoever comes meanwhile with one waits for no more of them. */
    private static final int TOGETHER = 100;
    private static final Set<Hint.Origin> OF_THEIR_OWN = EnumSet.of(Hint.Origin.RETRY, Hint.Origin.PARTS,
            Hint.Origin.BACKFILL);

    private final Broker broker;
    private final List<String> crms;
    private final Function<List<Hint>, Map<Hint, String>> groups;
    private final WaitingHints waiting;
    private final Acceptance acceptance;
    private final Outbox outbox;
    private final Duration patience;
    private volatile Supplier<String> trace = () -> null;

    /**
     * A hint that is about to be sent.
     *
     * @param places those of its own; where it joined another it has none
     * @param onDisk completes when it is durable
     */
    private record Claim(Hint hint, List<Place> places, CompletableFuture<Void> onDisk) {}

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
        this.crms = List.copyOf(crms);
        this.groups = groups;
        this.waiting = new WaitingHints(clock);
        this.acceptance = new Acceptance(clock);
        this.outbox = new Outbox(broker.connections(), acceptance);
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
     * Returns when the hint is on disk for every CRM that it concerns.
     *
     * @throws Fault.Transient when it may not be: offer it again
     */
    public void offer(Hint hint) {
        offerTogether(List.of(hint));
    }

    /**
     * The same for many, which share the waits for the disk.
     *
     * @throws Fault.Transient when some may not be on disk: offer all of them again
     */
    public void offerAll(@Body List<Hint> hints) {
        for (int from = 0; from < hints.size(); from += TOGETHER) {
            offerTogether(hints.subList(from, Math.min(hints.size(), from + TOGETHER)));
        }
    }

    private void offerTogether(List<Hint> hints) {
        requireAcceptance();
        List<CompletableFuture<Void>> durable = new ArrayList<>();
        List<Claim> claims = new ArrayList<>();
        for (Hint hint : hints) {
            Claim claim = new Claim(hint, new ArrayList<>(), new CompletableFuture<>());
            for (String crm : concerned(hint)) {
                Place place = place(crm, hint, claim.onDisk());
                durable.add(place.onDisk());
                if (place.onDisk() == claim.onDisk()) {
                    claim.places().add(place);
                }
            }
            if (!claim.places().isEmpty()) {
                claims.add(claim);
            }
        }
        post(claims);
        await(hints, CompletableFuture.allOf(durable.toArray(CompletableFuture[]::new)));
    }

    /** Refuses at once what would only wait behind a send that waits already. */
    private void requireAcceptance() {
        String refusal = broker.refusal();
        if (!refusal.isEmpty()) {
            acceptance.lost(refusal);
            throw new Fault.Transient(SYSTEM, refusal);
        }
        if (outbox.sendsFor(patience)) {
            acceptance.refused(notTaken());
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
        return "The broker has not taken a hint for " + patience.toSeconds() + " s; its disk may be full";
    }

    /** Why hints are refused; empty when they are not. */
    public String problem() {
        String refusal = broker.refusal();
        return refusal.isEmpty() ? acceptance.problem() : refusal;
    }

    private List<String> concerned(Hint hint) {
        return crms.contains(hint.system()) ? List.of(hint.system()) : crms;
    }

    /**
     * A retry was asked for by a person or a route that waits for it: it gets a message of its own. So does a backfill,
     * behind which no live change may wait.
     */
    private Place place(String crm, Hint hint, CompletableFuture<Void> mine) {
        return OF_THEIR_OWN.contains(hint.origin()) ? new Place(crm, hint, mine, Instant.MAX)
                : waiting.claim(crm, hint, mine);
    }

    private void post(List<Claim> claims) {
        Map<Hint, String> known = groups(claims.stream().map(Claim::hint).toList());
        String offeredBy = trace.get();
        for (Claim claim : claims) {
            List<Place> places = claim.places();
            claim.onDisk().whenComplete((done, fault) -> {
                if (fault != null) {
                    places.forEach(waiting::remove);
                }
            });
            String group = known.getOrDefault(claim.hint(), claim.hint().id());
            List<Addressed> addressed = places.stream()
                    .map(place -> new Addressed(queue(place.crm()), place.hint(), group, offeredBy)).toList();
            outbox.post(new Letter(addressed, () -> leaving(places), claim.onDisk()));
        }
    }

    /**
     * What another process may take from the queue is out of our sight as soon as it is sent, and nobody may join it.
     */
    private void leaving(List<Place> places) {
        if (!broker.inThisProcess()) {
            places.forEach(waiting::remove);
        }
    }

    /**
     * Without the pair's group two consumers may work on it at once; versions guard against that, so it is no reason to
     * refuse.
     */
    private Map<Hint, String> groups(List<Hint> hints) {
        try {
            return hints.isEmpty() ? Map.of() : groups.apply(hints);
        } catch (RuntimeException fault) {
            LOG.debug("No groups for {} hints", hints.size(), fault);
            return Map.of();
        }
    }

    private void await(List<Hint> hints, CompletableFuture<Void> durable) {
        try {
            durable.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | CompletionException failed) {
            throw new Fault.Transient(SYSTEM, failed.getCause().getMessage(), failed.getCause());
        } catch (TimeoutException late) {
            acceptance.refused(notTaken());
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
     * Ids of records that a CRM's own poll reported and that wait, the oldest first; none when another process may take
     * them.
     */
    public List<String> polled(String crm, int most) {
        return waiting.polled(crm, most);
    }

    /** For the route behind the queue: the message becomes a {@link Hint}, and all its headers go. */
    public void read(Exchange exchange) {
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
