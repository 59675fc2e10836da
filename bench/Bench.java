import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.math.BigDecimal;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * The load generator: starts the sandbox and the application as processes, drives deals through them, and prints what it
 * measured. Arguments: names of CRMs (default both, one after the other), and {@code polls} for the polls over many changes alone.
 * BENCH_JAVA_OPTS in the environment goes to the
 * application's Java alone, for example {@code -XX:StartFlightRecording=filename=bench.jfr}.
 */
public final class Bench {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final int DEALS = 400;
    private static final int WAVES = 15;
    private static final int WARM_UP_WAVES = 100;
    private static final int APP = freePort();
    private static final int MANAGEMENT = freePort();
    private static final int PARTNER_CENTER = freePort();
    private static final int DYNAMICS = freePort();
    private static final int SALESFORCE = freePort();

    private final String crm;
    private final Path data;
    private final Map<String, String> figures = new TreeMap<>();
    private final List<Process> processes = new ArrayList<>();
    private Process application;
    private int value = 1000;

    private Bench(String crm) throws IOException {
        this.crm = crm;
        this.data = Files.createTempDirectory("cosell-bench");
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
        await(() -> answers(PARTNER_CENTER, "/sandbox/stats"), 60);
        List<Signed> probe = sign(List.of("00000000-0000-4000-8000-000000000000"));
        if (!pollsAlone) {
            measureSyncing(probe);
        }
        for (int changes : new int[] {1000, 10_000, 30_000}) {
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
        List<String> deals = new ArrayList<>();
        for (int i = 0; i < DEALS; i++) {
            deals.add((String) call("POST", PARTNER_CENTER, "/sandbox/deals", Map.of("name", "Bench " + i)).get("id"));
        }
        await(() -> opportunities().size() >= DEALS, 120);
        waves(deals, WARM_UP_WAVES);
        measureSyncs(deals);
        measureCalls(deals);
        measureEndToEnd(deals);
        measurePoll(deals);
        measureAccept(deals);
        figure("90 resident memory", "%d MB", residentKilobytes() / 1024);
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
        Duration cpu = cpu();
        Instant begin = Instant.now();
        waves(deals, WAVES);
        double seconds = Duration.between(begin, Instant.now()).toMillis() / 1000.0;
        int syncs = deals.size() * WAVES;
        figure("10 CPU per synced webhook edit", "%.2f ms", cpu().minus(cpu).toNanos() / 1e6 / syncs);
        figure("11 syncs a second", "%.0f", syncs / seconds);
    }

    /** Each wave edits every deal once and waits until the CRM was written as often, so that no two edits share a sync. */
    private void waves(List<String> deals, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            int wanted = ++value;
            send("POST", crmPort(), "/sandbox/stats/reset", new byte[0], Map.of());
            edit(deals, wanted);
            await(() -> ((Number) call("GET", crmPort(), "/sandbox/stats", null).get("writes")).intValue() >= deals.size(), 120);
        }
        int last = value;
        await(() -> opportunities().stream().allMatch(opportunity -> amount(opportunity) == last), 60);
    }

    private void edit(List<String> deals, int wanted) throws Exception {
        try (Pool pool = new Pool(8)) {
            deals.forEach(deal -> pool.submit(() -> call("PATCH", PARTNER_CENTER, "/sandbox/deals/" + deal,
                    Map.of("details", Map.of("dealValue", wanted)))));
        }
    }

    private void measureCalls(List<String> deals) throws Exception {
        resetStats();
        int wanted = ++value;
        List<String> some = deals.subList(0, 100);
        edit(some, wanted);
        await(() -> opportunities().stream().filter(opportunity -> amount(opportunity) == wanted).count() == 100, 60);
        pause(2000);
        figure("20 calls per webhook edit, Partner Center (with its echo)", "%s", perChange(PARTNER_CENTER, 100));
        figure("21 calls per webhook edit, CRM", "%s", perChange(crmPort(), 100));
    }

    // ---- latency ---------------------------------------------------------------------------------------------------------

