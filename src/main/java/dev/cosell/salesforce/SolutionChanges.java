package dev.cosell.salesforce;

import dev.cosell.verbs.Changes.Change;
import dev.cosell.verbs.Changes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Which opportunities had a solution row added, edited or deleted since a position. A deleted row still names its
 * opportunity while it is in the recycle bin. The position remembers the rows reported within the overlap, which each
 * read shows again.
 */
final class SolutionChanges {
    private static final Instant LONG_AGO = Instant.parse("2000-01-01T00:00:00Z");

    private final OpportunityQuery query;
    private final Duration overlap;
    private final int pageSize;
    private final Clock clock;

    SolutionChanges(OpportunityQuery query, Duration overlap, int pageSize, Clock clock) {
        this.clock = clock;
        this.query = query;
        this.overlap = overlap;
        this.pageSize = pageSize;
    }

    /**
     * SOQL for queryAll. Without a position it asks for the newest rows, to know them: all opportunities are read at
     * that time anyway.
     */
    String since(PollPosition position) {
        if (position.watermark() == null) {
            return query.solutionRows("") + " ORDER BY SystemModstamp DESC, Id DESC LIMIT " + PollPosition.MOST_GONE;
        }
        return query.solutionRows(position.condition(overlap)) + " ORDER BY SystemModstamp, Id LIMIT " + pageSize;
    }

    /**
     * @param versions of the opportunities that changed themselves, by id; null for a deleted one, which speaks for its
     * rows
     */
    Changes page(Map<?, ?> answer, PollPosition position, Map<String, String> versions) {
        List<Map<String, Object>> rows = OpportunityRecords.rows(answer);
        if (position.watermark() == null) {
            Instant newest = rows.isEmpty() ? LONG_AGO : PollPosition.stamp(rows.get(0));
            List<String> known = rows.stream().filter(row -> !PollPosition.stamp(row).isBefore(newest.minus(overlap)))
                    .map(this::version)
                    .limit(PollPosition.MOST_GONE - 1).toList();
            return new Changes(List.of(), PollPosition.at(newest, clock.instant(), known).text(), false);
        }
        Set<String> opportunities = new LinkedHashSet<>();
        Set<String> reported = new LinkedHashSet<>(position.rereads() ? List.of() : position.gone());
        for (Map<String, Object> row : rows) {
            String version = version(row);
            if (position.isNews(version)
                    && row.get(query.fields().solutionOpportunityField()) instanceof String opportunity) {
                opportunities.add(opportunity);
            }
            reported.add(version);
        }
        boolean more = !rows.isEmpty() && (rows.size() >= pageSize || Boolean.FALSE.equals(answer.get("done")));
        if (more) {
            reported.addAll(position.gone());
        }
        return new Changes(
                opportunities.stream().filter(id -> !versions.containsKey(id) || versions.get(id) != null)
                        .map(id -> Change.ofParts(id, versions.get(id))).toList(),
                position.after(rows, List.copyOf(reported), more, clock.instant(), overlap).text(), more);
    }

    /** Stamps tell seconds only, so the content stands beside it. */
    private String version(Map<String, Object> row) {
        int content = Objects.hash(row.get("IsDeleted"), row.get("Name"), row.get(query.fields().solutionIdField()));
        return row.get("Id") + "@" + PollPosition.stamp(row).getEpochSecond() + "." + Integer.toHexString(content);
    }
}
