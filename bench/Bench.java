import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The load generator: starts the sandbox and the application as processes, drives deals through them, and prints what it
 * measured. Arguments: names of CRMs (default both, one after the other), and {@code polls} for the polls over many changes alone.
 * BENCH_JAVA_OPTS in the environment goes to the
 * application's Java alone, for example {@code -XX:StartFlightRecording=filename=bench.jfr}.
 */
public final class Bench extends Rig {
    private static final int DEALS = 400;
    private static final int WAVES = 15;
    private static final int WARM_UP_WAVES = 100;

    private final Map<String, String> figures = new TreeMap<>();
    private Process application;

    private Bench(String crm) throws IOException {
        super(crm, Path.of(""));
    }

    public static void main(String[] args) throws Exception {
        List<String> crms = new ArrayList<>(List.of(args));
        boolean pollsAlone = crms.remove("polls");
        for (String crm : crms.isEmpty() ? List.of("salesforce", "dynamics") : crms) {
            Bench bench = new Bench(crm);
            try {
                bench.run(pollsAlone);
            } finally {
                bench.stop();
            }
            System.out.printf("%n%s%s%n", crm, pinned() ? "  (application on one core, sandbox and load on another)" : "  (not pinned)");
            bench.figures.forEach((name, figure) -> System.out.printf("  %-52s %s%n", name.substring(3), figure));
        }
    }

    private void run(boolean pollsAlone) throws Exception {
        start("sandbox", "1", "sandbox", "--forget");
        await(() -> answers(partnerCenter, "/sandbox/stats"), 60);
        List<Signed> probe = sign(List.of("00000000-0000-4000-8000-000000000000"));
        if (!pollsAlone) {
            measureSyncing(probe);
        }
        for (int changes : new int[] {1000, 5000}) {
            measurePollOverMany(changes, probe.get(0));
        }
    }

    private void measureSyncing(List<Signed> probe) throws Exception {
        measureStart(probe.get(0));
        application = start("application", "0", "run", "--set", "sandbox=external", "--set", "crms=" + crm,
                "--set", "salesforce.poll-interval=5s", "--set", "dynamics.poll-interval=5s",
                // A deal is edited here more often than any seller could.
                "--set", "sync.breaker-writes=1000000", "--set", "sync.brake-share=100");
        await(() -> accepted(probe.get(0)), 60);
        List<String> deals = deals(DEALS);
        waves(deals, WARM_UP_WAVES);
        measureSyncs(deals);
        measureCalls(deals);
        measureEndToEnd(deals);
        measurePoll(deals);
        measureAccept(deals);
        figure("90 resident memory", "%d MB", residentKilobytes(application) / 1024);
        application.destroy();
        application.waitFor(20, TimeUnit.SECONDS);
    }

    /** The only figure on all cores: nothing else runs yet. */
    private void measureStart(Signed probe) throws Exception {
        Instant begin = Instant.now();
        Process first = start("first-start", null, "run", "--set", "sandbox=external", "--set", "crms=" + crm);
        await(() -> accepted(probe), 60);
        figure("01 start to first accepted webhook (all cores)", "%d ms", Duration.between(begin, Instant.now()).toMillis());
        first.destroy();
        first.waitFor(20, TimeUnit.SECONDS);
    }

    // ---- webhook edits at full speed ---------------------------------------------------------------------------------

    private void measureSyncs(List<String> deals) throws Exception {
        Duration cpu = cpu(application);
        Instant begin = Instant.now();
        waves(deals, WAVES);
        double seconds = Duration.between(begin, Instant.now()).toMillis() / 1000.0;
        int syncs = deals.size() * WAVES;
        figure("10 CPU per synced webhook edit", "%.2f ms after a warm-up of " + DEALS * WARM_UP_WAVES, cpu(application).minus(cpu).toNanos() / 1e6 / syncs);
        figure("11 syncs a second", "%.0f", syncs / seconds);
    }

    private void measureCalls(List<String> deals) throws Exception {
        resetStats();
        int wanted = next();
        List<String> some = deals.subList(0, 100);
        edit(some, wanted);
        await(() -> opportunities().stream().filter(opportunity -> amount(opportunity) == wanted).count() == 100, 60);
        pause(2000);
        figure("20 calls per webhook edit, Partner Center (with its echo)", "%s", perChange(partnerCenter, 100));
        figure("21 calls per webhook edit, CRM", "%s", perChange(crmPort(), 100));
    }

    // ---- latency ---------------------------------------------------------------------------------------------------------

