package dev.cosell.cluster;

import dev.cosell.stories.DealField;
import java.time.Duration;

/**
 * Somebody edits one field of one deal, or makes the deal.
 *
 * @param referralId of a new deal that was made in a CRM the id that it has there
 * @param field      null when the deal is new
 * @param before     what all sides showed then
 * @param side       where: {@code partner-center} or the name of a CRM
 * @param made       when, in nanoseconds of this JVM
 * @param arrived    when all sides had it; null when they never did
 */
record Edit(String referralId, DealField field, String before, String value, String side, long made, Long arrived) {
    Edit arrivedAt(long now) {
        return new Edit(referralId, field, before, value, side, made, now);
    }

    /** What everybody shows afterwards when it loses. */
    Edit lostTo() {
        return new Edit(referralId, field, before, before, side, made, arrived);
    }

    /** What was edited: edits of one field come one after the other. */
    String key() {
        return referralId + field;
    }

    boolean inPortal() {
        return side.equals("partner-center");
    }

    boolean lost() {
        return arrived == null;
    }

    /** Until it had arrived everywhere. */
    Duration took() {
        return Duration.ofNanos(arrived - made);
    }

    /** Whether somebody waited for it at a moment of this span. */
    boolean during(long from, long to) {
        return made < to && (arrived == null || arrived > from);
    }
}
