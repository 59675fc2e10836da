package dev.cosell.page;

import dev.cosell.backfill.Backfills;
import dev.cosell.backfill.Kind;
import dev.cosell.backfill.Records;
import io.vertx.core.http.HttpMethod;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What can be asked of backfills and done about them: docs/api.md. */
public final class BackfillApi {
    private static final int PAGE = 1000;
    private static final int LONGEST_CONDITION = 2000;

    private final Backfills backfills;
    private final List<String> sources;

    /** @param crms the enabled CRMs */
    public BackfillApi(Backfills backfills, List<String> crms) {
        this.backfills = backfills;
        this.sources = Stream.concat(Stream.of("partner-center"), crms.stream()).toList();
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.asks(HttpMethod.GET, "/api/backfills", asked -> Collections.singletonMap("last",
                        backfills.last().orElse(null))),
                Endpoint.acts("/api/backfill", this::begin),
                Endpoint.asks(HttpMethod.GET, "/api/backfill/:id", this::find),
                Endpoint.asks(HttpMethod.GET, "/api/backfill/:id/records", this::records),
                Endpoint.acts("/api/backfill/:id/go", this::go),
                Endpoint.acts("/api/backfill/:id/stop", this::stop));
    }

    /** @param next what the next page is asked for with; null when this is the last one */
    record Page(List<Records.Line> records, String next) {}

    private Object begin(Asked asked) {
        String source = asked.text("source");
        if (source == null || !sources.contains(source)) {
            throw new Refused(400, "Say what to go through: one of " + String.join(", ", sources));
        }
        String where = asked.text("where");
        if (where != null && where.length() > LONGEST_CONDITION) {
            throw new Refused(400, "A condition has at most " + LONGEST_CONDITION + " characters");
        }
        return backfills.begin(source, since(asked.text("since")), where, asked.body().path("dryRun").asBoolean(),
                asked.who().name()).orElseThrow(() -> new Refused(409,
                "Another backfill is at work; wait until it has ended, or stop it"));
    }

    private static Instant since(String text) {
        if (text == null) {
            return null;
        }
        // Other years can be read, too, and no database keeps all of them.
        if (!text.matches("\\d{4}-.*")) {
            throw noMoment();
        }
        try {
            return text.contains("T") ? Instant.parse(text)
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeParseException other) {
            throw noMoment();
        }
    }

    private static Refused noMoment() {
        return new Refused(400, "since has to be a day such as 2026-01-31, or a moment such as "
                + "2026-01-31T08:00:00Z");
    }

    private static long id(Asked asked) {
        if (!asked.id().matches("\\d{1,18}")) {
            throw new Refused(404, "There is no backfill " + asked.id());
        }
        return Long.parseLong(asked.id());
    }

    private Object find(Asked asked) {
        return backfills.find(id(asked)).orElseThrow(() -> new Refused(404, "There is no backfill " + asked.id()));
    }

    private Object records(Asked asked) {
        find(asked);
        List<Records.Line> found = backfills.records(id(asked), kind(asked.parameter("kind")),
                asked.parameter("after"), PAGE);
        Records.Line last = found.size() < PAGE ? null : found.get(PAGE - 1);
        return new Page(found, last == null ? null : last.id() + " " + last.crm());
    }

    private static Kind kind(String text) {
        return text == null ? null : Arrays.stream(Kind.values())
                .filter(kind -> kind.name().equalsIgnoreCase(text)).findFirst()
                .orElseThrow(() -> new Refused(400, "There is no kind " + text + ". Use one of "
                        + Arrays.stream(Kind.values()).map(kind -> kind.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))));
    }

    private Object go(Asked asked) {
        find(asked);
        backfills.find(id(asked)).map(Backfills.View::source).filter(source -> !sources.contains(source))
                .ifPresent(source -> {
                    throw new Refused(409, "Backfill " + asked.id() + " goes through " + source + ", which is not"
                            + " synced any more (setting crms): name it there again, or begin another backfill");
                });
        if (backfills.isOutdated(id(asked))) {
            throw new Refused(409, "Backfill " + asked.id() + " is outdated: what it found out about each record is"
                    + " kept only until others were begun. Count anew, with a new backfill, and let that one go");
        }
        List<String> uncounted = backfills.uncounted(id(asked));
        if (!uncounted.isEmpty()) {
            throw new Refused(409, "Backfill " + asked.id() + " was not counted for "
                    + String.join(" and ", uncounted) + ", which the setting crms did not name all the time. Count"
                    + " anew, with a new backfill, and let that one go");
        }
        if (!backfills.go(id(asked))) {
            throw new Refused(409, "Backfill " + asked.id() + " has ended or is at work, or another one is");
        }
        return find(asked);
    }

    private Object stop(Asked asked) {
        find(asked);
        if (!backfills.stop(id(asked), asked.who().name())) {
            throw new Refused(409, "Backfill " + asked.id() + " is not at work");
        }
        return find(asked);
    }
}
