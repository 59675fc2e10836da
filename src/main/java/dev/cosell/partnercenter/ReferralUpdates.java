package dev.cosell.partnercenter;

import dev.cosell.http.Answer;
import dev.cosell.http.Request;
import dev.cosell.sync.books.WonDeals;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Reason;
import dev.cosell.verbs.Writes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/** The verb that changes a referral: JSON Patch, the name in a call of its own, the status after all other fields. */
public final class ReferralUpdates {
    private static final String WON = "Won";

    /** Nobody accepts the deal any more: a tenant may refuse either then, and with it the decline. */
    private static final Set<String> LEFT_OUT_OF_A_DECLINE = Set.of(UpdateSteps.NAME, PatchRules.EXTERNAL_REFERENCE);

    private static final List<String> INVITATION = List.of(DealType.HELP, DealCompletion.NOTES, PatchRules.CONTACTS);

    private final Refusals refusals;
    private final DealCompletion completion;
    private final PatchValues values;
    private final UpdateSteps steps;
    private final WonDeals wonDeals;
    private final StatusMachine machine = new StatusMachine();
    private final ReferralView view = new ReferralView();

    /** @param completion knows what an invitation of Microsoft needs */
    public ReferralUpdates(Refusals refusals, DealCompletion completion, PatchValues values) {
        this(refusals, completion, values, null);
    }

    /** @param wonDeals is told of each deal before it is closed as won; null when won deals are not registered */
    public ReferralUpdates(Refusals refusals, DealCompletion completion, PatchValues values, WonDeals wonDeals) {
        this.wonDeals = wonDeals;
        this.refusals = refusals;
        this.completion = completion;
        this.values = values;
        this.steps = new UpdateSteps(refusals, values);
    }

    /** Throws {@link Fault.Data} when the change breaks a rule that Partner Center never lifts. */
    public UpdatePlan plan(Writes.Update update) {
        Map<String, Object> current = update.current() == null ? Map.of() : update.current();
        if (view.closed(current) && !update.patch().isEmpty()) {
            throw new Fault.Data(ReferralView.SYSTEM, DealCause.CLOSED,
                    "Referral " + update.id() + " is closed in Partner Center; Closed is final, so "
                            + String.join(", ", update.patch().keySet())
                            + " cannot be changed any more: create a new deal if it was closed by mistake, by cloning "
                            + "the opportunity without its Referral Identifier");
        }
        StatusMachine.Move move = move(update, current);
        if (asksForHelp(update.patch()) && WON.equals(move.substatus())) {
            return plan(withoutEnd(update, move)).endingWith(end(update.patch()));
        }
        Map<String, Object> invitation = move.closes() ? Map.of() : invitation(update, current, move);
        Map<String, Object> patch = patch(update.patch(), current, invitation);
        if (declines(move, current)) {
            patch.keySet().removeAll(LEFT_OUT_OF_A_DECLINE);
        }
        PatchRules.check(update.id(), current, patch, move.moves());
        if (wonDeals != null && WON.equals(move.substatus())
                && (DealType.of(current) != DealType.PRIVATE || Boolean.TRUE.equals(patch.get(DealType.SHARE)))) {
            wonDeals.note(update.id());
        }
        return new UpdatePlan(update.id(), update.version(), steps.of(patch, current, move),
                current.isEmpty() ? null : current, invitation, Map.of(),
                faults(update, current, invitation));
    }

    private static boolean asksForHelp(Map<String, Object> patch) {
        return patch.get(DealType.HELP) != null;
    }

    /** Nobody can be invited into a closed deal, so it is won when Microsoft has its part in it. */
    private static Writes.Update withoutEnd(Writes.Update update, StatusMachine.Move move) {
        Map<String, Object> open = new LinkedHashMap<>(update.patch());
        open.keySet().removeAll(UpdateSteps.STATE);
        if (move.acceptFirst()) {
            open.put("status", "Active");
            open.put("substatus", "Accepted");
        }
        return new Writes.Update(update.id(), update.version(), open, update.current(), update.sources());
    }

    private static Map<String, Object> end(Map<String, Object> patch) {
        Map<String, Object> end = new LinkedHashMap<>(patch);
        end.keySet().retainAll(UpdateSteps.STATE);
        return end;
    }

    /** What a request for help tells Microsoft, and our team when the deal has to be given another one for it. */
    private Map<String, Object> invitation(Writes.Update update, Map<String, Object> current,
            StatusMachine.Move move) {
        Map<String, Object> patch = update.patch();
        Map<String, Object> invitation = new LinkedHashMap<>();
        if (!asksForHelp(patch)) {
            return invitation;
        }
        INVITATION.stream().filter(path -> patch.get(path) != null)
                .forEach(path -> invitation.put(path, patch.get(path)));
        Map<String, Object> deal = changed(current, patch);
        List<?> team = completion.ledTeam(deal);
        if (!current.isEmpty() && !team.equals(Paths.list(deal, PatchRules.TEAM))
                && PatchRules.takes(current, PatchRules.TEAM, team, move.moves())) {
            invitation.put(PatchRules.TEAM, team);
        }
        return invitation;
    }

    private static Map<String, Object> changed(Map<String, Object> current, Map<String, Object> patch) {
        Map<String, Object> deal = Paths.copy(current);
        patch.forEach((path, value) -> Paths.put(deal, path, value));
        return deal;
    }

