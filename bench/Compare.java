import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Runs two builds in turn (new, old, new, old …) with the same load and prints medians, ratios and spread. Arguments: the folders of the
 * older and of the newer build, then {@code salesforce} or {@code dynamics} (both by default), {@code cpu},
 * {@code start}, {@code memory}, {@code idle}, {@code calls} and {@code poll} (all by default), {@code rounds=N} (3 by default, and
 * at least) and {@code warm-up=N} edits (9000 by default).
 */
public final class Compare {
    private static final int DEALS = 50;
    private static final byte[] SLOW = "{\"path\":\"/\",\"delayMillis\":50,\"times\":1000000}".getBytes(StandardCharsets.UTF_8);
    private static final int MOST_MEASURED = 3000;
    private static final int TOUCHED = 100;
    private static final int POLLED = 5_000;
    private static final int SETTLED_POLLS_MILLIS = 3000;
    /** To count what waits costs the application a session. */
    private static final int LOOK_MILLIS = 100;
    private static final int SETTLED_MILLIS = 15_000;
    private static final int IDLE_MILLIS = 20_000;
    /** Two rounds of one build that are further apart say more about the machine than about the build. */
    private static final double MOST_SPREAD = 1.2;

    private final Set<String> what;
    private final int rounds;
    private final int warmUp;
    private final String crm;
    private final Map<String, Map<String, List<Double>>> figures = new LinkedHashMap<>();
    private final List<Double> loads = new ArrayList<>();

    private Compare(String crm, Set<String> what, int rounds, int warmUp) {
        this.crm = crm;
        this.what = what;
        this.rounds = rounds;
        this.warmUp = warmUp;
    }

    public static void main(String[] args) throws Exception {
        List<String> wanted = new ArrayList<>(List.of(args).subList(2, args.length));
        int rounds = Math.max(3, number(wanted, "rounds=", 3));
        int warmUp = number(wanted, "warm-up=", 9000);
        List<String> crms = new ArrayList<>(List.of("salesforce", "dynamics"));
        crms.retainAll(wanted);
        wanted.removeAll(crms);
        Set<String> what = new TreeSet<>(wanted.isEmpty() ? List.of("cpu", "start", "memory", "idle", "calls", "poll")
                : wanted);
        for (String crm : crms.isEmpty() ? List.of("salesforce", "dynamics") : crms) {
            Compare compare = new Compare(crm, what, rounds, warmUp);
            for (int round = 0; round < rounds; round++) {
                compare.measure("new", Path.of(args[1]));
                compare.measure("old", Path.of(args[0]));
            }
            compare.print();
        }
    }

    private static int number(List<String> wanted, String name, int usual) {
        String given = wanted.stream().filter(each -> each.startsWith(name)).findFirst().orElse(name + usual);
        wanted.remove(given);
        return Integer.parseInt(given.substring(name.length()));
    }

    private void measure(String build, Path folder) throws Exception {
        Load load = Load.now();
        if (what.contains("start")) {
            onFreshGround(folder, (rig, probe) -> measureStart(build, rig, probe));
        }
        if (what.stream().anyMatch(each -> !each.equals("start") && !each.equals("poll"))) {
            onFreshGround(folder, (rig, probe) -> measureSyncs(build, rig, probe));
        }
        if (what.contains("poll")) {
            onFreshGround(folder, (rig, probe) -> measurePoll(build, rig, probe));
        }
        double others = load.others();
        loads.add(others);
        System.err.printf(Locale.ROOT, "%s %s: processes of others used %.1f cores%n", crm, build, others);
    }

    private interface Measurement {
        void of(Rig rig, Rig.Signed probe) throws Exception;
    }

    /** With a sandbox and ports of its own, so that an application or slow calls of another measurement do not matter. */
    private void onFreshGround(Path folder, Measurement measurement) throws Exception {
        Rig rig = new Rig(crm, folder);
        try {
            rig.start("sandbox", "1", "sandbox", "--forget");
            rig.await(() -> Rig.answers(rig.partnerCenter, "/sandbox/stats"), 60);
            measurement.of(rig, rig.sign(List.of("00000000-0000-4000-8000-000000000000")).get(0));
        } finally {
            rig.stop();
        }
    }

