package dev.cosell.sync.books;

import dev.cosell.text.Past;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/** Begun creates without a database. */
final class MemoryIntents extends Intents {
    private final MemoryBooks books;
    private final Duration doubt;

    MemoryIntents(MemoryBooks books, Clock clock, Duration doubt, LongSupplier nanos) {
        super(null, clock, doubt, nanos);
        this.books = books;
        this.doubt = doubt;
    }

    private static String key(String crm, String crmId) {
        return crm + "|" + crmId;
    }

    private static String key(Attempt attempt) {
        return key(attempt.system(), attempt.key());
    }

    @Override
    boolean note(String crm, String crmId, Instant now) {
        books.firstIntents.putIfAbsent(key(crm, crmId), now);
        return books.intents.putIfAbsent(key(crm, crmId), now) == null;
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
    boolean takeOver(String crm, String crmId, Instant now) {
        Instant begun = books.intents.get(key(crm, crmId));
        return begun != null && !begun.isAfter(now.minus(doubt)) && books.intents.replace(key(crm, crmId), begun, now);
    }

    @Override
    void dateBack(String crm, String crmId, Instant now) {
        books.intents.computeIfPresent(key(crm, crmId), (key, begun) -> begun.isAfter(now.plus(Past.ASKEW)) ? now
                : begun);
    }

    @Override
    boolean move(Attempt attempt, Instant now) {
        return books.intents.replace(key(attempt), attempt.noted(), now);
    }

    @Override
    boolean withdraw(Attempt attempt) {
        boolean ours = books.intents.remove(key(attempt), attempt.noted());
        if (ours) {
            books.firstIntents.remove(key(attempt));
        }
        return ours;
    }

    @Override
    void forget(String crm, String crmId) {
        books.intents.remove(key(crm, crmId));
        books.firstIntents.remove(key(crm, crmId));
    }
}
