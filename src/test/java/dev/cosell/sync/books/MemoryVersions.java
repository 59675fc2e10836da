package dev.cosell.sync.books;

import dev.cosell.sync.decide.Link;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Versions without a database; what one process remembers of them is the product's own. */
final class MemoryVersions extends SeenVersions {
    private final MemoryBooks books;

    MemoryVersions(MemoryBooks books, Clock clock) {
        super(null, clock);
        this.books = books;
    }

    @Override
    List<String> stored(List<String> keys) {
        return keys.stream().filter(key -> books.versions.contains(key) || linked(key)).toList();
    }

    private boolean linked(String key) {
        for (Link link : books.links.values()) {
            if (isOf(link, key, link.crm(), link.crmId(), link.crmVersion())
                    || isOf(link, key, "partner-center", link.referralId(), link.referralVersion())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOf(Link link, String key, String system, String id, String version) {
        return id != null && version != null && key.contains(id)
                && key.equals(SeenVersions.key(link.crm(), system, id, version));
    }

    @Override
    boolean store(String key) {
        return books.versions.add(key);
    }

    /** What the process itself remembers stays, unlike in the product. */
    @Override
    public boolean remove(String key) {
        return books.versions.remove(key);
    }

    @Override
    public void clear() {
        throw new UnsupportedOperationException("no step forgets all versions");
    }

    @Override
    public int purge(Instant olderThan) {
        throw new UnsupportedOperationException("no step forgets old versions");
    }
}
