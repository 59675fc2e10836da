package dev.cosell.partnercenter;

import dev.cosell.http.Answer;
import dev.cosell.http.Request;
import dev.cosell.http.StrangeAnswer;
import dev.cosell.sync.books.ReferralIndex;
import dev.cosell.verbs.Changes;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/** The verbs that read one referral: by its id, or by the CRM id it carries. */
public final class ReferralReads {
    private static final String LAST_CHANGED = "$orderby=updatedDateTime%20desc&$top=100";

    private static final int SHORTEST = 15;
    private static final int MOST_OF_A_DEAL = 5;
    private static final Set<Integer> HIDDEN = Set.of(403, 404);
    private static final Set<Integer> UNKNOWN_ID = Set.of(400, 404);

    private final Refusals refusals;
    private final ReferralIndex index;
    private final ReferralView view;

    /**
     * @param index knows the engagements of Microsoft's referrals
     * @param view  knows whose a referral is
     */
    public ReferralReads(Refusals refusals, ReferralIndex index, ReferralView view) {
        this.refusals = refusals;
        this.index = index;
        this.view = view;
    }

    public Request get(String id) {
        return Calls.get(id);
    }

    /**
     * Whether Partner Center does not show a referral by its id that is known as Microsoft's: nobody promises that one
     * is shown so.
     */
    public boolean isHidden(Answer answer, @Variable("partnerCenterId") String id) {
        return HIDDEN.contains(answer.status()) && index.engagementOfMicrosofts(id) != null;
    }

    /** All referrals of the deal that a referral of Microsoft is part of. */
    public Request engagementOf(@Variable("partnerCenterId") String microsoftsId) {
        return engagement(index.engagementOfMicrosofts(microsoftsId));
    }

    /** Microsoft's referral as the list of its engagement shows it; null when it does not. */
    public Map<String, Object> listed(Answer answer, @Variable("partnerCenterId") String id) {
        return Answers.items(answer, "read of an engagement").stream().filter(item -> id.equals(view.id(item)))
                .findFirst().map(MicrosoftPart::shownBy).orElse(null);
    }

    /** Keeps in mind whose a new referral is. */
    public void note(@Body Map<String, Object> created) {
        if (created != null) {
            index.note(List.of(created));
        }
    }

    /** Null when the referral does not exist or this connection's user cannot see it. */
    public Map<String, Object> one(Answer answer) {
        if (answer.status() == 404) {
            return null;
        }
        Map<String, Object> referral = Answers.record(Answers.success(answer, "read of a referral"));
        if (referral == null) {
            throw StrangeAnswer.fault(ReferralView.SYSTEM, "to the read of a referral without one");
        }
        return referral;
    }

    /** In place of a referral that Partner Center denies. */
    public Map<String, Object> nothing() {
        return null;
    }

    /** Whether an id from a CRM's field names no referral of ours, which its engagement may have all the same. */
    public boolean isNotOurs(@Variable("partnerCenterShown") Map<String, Object> shown) {
        return shown == null || !view.own(shown);
    }

    /** All referrals of the deal of another's referral; without one the id is taken for that of an engagement. */
    public Request engagementNamed(@Variable("partnerCenterNamed") String named,
            @Variable("partnerCenterShown") Map<String, Object> shown) {
        String engagementId = shown == null ? null : view.engagementId(shown);
        return engagement(engagementId == null ? named : engagementId);
    }

    /**
     * The id of our own referral in an engagement, of an open one first; null when there is none, or when Partner
     * Center refuses to look for such an id. Who is denied a list has lost a role.
     */
    public String ownIn(Answer answer, @Variable("partnerCenterShown") Map<String, Object> shown) {
        if (UNKNOWN_ID.contains(answer.status())) {
            return null;
        }
        return Answers.items(answer, "read of an engagement").stream().filter(view::own)
                .filter(item -> shown == null || !view.id(shown).equals(view.id(item)))
                .min(Comparator.comparing(view::closed)).map(view::id).orElse(null);
    }

