package dev.cosell.partnercenter;

import dev.cosell.http.Answer;
import dev.cosell.http.Request;
import dev.cosell.sync.books.Attempt;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Reason;
import dev.cosell.verbs.Writes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/** The steps of creating a deal; a co-sell deal is two referrals in one engagement, the partner's and Microsoft's. */
public final class ReferralCreation {
    private static final String CONSENT = "consent";
    private static final List<String> SENT_TO_MICROSOFT = List.of("name", "mpnId", "qualification", "customerProfile",
            CONSENT,
            "details", "team", "inviteContext");

    private final DealCompletion completion;
    private final Predicate<Attempt> confirm;
    private final ReferralView view = new ReferralView();

    /** @param confirm whether an attempt is still the one that is noted, asked directly before its create is sent */
    public ReferralCreation(DealCompletion completion, Predicate<Attempt> confirm) {
        this.completion = completion;
        this.confirm = confirm;
    }

    public NewDeal complete(Writes.NewReferral wanted) {
        return completion.complete(wanted);
    }

    /**
     * The id of the referral an earlier attempt has made; null when there is none. Closed ones are older deals, unless
     * they are as new as the attempt: somebody may close in the portal what is still being made.
     */
    public String earlier(@Body List<Map<String, Object>> found, @Variable("newDeal") NewDeal deal) {
        return found.stream().filter(referral -> deal.crmId().equals(view.externalReference(referral))
                || view.hidesExternalReference(referral))
                .filter(referral -> !view.closed(referral)
                        || deal.mayHaveMade(Paths.instant(referral, "createdDateTime")))
                .min(Comparator.comparing(view::closed)).map(view::id).orElse(null);
    }

    /**
     * Throws {@link Fault.Transient} when the referral that a list has just shown reads as nothing, or as another
     * deal's: a second one could not be taken back.
     */
    public void checkIsShown(@Variable("earlierId") String id, @Variable("newDeal") NewDeal deal,
            @Variable("ownReferral") Map<String, Object> own) {
        if (own == null || !deal.crmId().equals(view.externalReference(own))) {
            throw new Fault.Transient(ReferralView.SYSTEM, "Partner Center lists referral " + id + " of opportunity "
                    + deal.crmId() + " and does not show it when it is read. It is read again before a deal is "
                    + "created");
        }
    }

    /** Whether Microsoft has a part in the deal of an earlier attempt; nobody can be invited into a closed one. */
    public boolean bringsMicrosoft(@Variable("newDeal") NewDeal deal,
            @Variable("ownReferral") Map<String, Object> own) {
        return deal.coSell() && !view.closed(own);
    }

    /**
     * The own referral of an earlier attempt, with what Microsoft is to be sent as the opportunity says it now: what
     * Microsoft's was refused for is corrected there. To whom the deal shows is what the referral says.
     */
    public Map<String, Object> corrected(@Variable("newDeal") NewDeal deal,
            @Variable("ownReferral") Map<String, Object> own) {
        Map<String, Object> asking = Paths.copy(own);
        SENT_TO_MICROSOFT.stream().filter(name -> !name.equals(CONSENT) && deal.document().containsKey(name))
                .forEach(name -> asking.put(name, deal.document().get(name)));
        return asking;
    }

    /**
     * Throws {@link Fault.Transient} while an earlier attempt is so recent that its referral may only not be shown yet.
     */
    public void checkNothingIsUnderWay(@Variable("newDeal") NewDeal deal) {
        if (!deal.settled()) {
            throw new Fault.Transient(ReferralView.SYSTEM,
                    "Whether an earlier attempt made the referral of opportunity " + deal.crmId()
                            + " cannot be told yet: Partner Center does not show one, but the attempt is recent. It is "
                            + "looked for again");
        }
    }

    /** What an attempt to bring Microsoft in is noted under. */
    public String invitationKey(@Variable("ownReferral") Map<String, Object> own) {
        return "microsoft in " + view.engagementId(own);
    }

