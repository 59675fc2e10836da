package dev.cosell.partnercenter;

import dev.cosell.http.Answer;
import dev.cosell.http.Request;
import dev.cosell.http.StrangeAnswer;
import dev.cosell.sync.books.ReferralIndex;
import dev.cosell.sync.decide.Deadline;
import dev.cosell.verbs.Changes;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/** The verbs that read one referral by its id, or Microsoft's beside it. */
public final class ReferralReads {
    private static final Set<Integer> HIDDEN = Set.of(403, 404);
    private static final Set<Integer> UNKNOWN_ID = Set.of(400, 404);

    private final ReferralIndex index;
    private final ReferralView view;

    /**
     * @param index knows the engagements of Microsoft's referrals
     * @param view  knows whose a referral is
     */
    public ReferralReads(ReferralIndex index, ReferralView view) {
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
     * Ids of what may be our own referral in an engagement, of open ones first; empty also when Partner Center refuses
     * to look for such an id. Who is denied a list has lost a role.
     */
    public List<String> candidates(Answer answer, @Variable("partnerCenterShown") Map<String, Object> shown) {
        if (UNKNOWN_ID.contains(answer.status())) {
            return List.of();
        }
        return Answers.items(answer, "read of an engagement").stream().filter(view::own)
                .filter(item -> shown == null || !view.id(shown).equals(view.id(item)))
                .sorted(Comparator.comparing(view::closed)).map(view::id).toList();
    }

    /** All but the first. */
    public List<String> rest(@Variable("partnerCenterCandidates") List<String> candidates) {
        return candidates.subList(1, candidates.size());
    }

    /** The referral when it is our own: a list may not show whose it is, so it counts only once it was read. */
    public Map<String, Object> own(@Body Map<String, Object> read) {
        return read != null && view.own(read) ? read : null;
    }

    /**
     * What the id means after all.
     *
     * @param own null when the engagement has none of ours
     */
    public Map<String, Object> meant(@Body Map<String, Object> own,
            @Variable("partnerCenterShown") Map<String, Object> shown) {
        return own == null ? shown : shown == null ? own : ReferralView.namedAs(own, view.id(shown));
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

    /** All referrals of the deal of an own one. */
    public Request engagementOfOwn(@Variable("partnerCenterOwn") Map<String, Object> own) {
        return engagement(view.engagementId(own));
    }

    /** Begins the search for Microsoft's referral among what an engagement shows beside our own. */
    public MicrosoftSearch beside(Answer answer, @Variable("partnerCenterOwn") Map<String, Object> own) {
        List<Map<String, Object>> others = Answers.items(answer, "read of an engagement").stream()
                .filter(item -> !view.id(own).equals(view.id(item))).toList();
        return MicrosoftSearch.among(others, item -> view.microsofts(item)
                || !view.tellsWhose(item) && index.engagementOfMicrosofts(view.id(item)) != null);
    }

    public MicrosoftSearch read(@Body Map<String, Object> shown,
            @Variable("microsoftSearch") MicrosoftSearch search) {
        return search.read(shown);
    }

    /** What became of a request for help, when Microsoft's time to answer is over. */
    public Deadline.State answered(@Body Map<String, Object> microsofts) {
        if (microsofts == null) {
            return Deadline.State.ABSENT;
        }
        boolean silent = "New".equalsIgnoreCase(Paths.text(microsofts, "status"))
                || "Expired".equalsIgnoreCase(Paths.text(microsofts, "substatus"));
        return silent ? Deadline.State.SILENT : Deadline.State.ANSWERED;
    }

    /** Of a deal whose own referral is not shown nobody can tell. */
    public Deadline.State unknown() {
        return Deadline.State.ANSWERED;
    }
}
