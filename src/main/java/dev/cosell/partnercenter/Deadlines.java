package dev.cosell.partnercenter;

import dev.cosell.sync.decide.Deadline.Kind;
import dev.cosell.sync.decide.Deadline;
import dev.cosell.sync.decide.TimeRules.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The times that Partner Center sets. */
final class Deadlines {
    private static final Duration TO_ANSWER = Duration.ofDays(14);
    private static final Duration TO_CONTACT = Duration.ofHours(72);

    private Deadlines() {}

    /** @param asked whether Microsoft is known to have been asked for help, which our own copy need not show */
    static List<Deadline> of(Map<String, Object> referral, boolean asked, Timing timing) {
        String status = Paths.text(referral, "status");
        if ("New".equalsIgnoreCase(status)) {
            return unanswered(referral, timing);
        }
        return "Active".equalsIgnoreCase(status) && (asked || showsRequest(referral))
                ? List.of(ofMicrosoft(referral, timing)) : List.of();
    }

    private static List<Deadline> unanswered(Map<String, Object> referral, Timing timing) {
        Instant created = Paths.instant(referral, "createdDateTime");
        Instant expires = Paths.instant(referral, "expirationDateTime");
        List<Deadline> deadlines = new ArrayList<>();
        if (expires != null || created != null) {
            Instant due = expires != null ? expires : created.plus(TO_ANSWER);
            deadlines.add(Deadline.open(Kind.ANSWER, due, due.minus(timing.rules().notice())));
        }
        if (created != null && Paths.isTrue(referral, "details.customerRequestedContact")) {
            Instant due = created.plus(TO_CONTACT);
            deadlines.add(Deadline.open(Kind.CONTACT, due, due.minus(timing.rules().notice())));
        }
        return deadlines;
    }

    /** Our own copy of a deal that was shared later may show no help; Microsoft's referral of it is there. */
    private static boolean showsRequest(Map<String, Object> referral) {
        return isNew(Paths.text(referral, MicrosoftPart.STATUS))
                || DealType.of(referral) == DealType.CO_SELL && !isFromMicrosoft(referral);
    }

    /** The help in a deal that Microsoft's seller has sent is none that Microsoft was asked for. */
    private static boolean isFromMicrosoft(Map<String, Object> referral) {
        String inviter = Paths.text(referral, "inviteContext.invitedBy.organizationId");
        return "Incoming".equalsIgnoreCase(Paths.text(referral, "direction"))
                && (inviter == null || ReferralView.MICROSOFT.equals(inviter));
    }

    /**
     * Counts from when the request was first seen here, which is when it was sent. The wait is over where Microsoft's
     * own referral was read and is not new any more, whatever became of it: nobody can do anything about it. So it is
     * where an id of Microsoft's own shows that it has taken the deal up: its status is not on the partner's referral.
     */
    private static Deadline ofMicrosoft(Map<String, Object> referral, Timing timing) {
        Instant due = timing.now().plus(TO_ANSWER);
        Deadline open = Deadline.open(Kind.MICROSOFT, due, due);
        String microsofts = Paths.text(referral, MicrosoftPart.STATUS);
        boolean answered = !Paths.blank(referral, "trackingInfo.microsoftMsxId")
                || microsofts != null && !isNew(microsofts);
        return answered ? open.as(Deadline.State.ANSWERED) : open;
    }

    private static boolean isNew(String status) {
        return "New".equalsIgnoreCase(status);
    }
}
