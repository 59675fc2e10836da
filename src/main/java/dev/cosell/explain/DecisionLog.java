package dev.cosell.explain;

import dev.cosell.sync.books.AuditEntry;
import dev.cosell.sync.books.AuditLog;
import dev.cosell.sync.books.AuditLog.Logged;
import dev.cosell.sync.books.LinkSearch;
import dev.cosell.text.Storable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What is decided about all deals, as it happens: one reading for everybody who watches. */
public final class DecisionLog {
    private static final int AMONG = 5_000;
    private static final int SHOWN = 200;
    private static final int LONGEST_DETAIL = 500;
    /** Another instance may write an entry down a little later than its number tells. */
    private static final int LATE = 200;
    private static final int AT_ONCE = 500;
    private static final Duration NOBODY_WATCHED = Duration.ofSeconds(20);

    private final AuditLog log;
    private final LinkSearch links;
    private final Clock clock;
    private Instant askedAt = Instant.MIN;
    private long newest;
    private Set<Long> told = Set.of();

    public DecisionLog(AuditLog log, LinkSearch links, Clock clock) {
        this.log = log;
        this.links = links;
        this.clock = clock;
    }

    /**
     * One decision.
     *
     * @param name  what the deal is called; null when nobody knows
     * @param entry its detail is cut; the deal itself shows all of it
     */
    public record Line(long id, String name, Why.Entry entry) {}

    /** @param among how many of the newest entries were looked at */
    public record Answer(List<Line> lines, int among) {}

    /**
     * The newest decisions that fit, the newest first.
     *
     * @param crm  null for any
     * @param text part of what is shown, in any case; null for any
     */
    public Answer newest(String crm, String text) {
        return new Answer(lines(log.newest(new AuditLog.Wanted(crm, text, text == null ? List.of()
                : Words.situations(text)), AMONG, SHOWN)), AMONG);
    }

    /**
     * What was decided since this was asked last, the oldest first; when nobody has asked for a while, the last few
     * decisions, so that whoever has just read {@link #newest} misses none in between.
     */
    public synchronized List<Line> news() {
        Instant now = clock.instant();
        if (askedAt.isBefore(now.minus(NOBODY_WATCHED))) {
            newest = log.newestId();
            told = Set.of();
        }
        askedAt = now;
        List<Logged> read = log.after(newest - LATE, LATE + AT_ONCE);
        Set<Long> before = told;
        told = ids(read);
        newest = Math.max(newest, read.stream().mapToLong(Logged::id).max().orElse(newest));
        return lines(read.stream().filter(each -> !before.contains(each.id())).toList());
    }

    private static Set<Long> ids(List<Logged> read) {
        Set<Long> ids = new HashSet<>();
        read.forEach(each -> ids.add(each.id()));
        return ids;
    }

    private List<Line> lines(List<Logged> logged) {
        Map<String, Set<String>> ids = new TreeMap<>();
        logged.forEach(each -> Optional.ofNullable(id(each)).ifPresent(id -> ids
                .computeIfAbsent(each.entry().crm(), crm -> new HashSet<>()).add(id)));
        Map<String, Map<String, String>> names = new TreeMap<>();
        ids.forEach((crm, of) -> names.put(crm, links.names(crm, of)));
        return logged.stream().map(each -> line(each, names.getOrDefault(each.entry().crm(), Map.of()))).toList();
    }

    /** Null for a decision about no record. */
    private static String id(Logged logged) {
        return logged.entry().referralId() != null ? logged.entry().referralId() : logged.entry().crmId();
    }

    private static Line line(Logged logged, Map<String, String> names) {
        AuditEntry all = logged.entry();
        String id = id(logged);
        return new Line(logged.id(), id == null ? null : names.get(id), Why.entry(new AuditEntry(all.at(), all.crm(),
                all.referralId(), all.crmId(), all.situation(), all.action(),
                Storable.shortened(all.detail(), LONGEST_DETAIL), all.mappingVersion(), all.wrote())));
    }
}
