package dev.cosell.sandbox.salesforce;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which rows of an object changed or were deleted in a span of whole minutes: getUpdated and getDeleted. */
final class Replication {
    private static final int DAYS_OF_CHANGES = 30;
    private static final int DAYS_OF_DELETES = 15;

    private record Span(Instant start, Instant end) {
        boolean holds(Row row) {
            Instant stamp = Values.instant(row.text("SystemModstamp"));
            return !stamp.isBefore(start) && stamp.isBefore(end);
        }
    }

    private final Engine engine;

    Replication(Engine engine) {
        this.engine = engine;
    }

    /** Whether the call is for this resource. */
    static boolean covers(ApiCall call) {
        return call.path().size() == 3 && List.of("updated", "deleted").contains(call.at(2));
    }

    ApiAnswer handle(ApiCall call) {
        ObjectType type = engine.database().schema.find(call.at(1));
        if (type == null) {
            throw Refusal.notFound();
        }
        boolean deleted = call.at(2).equals("deleted");
        Span span = span(call, deleted ? DAYS_OF_DELETES : DAYS_OF_CHANGES);
        Collection<Row> rows = engine.database().table(type.name).since(Values.wire(span.start()));
        List<Row> found = rows.stream().filter(row -> row.deleted() == deleted && span.holds(row)).toList();
        Map<String, Object> json = new LinkedHashMap<>();
        if (deleted) {
            json.put("deletedRecords", found.stream()
                    .map(row -> Map.of("id", row.id(), "deletedDate", row.text("SystemModstamp"))).toList());
            json.put("earliestDateAvailable",
                    Values.wire(engine.clock().instant().minus(DAYS_OF_DELETES, ChronoUnit.DAYS)));
        } else {
            json.put("ids", found.stream().map(Row::id).toList());
        }
        json.put("latestDateCovered", Values.wire(covered(span)));
        return ApiAnswer.ok(json);
    }

    private Instant covered(Span span) {
        Instant now = engine.clock().instant();
        return span.end().isAfter(now) ? now.truncatedTo(ChronoUnit.MINUTES) : span.end();
    }

    private Span span(ApiCall call, int days) {
        Instant start = minute(call, "start");
        Instant end = minute(call, "end");
        if (Duration.between(start, end).toMinutes() < 1) {
            throw Refusal.bad("INVALID_REPLICATION_DATE", "endDate must be at least one minute greater than startDate");
        }
        if (start.isBefore(engine.clock().instant().minus(days, ChronoUnit.DAYS).minus(1, ChronoUnit.MINUTES))) {
            throw Refusal.bad("INVALID_REPLICATION_DATE", "startDate cannot be more than " + days + " days ago");
        }
        return new Span(start, end);
    }

    private static Instant minute(ApiCall call, String name) {
        String given = call.query().get(name);
        if (given == null || given.isBlank()) {
            throw Refusal.bad("MISSING_ARGUMENT", "Required parameter " + name + " is missing", name);
        }
        try {
            return Values.instant(given).truncatedTo(ChronoUnit.MINUTES);
        } catch (DateTimeParseException e) {
            throw Refusal.bad("INVALID_REPLICATION_DATE", "not a date-time: " + given, name);
        }
    }
}
