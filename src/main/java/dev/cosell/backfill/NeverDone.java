package dev.cosell.backfill;

import dev.cosell.backfill.Records.UnderWay;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Records whose hints come again and again, because each sync of them fails as if a system were away, while others that
 * were handed over before them are done. A run does not wait for them any longer; their hints stay on the queue.
 */
final class NeverDone {
    private static final Duration PATIENCE = Duration.ofHours(1);
    private static final int NAMED = 5;

    private final Records records;
    private final Clock clock;
    private final Map<Long, String> words = new ConcurrentHashMap<>();

    NeverDone(Records records, Clock clock) {
        this.records = records;
        this.clock = clock;
    }

    /**
     * Whether there were some among those under way, of which none was handed over lately. They count as faulty now.
     *
     * @param underWay how many there are
     */
    boolean found(Backfill job, long underWay) {
        Instant before = clock.instant().minus(PATIENCE);
        List<UnderWay> late = records.late(job.id(), before);
        if (late.size() < underWay) {
            return false;
        }
        boolean found = false;
        for (List<UnderWay> some : late.stream().collect(Collectors.groupingBy(UnderWay::crm)).values()) {
            found |= givenUp(job, some, before);
        }
        return found;
    }

    /** Of one CRM, for another one may be away or paused. */
    private boolean givenUp(Backfill job, List<UnderWay> some, Instant before) {
        String crm = some.get(0).crm();
        Instant last = some.stream().map(UnderWay::handed).max(Instant::compareTo).orElseThrow();
        if (!records.anyDoneSince(job.id(), crm, last)) {
            return false;
        }
        String names = some.stream().limit(NAMED).map(UnderWay::id).collect(Collectors.joining(", "))
                + (some.size() > NAMED ? " and " + (some.size() - NAMED) + " more" : "");
        String told = "The sync with " + crm + " was not done with " + names + " an hour after it was handed over,"
                + " while it was with others. The hint stays on the queue and comes again; the log says why";
        records.giveUp(job.id(), crm, before, told);
        words.merge(job.id(), told, (first, then) -> first + ". " + then);
        return true;
    }

    /** What there is to say of a job about them; null when there were none. */
    String words(Backfill job) {
        return words.get(job.id());
    }
}
