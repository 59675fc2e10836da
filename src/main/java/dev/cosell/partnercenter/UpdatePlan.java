package dev.cosell.partnercenter;

import dev.cosell.verbs.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The PATCH calls that one change of a referral takes, in their order.
 *
 * @param version what the next call expects
 * @param steps   calls still to be made
 * @param record  the referral as the last call answered it, or as it was read when there was no call; null when the
 *     last call did not show it
 * @param invitation what Microsoft is to be told in a request for help after the calls: path to value; empty for no
 *     request. Our team is in it when the deal has to be given this one first
 * @param end what closes the deal after that request: path to value; empty when nothing has to wait for one
 * @param faults what the request lacks; no call that writes is made before it is known whether Microsoft needs it
 */
public record UpdatePlan(String id, String version, List<Step> steps, Map<String, Object> record,
        Map<String, Object> invitation, Map<String, Object> end, List<Reason> faults) {
    public UpdatePlan {
        steps = List.copyOf(steps);
        faults = List.copyOf(faults);
    }

    /** @param uncertain what this call alone tries and some tenants refuse; null when a refusal is a fault */
    public record Step(List<Map<String, Object>> operations, Refusals.Feature uncertain) {}

    /** The help to ask Microsoft for after the calls; null for none. */
    public Object help() {
        return invitation.get(DealType.HELP);
    }

    /** True when Microsoft cannot be asked for help with the deal as it was read. */
    public boolean incomplete() {
        return !faults.isEmpty() || team() != null;
    }

    /** The team that the deal has to be given for the request; null for none. */
    Object team() {
        return invitation.get(PatchRules.TEAM);
    }

    /** True while there are calls to make. */
    public boolean pending() {
        return !steps.isEmpty();
    }

    /** True when the last call did not show the referral, so that it has to be read. */
    public boolean unseen() {
        return record == null;
    }

    /** True when there are calls to make and the last one did not tell what the next one may expect. */
    public boolean blind() {
        return pending() && version == null && unseen();
    }

    Step next() {
        return steps.get(0);
    }

    UpdatePlan done(String newVersion, Map<String, Object> stored) {
        return new UpdatePlan(id, newVersion, steps.subList(1, steps.size()), stored, invitation, end, faults);
    }

    UpdatePlan seen(String version, Map<String, Object> record) {
        return new UpdatePlan(id, version, steps, record, invitation, end, faults);
    }

    UpdatePlan skipped() {
        return new UpdatePlan(id, version, steps.subList(1, steps.size()), record, invitation, end, faults);
    }

    UpdatePlan endingWith(Map<String, Object> close) {
        return new UpdatePlan(id, version, steps, record, invitation, close, faults);
    }

    /** The same as if the request lacked nothing. */
    UpdatePlan excused() {
        Map<String, Object> others = new LinkedHashMap<>(invitation);
        others.remove(PatchRules.TEAM);
        return new UpdatePlan(id, version, steps, record, others, end, List.of());
    }

    /** The same with one operation more, in the last call that nobody may refuse, or in a call of its own. */
    UpdatePlan with(Map<String, Object> operation) {
        List<Step> all = new ArrayList<>(steps);
        int at = all.size() - 1;
        while (at >= 0 && all.get(at).uncertain() != null) {
            at--;
        }
        if (at < 0) {
            all.add(0, new Step(List.of(operation), null));
        } else {
            List<Map<String, Object>> operations = new ArrayList<>(all.get(at).operations());
            operations.add(operation);
            all.set(at, new Step(operations, null));
        }
        return new UpdatePlan(id, version, all, record, invitation, end, faults);
    }
}
