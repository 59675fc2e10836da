package dev.cosell.queue;

import dev.cosell.queue.Outbox.Addressed;
import dev.cosell.queue.Outbox.Letter;
import dev.cosell.queue.WaitingHints.Place;
import dev.cosell.verbs.Hint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which messages a hint becomes: one for each CRM that it concerns, unless it joins a hint that waits there. */
final class Dispatch {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatch.class);
    private static final Set<Hint.Origin> OF_THEIR_OWN = EnumSet.of(Hint.Origin.RETRY, Hint.Origin.PARTS);

    private final Broker broker;
    private final List<String> crms;
    private final Function<List<Hint>, Map<Hint, String>> groups;
    private final Supplier<String> trace;
    private final WaitingHints waiting;
    private final Outbox outbox;

    /**
     * A hint that is about to be sent.
     *
     * @param places those of its own; where it joined another it has none
     * @param onDisk completes when it is durable
     */
    private record Claim(Hint hint, List<Place> places, CompletableFuture<Void> onDisk) {}

    /**
     * @param crms   names of the enabled CRMs; a hint of one of them concerns that one, a hint of Partner Center or
     *     the marketplace concerns all, and one of a CRM that is not enabled none
     * @param groups which hints must be worked on one after the other: the pair each belongs to. One that is left out,
     *     or a failure, stands for the record's own id
     * @param trace  gives what the calling thread works on; null for nothing
     */
    Dispatch(Broker broker, List<String> crms, Function<List<Hint>, Map<Hint, String>> groups, Supplier<String> trace,
            WaitingHints waiting, Outbox outbox) {
        this.broker = broker;
        this.crms = List.copyOf(crms);
        this.groups = groups;
        this.trace = trace;
        this.waiting = waiting;
        this.outbox = outbox;
    }

    /**
     * @param together how many hints these were offered with, themselves included
     * @return completes when all of them are durable; fails when one cannot be put on the queue
     */
    CompletableFuture<Void> send(List<Hint> hints, int together) {
        List<CompletableFuture<Void>> durable = new ArrayList<>();
        List<Claim> claims = new ArrayList<>();
        for (Hint hint : hints) {
            Claim claim = new Claim(hint, new ArrayList<>(), new CompletableFuture<>());
            for (String crm : concerned(hint)) {
                Place place = place(crm, hint, Urgency.of(hint, together), claim.onDisk());
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
        return CompletableFuture.allOf(durable.toArray(CompletableFuture[]::new));
    }

    private List<String> concerned(Hint hint) {
        if (hint.concernsAll()) {
            return crms;
        }
        if (!crms.contains(hint.system())) {
            LOG.info("Nobody looks at {} {}: that CRM is not enabled", hint.system(), hint.id());
            return List.of();
        }
        return List.of(hint.system());
    }

    /**
     * A retry was asked for by a person or a route that waits for it: it gets a message of its own. So does what
     * can wait, behind which no live change may.
     */
    private Place place(String crm, Hint hint, Urgency urgency, CompletableFuture<Void> mine) {
        boolean alone = OF_THEIR_OWN.contains(hint.origin()) || hint.origin().canWait();
        return alone ? new Place(crm, hint, urgency, mine, Instant.MAX) : waiting.claim(crm, hint, urgency, mine);
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
                    .map(place -> new Addressed(Hints.queue(place.crm()), place.hint(), place.urgency(), group,
                            offeredBy)).toList();
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
}
