package dev.cosell.partnercenter;

import dev.cosell.http.Answer;
import dev.cosell.verbs.Fault;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What an answer of the Referrals API means. */
final class Answers {
    private static final Set<Integer> MOVED = Set.of(409, 412, 423);
    private static final Set<String> MOVED_CODES = Set.of("preconditionFailed", "resourceModified");
    private static final Set<String> WORTH_A_RETRY = Set.of("serviceNotAvailable", "generalException");
    private static final Set<String> SIGN_IN = Set.of("unauthenticated", "unAuthorized", "unauthorized");

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
        String code = ErrorCodes.deepestKnown(answer.object());
        if (MOVED.contains(answer.status()) || MOVED_CODES.contains(code)) {
            throw new Fault.VersionConflict(ReferralView.SYSTEM, "The " + what + " came too late: the referral was changed since it was read");
        }
        if (answer.status() == 403 || code.equals("accessDenied")) {
            throw new Fault.Denied(ReferralView.SYSTEM, "Partner Center denies the " + what
                    + ": give the connection's user the role Referrals admin in Partner Center, for the locations of the deal");
        }
        if (SIGN_IN.contains(code)) {
            throw new Fault.Auth(ReferralView.SYSTEM, "Partner Center does not take the sign-in for the " + what
                    + ": sign in again with ./cosell login");
        }
        if (WORTH_A_RETRY.contains(code)) {
            throw new Fault.Transient(ReferralView.SYSTEM, "Partner Center answered " + answer.status() + " to the " + what + ": " + answer.reason());
        }
        if (answer.status() == 404 || code.equals("itemNotFound")) {
            throw new Fault.Data(ReferralView.SYSTEM, List.of("Partner Center knows no such record (" + what
                    + "): it may have been removed, or the connection's user does not see it"));
        }
        throw new Fault.Data(ReferralView.SYSTEM, List.of("Partner Center refused the " + what + " (" + answer.status() + "): " + answer.reason()));
    }

    /** Null when the answer has no body. */
    static Map<String, Object> record(Answer answer) {
        return answer.object().isEmpty() ? null : MicrosoftPart.shownBy(answer.object());
    }
}
