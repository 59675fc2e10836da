package dev.cosell.sync.decide;

import dev.cosell.mapping.Row;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a comparison found out about one mapping row, for people who ask.
 *
 * @param referral  the referral's value in its normal form; null for an empty one
 * @param crm       the CRM's value in its normal form; null for an empty one
 * @param agreed    what both last agreed on; null when nothing was ever agreed
 * @param moved     which side changed since then
 * @param outcome   what follows
 * @param write     field to value of what would be written; empty when nothing would
 * @param sentences what the sync would say of it; empty when there is nothing to say
 */
public record RowFinding(Row row, Object referral, Object crm, Agreed agreed, Moved moved, Outcome outcome,
        Map<String, Object> write, List<String> sentences) {
    /** Which side shows something else than what was agreed. */
    public enum Moved { NEITHER, PARTNER_CENTER, CRM, BOTH }

    /** What a comparison does about a row. */
    public enum Outcome {
        /** Both sides show the same. */
        SAME,
        /** Both differ, and neither moved since they were last compared: that difference is known and stays. */
        STAYS,
        TO_CRM, TO_PARTNER_CENTER,
        /** It moved, and the row does not travel that way. */
        NOT_SENT,
        /** It goes when the deal is accepted, or closed. */
        WAITS,
        /** The other side cannot take the change. */
        REFUSED,
        /** An irreversible move that waits. */
        HELD,
        /** It waits, because its direction is stopped. */
        STOPPED,
        /** Both moved, and the row asks for a person. */
        UNDECIDED,
        /** A value that cannot be converted. */
        FAULTY
    }

    public RowFinding {
        write = Collections.unmodifiableMap(new LinkedHashMap<>(write));
        sentences = List.copyOf(sentences);
    }
}
