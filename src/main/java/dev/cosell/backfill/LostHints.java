package dev.cosell.backfill;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.ToIntFunction;

/**
 * Records that a run handed to the sync and whose hints nobody has any more: somebody removed them from the queue, or
 * a broker lost them. A hint that is in work or comes again is still on the queue, so what is on none will never be
 * done.
 */
final class LostHints {
    /** Seldom enough that the broker is not asked while all goes well. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Records records;
    private final ToIntFunction<String> backlog;
    private final Clock clock;

    /** @param backlog how many hints of a CRM are not done, by its name */
    LostHints(Records records, ToIntFunction<String> backlog, Clock clock) {
        this.records = records;
        this.backlog = backlog;
        this.clock = clock;
    }

    /** Whether there were some. They are to be handed over once more now. */
    boolean found(Backfill job) {
        Instant before = clock.instant().minus(PATIENCE);
        return records.overdue(job.id(), before).stream().filter(crm -> backlog.applyAsInt(crm) == 0)
                .mapToInt(crm -> records.handAgain(job.id(), crm, before)).sum() > 0;
    }
}
