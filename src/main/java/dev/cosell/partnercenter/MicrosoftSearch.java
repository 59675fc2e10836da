package dev.cosell.partnercenter;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The search for Microsoft's referral among the others of a deal. A list need not say whose its items are, so those
 * that may be Microsoft's are read one after the other.
 *
 * @param unread items that are to be read yet
 * @param hidden items that may be Microsoft's and do not show whose they are by their id either
 * @param known  whether the items are known as Microsoft's before they are read
 * @param found  Microsoft's referral; null while none was read
 */
public record MicrosoftSearch(List<Map<String, Object>> unread, List<Map<String, Object>> hidden, boolean known,
        Map<String, Object> found) {
    private static final ReferralView VIEW = new ReferralView();

    public MicrosoftSearch {
        unread = List.copyOf(unread);
        hidden = List.copyOf(hidden);
    }

    /**
     * @param others all referrals of a deal but our own, as a list shows them
     * @param known  whether one is known as Microsoft's
     */
    static MicrosoftSearch among(List<Map<String, Object>> others, Predicate<Map<String, Object>> known) {
        List<Map<String, Object>> microsofts = others.stream().filter(known).limit(1).toList();
        return microsofts.isEmpty()
                ? new MicrosoftSearch(others.stream().filter(each -> !VIEW.tellsWhose(each)).toList(), List.of(), false,
                        null)
                : new MicrosoftSearch(microsofts, List.of(), true, null);
    }

    /** True while there are items to read and Microsoft's is none of those that were. */
    public boolean pending() {
        return found == null && !unread.isEmpty();
    }

    /** The id of the next item to read. */
    public String next() {
        return VIEW.id(unread.get(0));
    }

    /** @param shown what the next item shows by its id; null when it is not shown so */
    MicrosoftSearch read(Map<String, Object> shown) {
        Map<String, Object> item = unread.get(0);
        List<Map<String, Object>> left = unread.subList(1, unread.size());
        if (known) {
            return new MicrosoftSearch(left, hidden, true, shown == null ? item : shown);
        }
        if (shown == null || !VIEW.tellsWhose(shown)) {
            return new MicrosoftSearch(left, Stream.concat(hidden.stream(), Stream.of(item)).toList(), false, null);
        }
        return new MicrosoftSearch(left, hidden, false, VIEW.microsofts(shown) ? shown : null);
    }

    /**
     * Microsoft's referral; null when the deal has none. One that nobody shows whose it is counts as Microsoft's, as in
     * practice it is; of several such ones only what they have in common is known.
     */
    public Map<String, Object> microsofts() {
        if (found != null || hidden.isEmpty()) {
            return found;
        }
        Map<String, Object> common = new LinkedHashMap<>(hidden.get(0));
        hidden.forEach(each -> common.entrySet().retainAll(each.entrySet()));
        return common;
    }
}
