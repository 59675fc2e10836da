package dev.cosell.backfill;

import dev.cosell.backfill.Backfill.Phase;
import java.util.List;

/**
 * What people see of a job. To count a hundred thousand records takes a moment, and pages, command lines and scripts
 * ask again and again: a count is believed for ten times as long as it took, but never when the job has got on to
 * another phase.
 */
final class Figures {
    private static final int BELIEVED = 10;

    private final Records records;
    private Found last;

    Figures(Records records) {
        this.records = records;
    }

    record Found(long job, Phase phase, Counts counts, List<Records.Cause> causes, long countedAt, long took) {
        boolean stillHolds(Backfill of, long now) {
            return job == of.id() && phase == of.phase() && now - countedAt < took * BELIEVED;
        }
    }

    /** One count at a time, however many ask. */
    synchronized Found of(Backfill job) {
        long begun = System.nanoTime();
        if (last == null || !last.stillHolds(job, begun)) {
            Counts counts = records.counts(job.id());
            List<Records.Cause> causes = records.causes(job.id());
            long now = System.nanoTime();
            last = new Found(job.id(), job.phase(), counts, causes, now, now - begun);
        }
        return last;
    }
}
