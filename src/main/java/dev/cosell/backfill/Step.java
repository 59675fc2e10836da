package dev.cosell.backfill;

import dev.cosell.verbs.Hint;
import java.util.List;

/**
 * What {@code routes/backfill.camel.yaml} does next for a job.
 *
 * @param looks records to be looked at
 * @param hints what is handed to the sync
 */
public record Step(Backfill job, Work work, List<Look> looks, List<Hint> hints) {
    /** Read a page, look at records, or hand records to the sync. */
    public enum Work { LIST, LOOK, HAND }

    /** A record to be looked at for one CRM. */
    public record Look(long job, String crm, Hint hint) {}
}
