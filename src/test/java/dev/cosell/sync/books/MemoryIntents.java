package dev.cosell.sync.books;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.LongSupplier;

/** Begun creates without a database. */
final class MemoryIntents extends Intents {
    private final MemoryBooks books;
    private final Clock clock;
    private final Duration doubt;

    MemoryIntents(MemoryBooks books, Clock clock, Duration doubt, LongSupplier nanos) {
        super(null, clock, doubt, nanos);
        this.books = books;
        this.clock = clock;
        this.doubt = doubt;
    }

    private static String key(String crm, String crmId) {
        return crm + "|" + crmId;
    }

    @Override
    public boolean begin(String crm, String crmId) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        books.firstIntents.putIfAbsent(key(crm, crmId), now);
        return books.intents.putIfAbsent(key(crm, crmId), now) != null;
    }

    @Override
    public Instant first(String crm, String crmId) {
        return books.firstIntents.get(key(crm, crmId));
    }

    @Override
    public boolean begun(String crm, String crmId) {
        return books.intents.containsKey(key(crm, crmId));
    }

    @Override
    boolean isLongAgo(String crm, String crmId) {
        Instant now = clock.instant();
        Instant begun = books.intents.get(key(crm, crmId));
        boolean longAgo = begun != null && !begun.isAfter(now.minus(doubt));
        if (longAgo) {
            books.intents.put(key(crm, crmId), now);
        }
        return longAgo;
    }

    @Override
    void forget(String crm, String crmId) {
        books.intents.remove(key(crm, crmId));
        books.firstIntents.remove(key(crm, crmId));
    }
}
