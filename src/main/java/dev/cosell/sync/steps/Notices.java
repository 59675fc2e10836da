package dev.cosell.sync.steps;

import dev.cosell.sync.decide.AuditText;
import dev.cosell.verbs.CrmView;
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

    /** The update of an opportunity that tells it; null when there is none, or it cannot be written or already says so. */
    public Writes.Update notice(String crm, Map<String, Object> opportunity, String sentence) {
        CrmView view = crms.get(crm);
        if (opportunity == null || view == null || view.readOnly(opportunity)) {
            return null;
        }
        String text = AuditText.with(view.audit(opportunity), clock.instant(), List.of(sentence), view.auditLength());
        return text == null ? null : new Writes.Update(view.id(opportunity), view.version(opportunity),
                Map.of(view.connectorFields().auditField(), text), opportunity);
    }
}
