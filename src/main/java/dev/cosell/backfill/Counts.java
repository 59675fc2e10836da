package dev.cosell.backfill;

import java.util.Map;

/**
 * How far a job is. Records that concern several CRMs count once for each.
 *
 * @param found       how many of each kind; kinds that did not occur are missing
 * @param toLook      how many are still to be looked at
 * @param overwriting records in which a field that has a value would get another one
 * @param handed      records that were handed to the sync
 * @param done        those of them that the sync is done with
 * @param outcomes    what the sync made of them, by kind
 * @param otherwise   those that came out otherwise than they were foreseen
 */
public record Counts(Map<Kind, Long> found, long toLook, long overwriting, long handed, long done,
        Map<Kind, Long> outcomes, long otherwise) {

    public long of(Kind kind) {
        return found.getOrDefault(kind, 0L);
    }

    /** All that were looked at. */
    public long all() {
        return found.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Those that a run hands to the sync. */
    public long toHand() {
        return found.entrySet().stream().filter(each -> each.getKey().isHanded()).mapToLong(Map.Entry::getValue).sum();
    }

    long underWay() {
        return handed - done;
    }
}
