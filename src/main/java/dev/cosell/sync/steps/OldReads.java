package dev.cosell.sync.steps;

import dev.cosell.sync.books.LinkStore;
import dev.cosell.sync.books.SeenVersions;
import dev.cosell.sync.decide.Pair;
import dev.cosell.verbs.Attempts;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Hint;
import dev.cosell.verbs.RecordView;
import java.util.Map;

/**
 * A read may come from a replica that is behind. An old value next to a new base would look like an edit and undo a write of
 * ours on the other side, where no expected version stops it. After a few such reads the state is taken as it is: a record
 * that was restored from a backup shows an old state for good.
 */
record OldReads(LinkStore links, Attempts attempts) {
    private static final int MOST = 3;

    /**
     * @param known      order of the state that the books know; null when they do not
     * @throws Fault.Transient when the record shows an old state: it has to be read again, a little later
     */
    void refuse(Pair pair, RecordView view, Map<String, Object> record, Long known) {
        if (record == null) {
            return;
        }
        Long order = view.order(record);
        String read = pair.crm() + " " + pair.hint() + " " + view.system();
        boolean old = known != null && order != null && order < known || beforeTheReport(pair, view, record);
        if (!old || attempts.again(read) > MOST) {
            attempts.forget(read);
        } else {
            throw new Fault.Transient(view.system(), view.system() + " showed " + view.id(record) + " as it was before its last known change");
        }
    }

    /**
     * The hint names a version nobody has handled, and what is read was handled before, though it is not the later of the two. What a sweep
     * saw it sees again next time, and it is older than what a sync of the other side wrote meanwhile.
     */
    private boolean beforeTheReport(Pair pair, RecordView view, Map<String, Object> record) {
        boolean reports = pair.hint().system().equals(view.system()) && !pair.isReportedByMicrosoft() && pair.hint().origin() != Hint.Origin.SWEEP;
        String reported = reports ? pair.hint().version() : null;
        return reported != null && !reported.equals(view.version(record)) && !isLater(view, record, reported)
                && handled(pair, view, record, view.version(record)) && !handled(pair, view, record, reported);
    }

    private boolean handled(Pair pair, RecordView view, Map<String, Object> record, String version) {
        return links.handled(SeenVersions.key(pair.crm(), view.system(), view.id(record), version));
    }

    /** Whether the record moved on after the report, which is then late and tells nothing. */
    private static boolean isLater(RecordView view, Map<String, Object> record, String reported) {
        Long order = view.order(record);
        Long then = view.order(reported);
        return order != null && then != null && order > then;
    }
}