    private void measureEndToEnd(List<String> deals) throws Exception {
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String deal = deals.get(i);
            int wanted = 500_000 + i;
            long begin = System.nanoTime();
            call("PATCH", partnerCenter, "/sandbox/deals/" + deal, Map.of("details", Map.of("dealValue", wanted)));
            while (amount(call("GET", crmPort(), "/sandbox/opportunities/" + deal, null)) != wanted) {
                pause(2);
            }
            times.add(System.nanoTime() - begin);
        }
        figure("30 webhook edit visible in the CRM", "%s", percentiles(times));
    }

    private void measurePoll(List<String> deals) throws Exception {
        resetStats();
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String deal = deals.get(300 + i);
            int wanted = 700_000 + i;
            long begin = System.nanoTime();
            call("PATCH", crmPort(), "/sandbox/opportunities/" + deal, Map.of(crm.equals("salesforce") ? "Amount" : "estimatedvalue", wanted));
            while (dealValue(call("GET", partnerCenter, "/sandbox/deals/" + deal, null)) != wanted) {
                pause(5);
            }
            times.add(System.nanoTime() - begin);
            pause(300);
        }
        figure("31 CRM edit visible in Partner Center (polled every 5 s)", "%s", percentiles(times));
        pause(6000);
        figure("22 calls per CRM edit, Partner Center (with its echo)", "%s", perChange(partnerCenter, 8));
        figure("23 calls per CRM edit, CRM (with the polls)", "%s", perChange(crmPort(), 8));
    }

    /** A fresh application whose syncs are paused, so that the poll is measured and nothing else; its heap is looked at after collections. */
    private void measurePollOverMany(int changes, Signed probe) throws Exception {
        send("POST", crmPort(), "/sandbox/reset", new byte[0], Map.of());
        Process polling = start("poll-" + changes, "0", "run", "--set", "sandbox=external", "--set", "crms=" + crm,
                "--set", "salesforce.poll-interval=5s", "--set", "dynamics.poll-interval=5s");
        await(() -> accepted(probe), 60);
        // The first poll only learns where to begin.
        pause(6000);
        try (Inside inside = new Inside(polling.pid())) {
            inside.pause();
            pause(2000);
            long before = inside.liveHeap();
            Map<String, Object> many = new TreeMap<>(Map.of("count", changes, "solutions", List.of()));
            many.put("contact", null);
            call("POST", crmPort(), "/sandbox/opportunities", many);
            send("POST", crmPort(), "/sandbox/stats/reset", new byte[0], Map.of());
            await(() -> inside.backlog(crm) > 1, 30);
            Instant begin = Instant.now();
            long highest = 0;
            while (inside.backlog(crm) < changes) {
                highest = Math.max(highest, inside.liveHeap());
                pause(300);
            }
            figure("5" + changes / 10_000 + " poll over " + changes + " changes", "%.1f s, %s calls, live heap %d MB before, at most %d MB in between",
                    Duration.between(begin, Instant.now()).toMillis() / 1000.0, call("GET", crmPort(), "/sandbox/stats", null).get("total"),
                    before / 1_000_000, highest / 1_000_000);
        }
        polling.destroy();
        polling.waitFor(20, TimeUnit.SECONDS);
    }

    private void measureAccept(List<String> deals) throws Exception {
        List<Signed> events = sign(deals);
        List<Long> paced = new ArrayList<>();
        Instant begin = Instant.now();
        for (int i = 0; i < 1000; i++) {
            Instant due = begin.plusMillis(20L * i);
            pause(Math.max(0, Duration.between(Instant.now(), due).toMillis()));
            long from = System.nanoTime();
            deliver(events.get(i % events.size()));
            paced.add(System.nanoTime() - from);
        }
        figure("40 webhook accepted, 50 a second", "%s", percentiles(paced));
        ConcurrentLinkedQueue<Long> times = new ConcurrentLinkedQueue<>();
        AtomicInteger refused = new AtomicInteger();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
        Instant from = Instant.now();
        try (Pool pool = new Pool(32)) {
            for (int worker = 0; worker < 32; worker++) {
                int first = worker * 37;
                pool.submit(() -> {
                    for (int i = first; System.nanoTime() < end; i++) {
                        long sent = System.nanoTime();
                        if (deliver(events.get(i % events.size())) != 200) {
                            refused.incrementAndGet();
                        }
                        times.add(System.nanoTime() - sent);
                    }
                });
            }
        }
        double seconds = Duration.between(from, Instant.now()).toMillis() / 1000.0;
        figure("41 webhooks accepted a second, 32 connections", "%.0f (%d refused), %s", times.size() / seconds, refused.get(), percentiles(new ArrayList<>(times)));
    }

    @SuppressWarnings("unchecked")
    private String perChange(int port, int changes) throws IOException, InterruptedException {
        Map<String, Object> stats = call("GET", port, "/sandbox/stats", null);
        StringBuilder text = new StringBuilder(String.format("%.2f calls, %.2f writes:", ((Number) stats.get("total")).doubleValue() / changes,
                ((Number) stats.get("writes")).doubleValue() / changes));
        ((Map<String, Number>) stats.get("calls")).forEach((name, count) -> text.append(String.format(" %s %.2f;", name, count.doubleValue() / changes)));
        return text.toString();
    }

    // ---- figures

    private void figure(String name, String format, Object... values) {
        figures.put(name, String.format(format, values));
        System.err.printf("%s: %s%n", name.substring(3), String.format(format, values));
    }

    private static String percentiles(List<Long> nanos) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        return String.format("p50 %.0f ms, p95 %.0f ms, p99 %.0f ms, max %.0f ms", at(sorted, 0.50), at(sorted, 0.95), at(sorted, 0.99), at(sorted, 1));
    }

    private static double at(long[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1 < 0 ? 0 : Math.ceil(share * sorted.length) - 1)] / 1e6;
    }
}
