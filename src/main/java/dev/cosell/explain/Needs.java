package dev.cosell.explain;

import dev.cosell.live.RouteFaults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What of all that is going on waits for a person.
 *
 * @param patience how long a change may wait
 */
record Needs(Duration patience) {
    /**
     * One sentence each, the most urgent first; empty when all is well.
     *
     * @param running   what health checks say of this instance
     * @param approvals moves that wait until a person approves them; one that waits for its time needs nobody
     */
    List<String> of(List<Overview.Connection> connections, List<String> running, RouteFaults routes,
                    List<Overview.OneCrm> crms, int approvals, List<String> deadlines) {
        List<String> needs = new ArrayList<>();
        connections.stream().filter(each -> !each.problem().isEmpty())
                .forEach(each -> needs.add(each.system() + ": " + each.problem()));
        connections.forEach(each -> needs.addAll(each.warnings()));
        needs.addAll(running);
        routes.refused().values()
                .forEach(sentence -> needs.add("The last edit under routes/ is not in force. " + sentence));
        crms.stream().filter(Overview.OneCrm::paused).forEach(each -> needs.add("The sync of " + each.name()
                + " is paused; resume it over JMX"));
        crms.stream().filter(each -> each.oldest() != null && each.oldest() >= patience.toSeconds())
                .forEach(each -> needs.add("The oldest change of " + each.name() + " has been waiting for "
                        + Duration.ofSeconds(each.oldest()).toMinutes() + " minutes: a system may be away, its calls"
                        + " used up, or all calls made that partner-center.calls-per-minute allows"));
        crms.stream().filter(each -> each.parked() > 0).forEach(each ->
                needs.add(each.parked() + " of " + each.name() + " parked: see why under Parked"));
        if (approvals > 0) {
            needs.add(approvals + (approvals == 1 ? " move waits" : " moves wait")
                    + " for approval: approve on the page of the deal or with ./cosell approve and its id, or undo the"
                    + " change in the CRM");
        }
        needs.addAll(deadlines);
        return needs;
    }
}
