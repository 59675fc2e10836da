package dev.cosell.cluster;

import dev.cosell.cluster.Interruption.Kind;
import dev.cosell.stories.World;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What came of edits on three sides while everything happened to the one application.
 *
 * @param decided     edits that lost, as {@link OlderStates} has it
 * @param refused     torn files of the database with which the application did not start
 * @param differences fields that are not as they were edited last, or not the same on all sides
 * @param doubled     referrals and opportunities that nobody made, or that stand twice
 * @param audits      what the application says about the deals of lost edits
 * @param looped      what was written when nobody edited any more; empty when nothing was
 * @param parked      records that were parked, for whatever reason: none was wrong
 * @param longestStop from a SIGTERM to the end of the process
 */
record OneProcessRun(List<Edit> edits, List<Edit> decided, List<Interruption> ends, int refused,
        List<String> differences, List<String> doubled, List<String> audits, String looped, List<String> parked,
        Duration longestStop) {
    private static final int AT_A_TIME = 12;
    private static final int AT_ONCE = 25;
    private static final int LOOK_MILLIS = 100;

    /**
     * How much happens.
     *
     * @param patience of the people who edit
     */
    record Size(int deals, int edits, int ends, Duration away, People.Patience patience) {}

    /**
     * Goes on until there were so many edits and so many ends, which come at even steps of the edits.
     *
     * @param disk see {@link OneProcess}
     */
    static OneProcessRun with(RealParts parts, Path disk, Size size, long seed, Consumer<String> told) {
        try (OneProcess process = new OneProcess(parts, disk, seed, size.away(), told)) {
            People people = new People(process.cluster(), new Random(seed), AT_A_TIME, size.patience(),
                    new OlderStates(process::all));
            people.makeDeals(size.deals());
            AtomicInteger made = new AtomicInteger();
            CompletableFuture<Void> running = CompletableFuture.runAsync(() -> {
                for (int end = 0; end < size.ends(); end++) {
                    while ((long) made.get() * size.ends() < (long) size.edits() * end) {
                        World.pause(LOOK_MILLIS);
                    }
                    process.next();
                }
            });
            while (made.get() < size.edits() || !running.isDone()) {
                people.edit(AT_ONCE, one -> made.incrementAndGet());
            }
            running.join();
            people.finish();
            String looped = "";
            try {
                process.cluster().andAgainNothingHappens(people.deals());
            } catch (AssertionError | org.awaitility.core.ConditionTimeoutException written) {
                looped = written.getMessage();
            }
            List<String> parked = process.cluster().first().sync(sync -> List.copyOf(sync.getParked()));
            ThreeSides now = ThreeSides.of(process.cluster());
            List<String> audits = people.edits().stream().filter(Edit::lost).map(now::audit).toList();
            return new OneProcessRun(people.edits(), people.decided(), process.all(), process.refused(),
                    people.differences(), now.doubled(people.deals()), audits, looped, parked, process.longestStop());
        }
    }

    List<Edit> lost() {
        return edits.stream().filter(Edit::lost).toList();
    }

    /** The longest time from an edit until all sides had it. */
    Duration longestStall() {
        return edits.stream().filter(edit -> !edit.lost()).map(Edit::took).max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    String table() {
        String kinds = Stream.of(Kind.values()).map(kind -> ends.stream().filter(end -> end.kind() == kind).count()
                + " " + kind).filter(text -> !text.startsWith("0 ")).collect(Collectors.joining(", "));
        return String.join(System.lineSeparator(),
                "edits                   " + (edits.size() + decided.size()),
                "ends                    " + ends.size() + ": " + kinds,
                "torn files refused      " + refused,
                "decided by their row    " + decided.size() + " " + decided.stream().map(Edit::value).toList(),
                "lost                    " + lost().size() + " " + lost(),
                String.join(System.lineSeparator(), audits),
                "doubled                 " + doubled.size() + " " + doubled,
                "looped                  " + (looped.isEmpty() ? "0" : looped),
                "parked without reason   " + parked.size() + " " + parked,
                "both sides equal        " + (differences.isEmpty() ? "yes" : differences),
                String.format("longest stall           %.1f s", longestStall().toMillis() / 1e3),
                String.format("longest stop            %.1f s", longestStop.toMillis() / 1e3),
                "latency                 " + Percentiles.of(edits));
    }
}
