package dev.cosell.partnercenter;

import dev.cosell.http.Answer;
import dev.cosell.http.Request;
import dev.cosell.sync.Fault;
import dev.cosell.sync.Writes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/** The verb that changes a referral: JSON Patch, the name in a call of its own, the status after all other fields. */
public final class ReferralUpdates {
    private static final String NAME = "name";
    private static final Set<String> STATE = Set.of("status", "substatus", "statusReason");

    private final Refusals refusals;
    private final StatusMachine machine = new StatusMachine();
    private final ReferralView view = new ReferralView();

    public ReferralUpdates(Refusals refusals) {
        this.refusals = refusals;
    }

    /** Throws {@link Fault.Data} when the change breaks a rule that Partner Center never lifts. */
    public UpdatePlan plan(Writes.Update update) {
        Map<String, Object> current = update.current() == null ? Map.of() : update.current();
        if (view.closed(current) && !update.patch().isEmpty()) {
            throw new Fault.Data(ReferralView.SYSTEM, List.of("Referral " + update.id() + " is closed in Partner Center; Closed is final, so "
                    + String.join(", ", update.patch().keySet()) + " cannot be changed any more: create a new deal if it was closed by mistake"));
        }
        StatusMachine.Move move = move(update, current);
        List<Map<String, Object>> fields = fields(update.patch());
        fields.addAll(state(update.patch(), current, move));
        Object help = update.patch().get(DealType.HELP);
        return new UpdatePlan(update.id(), update.version(), steps(update, current, move, fields), current.isEmpty() ? null : current,
                help == null ? null : help.toString());
    }

    private StatusMachine.Move move(Writes.Update update, Map<String, Object> current) {
        if (!update.patch().containsKey("status") && !update.patch().containsKey("substatus")) {
            return StatusMachine.Move.NONE;
        }
        String from = Paths.text(current, "status");
        String to = update.patch().containsKey("status") ? Paths.text(update.patch(), "status") : from;
        StatusMachine.Move move = machine.plan(from, Paths.text(current, "substatus"), to, Paths.text(update.patch(), "substatus"));
        if (!move.allowed()) {
            throw new Fault.Data(ReferralView.SYSTEM, List.of(move.refusal() + " (referral " + update.id() + ")"));
        }
        return move;
    }

    private static List<Map<String, Object>> fields(Map<String, Object> patch) {
        List<Map<String, Object>> operations = new ArrayList<>();
        patch.forEach((path, value) -> {
            if (!path.equals(NAME) && !path.equals(DealType.HELP) && !STATE.contains(path)) {
                operations.add(replace(path, value));
            }
        });
        return operations;
    }

    private static List<Map<String, Object>> state(Map<String, Object> patch, Map<String, Object> current, StatusMachine.Move move) {
        List<Map<String, Object>> operations = new ArrayList<>();
        if (move.moves()) {
            if (!move.status().equalsIgnoreCase(Paths.text(current, "status")) || move.acceptFirst()) {
                operations.add(replace("status", move.status()));
            }
            operations.add(replace("substatus", move.substatus()));
        }
        if (patch.containsKey("statusReason")) {
            operations.add(replace("statusReason", patch.get("statusReason")));
        }
        return operations;
    }

    private List<UpdatePlan.Step> steps(Writes.Update update, Map<String, Object> current, StatusMachine.Move move,
                                        List<Map<String, Object>> fields) {
        List<UpdatePlan.Step> steps = new ArrayList<>();
        if (move.acceptFirst()) {
            steps.add(new UpdatePlan.Step(List.of(replace("status", "Active"), replace("substatus", "Accepted")), false));
        }
        if (!fields.isEmpty()) {
            steps.add(new UpdatePlan.Step(fields, false));
        }
        boolean closes = "Closed".equals(move.status());
        boolean declined = closes && !move.acceptFirst() && "New".equalsIgnoreCase(Paths.text(current, "status"));
        if (update.patch().containsKey(NAME) && !declined && !refusals.refused(Refusals.Feature.NAME_PATCH)) {
            // A closed referral takes no name, and one that is not accepted yet takes it only once it is.
            steps.add(closes ? steps.size() - 1 : steps.size(), new UpdatePlan.Step(List.of(replace(NAME, update.patch().get(NAME))), true));
        }
        return steps;
    }

    private static Map<String, Object> replace(String path, Object value) {
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("op", "replace");
        operation.put("path", "/" + path.replace('.', '/'));
        operation.put("value", value);
        return operation;
    }

    public Request next(@Variable("updatePlan") UpdatePlan plan) {
        return Calls.patch(plan.id(), plan.version(), plan.next().operations());
    }

    public UpdatePlan done(Answer answer, @Variable("updatePlan") UpdatePlan plan) {
        if (plan.next().rename() && answer.status() == 400) {
            refusals.remember(Refusals.Feature.NAME_PATCH);
            return plan.skipped();
        }
        Map<String, Object> stored = Answers.record(Answers.success(answer, "change of referral " + plan.id()));
        return plan.done(stored == null ? answer.header("ETag") : view.version(stored), stored);
    }

    /** The referral with the wanted help filled in, for the invitation: Partner Center takes it with Microsoft's copy of the deal only. */
    public Map<String, Object> withHelp(@Body Map<String, Object> referral, @Variable("updatePlan") UpdatePlan plan) {
        Map<String, Object> asking = Paths.copy(referral);
        Paths.put(asking, DealType.HELP, plan.help());
        return asking;
    }

    /** The id when the last answer showed no referral, so that it has to be read; else the referral. */
    public Object result(@Variable("updatePlan") UpdatePlan plan) {
        return plan.record() == null ? plan.id() : plan.record();
    }
}
