package dev.cosell.cluster;

import dev.cosell.cluster.Interruption.Kind;
import dev.cosell.cluster.PollJournal.Polls;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What came of edits while parts ended.
 *
 * @param differences fields that are not as they were edited last, or not the same on all sides
 * @param doubled     referrals and opportunities that nobody made, or that stand twice
 * @param looped      what was written when nobody edited any more; empty when nothing was
 * @param polls       by schedule
 */
record FaultsResult(List<Edit> edits, List<Interruption> interruptions, List<String> differences, List<String> doubled,
        String looped,
                    Map<String, Polls> polls) {
    private static final Duration AFTERMATH = Duration.ofSeconds(15);
    private static final Duration MOVE = Duration.ofSeconds(5);

    /** Waits until there is silence, and looks. */
    static FaultsResult of(Cluster cluster, People people, List<Interruption> interruptions, PollJournal journal) {
        String looped = "";
        try {
            cluster.andAgainNothingHappens(people.deals());
        } catch (AssertionError | org.awaitility.core.ConditionTimeoutException written) {
            looped = written.getMessage();
        }
        Map<String, Polls> polls = new LinkedHashMap<>();
        Stream.of("salesforce-poll", "dynamics-poll").forEach(schedule -> polls.put(schedule, journal.of(schedule,
                Cluster.POLL)));
        return new FaultsResult(people.edits(), interruptions, people.differences(), ThreeSides.of(cluster)
                .doubled(people.deals()), looped, polls);
    }

    List<Edit> lost() {
        return edits.stream().filter(Edit::lost).toList();
    }

    private List<Interruption> of(Kind kind) {
        return interruptions.stream().filter(each -> each.kind() == kind).toList();
    }

    /** Edits for which somebody waited while an instance had gone this way and its records and polls moved. */
    List<Edit> whileGone(Kind kind) {
        return edits.stream().filter(edit -> of(kind).stream().anyMatch(each -> edit.during(each.at(), each.at()
                + AFTERMATH.toNanos()))).toList();
    }

    /**
     * How long the records of an instance that went waited: the longest of the edits in the portal that were made
     * when it went or shortly after,
     * from then on.
     */
    List<Duration> moved(Kind kind) {
        return of(kind).stream().map(each -> edits.stream().filter(edit -> edit.inPortal() && !edit.lost())
                .filter(edit -> edit.during(each.at(), each.at() + MOVE.toNanos()))
                .map(edit -> Duration.ofNanos(edit.arrived() - Math.max(each.at(), edit.made())))
                        .max(Duration::compareTo)
                .orElse(Duration.ZERO)).sorted().toList();
    }

    String table() {
        StringBuilder text = new StringBuilder();
        row(text, "edits, new deals among them", edits.size() + ", " + edits.stream().filter(edit ->
                edit.field() == null).count());
        row(text, "instances, brokers, databases", Stream.of(Kind.values()).filter(kind -> !of(kind).isEmpty())
                .map(kind -> of(kind).size() + " " + kind).collect(Collectors.joining(", ")));
        row(text, "lost", String.valueOf(lost().size()));
        row(text, "doubled", String.valueOf(doubled.size()));
        row(text, "looped", looped.isEmpty() ? "0" : looped);
        row(text, "both sides equal", differences.isEmpty() ? "yes" : differences.toString());
        polls.forEach((schedule, each) -> row(text, schedule,
                String.format("%d, %d of them twice in an interval, %d at the same time; %d intervals without,"
                + " at most %.0f s", each.count(), each.twice(), each.together(), each.missed(), each.longest()
                        .toMillis() / 1e3)));
        row(text, "latency, all edits", Percentiles.of(edits));
        row(text, "  in Partner Center", Percentiles.of(edits.stream().filter(Edit::inPortal).toList()));
        row(text, "  in a CRM", Percentiles.of(edits.stream().filter(edit -> !edit.inPortal()).toList()));
        for (Kind kind : Kind.values()) {
            if (of(kind).isEmpty()) {
                continue;
            }
            row(text, "  while one is " + kind, Percentiles.of(whileGone(kind)));
            row(text, "  its records moved after", moved(kind).stream().map(each -> String.format("%.1f s",
                    each.toMillis() / 1e3))
                    .collect(Collectors.joining(", ")));
        }
        return text.toString();
    }

    private static void row(StringBuilder text, String name, String value) {
        text.append(String.format("%-34s %s%n", name, value));
    }
}
