package dev.cosell.mapping;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/**
 * How a CRM keeps what a row with the converter {@code date} names. Decisions only; texts that are no dates stay as
 * they are.
 */
public enum DateForm {
    /** A day, the same for everybody. */
    DAY,
    /** A moment, which is a day only in a time zone. */
    MOMENT,
    /** Date and time without a time zone, the same for everybody. */
    CLOCK;

    private static final int DATE_LENGTH = "2026-09-30".length();
    /** With any fraction of a second. Dataverse writes Z, Salesforce +0000. */
    private static final DateTimeFormatter MOMENT_TEXT = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .optionalStart().appendOffset("+HH:MM", "Z").optionalEnd().optionalStart().appendOffset("+HHMM", "Z")
            .optionalEnd().toFormatter(Locale.ROOT);

    /**
     * A moment as the CRMs write it.
     *
     * @throws DateTimeParseException when the text is none
     */
    public static Instant moment(String text) {
        return MOMENT_TEXT.parse(text, Instant::from);
    }

    /** Whether a text says more than a day. */
    static boolean isTime(Object stored) {
        return stored instanceof String text && text.length() > DATE_LENGTH && text.charAt(DATE_LENGTH) == 'T';
    }

    /** The day, {@code yyyy-MM-dd}, that people see in a date-time of the CRM. @param zone asked for moments only */
    String day(String stored, ZoneId zone) {
        if (this == DAY || !isTime(stored)) {
            return stored;
        }
        if (this == CLOCK) {
            return stored.substring(0, DATE_LENGTH);
        }
        try {
            return LocalDate.ofInstant(moment(stored), zone).toString();
        } catch (DateTimeParseException notOne) {
            return stored;
        }
    }

    /** What the CRM is to keep of a day: its first moment. @param zone asked for moments only */
    String kept(String day, ZoneId zone) {
        if (this == DAY || isTime(day)) {
            return day;
        }
        try {
            LocalDate date = LocalDate.parse(day);
            return this == CLOCK ? date + "T00:00:00Z" : date.atStartOfDay(zone).toInstant().toString();
        } catch (DateTimeParseException notOne) {
            return day;
        }
    }
}
