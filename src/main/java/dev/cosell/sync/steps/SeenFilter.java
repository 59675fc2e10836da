package dev.cosell.sync.steps;

import dev.cosell.sync.books.SeenVersions;
import dev.cosell.verbs.Changes;
import org.apache.camel.spi.IdempotentRepository;

/**
 * Where versions end that need no second look: those of a page that was polled, and those of records that were read.
 */
public final class SeenFilter implements IdempotentRepository {
    private final SeenVersions seen;

    public SeenFilter(SeenVersions seen) {
        this.seen = seen;
    }

    /** Changes of a CRM that it tells of itself, without those already seen: the echoes of our own writes. */
    public Changes unseen(Changes changes, String crm) {
        return seen.unseen(changes, crm, crm);
    }

    @Override
    public boolean add(String key) {
        return seen.add(key);
    }

    @Override
    public boolean contains(String key) {
        return seen.asked(key);
    }

    @Override
    public boolean remove(String key) {
        return seen.remove(key);
    }

    /** Nothing to do: what was added stays. */
    @Override
    public boolean confirm(String key) {
        return true;
    }

    @Override
    public void clear() {
        seen.clear();
    }

    @Override
    public void start() {}

    @Override
    public void stop() {}
}
