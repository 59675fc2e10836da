package dev.cosell.partnercenter;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What Microsoft says about a deal, as the group {@code microsoft} in our own referral, which field tables read like
 * any other: {@code status}, {@code substatus}, {@code statusReason}, {@code team} and {@code msxId}. A field that is
 * not known is absent.
 */
final class MicrosoftPart {
    static final String GROUP = "microsoft";
    static final String STATUS = GROUP + ".status";
    static final String MSX_ID = GROUP + ".msxId";
    static final String TEAM = GROUP + ".team";
    private static final String WAS_THERE = GROUP + ".wasThere";
    private static final String TRACKED = "trackingInfo.microsoftMsxId";

    private MicrosoftPart() {}

    /** Adds what a referral shows by itself: the id of Microsoft's opportunity, if it stands there. Null stays null. */
    static Map<String, Object> shownBy(Map<String, Object> referral) {
        if (referral != null && !Paths.blank(referral, TRACKED)) {
            referral.put(GROUP, new LinkedHashMap<>(Map.of("msxId", Paths.get(referral, TRACKED))));
        }
        return referral;
    }

    /** Our referral with a note that Microsoft's was in the deal before help was asked for: nothing was sent. */
    static Map<String, Object> wasThere(Map<String, Object> own) {
        Map<String, Object> noted = Paths.copy(own);
        Paths.put(noted, WAS_THERE, true);
        return noted;
    }

    /** Whether {@link #wasThere(Map)} noted it on a referral, which may be null. */
    static boolean isNotedAsThere(Map<String, Object> own) {
        return own != null && Paths.isTrue(own, WAS_THERE);
    }

    /**
     * Our referral together with Microsoft's of the same engagement; neither is changed. Which of the two shows the id
     * of Microsoft's opportunity is not documented: ours counts when both do, so that it reads the same with and
     * without Microsoft's.
     */
    static Map<String, Object> in(Map<String, Object> own, Map<String, Object> microsofts) {
        Map<String, Object> part = new LinkedHashMap<>();
        for (String field : List.of("status", "substatus", "statusReason")) {
            if (!Paths.blank(microsofts, field)) {
                part.put(field, microsofts.get(field));
            }
        }
        if (microsofts.get("team") instanceof List<?> team) {
            part.put("team", team);
        }
        Map<String, Object> shows = Paths.blank(own, TRACKED) ? microsofts : own;
        if (!Paths.blank(shows, TRACKED)) {
            part.put("msxId", Paths.get(shows, TRACKED));
        }
        Map<String, Object> both = new LinkedHashMap<>(own);
        both.put(GROUP, part);
        return both;
    }
}
