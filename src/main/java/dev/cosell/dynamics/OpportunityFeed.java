package dev.cosell.dynamics;

import dev.cosell.http.Answer;
import dev.cosell.http.Request;
import dev.cosell.verbs.Changes.Change;
import dev.cosell.verbs.Changes;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Trouble;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Change tracking of the opportunities, as pages of changes. A position is a link of {@link Tracked}. */
final class OpportunityFeed {
    private final DynamicsView view;
    private final Tracked tracked;

    OpportunityFeed(DynamicsFields fields, DynamicsView view, int pageSize) {
        this.view = view;
        this.tracked = new Tracked("opportunities", fields.syncField() + "," + fields.referralIdField(), pageSize);
    }

    /** Where to go on from a position that was kept; null when it was made for other columns than today's. */
    String today(String position) {
        return position == null || tracked.leadsOn(position) ? position : null;
    }

    /** @param position null for a full read */
    Request page(String position) {
        return tracked.page(position);
    }

    boolean tells(Answer answer) {
        return tracked.tells(answer);
    }

    /** A position that Dataverse has forgotten gives an empty page that starts over. */
    Changes changes(String position, Answer answer) {
        if (position != null && Tracked.expired(answer)) {
            return new Changes(List.of(), null, true);
        }
        List<Map<String, Object>> rows = Refusals.rows(answer, "changes of opportunities");
        String next = tracked.next(answer);
        if (next == null) {
            throw new Fault.Data(Refusals.SYSTEM, Trouble.STRANGE_ANSWER,
                    "Dynamics 365 gave no delta link for opportunities: switch on change "
                            + "tracking for the opportunity table");
        }
        List<Change> changes = new ArrayList<>();
        for (Map<String, Object> row : rows) {
            if (row.containsKey("reason")) {
                changes.add(new Change((String) row.get("id"), null));
            } else if (view.syncWanted(row) || view.referralId(row) != null) {
                changes.add(new Change(view.id(row), view.version(row)));
            }
        }
        return new Changes(changes, next, Tracked.more(answer));
    }
}
