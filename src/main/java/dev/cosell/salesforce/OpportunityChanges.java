package dev.cosell.salesforce;

import dev.cosell.mapping.DateForm;
import dev.cosell.verbs.Changes.Change;
import dev.cosell.verbs.Changes;
import dev.cosell.verbs.Hint;
import dev.cosell.verbs.JoinedRecords;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;

/**
 * What changed since a position, by SystemModstamp: opportunities, and in the same call their solution rows, whose
 * changes leave the opportunity as it was. Rows are stamped before their transaction commits, so each read goes back a
 * little behind the watermark until that is old enough; rows seen before come again and are dropped by their version. A
 * position is that of the opportunities and, behind a bar, that of the solution rows.
 */
public final class OpportunityChanges {
    private static final String POSITION = "cosell.salesforce.position";
    private static final String OPPORTUNITIES = "opportunities";
    private static final String SOLUTIONS = "solutions";

    private final OpportunityQuery query;
    private final JoinedRecords joined;
    private final SolutionChanges solutions;
    private final RecordVersion version;
    private final Duration overlap;
    private final int pageSize;
    private final Clock clock;

    /**
     * @param overlap  how long a transaction may last at most
     * @param pageSize rows of one call, 2000 at most
     */
    public OpportunityChanges(OpportunityQuery query, JoinedRecords joined, Duration overlap, int pageSize,
            Clock clock) {
        this.clock = clock;
        this.query = query;
        this.joined = joined;
        this.solutions = new SolutionChanges(query, overlap, pageSize, clock);
        this.version = new RecordVersion(query.fields().auditField());
        this.overlap = overlap;
        this.pageSize = pageSize;
    }

    /**
     * When an opportunity was changed itself, by the clock of Salesforce; empty when it was deleted or only its
     * solution rows were changed.
     */
    public static Optional<Instant> changedAt(Change change) {
        return change.version() == null || change.hint(SalesforceErrors.SYSTEM).origin() == Hint.Origin.PARTS
                ? Optional.empty()
                : Optional.of(DateForm.moment(RecordVersion.stamp(change.version())));
    }

    private record Positions(PollPosition opportunities, PollPosition solutions) {
        static Positions parse(String text) {
            String[] parts = (text == null ? "" : text).split("\\|", 2);
            return new Positions(PollPosition.parse(parts[0]), PollPosition.parse(parts.length > 1 ? parts[1] : null));
        }

        Positions begin(Instant now) {
            return new Positions(opportunities.begin(now), solutions.begin(now));
        }

        /** Whose catch-up has ended waits for the other's: beginning again, it would read its overlap at each page. */
        boolean asksForOpportunities() {
            return opportunities.isUnderWay() || !solutions.isUnderWay();
        }

        boolean asksForSolutions() {
            return solutions.watermark() == null || solutions.isUnderWay() || !opportunities.isUnderWay();
        }
    }

    /** Body in: position, or null for all opportunities that are switched on. Body out: the reads. */
    public void since(Exchange exchange) {
        Positions positions = Positions.parse(exchange.getMessage().getBody(String.class)).begin(clock.instant());
        exchange.setProperty(POSITION, positions);
        CompositeRequest reads = query.currency().asked(CompositeRequest.reads("changes of opportunities"));
        if (positions.asksForOpportunities()) {
            reads.queryAll(OPPORTUNITIES, query.versions(
                    query.fields().syncField() + " = true" + positions.opportunities().condition(overlap))
                    + " ORDER BY SystemModstamp, Id LIMIT " + pageSize);
        }
        if (positions.asksForSolutions()) {
            reads.queryAll(SOLUTIONS, solutions.since(positions.solutions()));
        }
        exchange.getMessage().setBody(reads);
    }

    /** Body in: the answer. Body out: {@link Changes}. */
    public void page(Exchange exchange) {
        Positions positions = (Positions) exchange.removeProperty(POSITION);
        CompositeAnswer answers = query.currency().noted(exchange.getMessage().getBody(CompositeAnswer.class));
        query.currency().verify();
        if (answers.failed()) {
            throw answers.fault();
        }
        Changes opportunities = positions.asksForOpportunities()
                ? opportunities((Map<?, ?>) answers.body(OPPORTUNITIES), positions.opportunities())
                : unread(positions.opportunities());
        Map<String, String> versions = new HashMap<>();
        opportunities.changes().forEach(change -> versions.put(change.id(), change.version()));
        Changes rows = positions.asksForSolutions()
                ? solutions.page((Map<?, ?>) answers.body(SOLUTIONS), positions.solutions(), versions)
                : unread(positions.solutions());
        Set<String> both = rows.changes().stream().map(Change::id).collect(Collectors.toSet());
        List<Change> changes = new ArrayList<>(opportunities.changes());
        changes.removeIf(change -> both.contains(change.id()));
        changes.addAll(rows.changes());
        exchange.getMessage().setBody(new Changes(changes, opportunities.position() + "|" + rows.position(),
                opportunities.more() || rows.more()));
    }

    private static Changes unread(PollPosition position) {
        return new Changes(List.of(), position.text(), false);
    }

    private Changes opportunities(Map<?, ?> answer, PollPosition position) {
        List<Map<String, Object>> rows = OpportunityRecords.rows(answer);
        List<Change> changes = new ArrayList<>();
        Set<String> gone = new LinkedHashSet<>(position.rereads() ? List.of() : position.gone());
        for (Map<String, Object> row : rows) {
            String id = (String) row.get("Id");
            if (!Boolean.TRUE.equals(row.get("IsDeleted"))) {
                changes.add(new Change(id, version.of(query.read(row))));
            } else if (position.watermark() != null || joined.isJoined(SalesforceErrors.SYSTEM, id)) {
                String deletion = id + "@" + PollPosition.stamp(row).getEpochSecond();
                if (position.isNews(deletion)) {
                    changes.add(new Change(id, null));
                }
                gone.add(deletion);
            }
        }
        // Salesforce may give fewer rows than asked for and say that there are more.
        boolean more = !rows.isEmpty() && (rows.size() >= pageSize || Boolean.FALSE.equals(answer.get("done")));
        if (more) {
            gone.addAll(position.gone());
        }
        return new Changes(changes, position.after(rows, List.copyOf(gone), more, clock.instant(), overlap).text(),
                more);
    }
}
