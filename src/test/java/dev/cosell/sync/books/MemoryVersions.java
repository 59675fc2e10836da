package dev.cosell.sync.books;

import dev.cosell.sync.decide.Link;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

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
        return books.links.values().stream().flatMap(link -> Stream.of(
                link.crmVersion() == null || link.crmId() == null ? null
                        : SeenVersions.key(link.crm(), link.crm(), link.crmId(), link.crmVersion()),
                link.referralVersion() == null || link.referralId() == null ? null
                        : SeenVersions.key(link.crm(), "partner-center", link.referralId(), link.referralVersion())))
                .filter(Objects::nonNull).anyMatch(key::equals);
    }

    @Override
    boolean store(String key) {
        return books.versions.add(key);
    }

    @Override
    public boolean remove(String key) {
        throw new UnsupportedOperationException("no step removes a version");
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