    /** What the deal lacks for a request for help, which is known before the first call that writes. */
    private List<Reason> faults(Writes.Update update, Map<String, Object> current, Map<String, Object> invitation) {
        if (current.isEmpty() || invitation.isEmpty()) {
            return List.of();
        }
        return completion.invitationFaults(changed(current, update.patch()), update.sources());
    }

    /**
     * The plan as it can be carried out where Microsoft has a referral in the deal, so that nothing is sent to it;
     * otherwise with our team as the request for help needs it.
     *
     * @param microsofts null when Microsoft has none
     * @throws Fault.Data with all that the request for help lacks, where Microsoft has none
     */
    public UpdatePlan excused(@Body Map<String, Object> microsofts, @Variable("updatePlan") UpdatePlan plan) {
        if (microsofts != null) {
            return plan.excused();
        }
        if (!plan.faults().isEmpty()) {
            throw new Fault.Data(ReferralView.SYSTEM, plan.faults());
        }
        return plan.excused().with(UpdateSteps.replace(PatchRules.TEAM,
                values.of(PatchRules.TEAM, plan.team(), plan.record())));
    }

    /**
     * What is patched: help and notes go to Microsoft with its own copy of the deal, and so does a contact once the
     * deal is shared.
     */
    private static Map<String, Object> patch(Map<String, Object> wanted, Map<String, Object> current,
            Map<String, Object> invitation) {
        Map<String, Object> patch = new LinkedHashMap<>(wanted);
        patch.remove(DealType.HELP);
        if (!invitation.isEmpty()) {
            boolean shared = Paths.isTrue(current, DealType.SHARE);
            patch.keySet()
                    .removeIf(path -> path.equals(DealCompletion.NOTES) || shared && path.equals(PatchRules.CONTACTS));
            if (!shared) {
                patch.put(DealType.SHARE, true);
            }
        }
        return patch;
    }

    private StatusMachine.Move move(Writes.Update update, Map<String, Object> current) {
        if (!update.patch().containsKey("status") && !update.patch().containsKey("substatus")) {
            return StatusMachine.Move.NONE;
        }
        String from = Paths.text(current, "status");
        String to = update.patch().containsKey("status") ? Paths.text(update.patch(), "status") : from;
        StatusMachine.Move move = machine.plan(from, Paths.text(current, "substatus"), to,
                Paths.text(update.patch(), "substatus"));
        if (!move.allowed()) {
            throw new Fault.Data(ReferralView.SYSTEM, DealCause.STATUS,
                    move.refusal() + " (referral " + update.id() + ")");
        }
        return move;
    }

    private static boolean declines(StatusMachine.Move move, Map<String, Object> current) {
        return move.closes() && !move.acceptFirst()
                && "New".equalsIgnoreCase(Paths.text(current, "status"));
    }

    public Request next(@Variable("updatePlan") UpdatePlan plan) {
        return Calls.patch(plan.id(), plan.version(), plan.next().operations());
    }

    public UpdatePlan done(Answer answer, @Variable("updatePlan") UpdatePlan plan) {
        if (plan.next().uncertain() != null && answer.status() == 400) {
            remember(plan.next().uncertain(), answer, plan.id());
            return plan.skipped();
        }
        Map<String, Object> stored = Answers.record(Answers.written(answer, "change of referral " + plan.id()));
        if (stored != null && MicrosoftPart.isNotedAsThere(plan.record())) {
            stored = MicrosoftPart.wasThere(stored);
        }
        return plan.done(stored == null ? answer.header("ETag") : view.version(stored), stored);
    }

    /**
     * The plan at the version that was read after a call which told none: without one the next call would overwrite
     * what somebody else has just written.
     *
     * @param now null when the referral is not there
     * @throws Fault.VersionConflict when it is not there, so that all has to be read again
     */
    public UpdatePlan seen(@Body Map<String, Object> now, @Variable("updatePlan") UpdatePlan plan) {
        if (now == null) {
            throw new Fault.VersionConflict(ReferralView.SYSTEM,
                    "Referral " + plan.id() + " was not shown between two steps of its change");
        }
        return plan.seen(view.version(now), now);
    }

    /**
     * A name may be refused for what it is; that no name can be changed is sure when the answer names the path. Of a
     * null part the next change asks again: somebody may have filled it.
     */
    private void remember(Refusals.Feature refused, Answer answer, String id) {
        if (refused == Refusals.Feature.FIELD_OF_NULL_PART) {
            return;
        }
        if (refused != Refusals.Feature.NAME_PATCH || Answers.speaksOfPath(answer, UpdateSteps.NAME)) {
            refusals.remember(refused);
        } else {
            refusals.remember(refused, id);
        }
    }

    /**
     * The referral with the wanted help filled in, for the invitation: Partner Center takes it with Microsoft's copy of
     * the deal only.
     */
    public Map<String, Object> withHelp(@Body Map<String, Object> referral, @Variable("updatePlan") UpdatePlan plan) {
        Map<String, Object> asking = Paths.copy(referral);
        plan.invitation().forEach((path, value) -> Paths.put(asking, path, value));
        return asking;
    }

    /**
     * The close that waited for the invitation.
     *
     * @param own the referral after it
     * @param end what closes it
     * @throws Fault.VersionConflict when somebody else has closed it meanwhile
     */
    public Writes.Update ending(@Body Map<String, Object> own, @Variable("updateEnd") Map<String, Object> end) {
        if (own == null || view.closed(own)) {
            throw new Fault.VersionConflict(ReferralView.SYSTEM,
                    "The referral was closed or removed while Microsoft was asked for help with it");
        }
        return new Writes.Update(view.id(own), view.version(own), end, own);
    }
}