    private void measureEndToEnd(List<String> deals) throws Exception {
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String deal = deals.get(i);
            int wanted = 500_000 + i;
            long begin = System.nanoTime();
            call("PATCH", PARTNER_CENTER, "/sandbox/deals/" + deal, Map.of("details", Map.of("dealValue", wanted)));
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
            while (dealValue(call("GET", PARTNER_CENTER, "/sandbox/deals/" + deal, null)) != wanted) {
                pause(5);
            }
            times.add(System.nanoTime() - begin);
            pause(300);
        }
        figure("31 CRM edit visible in Partner Center (polled every 5 s)", "%s", percentiles(times));
        pause(6000);
        figure("22 calls per CRM edit, Partner Center (with its echo)", "%s", perChange(PARTNER_CENTER, 8));
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

    /** What a process tells by JMX. */
    private static final class Inside implements AutoCloseable {
        private static final String SYNC = "dev.cosell:type=Sync,name=cosell-sync";

        private final JMXConnector connector;
        private final MBeanServerConnection beans;
        private final MemoryMXBean memory;

        Inside(long pid) throws Exception {
            VirtualMachine machine = VirtualMachine.attach(String.valueOf(pid));
            connector = JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
            machine.detach();
            beans = connector.getMBeanServerConnection();
            memory = ManagementFactory.newPlatformMXBeanProxy(beans, ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
        }

        void pause() throws Exception {
            beans.invoke(new ObjectName(SYNC), "pause", new Object[] {"all"}, new String[] {String.class.getName()});
        }

        int backlog(String crm) throws Exception {
            CompositeData row = ((TabularData) beans.getAttribute(new ObjectName(SYNC), "Backlog")).get(new Object[] {crm});
            return (Integer) row.get("value");
        }

        long liveHeap() {
            memory.gc();
            return memory.getHeapMemoryUsage().getUsed();
        }

        @Override
        public void close() throws IOException {
            connector.close();
        }
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

    // ---- the systems -----------------------------------------------------------------------------------------------------

    private int crmPort() {
        return crm.equals("salesforce") ? SALESFORCE : DYNAMICS;
    }

    private List<Map<String, Object>> opportunities() throws IOException, InterruptedException {
        Object all = JSON.readValue(send("GET", crmPort(), "/sandbox/opportunities", null, Map.of()).body(), Object.class);
        Object list = all instanceof Map<?, ?> map ? map.get("value") : all;
        return JSON.convertValue(list, new TypeReference<List<Map<String, Object>>>() {}).stream()
                .filter(row -> row.get(crm.equals("salesforce") ? "Referral_Identifier__c" : "cosell_referralidentifier") != null).toList();
    }

    private int amount(Map<String, Object> opportunity) {
        return new BigDecimal(String.valueOf(opportunity.get(crm.equals("salesforce") ? "Amount" : "estimatedvalue"))).intValue();
    }

    private static int dealValue(Map<String, Object> referral) {
        return new BigDecimal(((Map<?, ?>) referral.get("details")).get("dealValue").toString()).intValue();
    }

    private void resetStats() throws IOException, InterruptedException {
        pause(2000);
        send("POST", PARTNER_CENTER, "/sandbox/stats/reset", new byte[0], Map.of());
        send("POST", crmPort(), "/sandbox/stats/reset", new byte[0], Map.of());
    }

    @SuppressWarnings("unchecked")
    private String perChange(int port, int changes) throws IOException, InterruptedException {
        Map<String, Object> stats = call("GET", port, "/sandbox/stats", null);
        StringBuilder text = new StringBuilder(String.format("%.2f calls, %.2f writes:", ((Number) stats.get("total")).doubleValue() / changes,
                ((Number) stats.get("writes")).doubleValue() / changes));
        ((Map<String, Number>) stats.get("calls")).forEach((name, count) -> text.append(String.format(" %s %.2f;", name, count.doubleValue() / changes)));
        return text.toString();
    }

    private record Signed(byte[] body, Map<String, String> headers) {}

    private List<Signed> sign(List<String> ids) throws IOException, InterruptedException {
        List<Signed> signed = new ArrayList<>();
        for (String id : ids) {
            byte[] body = JSON.writeValueAsBytes(Map.of("EventName", "referral-updated", "ResourceName", "referral",
                    "ResourceUri", "https://api.partnercenter.microsoft.com/engagements/v1/referrals/" + id,
                    "ResourceChangeUtcDate", Instant.now().toString()));
            Map<String, String> headers = JSON.readValue(send("POST", PARTNER_CENTER, "/sandbox/sign", body, Map.of()).body(),
                    new TypeReference<Map<String, String>>() {});
            headers.put("Content-Type", "application/json");
            signed.add(new Signed(body, headers));
        }
        return signed;
    }

    private boolean accepted(Signed event) throws InterruptedException {
        try {
            return deliver(event) == 200;
        } catch (RuntimeException notYet) {
            return false;
        }
    }

    private static int deliver(Signed event) {
        try {
            return send("POST", APP, "/webhooks/partner-center", event.body(), event.headers()).statusCode();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean answers(int port, String path) throws InterruptedException {
        try {
            return send("GET", port, path, null, Map.of()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static Map<String, Object> call(String method, int port, String path, Object body) {
        try {
            HttpResponse<byte[]> response = send(method, port, path, body == null ? null : JSON.writeValueAsBytes(body), Map.of());
            if (response.statusCode() >= 300) {
                throw new IllegalStateException(method + " " + path + " answered " + response.statusCode() + " " + new String(response.body()));
            }
            return JSON.readValue(response.body(), new TypeReference<Map<String, Object>>() {});
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpResponse<byte[]> send(String method, int port, String path, byte[] body, Map<String, String> headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(Duration.ofSeconds(30))
                .method(method, body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    // ---- processes and figures -------------------------------------------------------------------------------------------

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean pinned() {
        return Runtime.getRuntime().availableProcessors() == 1;
    }

    /** @param core where the process runs; null for everywhere */
    private Process start(String name, String core, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (pinned()) {
            command.addAll(List.of("taskset", "-c", core == null ? "0-1" : core));
        }
        command.add("./cosell");
        command.addAll(List.of(arguments));
        for (String setting : List.of("http.port=" + APP, "management.port=" + MANAGEMENT, "sandbox.partner-center-port=" + PARTNER_CENTER,
                "sandbox.dynamics-port=" + DYNAMICS, "sandbox.salesforce-port=" + SALESFORCE, "data.directory=" + data.resolve(name))) {
            command.addAll(List.of("--set", setting));
        }
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(data.resolve(name + ".log").toFile());
        if (name.equals("application") && System.getenv("BENCH_JAVA_OPTS") != null) {
            builder.environment().put("COSELL_JAVA_OPTS", System.getenv("BENCH_JAVA_OPTS"));
        }
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    private Duration cpu() {
        return application.info().totalCpuDuration().orElseThrow();
    }

    private long residentKilobytes() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + application.pid() + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:")).map(line -> line.replaceAll("\\D", "")).mapToLong(Long::parseLong).findFirst().orElse(0);
        }
    }

    private void stop() throws Exception {
        for (Process process : processes) {
            process.destroy();
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
        try (Stream<Path> files = Files.walk(data)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        }
    }

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

    private static void pause(long millis) throws InterruptedException {
        Thread.sleep(millis);
    }

    private interface Condition {
        boolean met() throws Exception;
    }

    private void await(Condition condition, int seconds) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!condition.met()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("gave up waiting; see the logs:\n" + tail("application") + tail("sandbox"));
            }
            pause(20);
        }
    }

    private String tail(String name) throws IOException {
        Path log = data.resolve(name + ".log");
        List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
        return name + ":\n" + String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size())) + "\n";
    }

    /** Runs what it is given on so many threads and waits for all of it when it is closed. */
    private static final class Pool implements AutoCloseable {
        private final ExecutorService threads;

        Pool(int size) {
            threads = Executors.newFixedThreadPool(size);
        }

        void submit(Runnable work) {
            threads.submit(work);
        }

        @Override
        public void close() throws InterruptedException {
            threads.shutdown();
            threads.awaitTermination(2, TimeUnit.MINUTES);
        }
    }
}
