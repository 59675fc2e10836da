package dev.cosell.salesforce;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** Literals for SOQL. */
final class SoqlText {
    private SoqlText() {}

    static String string(String value) {
        StringBuilder literal = new StringBuilder("'");
        for (char c : CompositeText.typed(value).toCharArray()) {
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
}
