package dev.cosell.sync.decide;

import dev.cosell.text.Storable;

/** What the Audit field says of one field. */
final class FieldNews {
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

    /** Of a write whose answer is missing, when somebody has edited the field since. */
    static String perhaps() {
        return " (perhaps: the answer was lost, and the field was edited since)";
    }

    static String lost(Object value) {
        return " (both sides changed it; " + shown(value) + " lost)";
    }

    /** Of an amount or a currency that goes the way of the other one. */
    static String goesAlong(Object value) {
        return " (an amount and its currency go together" + (value == null ? "" : "; " + shown(value) + " lost") + ")";
    }

    static String stays(String field, Object referral, Object crm, String why) {
        return field + " stays different (Partner Center " + shown(referral) + ", CRM " + shown(crm) + "): " + why;
    }

    private static String shown(Object value) {
        if (value == null) {
            return "(empty)";
        }
        String text = value.toString();
        return text.length() <= LONGEST ? Storable.of(text) : Storable.shortened(text, LONGEST - 2);
    }
}
