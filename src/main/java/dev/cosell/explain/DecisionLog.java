package dev.cosell.explain;

import dev.cosell.sync.books.AuditEntry;
import dev.cosell.sync.books.AuditLog;
import dev.cosell.sync.books.AuditLog.Logged;
import dev.cosell.sync.decide.Situation;
import dev.cosell.text.Storable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

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
    private final Clock clock;
    private Instant askedAt = Instant.MIN;
    private long newest;
    private Set<Long> told = Set.of();

    public DecisionLog(AuditLog log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    /**
     * One decision.
     *
     * @param entry its detail is cut; the deal itself shows all of it
     */
    public record Line(long id, Why.Entry entry) {}

    /** @param among how many of the newest entries were looked at */
    public record Answer(List<Line> lines, int among) {}

    /**
     * The newest decisions that fit, the newest first.
     *
     * @param crm  null for any
     * @param text part of what is shown, in any case; null for any
     */
    public Answer newest(String crm, String text) {
        return new Answer(log.newest(new AuditLog.Wanted(crm, text, situations(text)), AMONG, SHOWN).stream()
                .map(DecisionLog::line).toList(), AMONG);
    }

    private static List<String> situations(String text) {
        return text == null ? List.of() : Arrays.stream(Situation.values()).filter(each -> Words.of(each)
                .toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT))).map(Enum::name).toList();
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
        return read.stream().filter(each -> !before.contains(each.id())).map(DecisionLog::line).toList();
    }

    private static Set<Long> ids(List<Logged> read) {
        Set<Long> ids = new HashSet<>();
        read.forEach(each -> ids.add(each.id()));
        return ids;
    }

    private static Line line(Logged logged) {
        AuditEntry all = logged.entry();
        return new Line(logged.id(), Why.entry(new AuditEntry(all.at(), all.crm(), all.referralId(), all.crmId(),
                all.situation(), all.action(), Storable.shortened(all.detail(), LONGEST_DETAIL), all.mappingVersion(),
                all.wrote())));
    }
}
