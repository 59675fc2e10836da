package dev.cosell.sync.books;

import dev.cosell.state.Database;
import dev.cosell.sync.decide.Agreed;
import dev.cosell.sync.decide.AgreedValues;
import dev.cosell.sync.decide.Agreement.Seen;
import dev.cosell.sync.decide.Agreement;
import dev.cosell.sync.decide.Ends;
import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.Standing;
import dev.cosell.sync.decide.Waits;
import dev.cosell.sync.decide.WriteCount;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * What the state store goes through while deals are created from a CRM: each is begun, joined and changed once, with
 * its audit entries.
 */
final class StateGrowth {
    private static final int FIELDS = 12;

    private final Clock clock = Clock.systemUTC();
    private final Intents intents;
    private final LinkStore links;

    StateGrowth(Database database) {
        SeenVersions seen = new SeenVersions(database, clock);
        links = new LinkStore(database, seen, clock);
        intents = new Intents(database, clock);
    }

    /** @param workers how many deals are worked on at a time */
    void create(int deals, int workers) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(workers);
        try {
            for (Future<?> done : IntStream.range(0, deals).mapToObj(each -> pool.submit((Runnable) this::create))
                    .toList()) {
                done.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private void create() {
        String crmId = UUID.randomUUID().toString();
        String referralId = UUID.randomUUID().toString();
        Attempt attempt = intents.begin("salesforce", crmId);
        links.begin(link(0, null, crmId, 0), Map.of());
        links.finish(new Finished(link(0, referralId, crmId, 1), entry(referralId, crmId),
                List.of(SeenVersions.key("salesforce", "partner-center", referralId, "1"),
                        SeenVersions.key("salesforce", "salesforce", crmId, "1|parts"))));
        intents.done(attempt);
        Link joined = links.findByCrmId("salesforce", crmId).orElseThrow();
        links.begin(link(joined.id(), referralId, crmId, 2), Map.of());
        links.finish(
                new Finished(link(joined.id(), referralId, crmId, 3), entry(referralId, crmId), List.of()));
    }

    private static AuditEntry entry(String referralId, String crmId) {
        return new AuditEntry(Clock.systemUTC().instant(), "salesforce", referralId, crmId, "CHANGED", "UPDATE",
                "Amount in Partner Center: 50000.00 → 91000.00", "m1", true);
    }

    private static Link link(long id, String referralId, String crmId, int step) {
        Map<String, Agreed> agreed = new HashMap<>();
        for (int field = 0; field < FIELDS; field++) {
            agreed.put("Field" + field, Agreed.on("value " + field, new BigDecimal(step)));
        }
        Agreement now = new Agreement(new AgreedValues(agreed), new Seen("\"" + step + "\"", null),
                new Seen("2026-01-01T00:00:0" + step, null));
        return new Link(id, "salesforce", Ends.deal(referralId, referralId, crmId), now, Standing.LINKED,
                WriteCount.NONE, Waits.NONE);
    }
}
