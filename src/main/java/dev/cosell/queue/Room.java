package dev.cosell.queue;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a queue has room for a further page of a poll. What lies in the broker's memory is overtaken by what is more
 * urgent; of ten or twenty thousand hints it puts the rest on disk, where nothing is.
 */
final class Room {
    private static final Logger LOG = LoggerFactory.getLogger("cosell.journey");
    /** With the largest page on top still in memory. */
    private static final int MOST = 5000;

    private final ToIntFunction<String> backlog;
    private final Set<String> full = ConcurrentHashMap.newKeySet();

    /** @param backlog how many hints of a CRM are not done, by its name */
    Room(ToIntFunction<String> backlog) {
        this.backlog = backlog;
    }

    boolean isLeft(String crm) {
        int waiting = backlog.applyAsInt(crm);
        if (waiting < MOST) {
            full.remove(crm);
        } else if (full.add(crm)) {
            LOG.info("{} changes wait for the sync with {}; its poll reads on when they are fewer than {}", waiting,
                    crm, MOST);
        }
        return waiting < MOST;
    }
}
