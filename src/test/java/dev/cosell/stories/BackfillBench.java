package dev.cosell.stories;

import dev.cosell.settings.Key;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/**
 * Measures what it takes to find that records agree which somebody touched: by the poll, which has each of them looked
 * at, and by a backfill. Run by hand with the number of opportunities.
 */
public final class BackfillBench {
    private static final Duration PATIENCE = Duration.ofHours(1);

    private final World world = new World(Map.of("salesforce.poll-interval", "1s"), Path.of("routes"), "salesforce");
    private final Api management = new Api(world.settings().number(Key.MANAGEMENT_PORT));
    private final List<String> ids;

    private BackfillBench(int many) {
        ids = IntStream.range(0, many).mapToObj(number -> world.crm().newOpportunity(Map.of())).toList();
        String last = ids.get(many - 1);
        await(() -> world.crm().referralId(world.crm().opportunity(last)) != null && world.backlog() == 0);
    }

    private record Taken(Duration time, int calls) {
        @Override
        public String toString() {
            return calls + " calls, " + time.toMillis() + " ms";
        }
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(condition);
    }

    private int calls(Api system) {
        return (Integer) system.get("/sandbox/stats").get("total");
    }

    private Taken taken(Runnable work) {
        int before = calls(world.partnerCenter()) + calls(world.crm().api());
        Instant begun = Instant.now();
        work.run();
        return new Taken(Duration.between(begun, Instant.now()),
                calls(world.partnerCenter()) + calls(world.crm().api()) - before);
    }

    /** A change of the record that is none of a mapped field. */
    private void touchAll() {
        world.pausePolls(world.crm());
        ids.forEach(id -> world.crm().api().patch("/sandbox/opportunities/" + id, Map.of("NextStep",
                Instant.now().toString())));
    }

    private void poll() {
        world.resumePolls(world.crm());
        int begun = calls(world.partnerCenter());
        await(() -> calls(world.partnerCenter()) >= begun + ids.size() && world.backlog() == 0);
    }

    private void backfill() {
        var begun = management.raw("POST", "/api/backfill", Api.bytes(Map.of("source", "salesforce", "dryRun", true)),
                Map.of("Content-Type", "application/json", "X-Requested-With", "bench"));
        Object id = Api.object(begun.body()).get("id");
        await(() -> management.get("/api/backfill/" + id).get("phase").equals("COUNTED"));
    }

    /** @param arguments how many opportunities */
    public static void main(String[] arguments) {
        BackfillBench bench = new BackfillBench(Integer.parseInt(arguments[0]));
        bench.touchAll();
        Taken poll = bench.taken(bench::poll);
        bench.touchAll();
        Taken backfill = bench.taken(bench::backfill);
        System.out.println("poll: " + poll + "; backfill: " + backfill);
        System.out.printf("calls %.3f of the poll's, records a second %.1f of the poll's%n",
                (double) backfill.calls() / poll.calls(), (double) poll.time().toNanos() / backfill.time().toNanos());
        bench.world.close();
        System.exit(0);
    }
}
