import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The sandbox and an application as processes on free ports, driven from outside alone, so that an older build can be driven, too. */
class Rig {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    final int app = freePort();
    final int management = freePort();
    final int partnerCenter = freePort();
    final int dynamics = freePort();
    final int salesforce = freePort();
    final String crm;
    final Path data;
    private final Path build;
    private final List<Process> processes = new ArrayList<>();
    private int value = 1000;

    /** @param build the folder in which ./cosell starts the application; the sandbox is always the one of this folder */
    Rig(String crm, Path build) throws IOException {
        this.crm = crm;
        this.build = build;
        this.data = Files.createTempDirectory("cosell-bench");
    }

    /** Another value than any before. */
    int next() {
        return ++value;
    }

    int last() {
        return value;
    }

    static int calls(int port) {
        return ((Number) call("GET", port, "/sandbox/stats", null).get("total")).intValue();
    }

    int crmPort() {
        return crm.equals("salesforce") ? salesforce : dynamics;
    }

    private Object referral(Map<String, Object> opportunity) {
        return opportunity.get(crm.equals("salesforce") ? "Referral_Identifier__c" : "cosell_referralidentifier");
    }

    List<Map<String, Object>> opportunities() throws IOException, InterruptedException {
        Object all = JSON.readValue(send("GET", crmPort(), "/sandbox/opportunities", null, Map.of()).body(), Object.class);
        Object list = all instanceof Map<?, ?> map ? map.get("value") : all;
        return JSON.convertValue(list, new TypeReference<List<Map<String, Object>>>() {}).stream()
                .filter(row -> referral(row) != null).toList();
    }

    int amount(Map<String, Object> opportunity) {
        return new BigDecimal(String.valueOf(opportunity.get(crm.equals("salesforce") ? "Amount" : "estimatedvalue"))).intValue();
    }

    static int dealValue(Map<String, Object> referral) {
        return new BigDecimal(((Map<?, ?>) referral.get("details")).get("dealValue").toString()).intValue();
    }

    /** Makes so many deals and waits until each has its opportunity. */
    List<String> deals(int count) throws Exception {
        List<String> deals = new ArrayList<>();
        int there = opportunities().size();
        for (int i = 0; i < count; i++) {
            deals.add((String) call("POST", partnerCenter, "/sandbox/deals", Map.of("name", "Bench " + i)).get("id"));
        }
        await(() -> opportunities().size() >= there + count, 120);
        return deals;
    }

