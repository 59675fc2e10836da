package dev.cosell.sync.steps;

import dev.cosell.sync.decide.AuditText;
import dev.cosell.verbs.CrmView;
import dev.cosell.verbs.Opportunity;
import dev.cosell.verbs.Writes;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Sentences for the Audit field that no comparison of a pair brings about. */
public final class Notices {
    private final Map<String, CrmView> crms;
    private final Clock clock;

    public Notices(Map<String, CrmView> crms, Clock clock) {
        this.crms = Map.copyOf(crms);
        this.clock = clock;
    }

    /**
     * The update of an opportunity that tells it; null when there is none, or it cannot be written or already says so.
     */
    public Writes.Update notice(String crm, Map<String, Object> opportunity, String sentence) {
        Opportunity known = crms.containsKey(crm) ? Opportunity.of(opportunity, crms.get(crm)) : null;
        return known == null || known.isReadOnly() ? null
                : known.update(AuditText.in(known, clock.instant(), List.of(sentence)));
    }
}
