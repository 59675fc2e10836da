package dev.cosell.sync.steps;

import dev.cosell.sync.books.LinkStore;
import dev.cosell.sync.books.SeenVersions;
import dev.cosell.sync.decide.Pair;
import dev.cosell.verbs.Attempts;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Hint;
import dev.cosell.verbs.SystemRecord;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A read may come from a replica that is behind. An old value next to a new base would look like an edit and undo a
 * write of ours on the other side, where no expected version stops it. After a few such reads the state is taken as it
 * is: a record that was restored from a backup shows an old state for good.
 */
record OldReads(LinkStore links, Attempts attempts, Map<String, Long> latest) {
    private static final int MOST = 3;
    private static final int REMEMBERED = 10_000;

    /** @param latest order of the latest state that was read, by record: a memory, which may lack any of them */
    OldReads {}

    static OldReads of(LinkStore links, Attempts attempts) {
        return new OldReads(links, attempts, Collections.synchronizedMap(new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
                return size() > REMEMBERED;
            }
        }));
    }

    /**
     * That a record of a joined pair is not there is believed after a few reads only: a search index that is behind, or
     * a role that is being given, shows nothing for a moment, and what was edited meanwhile would count as told.
     *
     * @throws Fault.Transient as long as it is not believed: the record has to be read again, a little later
     */
    void refuseAbsence(Pair pair, String system, String id) {
        String read = read(pair, system);
        if (attempts.again(read) <= MOST) {
            throw new Fault.Transient(system, system + " showed nothing of " + id + ", which it showed before");
        }
        attempts.forget(read);
    }

    private static String read(Pair pair, String system) {
        return pair.crm() + " " + pair.hint().changedAt(null) + " " + system;
    }

    /**
     * @param known      order of the state that the books know; null when they do not
     * @throws Fault.Transient when the record shows an old state: it has to be read again, a little later
     */
    void refuse(Pair pair, SystemRecord record, Long known) {
        if (record == null) {
            return;
        }
        Long order = record.order();
        String read = read(pair, record.system());
        String name = record.system() + " " + record.id();
        boolean old = isBefore(order, known) || isBefore(order, latest.get(name)) || beforeTheReport(pair, record);
        if (!old || attempts.again(read) > MOST) {
            attempts.forget(read);
            remember(name, order);
        } else {
            throw new Fault.Transient(record.system(), record.system() + " showed " + record.id()
                    + " as it was before its last known change");
        }
    }

    private static boolean isBefore(Long order, Long later) {
        return order != null && later != null && order < later;
    }

    private void remember(String name, Long order) {
        if (order != null) {
            latest.put(name, order);
        }
    }

    /**
     * The hint names a version nobody has handled, and what is read was handled before, though it is not the later of
     * the two. What a sweep saw it sees again next time, and it is older than what a sync of the other side wrote
     * meanwhile.
     */
    private boolean beforeTheReport(Pair pair, SystemRecord record) {
        boolean reports = pair.hint().system().equals(record.system()) && !pair.isReportedByMicrosoft()
                && pair.hint().origin() != Hint.Origin.SWEEP;
        String reported = reports ? pair.hint().version() : null;
        return reported != null && !reported.equals(record.version()) && !isLater(record, reported)
                && handled(pair, record, record.version()) && !handled(pair, record, reported)
                && !links.handled(SeenVersions.replaced(key(pair, record, reported)));
    }

    private boolean handled(Pair pair, SystemRecord record, String version) {
        return links.handled(key(pair, record, version));
    }

    private static String key(Pair pair, SystemRecord record, String version) {
        return SeenVersions.key(pair.crm(), record.system(), record.id(), version);
    }

    /** Whether the record moved on after the report, which is then late and tells nothing. */
    private static boolean isLater(SystemRecord record, String reported) {
        Long order = record.order();
        Long then = record.view().order(reported);
        return order != null && then != null && order > then;
    }
}