    /**
     * What the id means after all: a list may not show whose a referral is, so our own counts only once it was read.
     *
     * @param own null when the engagement has none
     */
    public Map<String, Object> meant(@Body Map<String, Object> own,
            @Variable("partnerCenterShown") Map<String, Object> shown) {
        if (own == null || !view.own(own)) {
            return shown;
        }
        return shown == null ? own : ReferralView.namedAs(own, view.id(shown));
    }

    /** All referrals of a deal. */
    public Request engagement(String engagementId) {
        return Calls.list("$filter=engagementId%20eq%20" + Calls.literal(engagementId));
    }

    /** All referrals of a deal, each as one that may have changed. */
    public Changes inDeal(Answer answer) {
        List<Map<String, Object>> items = Answers.items(answer, "read of an engagement");
        return new Changes(items.stream().map(item -> new Changes.Change(view.id(item), view.version(item))).toList(),
                null, false, items);
    }

    /** Whether Microsoft has answered in an engagement, or has no referral there to answer to. */
    public boolean answered(Answer answer) {
        return Answers.items(answer, "read of an engagement").stream()
                .filter(view::microsofts)
                .noneMatch(referral -> "New".equalsIgnoreCase(Paths.text(referral, "status"))
                        || "Expired".equalsIgnoreCase(Paths.text(referral, "substatus")));
    }

    public Request find(String crmId) {
        return refusals.refused(Refusals.Feature.EXTERNAL_REFERENCE_FILTER) ? lastChanged()
                : Calls.list("$filter=externalReferenceId%20eq%20" + Calls.literal(crmId));
    }

    /** Filtering by the CRM id is not documented; a tenant that refuses it answers 400. */
    public boolean filterRefused(Answer answer) {
        return answer.status() == 400 && !refusals.refused(Refusals.Feature.EXTERNAL_REFERENCE_FILTER);
    }

    /** The way round: a referral that was made or edited a moment ago is among those that changed last. */
    public Request newest() {
        refusals.remember(Refusals.Feature.EXTERNAL_REFERENCE_FILTER);
        return lastChanged();
    }

    /** Those that no index can have forgotten to show yet, whatever spelling they have. */
    public Request lastChanged() {
        return Calls.list(LAST_CHANGED);
    }

    /**
     * Those that carry the id, or may carry it in another spelling, or were filtered by it and do not show it: who
     * needs to know compares again.
     */
    public List<Map<String, Object>> found(Answer answer, @Variable("partnerCenterCrmId") String crmId) {
        List<Map<String, Object>> items = Answers.items(answer, "search for opportunity " + crmId);
        // Where some show a CRM id, those that show none have none, and the filter was passed over.
        boolean hidden = !refusals.refused(Refusals.Feature.EXTERNAL_REFERENCE_FILTER)
                && items.size() <= MOST_OF_A_DEAL && items.stream().allMatch(view::hidesExternalReference);
        return hidden ? items : carrying(answer, crmId);
    }

    private List<Map<String, Object>> carrying(Answer answer, String crmId) {
        return Answers.items(answer, "search for opportunity " + crmId).stream()
                .filter(referral -> mayBe(crmId, view.externalReference(referral)) && view.own(referral)).toList();
    }

    /** Whether the filter was asked and found no open referral. */
    public boolean mayBeSpelledOtherwise(@Variable("partnerCenterFound") List<Map<String, Object>> found) {
        return !refusals.refused(Refusals.Feature.EXTERNAL_REFERENCE_FILTER) && found.stream().allMatch(view::closed);
    }

    /** Both looks in one. A tenant that refuses the order of the second is left with the first. */
    public List<Map<String, Object>> foundToo(Answer answer, @Variable("partnerCenterCrmId") String crmId,
            @Variable("partnerCenterFound") List<Map<String, Object>> found) {
        if (answer.status() == 400) {
            return found;
        }
        Set<String> ids = found.stream().map(view::id).collect(Collectors.toSet());
        return Stream.concat(found.stream(),
                carrying(answer, crmId).stream().filter(referral -> !ids.contains(view.id(referral)))).toList();
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