    /** Each wave edits every deal once and waits until the CRM was written as often, so that no two edits share a sync. */
    void waves(List<String> deals, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            int wanted = ++value;
            send("POST", crmPort(), "/sandbox/stats/reset", new byte[0], Map.of());
            edit(deals, wanted);
            await(() -> ((Number) call("GET", crmPort(), "/sandbox/stats", null).get("writes")).intValue() >= deals.size(), 120);
        }
        int last = value;
        await(() -> opportunities().stream().filter(opportunity -> deals.contains(referral(opportunity)))
                .allMatch(opportunity -> amount(opportunity) == last), 60);
    }

    void edit(List<String> deals, int wanted) throws Exception {
        try (Pool pool = new Pool(8)) {
            deals.forEach(deal -> pool.submit(() -> call("PATCH", partnerCenter, "/sandbox/deals/" + deal,
                    Map.of("details", Map.of("dealValue", wanted)))));
        }
    }

    void resetStats() throws IOException, InterruptedException {
        pause(2000);
        send("POST", partnerCenter, "/sandbox/stats/reset", new byte[0], Map.of());
        send("POST", crmPort(), "/sandbox/stats/reset", new byte[0], Map.of());
    }

    record Signed(byte[] body, Map<String, String> headers) {}

    List<Signed> sign(List<String> ids) throws IOException, InterruptedException {
        List<Signed> signed = new ArrayList<>();
        for (String id : ids) {
            byte[] body = JSON.writeValueAsBytes(Map.of("EventName", "referral-updated", "ResourceName", "referral",
                    "ResourceUri", "https://api.partnercenter.microsoft.com/engagements/v1/referrals/" + id,
                    "ResourceChangeUtcDate", Instant.now().toString()));
            Map<String, String> headers = JSON.readValue(send("POST", partnerCenter, "/sandbox/sign", body, Map.of()).body(),
                    new TypeReference<Map<String, String>>() {});
            headers.put("Content-Type", "application/json");
            signed.add(new Signed(body, headers));
        }
        return signed;
    }

    boolean accepted(Signed event) throws InterruptedException {
        try {
            return deliver(event) == 200;
        } catch (RuntimeException notYet) {
            return false;
        }
    }

    int deliver(Signed event) {
        try {
            return send("POST", app, "/webhooks/partner-center", event.body(), event.headers()).statusCode();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static boolean answers(int port, String path) throws InterruptedException {
        try {
            return send("GET", port, path, null, Map.of()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    static Map<String, Object> call(String method, int port, String path, Object body) {
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

    static HttpResponse<byte[]> send(String method, int port, String path, byte[] body, Map<String, String> headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(Duration.ofSeconds(30))
                .method(method, body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static boolean pinned() {
        return Runtime.getRuntime().availableProcessors() == 1;
    }

    /** @param core where the process runs; null for everywhere */
    Process start(String name, String core, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (pinned()) {
            command.addAll(List.of("taskset", "-c", core == null ? "0-1" : core));
        }
        command.add("./cosell");
        command.addAll(List.of(arguments));
        for (String setting : List.of("http.port=" + app, "management.port=" + management, "sandbox.partner-center-port=" + partnerCenter,
                "sandbox.dynamics-port=" + dynamics, "sandbox.salesforce-port=" + salesforce, "data.directory=" + data.resolve(name))) {
            command.addAll(List.of("--set", setting));
        }
        ProcessBuilder builder = new ProcessBuilder(command).directory((name.equals("sandbox") ? Path.of("") : build).toAbsolutePath().toFile()).redirectErrorStream(true).redirectOutput(data.resolve(name + ".log").toFile());
        if (List.of("application", "polling").contains(name) && System.getenv("BENCH_JAVA_OPTS") != null) {
            builder.environment().put("COSELL_JAVA_OPTS", System.getenv("BENCH_JAVA_OPTS"));
        }
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    static Duration cpu(Process application) {
        return application.info().totalCpuDuration().orElseThrow();
    }

    static long residentKilobytes(Process application) throws IOException {
        return kilobytes(application, "VmRSS:");
    }

    /** @param what {@code VmRSS:}, or {@code VmHWM:} for the most there ever was */
    static long kilobytes(Process application, String what) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + application.pid() + "/status"))) {
            return lines.filter(line -> line.startsWith(what)).map(line -> line.replaceAll("\\D", "")).mapToLong(Long::parseLong).findFirst().orElse(0);
        }
    }

    /** A field of every opportunity of these deals is changed that no mapping knows, so that there is nothing to write. */
    void touch(List<String> deals) throws Exception {
        Map<String, Object> change = Map.of(crm.equals("salesforce") ? "NextStep" : "stepname", "Step " + next());
        try (Pool pool = new Pool(8)) {
            deals.forEach(deal -> pool.submit(() -> call("PATCH", crmPort(), "/sandbox/opportunities/" + deal, change)));
        }
    }

    void stop() throws Exception {
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

    static void pause(long millis) throws InterruptedException {
        Thread.sleep(millis);
    }

    interface Condition {
        boolean met() throws Exception;
    }

    void await(Condition condition, int seconds) throws Exception {
        await(condition, seconds, 20);
    }

    /** @param pause milliseconds between two looks, for a question that costs the application something */
    void await(Condition condition, int seconds, int pause) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!condition.met()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("gave up waiting; see the logs:\n" + tail("application") + tail("sandbox"));
            }
            pause(pause);
        }
    }

    String tail(String name) throws IOException {
        Path log = data.resolve(name + ".log");
        List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
        return name + ":\n" + String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size())) + "\n";
    }

    /** Runs what it is given on so many threads and waits for all of it when it is closed. */
    static final class Pool implements AutoCloseable {
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
