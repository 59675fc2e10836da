package dev.cosell.partnercenter;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A pass through all referrals. Its pages come with the longest unchanged first, and a referral that changes meanwhile
 * moves behind what is read, so a pass that broke off goes on where it was.
 *
 * @param reached time of change of the last referral read; null for none
 * @param ordered whether the pages came in that order so far; otherwise the pass has to begin anew
 */
record FullPass(Instant begun, Instant reached, boolean ordered) {
    private static final String NONE = "-";
    private static final String DISORDERED = "disordered";

    static FullPass begin(Instant now) {
        return new FullPass(now, null, true);
    }

    /** @return null when none is kept */
    static FullPass parse(String text) {
        if (text == null || text.equals(NONE)) {
            return null;
        }
        String[] parts = text.split(" ");
        boolean ordered = !parts[1].equals(DISORDERED);
        return new FullPass(Instant.parse(parts[0]),
                ordered && !parts[1].equals(NONE) ? Instant.parse(parts[1]) : null, ordered);
    }

    String text() {
        return begun + " " + (!ordered ? DISORDERED : reached == null ? NONE : reached);
    }

    /**
     * After a further page.
     *
     * @param newest latest change on the pages before it; null for the first page
     */
    FullPass after(List<Map<String, Object>> page, Instant newest) {
        ReferralView view = new ReferralView();
        Instant last = newest;
        for (Map<String, Object> referral : page) {
            Instant changed = view.modifiedAt(referral);
            if (changed == null || last != null && changed.isBefore(last)) {
                return new FullPass(begun, null, false);
            }
            last = changed;
        }
        // The first pages of one that goes on are those of the overlap.
        return new FullPass(begun, last == null || reached != null && reached.isAfter(last) ? reached : last, true);
    }
}
