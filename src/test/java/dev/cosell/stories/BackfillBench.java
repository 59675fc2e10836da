package dev.cosell.stories;

import com.sun.management.GarbageCollectorMXBean;
import com.sun.management.GcInfo;
import dev.cosell.cluster.SandboxProcess;
import dev.cosell.settings.Key;
import dev.cosell.settings.Settings;
import dev.cosell.state.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.camel.api.management.ManagedCamelContext;
import org.awaitility.Awaitility;

/**
 * Measures what it takes to find that records agree which somebody touched: by the poll, which has each of them looked
 * at, and by a backfill, one after the other; and the heap and the calls of a backfill of 10,000 and of 100,000.
 * {@code bench/backfill} runs it.
 */
public final class BackfillBench implements AutoCloseable {
    private static final Map<String, String> UNMAPPED = Map.of("salesforce", "NextStep", "dynamics", "stepname");
    private static final Duration PATIENCE = Duration.ofHours(1);
    private static final Duration LOOKS_AT_HEAP = Duration.ofSeconds(1);
    private static final int[] MANY = {10_000, 100_000};
    private static final int AT_ONCE = 1000;
    /** KB of the database's pages that H2 keeps in the 152 MB of heap that the launcher gives. */
    private static final String PAGES = ";CACHE_SIZE=9728";
    private static final double MEGA = 1048576.0;

    private final World world;
    private final Api management;
    private final List<String> ids;

    private BackfillBench(String crm, int many) {
        world = new World(Map.of(crm + ".poll-interval", "1s", "sync.brake-share", "100",
                "partner-center.sweep-interval", "24h", "state.url", Database.h2("{data.directory}/cosell") + PAGES),
                BackfillBench::sandbox, crm);
        management = new Api(world.settings().number(Key.MANAGEMENT_PORT));
        for (int made = 0; made < many; made += AT_ONCE) {
            world.crm().api().post("/sandbox/opportunities",
                    Map.of("count", Math.min(AT_ONCE, many - made), "name", "Touched"));
        }
        await(() -> synced() >= many && world.backlog() == 0);
        world.pausePolls(world.crm());
        ids = world.crm().opportunities().stream().map(world.crm()::id).toList();
    }

    /** In a process of its own, so that the heap here is the application's. */
    private static SandboxProcess sandbox(Settings settings, Map<String, String> values) {
        try {
            return new SandboxProcess(settings, values, Files.createTempDirectory("cosell-sandbox"), "-Xmx4g");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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

    /** Live bytes after full collections, the most that was seen until the work is done. */
    private static long heapDuring(Runnable work) {
        List<Long> seen = new ArrayList<>();
        Thread worker = new Thread(work);
        worker.start();
        while (worker.isAlive()) {
            System.gc();
            seen.add(live());
            World.pause((int) LOOKS_AT_HEAP.toMillis());
        }
        return seen.stream().mapToLong(Long::longValue).max().orElseThrow();
    }

    private static long live() {
        GcInfo last = ManagementFactory.getPlatformMXBeans(GarbageCollectorMXBean.class).stream()
                .map(GarbageCollectorMXBean::getLastGcInfo).filter(Objects::nonNull)
                .max(Comparator.comparing(GcInfo::getEndTime)).orElseThrow();
        return ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> last.getMemoryUsageAfterGc().get(pool.getName()).getUsed()).sum();
    }

    private String heapAndCalls(int records) {
        long idle = heapDuring(() -> World.pause(10_000));
        Map<String, Integer> before = callsByKind();
        long most = heapDuring(() -> backfill(records));
        Map<String, Integer> taken = callsByKind();
        taken.replaceAll((kind, calls) -> calls - before.getOrDefault(kind, 0));
        taken.values().removeIf(calls -> calls == 0);
        long after = heapDuring(() -> World.pause(2_000));
        return String.format(Locale.ROOT, "%,9d that agree%18.4f calls a record; heap %.1f MB idle, at most %.1f MB "
                + "meanwhile: %+.1f MB; %.1f MB afterwards%n%26s %s%n", records,
                taken.values().stream().mapToInt(Integer::intValue).sum() / (double) records, idle / MEGA,
                most / MEGA, (most - idle) / MEGA, after / MEGA, "", taken);
    }

    private Map<String, Integer> callsByKind() {
        Map<String, Integer> calls = new TreeMap<>();
        for (Api server : List.of(world.partnerCenter(), world.crm().api())) {
            Api.map(server.get("/sandbox/stats").get("calls"))
                    .forEach((kind, number) -> calls.merge(kind, (Integer) number, Integer::sum));
        }
        return calls;
    }

    private void measure() throws Exception {
        Taken poll = poll();
        touchAll();
        Taken backfill = taken(ids.size(), () -> backfill(ids.size()));
        System.out.printf(Locale.ROOT, "%s%n%,9d, poll          %s%n%,9d, backfill      %s%n%28.4f times the calls,"
                + " %.1f times the records a second%n", world.crm().name(), ids.size(), poll, ids.size(), backfill,
                backfill.calls() / (double) poll.calls(), backfill.rate() / poll.rate());
        AgreedCopies copies = new AgreedCopies(world, ids);
        for (int many : MANY) {
            copies.upTo(many);
            System.out.print(heapAndCalls(many));
        }
        System.out.println();
    }

    @Override
    public void close() {
        world.close();
    }

    /** @param arguments how many are touched, and the names of CRMs */
    public static void main(String[] arguments) {
        // Whoever interrupts it finds no process of it left.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> ProcessHandle.current().descendants()
                .forEach(ProcessHandle::destroyForcibly)));
        for (int i = 1; i < arguments.length; i++) {
            try (BackfillBench bench = new BackfillBench(arguments[i], Integer.parseInt(arguments[0]))) {
                bench.measure();
            } catch (Exception | Error failed) {
                failed.printStackTrace();
                System.exit(1);
            }
        }
        System.exit(0);
    }
}
