package dev.cosell.partnercenter;

import dev.cosell.http.Answer;
import dev.cosell.http.StrangeAnswer;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Reason;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What an answer of the Referrals API means. */
final class Answers {
    private static final Set<Integer> MOVED = Set.of(409, 412, 423);
    private static final Set<String> MOVED_CODES = Set.of("preconditionFailed", "resourceModified");
    private static final String UNAVAILABLE = "serviceNotAvailable";
    private static final String UNEXPECTED = "generalException";
    private static final Set<String> SIGN_IN = Set.of("unauthenticated", "unAuthorized", "unauthorized");

    private static final Set<Integer> GONE = Set.of(404, 410);
    private static final Set<Integer> OF_RECORD = Set.of(400, 416, 422);
    private static final String CORRECT = ". Correct what it names, on the opportunity or in its row of the mapping; "
            + "the change of the record is tried at once,"
            + " a change of the mapping with the operation retryParked (JMX)";

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
            throw new Fault.VersionConflict(ReferralView.SYSTEM,
                    "The " + what + " came too late: the referral was changed since it was read");
        }
        if (answer.status() == 403 || code.equals("accessDenied")) {
            throw new Fault.Denied(ReferralView.SYSTEM, "Partner Center denies the " + what
                    + ": give the connection's user the role Referrals admin in Partner Center, for the locations of "
                    + "the deal");
        }
        if (SIGN_IN.contains(code)) {
            throw new Fault.Auth(ReferralView.SYSTEM, "Partner Center does not take the sign-in for the " + what
                    + ": sign in again with ./cosell login");
        }
        if (code.equals(UNAVAILABLE) || code.equals(UNEXPECTED)) {
            String words = "Partner Center answered " + answer.status() + " to the " + what + ": " + answer.reason();
            throw code.equals(UNEXPECTED) ? new Fault.ServerError(ReferralView.SYSTEM, words)
                    : new Fault.Transient(ReferralView.SYSTEM, words);
        }
        if (GONE.contains(answer.status()) || code.equals("itemNotFound")) {
            throw new Fault.Data(ReferralView.SYSTEM, DealCause.NOT_THERE, "Partner Center knows no such record ("
                    + what
                    + "): it may have been removed, or the connection's user does not see it. Look it up there as that "
                    + "user; if it is gone, clear the"
                    + " Referral Identifier of its opportunity, and if it is there, give the user the role Referrals "
                    + "admin for its location");
        }
        throw new Fault.Data(ReferralView.SYSTEM, List.of(new Reason(DealCause.REFUSED, answer.status() + " " + code,
                "Partner Center refused the " + what + " (" + answer.status() + "): " + answer.reason()
                        + remedy(answer.status()))));
    }

    /**
     * The items of a list.
     *
     * @throws Fault.Transient when it is a success and no list: that is not Partner Center's answer, and not an
     * empty one
     */
    static List<Map<String, Object>> items(Answer answer, String what) {
        if (GONE.contains(answer.status())) {
            throw new Fault.Data(ReferralView.SYSTEM, List.of(new Reason(DealCause.REFUSED,
                    answer.status() + " " + ErrorCodes.deepestKnown(answer.object()), "Partner Center has nothing at "
                            + "the address of the " + what + " (" + answer.status()
                            + "). Check the address of the service (partner-center.url)")));
        }
        if (!(success(answer, what).object().get("value") instanceof List<?>)) {
            throw StrangeAnswer.fault(ReferralView.SYSTEM, "to the " + what + " without a list");
        }
        return answer.list("value");
    }

    /** As {@link #success}, for a call that writes a record, which a person can correct. */
    static Answer written(Answer answer, String what) {
        try {
            return success(answer, what);
        } catch (Fault.Data refused) {
            boolean ofRecord = OF_RECORD.contains(answer.status()) && !GONE.contains(answer.status());
            throw !ofRecord ? refused : new Fault.Data(ReferralView.SYSTEM,
                    refused.faults().stream()
                    .map(fault -> new Reason(fault.cause(), fault.about(), fault.words() + CORRECT)).toList());
        }
    }

    /**
     * What a person can do about a refusal that is not about the record's values, with its full stop; empty for one
     * that is.
     */
    private static String remedy(int status) {
        return switch (status) {
        case 405, 406, 411, 415, 501 ->
            ". Check the address of the service (partner-center.url): what answers there does not take this call";
            case 413 -> ". Shorten the notes, or remove solutions and members of the team";
            case 507 -> ". Partner Center has no room for it now: use the operation retryParked (JMX) later";
            default -> "";
        };
    }

    /** Whether a refusal is about the path of a JSON Patch, and not about the value that stood there. */
    static boolean speaksOfPath(Answer answer, String field) {
        if (!(answer.object().get("error") instanceof Map<?, ?> error)) {
            return false;
        }
        String message = String.valueOf(error.get("message"));
        return "path".equals(error.get("target")) || message.contains("'/" + field + "'")
                || message.contains("path /" + field);
    }

    /**
     * Null when the answer has no body.
     *
     * @throws Fault.Transient when it has one that is no referral
     */
    static Map<String, Object> record(Answer answer) {
        if (answer.json() != null && !(answer.object().get("id") instanceof String)) {
            throw StrangeAnswer.fault(ReferralView.SYSTEM, "with a referral that has no id");
        }
        return answer.json() == null ? null : MicrosoftPart.shownBy(answer.object());
    }
}
