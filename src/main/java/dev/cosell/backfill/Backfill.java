package dev.cosell.backfill;

import dev.cosell.verbs.Listing;
import java.time.Instant;
import java.util.List;

/**
 * A job that goes through all records of one system.
 *
 * @param source   {@code partner-center} or a CRM's name
 * @param since    only records that changed since then; null for all
 * @param where    a condition in the system's own words; null for none
 * @param dryRun   whether it ends when the records are counted
 * @param reason   why it waits, stopped or failed; null when there is nothing to say
 * @param position where the next page begins; null for the first one
 * @param pages    how many were read
 * @param listed   whether the last page was read
 * @param allowed  how many records may be handed to the sync until somebody is asked again, a record once for each CRM;
 *     null for all
 * @param counted  when all records were counted; null before
 * @param ended    null before
 * @param crms     those for which its records are counted; one that is taken out of the settings meanwhile is none
 */
public record Backfill(long id, String source, Instant since, String where, boolean dryRun, Phase phase, String reason,
        String position, long pages, boolean listed, Long allowed, String askedBy, Instant begun, Instant counted,
        Instant ended, List<String> crms) {
    /** {@code COUNTED} is the end of a dry run, {@code ASKING} waits for a person. */
    public enum Phase { COUNTING, COUNTED, ASKING, RUNNING, STOPPED, DONE, FAILED }

    /** Its next page. */
    public Listing listing() {
        return new Listing(since, where, position);
    }

    /** Whether it goes through every record there is. */
    boolean isWhole() {
        return since == null && where == null;
    }

    boolean isAtWork() {
        return phase == Phase.COUNTING || phase == Phase.RUNNING;
    }
}
