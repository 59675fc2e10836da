package dev.cosell.sync.decide;

import dev.cosell.text.Storable;
import java.util.List;

/** What the Audit field says of one field. */
final class FieldNews {
    static final String IN_PARTNER_CENTER = "in Partner Center";
    static final String IN_THE_CRM = "in the CRM";
    private static final String STAYS = " stays different";
    private static final int LONGEST = 80;

    private FieldNews() {}

    /** @param where the side that is written, as in "in the CRM" */
    static String travels(String field, String where, Object from, Object to) {
        return field + " " + where + ": " + shown(from) + " → " + shown(to);
    }

    /** Whether a sentence tells that a field travels to the side of {@code where}. */
    static boolean isOf(String sentence, String field, String where) {
        return sentence.startsWith(field + " " + where + ": ");
    }

    /**
     * Of a write to Partner Center whose sync did not come to its end, so that nobody was told of it; empty when there
     * was none, or none that arrived.
     *
     * @param noted what was agreed before it, with the note of it; null when nothing was
     * @param now   what the referral shows
     */
    static List<String> arrived(String field, Agreed noted, Object now) {
        if (noted != null && noted.isOurReferral(now)) {
            List<String> told = noted.toReferral().toldOf(now);
            return told.isEmpty() ? List.of(travels(field, IN_PARTNER_CENTER, noted.referral(), now)) : told;
        }
        return noted == null || !noted.isOursPerhaps(now) ? List.of()
                : List.of(travels(field, IN_PARTNER_CENTER, noted.referral(), noted.toReferral().value())
                        + " (perhaps: the answer was lost, and the field was edited since)");
    }

    static String lost(Object value) {
        return " (both sides changed it; " + shown(value) + " lost)";
    }

    /** Of an amount or a currency that goes the way of the other one. */
    static String goesAlong(Object value) {
        return " (an amount and its currency go together" + (value == null ? "" : "; " + shown(value) + " lost") + ")";
    }

    /** Whether a sentence tells that a field stays different. */
    static boolean isOfDifference(String sentence, String field) {
        return sentence.startsWith(field + STAYS);
    }

    static String stays(String field, Object referral, Object crm, String why) {
        return field + STAYS + " (Partner Center " + shown(referral) + ", CRM " + shown(crm) + "): " + why;
    }

    private static String shown(Object value) {
        if (value == null) {
            return "(empty)";
        }
        String text = value.toString();
        return text.length() <= LONGEST ? Storable.of(text) : Storable.shortened(text, LONGEST - 2);
    }
}
