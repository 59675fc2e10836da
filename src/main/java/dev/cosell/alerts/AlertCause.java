package dev.cosell.alerts;

import dev.cosell.verbs.Cause;

/** What people are told of that is about the sync as a whole. */
public enum AlertCause implements Cause {
    PARKED("CS-801", "More records are parked than the setting alerts.parked allows.",
            "The page shows under Parked what they are parked for; mend that, then retry."),
    OLDEST("CS-802", "A change waits longer than the setting alerts.oldest allows.",
            "A system may be away, a CRM paused, or its calls used up; the log and the health page say which."),
    MAPPING("CS-803", "The newest edit under routes/ was not taken over.",
            "Mend the file; the text before goes on working meanwhile."),
    WEBHOOK("CS-804", "The registration of the webhook is not as it has to be.",
            "Do what the sentence says; polling finds every change meanwhile, later."),
    QUEUE("CS-805", "The queue takes no changes.",
            "See that the broker, or the disk of the data directory, is well."),
    DATABASE("CS-806", "The database does not answer.", "See that it runs and can be reached."),
    ALARM("CS-807", "A check of health is down.", "The health page and docs/monitoring.md say more."),
    SOON("CS-808", "A connection needs somebody soon, such as for a secret that ends.", "Do what the sentence says."),
    ROUTES("CS-809", "Routes do not run, because after an edit neither it nor what was before could begin.",
            "Remove what the sentence says is in the way; they begin by themselves then.");

    private final Entry entry;

    AlertCause(String code, String meaning, String remedy) {
        entry = new Entry(code, meaning, remedy);
    }

    @Override
    public Entry entry() {
        return entry;
    }
}
