package dev.cosell.backfill;

import dev.cosell.sync.books.Unhurried;
import java.util.List;

/** What people see of a job. It is counted anew at once when the job has got on to another phase. */
final class Figures {
    private final Records records;
    private Backfill counted;
    private Unhurried<Found> found;

    Figures(Records records) {
        this.records = records;
    }

    record Found(Counts counts, List<Records.Cause> causes) {}

    synchronized Found of(Backfill job) {
        if (counted == null || counted.id() != job.id() || counted.phase() != job.phase()) {
            counted = job;
            found = new Unhurried<>(() -> new Found(records.counts(job.id()), records.causes(job.id())));
        }
        return found.answer();
    }
}
