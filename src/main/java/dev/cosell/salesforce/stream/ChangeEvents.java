package dev.cosell.salesforce.stream;

import dev.cosell.verbs.Hint;
import java.util.List;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which records an event asks us to look at. */
public final class ChangeEvents {
    private static final Logger LOG = LoggerFactory.getLogger("cosell.journey");
    private static final String SYSTEM = "salesforce";

    private final Predicate<String> linked;
    private final String syncField;
    private final String ownName;

    /**
     * @param linked    whether an opportunity is known to the sync, by its id
     * @param syncField the checkbox with which a seller shares an opportunity
     * @param ownName   the name under which our own calls write
     */
    public ChangeEvents(Predicate<String> linked, String syncField, String ownName) {
        this.linked = linked;
        this.syncField = syncField;
        this.ownName = ownName;
    }

    /**
     * For the route. Opportunities that nobody shares are none of our business: a look at each would cost a call. Nor
     * are our own writes news, and what an event cannot name is left to the poll.
     */
    public List<Hint> hints(ChangeEvent event) {
        if (event.isVague()) {
            LOG.info("Salesforce reports changes without naming the records ({}, {}); the next poll finds them",
                    event.changeType(), event.recordIds());
        }
        if (event.comesFrom(ownName)) {
            return List.of();
        }
        boolean shared = Boolean.TRUE.equals(event.fields().get(syncField));
        return event.recordIds().stream().filter(id -> !id.endsWith("*")).filter(id -> shared || linked.test(id))
                .map(id -> new Hint(SYSTEM, id, null, Hint.Origin.EVENT)).toList();
    }
}
