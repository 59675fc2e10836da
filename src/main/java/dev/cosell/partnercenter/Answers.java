package dev.cosell.partnercenter;

import dev.cosell.http.Answer;
import dev.cosell.sync.Fault;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What an answer of the Referrals API means. */
final class Answers {
    private static final Set<Integer> MOVED = Set.of(409, 412, 423);

    private Answers() {}

    /**
     * The answer when it is a success.
     *
     * @param what names the call and its record for people, e.g. {@code "change of referral 3f5c…"}
     */
    static Answer success(Answer answer, String what) {
        if (answer.ok()) {
            return answer;
        }
        if (MOVED.contains(answer.status())) {
            throw new Fault.VersionConflict(ReferralView.SYSTEM, "The " + what + " came too late: the referral was changed since it was read");
        }
        if (answer.status() == 403) {
            throw new Fault.Denied(ReferralView.SYSTEM, "Partner Center denies the " + what
                    + ": give the connection's user the role Referrals admin in Partner Center, for the locations of the deal");
        }
        if (answer.status() == 404) {
            throw new Fault.Data(ReferralView.SYSTEM, List.of("Partner Center knows no such record (" + what
                    + "): it may have been removed, or the connection's user does not see it"));
        }
        throw new Fault.Data(ReferralView.SYSTEM, List.of("Partner Center refused the " + what + " (" + answer.status() + "): " + message(answer)));
    }

    /** The service's own words, from either of the two shapes its errors have. */
    static String message(Answer answer) {
        String inError = Paths.text(answer.object(), "error.message");
        String message = inError != null ? inError : Paths.text(answer.object(), "message");
        return message != null ? message : answer.text().isBlank() ? "no reason given" : shortened(answer.text());
    }

    private static String shortened(String text) {
        return text.length() <= 200 ? text : text.substring(0, 200) + "…";
    }

    /** Null when the answer has no body. */
    static Map<String, Object> record(Answer answer) {
        return answer.object().isEmpty() ? null : MicrosoftPart.shownBy(answer.object());
    }
}
