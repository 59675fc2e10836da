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

    static List<Deadline> of(Map<String, Object> referral, Timing timing) {
        String status = Paths.text(referral, "status");
        if ("New".equalsIgnoreCase(status)) {
            return unanswered(referral, timing);
        }
        return "Active".equalsIgnoreCase(status) && waitsForMicrosoft(referral)
                ? List.of(silence(referral, timing)) : List.of();
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

    /**
     * Microsoft's status is not on the partner's referral, but an id of Microsoft's own shows that it has taken the
     * deal up.
     */
    private static boolean waitsForMicrosoft(Map<String, Object> referral) {
        return "Outgoing".equalsIgnoreCase(Paths.text(referral, "direction"))
                && DealType.of(referral) == DealType.CO_SELL
                && Paths.blank(referral, "trackingInfo.microsoftMsxId");
    }

    /**
     * Counts from when the request was first seen here, which is when it was sent. Where Microsoft's own referral was
     * read as well and is not new any more, the wait is over, whatever became of it: nobody can do anything about it.
     */
    private static Deadline silence(Map<String, Object> referral, Timing timing) {
        Instant due = timing.now().plus(TO_ANSWER);
        Deadline open = Deadline.open(Kind.MICROSOFT, due, due);
        String microsofts = Paths.text(referral, MicrosoftPart.STATUS);
        return microsofts == null || "New".equalsIgnoreCase(microsofts) ? open : open.as(Deadline.State.ANSWERED);
    }
}
