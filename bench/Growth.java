import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One application after the other on one growing database: fifty deals are real and edited, the others are copies of one of them with ids of
 * their own and one decision each. Arguments: {@code salesforce} (the default) or {@code dynamics}, numbers of deals (1000, 10000 and 100000),
 * and {@code edits=N} of the steady load (10000).
 */
public final class Growth {
    private static final int REAL = 50;
    private static final int WARM_UP = 1000;
    private static final int MEASURED = 1000;
    private static final int NEW_DEALS = 100;
    private static final int POLLED_MILLIS = 10_000;
    /** After edits Java goes on compiling for a while, which is no part of an idle second. */
    private static final int SETTLED_MILLIS = 30_000;
    private static final int TENTHS = 10;

    private final String crm;
    private final List<Integer> sizes;
    private final int edits;
    private final Map<String, List<Double>> figures = new LinkedHashMap<>();
    private final Rig rig;
    private final List<String> deals = new ArrayList<>();
    private int linked;

    private Growth(String crm, List<Integer> sizes, int edits) throws IOException {
        this.crm = crm;
        this.sizes = sizes;
        this.edits = edits;
        this.rig = new Rig(crm, Path.of(""));
    }

    public static void main(String[] args) throws Exception {
        String crm = List.of(args).contains("dynamics") ? "dynamics" : "salesforce";
        int edits = Stream.of(args).filter(each -> each.startsWith("edits=")).mapToInt(each -> Integer.parseInt(each.substring(6))).findFirst()
                .orElse(10_000);
        List<Integer> sizes = Stream.of(args).filter(each -> each.matches("\\d+")).map(Integer::valueOf).toList();
        Growth growth = new Growth(crm, sizes.isEmpty() ? List.of(1000, 10_000, 100_000) : sizes, edits);
        try {
            growth.run();
        } finally {
            growth.rig.stop();
        }
    }

    private void run() throws Exception {
        rig.start("sandbox", "1", "sandbox", "--forget");
        rig.await(() -> Rig.answers(rig.partnerCenter, "/sandbox/stats"), 60);
        Rig.Signed probe = rig.sign(List.of("00000000-0000-4000-8000-000000000000")).get(0);
        Process first = application();
        rig.await(() -> rig.accepted(probe), 120);
        deals.addAll(rig.deals(REAL));
        Rig.pause(2000);
        end(first);
        linked = REAL;
        long empty = compacted();
        List<Long> steady = new ArrayList<>();
        for (int size : sizes) {
            copy(size);
            add("database when compacted, KB a deal", (compacted() - empty) / 1024.0 / (size - REAL));
            measure(probe, size == sizes.get(sizes.size() - 1) ? steady : null);
        }
        print(steady, compacted());
    }

    private Process application() throws IOException {
        return rig.start("application", "0", "run", "--set", "sandbox=external", "--set", "crms=" + crm, "--set", "salesforce.poll-interval=1s",
                "--set", "dynamics.poll-interval=1s", "--set", "sync.breaker-writes=1000000", "--set", "sync.brake-share=100");
    }

    private static void end(Process process) throws InterruptedException {
        process.destroy();
        process.waitFor(30, TimeUnit.SECONDS);
    }

    private void measure(Rig.Signed probe, List<Long> steady) throws Exception {
        Instant begin = Instant.now();
        Process application = application();
        rig.await(() -> rig.accepted(probe), 120);
        add("start to first accepted webhook, s", Duration.between(begin, Instant.now()).toMillis() / 1000.0);
        add("CPU of a start, s", Rig.cpu(application).toMillis() / 1000.0);
        rig.waves(deals, WARM_UP / REAL);
        Duration cpu = Rig.cpu(application);
        rig.waves(deals, MEASURED / REAL);
        add("CPU per synced edit, ms", Rig.cpu(application).minus(cpu).toNanos() / 1e6 / MEASURED);
        cpu = Rig.cpu(application);
        rig.deals(NEW_DEALS);
        linked += NEW_DEALS;
        add("CPU per new deal, ms", Rig.cpu(application).minus(cpu).toNanos() / 1e6 / NEW_DEALS);
        measurePolls(application);
        add("resident memory, MB", Rig.residentKilobytes(application) / 1024.0);
        if (steady != null) {
            load(steady);
        }
        end(application);
    }

