package dev.cosell.check.salesforce;

import dev.cosell.check.Calls;
import dev.cosell.check.Check;
import dev.cosell.check.Finding;
import dev.cosell.verbs.Fault;
import java.util.List;
import java.util.Map;

/** Whether Salesforce sends events of opportunities: whether they are selected for Change Data Capture. */
public final class CaptureSelection implements Check {
    private static final String EVENT = "OpportunityChangeEvent";
    /** The channel of what is selected in Setup; others are made by API. */
    private static final String STANDARD = "ChangeEvents";
    private static final String REMEDY = "In Salesforce open Setup, Change Data Capture, select Opportunity and save; "
            + "or set salesforce.streaming = off";

    private final Calls calls;

    public CaptureSelection(Calls calls) {
        this.calls = calls;
    }

    @Override
    public String where() {
        return "salesforce";
    }

    @Override
    public String what() {
        return "Change Data Capture";
    }

    @Override
    public List<Finding> look() {
        try {
            Map<?, ?> answer = calls.ask("salesforce-tooling-query",
                    "SELECT EventChannel, SelectedEntity FROM PlatformEventChannelMember", Map.class);
            return List.of(judged(Description.maps(answer.get("records"))));
        } catch (Fault.Denied | Fault.Data hidden) {
            return List.of(Finding.warning(where(), what(), "cannot be seen by our user: " + hidden.getMessage(),
                    "See for yourself in Setup, Change Data"
                            + " Capture, whether Opportunity is selected; the integration user sees it with the right "
                            + "View Setup and Configuration"));
        }
    }

    /** Entities may come with the name of their event or with their own. */
    private Finding judged(List<Map<String, Object>> members) {
        List<Map<String, Object>> opportunities = members.stream()
                .filter(member -> EVENT.equalsIgnoreCase(String.valueOf(member.get("SelectedEntity")))
                        || "Opportunity".equalsIgnoreCase(String.valueOf(member.get("SelectedEntity"))))
                .toList();
        if (opportunities.stream()
                .anyMatch(member -> STANDARD.equalsIgnoreCase(String.valueOf(member.get("EventChannel"))))) {
            return Finding.ok(where(), what(), "Opportunity is selected");
        }
        return opportunities.isEmpty()
                ? Finding.fault(where(), what(),
                        "Opportunity is not selected, so Salesforce sends no events and polls alone find changes"
                                + " (salesforce.streaming = on)",
                        REMEDY)
                : Finding.warning(where(), what(), "Opportunity is selected for a channel of somebody's own only ("
                        + opportunities.get(0).get("EventChannel") + "); whether events come here as well is not known",
                        REMEDY);
    }
}
