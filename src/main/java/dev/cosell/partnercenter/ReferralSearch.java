package dev.cosell.partnercenter;

import dev.cosell.http.Answer;
import dev.cosell.http.Request;
import dev.cosell.partnercenter.Refusals.Feature;
import dev.cosell.verbs.Changes;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/**
 * The verb that finds the partner's referrals by the CRM id they carry. The filter for it is not documented, and the
 * orders of a list are by name only: where a tenant refuses one, the next is asked for.
 */
public final class ReferralSearch {
    private static final String LAST_CHANGED = "$orderby=updatedDateTime%20desc&$top=100";
    private static final String LAST_CREATED = "$filter=direction%20eq%20" + Calls.literal("Outgoing")
            + "&$orderby=createdDateTime%20desc&$top=100";
    private static final int SHORTEST = 15;
    private static final int MOST_OF_A_DEAL = 5;

    private final Refusals refusals;
    private final ReferralView view;

    /** @param view knows whose a referral is */
    public ReferralSearch(Refusals refusals, ReferralView view) {
        this.refusals = refusals;
        this.view = view;
    }

    public Request find(String crmId) {
        return seesNewestOnly() ? newest() : Calls.list("$filter=externalReferenceId%20eq%20" + Calls.literal(crmId));
    }

    /** Whether what is not among the newest is overlooked, because the tenant refuses the filter. */
    public boolean seesNewestOnly() {
        return refusals.refused(Feature.EXTERNAL_REFERENCE_FILTER);
    }

    /** Filtering by the CRM id is not documented; a tenant that refuses it answers 400. */
    public boolean filterRefused(Answer answer) {
        return answer.status() == 400 && !seesNewestOnly();
    }

    public Request withoutFilter() {
        refusals.remember(Feature.EXTERNAL_REFERENCE_FILTER);
        return newest();
    }

    /** Whether the way round the filter was refused because of its order. */
    public boolean orderRefused(Answer answer) {
        return answer.status() == 400 && seesNewestOnly() && !refusesNewest();
    }

    public Request inOrderOfCreation() {
        refusals.remember(Feature.NEWEST_ORDER);
        return newest();
    }

    /** What the sweep was refused is refused here, and not the other way round: that one asks for a page of its own. */
    private boolean refusesNewest() {
        return refusals.refused(Feature.UPDATED_ORDER) || refusals.refused(Feature.NEWEST_ORDER);
    }

    /**
     * Those that no index can have forgotten to show yet, whatever spelling they have: a referral that was made a
     * moment ago is among those that changed last, and among those that were created last.
     */
    public Request newest() {
        return Calls.list(refusesNewest() ? LAST_CREATED : LAST_CHANGED);
    }

    /**
     * Those that carry the id, or may carry it in another spelling, or were filtered by it and do not show it: who
     * needs to know compares again. None where every way is refused.
     */
    public List<Map<String, Object>> found(Answer answer, @Variable("partnerCenterCrmId") String crmId) {
        if (answer.status() == 400 && seesNewestOnly()) {
            return List.of();
        }
        List<Map<String, Object>> items = items(answer, crmId);
        // Where some show a CRM id, those that show none have none, and the filter was passed over.
        boolean hidden = !seesNewestOnly() && items.size() <= MOST_OF_A_DEAL
                && items.stream().allMatch(view::hidesExternalReference);
        return hidden ? items : carrying(items, crmId);
    }

    private static List<Map<String, Object>> items(Answer answer, String crmId) {
        return Answers.items(answer, "search for opportunity " + crmId);
    }

    private List<Map<String, Object>> carrying(List<Map<String, Object>> items, String crmId) {
        return items.stream().filter(referral -> mayBe(crmId, view.externalReference(referral)) && view.own(referral))
                .toList();
    }

    /** Whether the filter was asked and found no open referral. */
    public boolean mayBeSpelledOtherwise(@Variable("partnerCenterFound") List<Map<String, Object>> found) {
        return !seesNewestOnly() && found.stream().allMatch(view::closed);
    }

    /** Both looks in one. A tenant that refuses the order of the second is left with the first. */
    public List<Map<String, Object>> foundToo(Answer answer, @Variable("partnerCenterCrmId") String crmId,
            @Variable("partnerCenterFound") List<Map<String, Object>> found) {
        if (answer.status() == 400) {
            refusals.remember(Feature.NEWEST_ORDER);
            return found;
        }
        return both(found, carrying(items(answer, crmId), crmId));
    }

    public List<Map<String, Object>> none() {
        return List.of();
    }

    /** With those of a further page of all that there are. */
    public List<Map<String, Object>> foundOnPage(@Body Changes page, @Variable("partnerCenterCrmId") String crmId,
            @Variable("partnerCenterFound") List<Map<String, Object>> found) {
        return both(found, carrying(page.records(), crmId));
    }

    private List<Map<String, Object>> both(List<Map<String, Object>> found, List<Map<String, Object>> more) {
        Set<String> ids = found.stream().map(view::id).collect(Collectors.toSet());
        return Stream.concat(found.stream(), more.stream().filter(referral -> !ids.contains(view.id(referral))))
                .toList();
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
