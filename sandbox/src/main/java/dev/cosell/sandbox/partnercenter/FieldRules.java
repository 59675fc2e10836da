package dev.cosell.sandbox.partnercenter;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which field may change when; known from the bulk format, which states it field by field. */
final class FieldRules {
    private static final Set<String> WHILE_NEW = Set.of("status", "substatus", "statusReason");
    private static final String SHARE = "consent/consentToShareReferralWithMicrosoftSellers";

    private final Switches switches;

    FieldRules(Switches switches) {
        this.switches = switches;
    }

    boolean nameAllowed() {
        return !switches.on("refuseNamePatch");
    }

    /** Whether a part that is null comes about when one of its fields is replaced. */
    boolean partsAreMade() {
        return switches.on("makeNullParts");
    }

    /** @param next the tree as it would be */
    void check(Referral current, String path, Map<String, Object> next) {
        if (!switches.on("fieldRules")) {
            return;
        }
        boolean unanswered = "New".equals(current.status());
        boolean waiting = unanswered && "New".equals(Trees.text(next, "status"));
        boolean declined = unanswered && "Declined".equals(Trees.text(next, "substatus"));
        boolean crmId = path.equals("externalReferenceId");
        boolean refused = crmId ? (waiting || declined) && switches.on("refuseCrmIdWhileNew")
                : waiting && !WHILE_NEW.contains(path);
        if (refused) {
            throw ServiceError.invalid(path,
                    "The field " + path + " cannot be changed before the referral is accepted.");
        }
        if (path.startsWith("customerProfile/team") && Boolean.TRUE.equals(Trees.get(current.tree(), SHARE))) {
            throw ServiceError.invalid(path,
                    "The customer contact cannot be changed after the deal was shared with Microsoft.");
        }
    }

    /** Whether a reason is demanded with each end but a win is written nowhere. */
    void checkReason(Map<String, Object> next) {
        boolean lost = "Closed".equals(Trees.text(next, "status")) && !"Won".equals(Trees.text(next, "substatus"));
        if (lost && Trees.blank(next, "statusReason") && switches.on("demandReason")) {
            throw ServiceError.invalid("statusReason", "The field statusReason is required.");
        }
    }

    /** A deal is registered once it is won, unless it is private. */
    static void checkRegistration(Referral current, Object registration) {
        boolean won = current.closed() && "Won".equals(current.substatus());
        if (!won || !Boolean.TRUE.equals(Trees.get(current.tree(), SHARE))) {
            throw ServiceError.invalid("registrations",
                    "Only a won deal that is shared with Microsoft can be registered.");
        }
        for (String path : List.of("type", "contract/term", "contract/value", "contract/currency",
                "contract/startDateTime", "contract/signDateTime")) {
            if (Trees.blank(registration, path)) {
                throw ServiceError.invalid("registrations", "The field " + path + " is required.");
            }
        }
        if (Trees.list(registration, "solutionDetails").isEmpty()) {
            throw ServiceError.invalid("registrations", "At least one solution is required.");
        }
        if (time(registration, "contract/startDateTime").isBefore(time(registration, "contract/signDateTime"))) {
            throw ServiceError.invalid("registrations", "The start date lies before the sign date.");
        }
    }

    private static OffsetDateTime time(Object registration, String path) {
        try {
            return OffsetDateTime.parse(String.valueOf(Trees.get(registration, path)));
        } catch (java.time.DateTimeException notATime) {
            throw ServiceError.invalid("registrations", "The value of " + path + " is not valid.");
        }
    }
}
