package dev.cosell.sync.steps;

import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.LinkState;
import dev.cosell.sync.decide.Pair;
import dev.cosell.verbs.CrmView;
import dev.cosell.verbs.Hint;
import dev.cosell.verbs.Opportunity;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;

/**
 * Reads of opportunities that travel together: when a poll has reported many, the first sync reads its own with the
 * next ones that wait. What was read for a sync serves it for half a minute and only at the very version that its hint
 * names; whatever else is the matter, it reads for itself.
 */
public final class ReadAhead {
    /** As many as fit into one query and into one batch. */
    private static final int TOGETHER = 25;
    private static final Duration FRESH = Duration.ofSeconds(30);
    /** Longer than any call may take. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Map<String, CrmView> crms;
    private final Waiting waiting;
    private final Clock clock;
    private final Map<String, Read> reads = new ConcurrentHashMap<>();

    /** Whose hints wait in this process. */
    public interface Waiting {
        /** Ids of such records of the CRM that are wanted, so many at most. */
        List<String> of(String crm, Predicate<String> wanted, int most);
    }

    public ReadAhead(Map<String, CrmView> crms, Waiting waiting, Clock clock) {
        this.crms = Map.copyOf(crms);
        this.waiting = waiting;
        this.clock = clock;
    }

    /** @param result null for what was not there, or when nothing was read */
    private record Read(CompletableFuture<Opportunity> result, Instant begun) {}

    /**
     * The ids that this sync is to read together, its own among them; none when it has to read for itself, or its
     * opportunity is read with another's. Waits while that read is under way.
     */
    public List<String> together(@Variable("pair") Pair pair) {
        if (pair.hint().origin() != Hint.Origin.POLL || pair.hint().version() == null) {
            return List.of();
        }
        Read begun = reads.get(key(pair.crm(), pair.hint().id()));
        if (begun != null) {
            await(begun);
            return List.of();
        }
        List<String> next = waiting.of(pair.crm(), id -> !reads.containsKey(key(pair.crm(), id)), TOGETHER - 1);
        return next.isEmpty() ? List.of() : begin(pair.crm(), pair.hint().id(), next);
    }

    private static void await(Read begun) {
        begun.result().completeOnTimeout(null, PATIENCE.toMillis(), TimeUnit.MILLISECONDS).join();
    }

    private List<String> begin(String crm, String own, List<String> next) {
        Instant now = clock.instant();
        reads.values().removeIf(read -> read.begun().plus(FRESH).plus(PATIENCE).isBefore(now));
        Map<String, Read> claimed = new LinkedHashMap<>();
        Stream.concat(Stream.of(own), next.stream()).distinct().forEach(id -> {
            Read read = new Read(new CompletableFuture<>(), now);
            if (reads.putIfAbsent(key(crm, id), read) == null) {
                claimed.put(id, read);
            }
        });
        if (claimed.size() > 1 && claimed.containsKey(own)) {
            return List.copyOf(claimed.keySet());
        }
        // Another sync has begun to read the rest meanwhile. What nobody reads, nobody may wait for.
        claimed.forEach((id, read) -> giveBack(key(crm, id), read));
        return List.of();
    }

    private void giveBack(String key, Read read) {
        reads.remove(key, read);
        read.result().complete(null);
    }

    /**
     * Hands over what was read, also after a failure.
     *
     * @param found null when nothing was read
     */
    public void handOver(@Variable("crm") String crm, @Variable("together") List<String> ids,
            @Variable("found") List<Map<String, Object>> found) {
        Map<String, Opportunity> read = new HashMap<>();
        for (Map<String, Object> record : found == null ? List.<Map<String, Object>>of() : found) {
            Opportunity opportunity = new Opportunity(record, crms.get(crm));
            read.put(opportunity.id(), opportunity);
        }
        for (String id : ids) {
            Read begun = reads.get(key(crm, id));
            if (begun != null) {
                begun.result().complete(read.get(id));
            }
        }
    }

    /** Gives a pair that a poll reported its opportunity as it was read with others, in both variables; or nothing. */
    public void recall(Exchange exchange) {
        Pair pair = exchange.getVariable("pair", Pair.class);
        Read read = reads.remove(key(pair.crm(), pair.hint().id()));
        Opportunity opportunity = read == null ? null : read.result().getNow(null);
        boolean fresh = read != null && read.begun().plus(FRESH).isAfter(clock.instant());
        if (opportunity != null && fresh && opportunity.version().equals(pair.hint().version())
                && decides(pair, opportunity)) {
            KeptOpportunities.give(exchange, pair, opportunity);
        }
    }

    /** Who is looked for by what the opportunity says needs it as it is; so does a deal that waits for something. */
    private static boolean decides(Pair pair, Opportunity opportunity) {
        Link link = pair.link();
        if (link == null) {
            return !opportunity.isSyncWanted();
        }
        Long known = link.agreement().crm().order();
        Long order = opportunity.order();
        return link.isJoined() && link.state() == LinkState.LINKED && link.waits().isNone()
                && (known == null || order == null || order >= known);
    }

    private static String key(String crm, String id) {
        return crm + " " + id;
    }
}