    /**
     * The attempt of an engagement that shows no referral of Microsoft: as the first one, because an earlier one has
     * made nothing. Throws {@link Fault.Transient} while an earlier attempt is so recent that its referral may only not
     * be shown yet.
     */
    public Attempt unlessUnderWay(@Body Attempt attempt, @Variable("ownReferral") Map<String, Object> own) {
        if (!attempt.settled()) {
            throw new Fault.Transient(ReferralView.SYSTEM,
                    "Whether an earlier attempt brought Microsoft into the deal of referral " + view.id(own)
                            + " cannot be told yet: Partner Center does not show its referral, but the attempt is "
                            + "recent. It is looked for again");
        }
        return attempt.asFirst();
    }

    /** @param attempt of the caller, who began it before the search; null when there is none to confirm */
    public Request own(@Variable("newDeal") NewDeal deal, @Variable("attempt") Attempt attempt) {
        Request create = Calls.post(deal.document());
        return attempt == null ? create : confirmed(create, attempt, "referral of opportunity " + deal.crmId());
    }

    /** What asks Microsoft in, for which an attempt was begun. */
    public Request asking(@Variable("microsoftsRequest") Request request, @Variable("invitation") Attempt attempt,
            @Variable("ownReferral") Map<String, Object> own) {
        return confirmed(request, attempt, "referral of Microsoft beside referral " + view.id(own));
    }

    private Request confirmed(Request create, Attempt attempt, String what) {
        return create.checked(() -> {
            if (!confirm.test(attempt)) {
                throw new Fault.VersionConflict(ReferralView.SYSTEM, "The create of the " + what
                        + " waited so long that another attempt at it was begun; nothing was sent");
            }
        });
    }

    public Request microsofts(@Variable("newDeal") NewDeal deal, @Variable("ownReferral") Map<String, Object> own) {
        return Calls.post(NewDeal.forMicrosoft(deal.document(), view.engagementId(own)));
    }

    public Map<String, Object> created(Answer answer) {
        return Answers.record(Answers.written(answer, "new deal"));
    }

    /**
     * The own referral as it is now. When Microsoft's was there and says nothing of the help that is wanted, nothing
     * was sent, and the referral says so.
     *
     * @param now        null when it is not there any more
     * @param asking     the own referral with the help that is wanted
     * @param microsofts as it was before; null when there was none
     */
    public Map<String, Object> answered(@Body Map<String, Object> now,
            @Variable("ownReferral") Map<String, Object> asking,
            @Variable("microsoftsReferral") Map<String, Object> microsofts) {
        boolean sent = microsofts == null
                || Objects.equals(Paths.text(microsofts, DealType.HELP), Paths.text(asking, DealType.HELP));
        return now == null || sent ? now : MicrosoftPart.wasThere(now);
    }

    /** Makes the deal visible to Microsoft's sellers, which cannot be taken back; an empty patch when it is already. */
    public Writes.Update visible(@Variable("ownReferral") Map<String, Object> own) {
        checkInvitation(own);
        Map<String, Object> patch = Paths.isTrue(own, DealType.SHARE) ? Map.of() : Map.of(DealType.SHARE, true);
        return new Writes.Update(view.id(own), view.version(own), patch, own);
    }

    public Request invitation(@Variable("ownReferral") Map<String, Object> own) {
        return Calls.post(NewDeal.forMicrosoft(completion.invited(shared(own)), view.engagementId(own)));
    }

    public String id(@Variable("ownReferral") Map<String, Object> own) {
        return view.id(own);
    }

    private void checkInvitation(Map<String, Object> own) {
        List<Reason> faults = new ArrayList<>(completion.invitationFaults(shared(own), Writes.Sources.UNKNOWN));
        if (view.closed(own)) {
            faults.add(new Reason(DealCause.CLOSED, "Referral " + view.id(own)
                    + " is closed in Partner Center: nobody can be invited any more"));
        }
        if (DealType.of(own) != DealType.CO_SELL) {
            faults.add(new Reason(DealCause.NO_HELP, "Referral " + view.id(own)
                    + " does not say which help is wanted: choose a value in \"How can Microsoft help?\""));
        }
        if (!faults.isEmpty()) {
            throw new Fault.Data(ReferralView.SYSTEM, faults);
        }
    }

    private static Map<String, Object> shared(Map<String, Object> own) {
        Map<String, Object> all = Paths.copy(own);
        Map<String, Object> document = new LinkedHashMap<>();
        SENT_TO_MICROSOFT.forEach(name -> document.put(name, all.get(name)));
        Paths.put(document, DealType.SHARE, true);
        return document;
    }
}
