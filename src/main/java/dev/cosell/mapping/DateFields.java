package dev.cosell.mapping;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The date fields of one CRM object, as days: behind a field that holds a moment stands the day that people see in
 * their time zone. How the CRM keeps a field is asked of the CRM when a value needs it, kept for an hour, and asked
 * again when a value shows that it has changed.
 */
public final class DateFields {
    private static final Duration KEPT = Duration.ofHours(1);
    private static final Duration NO_DATE_FIELD = Duration.ofMinutes(1);

    /** What the CRM says of itself; each method may make a call, and throws what the call throws. */
    public interface Source {
        /** By name of the field; fields that hold no date are missing. */
        Map<String, DateForm> forms();

        /** Where the people of the CRM are. */
        ZoneId zone();

        /** Where the zone comes from, for people. */
        String zoneFrom();
    }

    private record Known(Map<String, DateForm> forms, ZoneId zone, Instant since) {}

    private final Supplier<Set<String>> mapped;
    private final Set<String> days;
    private final Source source;
    private final Clock clock;
    private Known known;

    /**
     * @param mapped gives the fields that rows with the converter {@code date} name; asked for each record, because a
     *     mapping may be reloaded
     * @param days   fields that are known to hold days
     */
    public DateFields(Supplier<Set<String>> mapped, Set<String> days, Source source, Clock clock) {
        this.mapped = mapped;
        this.days = Set.copyOf(days);
        this.source = source;
        this.clock = clock;
    }

    /** For objects without such fields. */
    public static DateFields none() {
        return new DateFields(Set::of, Set.of(), null, Clock.systemUTC());
    }

    /** A row of the CRM with days in its date fields. */
    public Map<String, Object> read(Map<String, Object> row) {
        List<String> times = mapped.get().stream().filter(name -> DateForm.isTime(row.get(name))).toList();
        return changed(row, times, true);
    }

    /** What is to be written of a row that has days in its date fields. */
    public Map<String, Object> written(Map<String, Object> row) {
        List<String> given = mapped.get().stream()
                .filter(name -> !days.contains(name) && row.get(name) instanceof String).toList();
        return changed(row, given, false);
    }

    private Map<String, Object> changed(Map<String, Object> row, List<String> names, boolean reading) {
        if (names.isEmpty()) {
            return row;
        }
        Known now = known(names, reading);
        Map<String, Object> copy = new LinkedHashMap<>(row);
        for (String name : names) {
            DateForm form = now.forms().getOrDefault(name, DateForm.DAY);
            Function<String, String> change = reading ? text -> form.day(text, now.zone())
                    : text -> form.kept(text, now.zone());
            copy.put(name, change.apply((String) row.get(name)));
        }
        return copy;
    }

    private synchronized Known known(List<String> names, boolean times) {
        Instant now = clock.instant();
        if (known == null || known.since().plus(KEPT).isBefore(now)
                || names.stream().anyMatch(name -> stale(name, times, now))) {
            known = new Known(source.forms(), null, now);
        }
        if (known.zone() == null && names.stream().anyMatch(name -> known.forms().get(name) == DateForm.MOMENT)) {
            known = new Known(known.forms(), source.zone(), known.since());
        }
        return known;
    }

    /** A text field that holds times is no date field, however often one asks. */
    private boolean stale(String name, boolean time, Instant now) {
        DateForm form = known.forms().get(name);
        return form == null ? !time || known.since().plus(NO_DATE_FIELD).isBefore(now) : time && form == DateForm.DAY;
    }
}