    private void measurePolls(Process application) throws Exception {
        Rig.pause(SETTLED_MILLIS);
        String poll = crm + "-poll";
        try (Inside inside = new Inside(application.pid())) {
            long polls = inside.ofRoute(poll, "ExchangesCompleted");
            long millis = inside.ofRoute(poll, "TotalProcessingTime");
            Duration cpu = Rig.cpu(application);
            Rig.pause(POLLED_MILLIS);
            add("empty poll, ms", (inside.ofRoute(poll, "TotalProcessingTime") - millis)
                    / (double) (inside.ofRoute(poll, "ExchangesCompleted") - polls));
            add("CPU of an idle second with one poll, ms", Rig.cpu(application).minus(cpu).toMillis() * 1000.0 / POLLED_MILLIS);
        }
    }

    /** @param steady gets the size of the file before and after each tenth of the edits */
    private void load(List<Long> steady) throws Exception {
        steady.add(Files.size(file()));
        for (int tenth = 0; tenth < TENTHS; tenth++) {
            rig.waves(deals, Math.max(1, edits / TENTHS / REAL));
            steady.add(Files.size(file()));
        }
    }

    private Path file() throws IOException {
        try (Stream<Path> files = Files.walk(rig.data.resolve("application"))) {
            return files.filter(file -> file.toString().endsWith(".mv.db")).findFirst().orElseThrow();
        }
    }

    private Connection books() throws IOException, SQLException {
        String path = file().toAbsolutePath().toString().replaceAll("\\.mv\\.db$", "");
        return DriverManager.getConnection("jdbc:h2:file:" + path + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH");
    }

    /** Copies until there are so many links; the pattern is the oldest one. */
    private void copy(int wanted) throws Exception {
        try (Connection books = books(); Statement statement = books.createStatement()) {
            int copies = wanted - linked;
            statement.execute("INSERT INTO link (crm, referral_id, engagement_id, crm_id, agreed, referral_version, crm_version, referral_order,"
                    + " crm_order, state, updated_at, writes_in_window, record_type, deal_name, customer)"
                    + " SELECT l.crm, CAST(RANDOM_UUID() AS VARCHAR), CAST(RANDOM_UUID() AS VARCHAR), CAST(RANDOM_UUID() AS VARCHAR), l.agreed,"
                    + " l.referral_version, l.crm_version, l.referral_order, l.crm_order, l.state, l.updated_at, l.writes_in_window,"
                    + " l.record_type, l.deal_name, l.customer FROM link l, SYSTEM_RANGE(1, " + copies + ")"
                    + " WHERE l.id = (SELECT MIN(id) FROM link)");
            statement.execute("INSERT INTO audit (happened_at, crm, referral_id, crm_id, situation, action, detail, mapping_version, wrote)"
                    + " SELECT a.happened_at, a.crm, l.referral_id, l.crm_id, a.situation, a.action, a.detail, a.mapping_version, a.wrote"
                    + " FROM (SELECT * FROM audit ORDER BY id FETCH FIRST 1 ROWS ONLY) a, (SELECT * FROM link ORDER BY id DESC FETCH FIRST "
                    + copies + " ROWS ONLY) l");
        }
        linked = wanted;
    }

    private long compacted() throws Exception {
        try (Connection books = books(); Statement statement = books.createStatement()) {
            statement.execute("SHUTDOWN COMPACT");
        }
        return Files.size(file());
    }

    private void add(String name, double value) {
        figures.computeIfAbsent(name, any -> new ArrayList<>()).add(value);
        System.err.printf(Locale.ROOT, "%s %,d deals: %s %.3f%n", crm, linked, name, value);
    }

    private void print(List<Long> steady, long data) {
        System.out.printf("%n%s%s%n  %-45s", crm, Rig.pinned() ? ", application on one core, sandbox and load on another" : "", "deals");
        sizes.forEach(size -> System.out.printf(Locale.ROOT, " %,9d", size));
        System.out.printf("  last to first%n");
        figures.forEach((name, values) -> {
            System.out.printf("  %-45s", name);
            values.forEach(value -> System.out.printf(Locale.ROOT, " %9.2f", value));
            System.out.printf(Locale.ROOT, "  %.2f%n", values.get(values.size() - 1) / values.get(0));
        });
        System.out.printf(Locale.ROOT, "  file in MB, before and after each tenth of %,d edits:", edits);
        steady.forEach(bytes -> System.out.printf(Locale.ROOT, " %.1f", bytes / 1048576.0));
        System.out.printf(Locale.ROOT, "; %.1f when compacted afterwards%n", data / 1048576.0);
    }
}
