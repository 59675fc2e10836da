package dev.cosell.salesforce;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** Literals for SOQL. */
final class SoqlText {
    /** Salesforce writes offsets without a colon: {@code 2026-04-07T21:59:01.000+0000}. */
    private static final DateTimeFormatter WIRE = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss[.SSS][XX][XXX]");

    private SoqlText() {}

    static String string(String value) {
        StringBuilder literal = new StringBuilder("'");
        for (char c : value.toCharArray()) {
            switch (c) {
                case '\'' -> literal.append("\\'");
                case '\\' -> literal.append("\\\\");
                case '\n' -> literal.append("\\n");
                case '\r' -> literal.append("\\r");
                case '\t' -> literal.append("\\t");
                default -> literal.append(c);
            }
        }
        return literal.append('\'').toString();
    }

    static String dateTime(Instant instant) {
        return DateTimeFormatter.ISO_INSTANT.format(instant.truncatedTo(ChronoUnit.SECONDS));
    }

    static String number(Number number) {
        return new BigDecimal(number.toString()).toPlainString();
    }

    /** A date-time of an answer. */
    static Instant instant(String wire) {
        return OffsetDateTime.parse(wire, WIRE).withOffsetSameInstant(ZoneOffset.UTC).toInstant();
    }
}