    /** On all cores, because nothing else runs yet. */
    private void measureStart(String build, Rig rig, Rig.Signed probe) throws Exception {
        Instant begin = Instant.now();
        Process first = rig.start("first-start", null, "run", "--set", "sandbox=external", "--set", "crms=" + crm);
        rig.await(() -> rig.accepted(probe), 120);
        add("start to first accepted webhook, s", build, Duration.between(begin, Instant.now()).toMillis() / 1000.0);
        add("CPU of a start, s", build, Rig.cpu(first).toMillis() / 1000.0);
    }

    private void measureSyncs(String build, Rig rig, Rig.Signed probe) throws Exception {
        Process application = rig.start("application", "0", "run", "--set", "sandbox=external", "--set", "crms=" + crm,
                // Polls are no calls of an edit.
                "--set", "salesforce.poll-interval=10m", "--set", "dynamics.poll-interval=10m", "--set", "sync.breaker-writes=1000000");
        rig.await(() -> rig.accepted(probe), 120);
        List<String> deals = rig.deals(DEALS);
        Rig.pause(3000);
        if (what.contains("memory")) {
            add("resident memory idle, MB", build, Rig.residentKilobytes(application) / 1024.0);
        }
        if (what.contains("cpu") || what.contains("memory")) {
            rig.waves(deals, warmUp / DEALS);
            Duration cpu = Rig.cpu(application);
            int measured = Math.max(1000, Math.min(MOST_MEASURED, warmUp));
            rig.waves(deals, measured / DEALS);
            if (what.contains("cpu")) {
                add("CPU per synced webhook edit after " + warmUp + ", ms", build,
                        Rig.cpu(application).minus(cpu).toNanos() / 1e6 / measured);
            }
            if (what.contains("memory")) {
                add("resident memory under load, MB", build, Rig.residentKilobytes(application) / 1024.0);
            }
        }
        if (what.contains("idle")) {
            Rig.pause(SETTLED_MILLIS);
            Duration cpu = Rig.cpu(application);
            Rig.pause(IDLE_MILLIS);
            add("CPU of an idle second, ms", build, Rig.cpu(application).minus(cpu).toMillis() * 1000.0 / IDLE_MILLIS);
        }
        if (what.contains("calls")) {
            measureCalls(build, rig, deals);
        }
    }

    /** As after an import: first deals that agree, until all are looked at; then many more records, until all hints wait. */
    private void measurePoll(String build, Rig rig, Rig.Signed probe) throws Exception {
        Process polling = rig.start("polling", "0", "run", "--set", "sandbox=external", "--set", "crms=" + crm, "--set",
                "salesforce.poll-interval=1s", "--set", "dynamics.poll-interval=1s", "--set", "sync.breaker-writes=1000000");
        rig.await(() -> rig.accepted(probe), 120);
        String poll = crm + "-poll";
        try (Inside inside = new Inside(polling.pid())) {
            List<String> deals = rig.deals(TOUCHED);
            rig.await(() -> inside.backlog(crm) == 0, 60, LOOK_MILLIS);
            Rig.pause(SETTLED_POLLS_MILLIS);
            inside.route(poll, "suspend");
            rig.touch(deals);
            long looked = inside.ofRoute("sync-" + crm, "ExchangesCompleted") + TOUCHED;
            Instant begin = Instant.now();
            inside.route(poll, "resume");
            rig.await(() -> inside.ofRoute("sync-" + crm, "ExchangesCompleted") >= looked, 120, 100);
            add("poll over " + TOUCHED + " deals that agree, until all are looked at, s", build,
                    Duration.between(begin, Instant.now()).toMillis() / 1000.0);
            inside.route(poll, "suspend");
            inside.pause();
            Rig.pause(SETTLED_POLLS_MILLIS);
            measureHandOver(build, rig, polling, inside, poll);
        }
    }

    private void measureHandOver(String build, Rig rig, Process polling, Inside inside, String poll) throws Exception {
        int before = inside.backlog(crm);
        Map<String, Object> many = new LinkedHashMap<>(Map.of("count", POLLED, "solutions", List.of()));
        many.put("contact", null);
        Rig.call("POST", rig.crmPort(), "/sandbox/opportunities", many);
        inside.route(poll, "resume");
        // Only from the first hint to the last: afterwards the poll finds the same again as long as nobody has looked at it.
        rig.await(() -> inside.backlog(crm) > before, 240, LOOK_MILLIS);
        Instant begin = Instant.now();
        Duration cpu = Rig.cpu(polling);
        rig.await(() -> inside.backlog(crm) >= before + POLLED, 240, LOOK_MILLIS);
        add("poll over " + POLLED + " changes, from the first hint that waits to the last, s", build,
                Duration.between(begin, Instant.now()).toMillis() / 1000.0);
        add("CPU of it, s", build, Rig.cpu(polling).minus(cpu).toMillis() / 1000.0);
        add("most resident memory until then, MB", build, Rig.kilobytes(polling, "VmHWM:") / 1024.0);
    }

