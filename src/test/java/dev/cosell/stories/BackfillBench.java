package dev.cosell.stories;

import dev.cosell.settings.Key;
import dev.cosell.state.Database;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.api.management.ManagedCamelContext;
import org.awaitility.Awaitility;

/**
 * Measures what it takes to find that records agree which somebody touched: by the poll, which has each of them looked
 * at, and by a backfill, one after the other; and the heap and the calls of a backfill of as many and of ten times as
 * many. {@code bench/backfill} runs it.
 */
public final class BackfillBench implements AutoCloseable {
    private static final Map<String, String> UNMAPPED = Map.of("salesforce", "NextStep", "dynamics", "stepname");
    private static final Duration PATIENCE = Duration.ofHours(1);
    private static final Duration LOOKS_AT_HEAP = Duration.ofSeconds(1);
    private static final int TIMES = 10;
    private static final String COPY = "INSERT INTO link (crm, referral_id, engagement_id, crm_id, agreed,"
            + " referral_version, crm_version, state, updated_at, writes_in_window, waits, record_type)"
            + " SELECT crm, ?, ?, ?, agreed, referral_version, crm_version, state, updated_at, writes_in_window, waits,"
            + " record_type FROM link WHERE crm_id = ?";

    private final World world;
    private final Api management;
    private final List<String> ids;

    private BackfillBench(String crm, int many) {
        world = new World(Map.of(crm + ".poll-interval", "1s", "sync.brake-share", "100"), Path.of("routes"), crm);
        management = new Api(world.settings().number(Key.MANAGEMENT_PORT));
        world.crm().api().post("/sandbox/opportunities", Map.of("count", many, "name", "Touched"));
        await(() -> synced() >= many && world.backlog() == 0);
        world.pausePolls(world.crm());
        ids = world.crm().opportunities().stream().map(world.crm()::id).toList();
    }

    private record Taken(int records, Duration time, int calls) {
        double rate() {
            return records * 1e9 / time.toNanos();
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%,9d calls %8.1f s %,9.0f a second", calls, time.toMillis() / 1e3,
                    rate());
        }
    }

    private static void await(Callable<Boolean> condition) {
        // A collection of a large heap takes longer than a question may.
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).ignoreExceptions().until(condition);
    }

    private long synced() throws Exception {
        return world.camel().getCamelContextExtension().getContextPlugin(ManagedCamelContext.class)
                .getManagedRoute("sync-" + world.crm().name()).getExchangesCompleted();
    }

    private int calls() {
        return (Integer) world.partnerCenter().get("/sandbox/stats").get("total")
                + (Integer) world.crm().api().get("/sandbox/stats").get("total");
    }

    private Taken taken(int records, Runnable work) {
        int before = calls();
        Instant begun = Instant.now();
        work.run();
        return new Taken(records, Duration.between(begun, Instant.now()), calls() - before);
    }

    /** A change of each record that is none of a mapped field, while nobody polls. */
    private void touchAll() {
        String field = UNMAPPED.get(world.crm().name());
        ids.parallelStream().forEach(id -> world.crm().api().patch("/sandbox/opportunities/" + id, Map.of(field,
                Instant.now().toString())));
    }

    private Taken poll() throws Exception {
        touchAll();
        long before = synced();
        return taken(ids.size(), () -> {
            world.resumePolls(world.crm());
            await(() -> synced() >= before + ids.size() && world.backlog() == 0);
            world.pausePolls(world.crm());
        });
    }

    /** Counts alone. Ends the program when they do not agree, because the figures would be those of something else. */
    private void backfill(int records) {
        var begun = management.raw("POST", "/api/backfill", Api.bytes(Map.of("source", world.crm().name(), "dryRun",
                true)), Map.of("Content-Type", "application/json", "X-Requested-With", "bench"));
        String job = "/api/backfill/" + Api.object(begun.body()).get("id");
        await(() -> management.get(job).get("phase").equals("COUNTED"));
        Map<String, Object> found = Api.map(management.get(job).get("found"));
        if (!found.equals(Map.of("EQUAL", records))) {
            throw new IllegalStateException(records + " should agree, and there were " + found);
        }
    }

    /** More opportunities that agree, each with a link of its own as if it had been synced like the first. */
    private void copies(int many) {
        String pattern = ids.get(0);
        Map<String, Object> like = world.crm().opportunity(pattern);
        String referralId = world.crm().referralId(like);
        Map<String, Object> fields = like.entrySet().stream().filter(each -> each.getValue() != null
                && (each.getKey().endsWith("__c") || each.getKey().startsWith("cosell_"))
                && !(each.getValue() instanceof List || each.getValue() instanceof Map))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        fields.put("name", "Touched");
        List<Object[]> rows = IntStream.range(0, many).parallel().mapToObj(number -> {
            String own = UUID.randomUUID().toString();
            Map<String, Object> copy = new HashMap<>(fields);
            copy.replaceAll((name, value) -> value.toString().equalsIgnoreCase(referralId) ? own : value);
            Map<String, Object> made = world.crm().api().post("/sandbox/opportunities", copy);
            return new Object[] {own, UUID.randomUUID().toString(), world.crm().id(made), pattern};
        }).toList();
        try (Database books = Database.visit(world.settings().text(Key.STATE_URL), null, null)) {
            for (int from = 0; from < many; from += 1000) {
                List<Object[]> some = rows.subList(from, Math.min(many, from + 1000));
                books.inTransaction(statements -> statements.batchUpdate(COPY, some));
            }
        }
    }

    /** Live bytes after collections, the most that was seen until the work is done. */
    private static long heapDuring(Runnable work) {
        List<Long> seen = new ArrayList<>();
        Thread worker = new Thread(work);
        worker.start();
        while (worker.isAlive()) {
            System.gc();
            seen.add(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
            World.pause((int) LOOKS_AT_HEAP.toMillis());
        }
        return seen.stream().mapToLong(Long::longValue).max().orElseThrow();
    }

    private String heapAndCalls(int records) {
        long idle = heapDuring(() -> World.pause(10_000));
        int before = calls();
        long most = heapDuring(() -> backfill(records));
        return String.format(Locale.ROOT, "%,9d that agree%18.4f calls a record; heap %,d MB idle, at most %,d MB "
                + "meanwhile: %+.1f MB%n", records, (calls() - before) / (double) records, idle >> 20, most >> 20,
                (most - idle) / 1048576.0);
    }

    private void measure() throws Exception {
        Taken poll = poll();
        touchAll();
        Taken backfill = taken(ids.size(), () -> backfill(ids.size()));
        System.out.printf(Locale.ROOT, "%s%n%,9d, poll          %s%n%,9d, backfill      %s%n%28.4f times the calls,"
                + " %.1f times the records a second%n", world.crm().name(), ids.size(), poll, ids.size(), backfill,
                backfill.calls() / (double) poll.calls(), backfill.rate() / poll.rate());
        System.out.print(heapAndCalls(ids.size()));
        copies(ids.size() * (TIMES - 1));
        System.out.println(heapAndCalls(ids.size() * TIMES));
    }

    @Override
    public void close() {
        world.close();
    }

    /** @param arguments how many are touched, and the names of CRMs */
    public static void main(String[] arguments) throws Exception {
        for (int i = 1; i < arguments.length; i++) {
            try (BackfillBench bench = new BackfillBench(arguments[i], Integer.parseInt(arguments[0]))) {
                bench.measure();
            }
        }
        System.exit(0);
    }
}
