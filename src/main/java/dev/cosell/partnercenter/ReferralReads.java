package dev.cosell.partnercenter;

import dev.cosell.http.Answer;
import dev.cosell.http.Request;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Variable;

/** The verbs that read one referral: by its id, or by the CRM id it carries. */
public final class ReferralReads {
    private static final String NEWEST_OUTGOING =
            "$filter=direction%20eq%20'Outgoing'&$orderby=createdDateTime%20desc&$top=50";

    private static final int SHORTEST = 15;
    private static final Set<Integer> UNKNOWN_ID = Set.of(400, 404);

    private final Refusals refusals;
    private final ReferralView view = new ReferralView();

    public ReferralReads(Refusals refusals) {
        this.refusals = refusals;
    }

    public Request get(String id) {
        return Calls.get(id);
    }

    /** Null when the referral does not exist or this connection's user cannot see it. */
    public Map<String, Object> one(Answer answer) {
        return answer.status() == 404 ? null : Answers.record(Answers.success(answer, "read of a referral"));
    }

    /** In place of a referral that Partner Center denies. */
    public Map<String, Object> nothing() {
        return null;
    }

    /**
     * Our own referral of an engagement, an open one first; null when there is none, or when Partner Center refuses to
     * look for such an id. Who is denied a list has lost a role.
     */
    public Map<String, Object> ownIn(Answer answer) {
        if (UNKNOWN_ID.contains(answer.status())) {
            return null;
        }
        return Answers.success(answer, "read of an engagement").list("value").stream().filter(view::own)
                .min(Comparator.comparing(view::closed)).orElse(null);
    }

    /** All referrals of a deal. */
    public Request engagement(String engagementId) {
        return Calls.list("$filter=engagementId%20eq%20" + Calls.literal(engagementId));
    }

    /** Whether Microsoft has answered in an engagement, or has no referral there to answer to. */
    public boolean answered(Answer answer) {
        return Answers.success(answer, "read of an engagement").list("value").stream()
                .filter(referral -> !view.own(referral))
                .noneMatch(referral -> "New".equalsIgnoreCase(Paths.text(referral, "status"))
                        || "Expired".equalsIgnoreCase(Paths.text(referral, "substatus")));
    }

    public Request find(String crmId) {
        return refusals.refused(Refusals.Feature.EXTERNAL_REFERENCE_FILTER) ? Calls.list(NEWEST_OUTGOING)
                : Calls.list("$filter=externalReferenceId%20eq%20" + Calls.literal(crmId));
    }

    /** Filtering by the CRM id is not documented; a tenant that refuses it answers 400. */
    public boolean filterRefused(Answer answer) {
        return answer.status() == 400 && !refusals.refused(Refusals.Feature.EXTERNAL_REFERENCE_FILTER);
    }

    /** The way round: a referral made a moment ago is among the newest outgoing ones. */
    public Request newest() {
        refusals.remember(Refusals.Feature.EXTERNAL_REFERENCE_FILTER);
        return Calls.list(NEWEST_OUTGOING);
    }

    /** A second look that no index of CRM ids can be behind. */
    public Request newestOutgoing() {
        return Calls.list(NEWEST_OUTGOING);
    }

    /** Those that carry the id, or may carry it in another spelling: who needs to know compares again. */
    public List<Map<String, Object>> found(Answer answer, @Variable("partnerCenterCrmId") String crmId) {
        return Answers.success(answer, "search for opportunity " + crmId).list("value").stream()
                .filter(referral -> mayBe(crmId, view.externalReference(referral)) && view.own(referral)).toList();
    }

    /**
     * Letters and digits alone, because the spellings of an id differ in all else; Salesforce has one of fewer
     * characters, too.
     */
    private static boolean mayBe(String crmId, String text) {
        String wanted = folded(crmId);
        String shown = text == null ? "" : folded(text);
        return crmId.equals(text) || Math.min(shown.length(), wanted.length()) >= SHORTEST
                && (shown.contains(wanted) || wanted.startsWith(shown));
    }

    private static String folded(String text) {
        return text.replaceAll("[^0-9A-Za-z]", "").toLowerCase(Locale.ROOT);
    }
}