    private void measureCalls(String build, Rig rig, List<String> deals) throws Exception {
        rig.waves(deals, 1);
        count("calls per edit, steady", build, rig, deals, 1);
        for (int port : List.of(rig.partnerCenter, rig.crmPort())) {
            Rig.send("POST", port, "/sandbox/faults", SLOW, Map.of());
        }
        count("calls per edit, 50 records x 10, each call 50 ms", build, rig, deals, 10);
        count("calls per edit, 10 records x 30, each call 50 ms", build, rig, deals.subList(0, 10), 30);
    }

    private void count(String name, String build, Rig rig, List<String> deals, int edits) throws Exception {
        rig.resetStats();
        for (int i = 0; i < edits; i++) {
            rig.edit(deals, rig.next());
        }
        int last = rig.last();
        rig.await(() -> rig.opportunities().stream().filter(each -> rig.amount(each) == last).count() >= deals.size(), 120);
        Rig.pause(3000);
        add(name, build, (rig.calls(rig.partnerCenter) + rig.calls(rig.crmPort())) / (double) (deals.size() * edits));
    }

    private void add(String name, String build, double value) {
        figures.computeIfAbsent(name, any -> new LinkedHashMap<>()).computeIfAbsent(build, any -> new ArrayList<>()).add(value);
        System.err.printf(Locale.ROOT, "%s %s: %s %.3f%n", crm, build, name, value);
    }

    private void print() {
        System.out.printf(Locale.ROOT, "%n%s, %d rounds each%s; processes of others used %.1f cores in the middle, %.1f at most%n", crm, rounds,
                Rig.pinned() ? ", application on one core, sandbox and load on another" : "", median(loads),
                loads.stream().mapToDouble(Double::doubleValue).max().orElse(0));
        System.out.printf("  %-50s %8s %8s %7s  %s%n", "", "old", "new", "ratio", "spread of old, new");
        figures.forEach((name, builds) -> {
            List<Double> old = builds.get("old");
            List<Double> now = builds.get("new");
            boolean steady = spread(old) <= MOST_SPREAD && spread(now) <= MOST_SPREAD;
            System.out.printf(Locale.ROOT, "  %-50s %8.2f %8.2f %7s  %.2f, %.2f%n", name, median(old), median(now),
                    steady ? String.format(Locale.ROOT, "%.2f", median(now) / median(old)) : "unsteady", spread(old), spread(now));
        });
    }

    private static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    private static double spread(List<Double> values) {
        double least = values.stream().mapToDouble(Double::doubleValue).min().orElse(0);
        return least == 0 ? 1 : values.stream().mapToDouble(Double::doubleValue).max().orElse(0) / least;
    }

    /** What the machine has worked since it started, and what processes of ours have: in hundredths of a second. */
    private record Load(long machine, long ours, Instant at) {
        static Load now() throws IOException {
            String[] fields = Files.readAllLines(Path.of("/proc/stat")).get(0).trim().split("\\s+");
            long busy = 0;
            for (int i : new int[] {1, 2, 3, 6, 7}) {
                busy += Long.parseLong(fields[i]);
            }
            return new Load(busy, own(), Instant.now());
        }

        /** With those that have ended and were waited for. */
        private static long own() throws IOException {
            String stat = Files.readString(Path.of("/proc/self/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return Long.parseLong(fields[11]) + Long.parseLong(fields[12]) + Long.parseLong(fields[13]) + Long.parseLong(fields[14]);
        }

        /** Cores that others kept busy since then; to be asked when our processes have ended. */
        double others() throws IOException {
            Load now = now();
            double seconds = Duration.between(at, now.at()).toMillis() / 1000.0;
            return Math.max(0, (now.machine() - machine - (now.ours() - ours)) / 100.0 / seconds);
        }
    }
}
