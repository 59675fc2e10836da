package dev.cosell.salesforce;

import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Writes.Update;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * What was read of a record serves one write. Salesforce cannot tell that of two writes within a second the later one
 * rests on what the earlier one has replaced: SystemModstamp tells seconds, and SOQL compares no long text, so the
 * earlier one's Audit entry would be gone.
 */
final class UsedReads {
    private static final String USED = "cosell.salesforce.usedRead";
    private static final String WRITTEN = "written";
    /** More than are written within a second. */
    private static final int MOST = 1000;

    private record Use(String id, String read) {}

    private final RecordVersion content = RecordVersion.ofAllFields();
    private final Map<String, String> users = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MOST;
        }
    };

    /**
     * Before a write. One that fails gives back what it rests on.
     *
     * @throws Fault.VersionConflict when a write of another sync rests on the same read
     */
    void use(Exchange exchange, Update update) {
        String read = update.id() + " " + content.of(update.current());
        String user = exchange.getExchangeId();
        if (!take(read, user)) {
            throw new Fault.VersionConflict(SalesforceErrors.SYSTEM, "Salesforce: another sync writes " + update.id()
                    + " as it was read for this one, too");
        }
        exchange.setProperty(USED, new Use(update.id(), read));
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                giveBack(read, user);
            }
        });
    }

    /**
     * After a write; of what was created nothing was read before. A write that has changed nothing leaves the record as
     * it was read, for the next one.
     */
    void written(Exchange exchange, Map<String, Object> stored) {
        Use use = (Use) exchange.removeProperty(USED);
        if (use != null && use.id.equals(stored.get("Id")) && !use.read.equals(use.id + " " + content.of(stored))) {
            keep(use.read);
        }
    }

    private synchronized boolean take(String read, String user) {
        String other = users.putIfAbsent(read, user);
        return other == null || other.equals(user);
    }

    private synchronized void keep(String read) {
        users.put(read, WRITTEN);
    }

    private synchronized void giveBack(String read, String user) {
        users.remove(read, user);
    }
}
