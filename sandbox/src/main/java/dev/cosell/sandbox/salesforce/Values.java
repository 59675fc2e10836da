package dev.cosell.sandbox.salesforce;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.safety.Safelist;

/** What a JSON value becomes in a field of a given type, and which values a field refuses. */
final class Values {
    private static final BigDecimal TOO_LARGE = BigDecimal.TEN.pow(16);
    private static final int DECIMALS = 2;
    private static final int MOST_SCALE = 400;
    /** No currency has more; each rounds to its own when a row is stored. */
    private static final int MOST_CURRENCY_DECIMALS = 4;
    private static final DateTimeFormatter WIRE = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'+0000'")
            .withZone(ZoneOffset.UTC);
    private static final LocalDate FIRST_DAY = LocalDate.of(1700, 1, 1);
    private static final LocalDate LAST_DAY = LocalDate.of(4000, 12, 31);
    private static final DateTimeFormatter OUT_OF_RANGE = DateTimeFormatter.ofPattern("EEE MMM dd '00:00:00 GMT' y",
            Locale.ROOT);
    private static final DateTimeFormatter COMPACT_OFFSET = DateTimeFormatter
            .ofPattern("yyyy-MM-dd'T'HH:mm:ss[.SSS]xx");

    private Values() {}

    /** A date-time as it appears in answers, to the second. */
    static String wire(Instant instant) {
        return WIRE.format(Instant.ofEpochSecond(instant.getEpochSecond()));
    }

    /** Accepts Z, +00:00 and +0000; throws DateTimeParseException otherwise. */
    static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            return OffsetDateTime.parse(text, COMPACT_OFFSET).toInstant();
        }
    }

    /** Currency and percent values keep one decimal at least, as answers show them. */
    static BigDecimal decimal(BigDecimal value) {
        return decimal(value, DECIMALS);
    }

    static BigDecimal decimal(BigDecimal value, int decimals) {
        BigDecimal plain = value.setScale(decimals, RoundingMode.HALF_UP).stripTrailingZeros();
        return plain.scale() < 1 ? plain.setScale(1) : plain;
    }

    static Object stored(Field field, Object given) {
        Object value = given instanceof String text ? emptyToNull(text.strip()) : given;
        if (value == null) {
            if (field.type() == FieldType.BOOLEAN) {
                throw unreadable(field, "null");
            }
            return null;
        }
        if (field.is(Field.Trait.HTML) && value instanceof String html) {
            value = Jsoup.clean(html, "", Safelist.relaxed(), new Document.OutputSettings().prettyPrint(false));
        }
        return switch (field.type()) {
            case BOOLEAN -> bool(field, value);
            case INT -> whole(field, number(field, value));
            case CURRENCY -> decimal(inRange(field, number(field, value)), MOST_CURRENCY_DECIMALS);
            case PERCENT, DOUBLE -> decimal(inRange(field, number(field, value)));
            case DATE -> date(field, value);
            case DATETIME -> dateTime(field, value);
            case ID, REFERENCE -> id(field, value);
            default -> text(field, value);
        };
    }

    private static String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static Object bool(Field field, Object value) {
        if (value instanceof Boolean flag) {
            return flag;
        }
        if ("true".equals(value) || "false".equals(value)) {
            return Boolean.valueOf((String) value);
        }
        throw unreadable(field, value);
    }

    private static int whole(Field field, BigDecimal value) {
        try {
            return inRange(field, value).setScale(0, RoundingMode.HALF_UP).intValueExact();
        } catch (ArithmeticException tooLarge) {
            throw Refusal.bad("NUMBER_OUTSIDE_VALID_RANGE",
                    field.label() + ": value outside of valid range on numeric field: " + value, field.name());
        }
    }

    /** Eighteen digits, two of them decimals. */
    private static BigDecimal inRange(Field field, BigDecimal value) {
        if (value.abs().compareTo(TOO_LARGE) >= 0 || value.scale() > MOST_SCALE) {
            throw Refusal.bad("NUMBER_OUTSIDE_VALID_RANGE",
                    field.label() + ": value outside of valid range on numeric field: " + value, field.name());
        }
        return value;
    }

    private static BigDecimal number(Field field, Object value) {
        try {
            if (value instanceof Number || value instanceof String) {
                return new BigDecimal(value.toString());
            }
        } catch (NumberFormatException e) {
            throw unreadable(field, value);
        }
        throw unreadable(field, value);
    }

    private static Object date(Field field, Object value) {
        try {
            LocalDate date = LocalDate
                    .parse(value.toString().length() > 10 ? value.toString().substring(0, 10) : value.toString());
            inRange(field, date);
            return date.toString();
        } catch (DateTimeParseException e) {
            throw unreadable(field, value);
        }
    }

    private static Object dateTime(Field field, Object value) {
        try {
            Instant instant = instant(value.toString());
            inRange(field, LocalDate.ofInstant(instant, ZoneOffset.UTC));
            return wire(instant);
        } catch (DateTimeParseException e) {
            throw unreadable(field, value);
        }
    }

    private static void inRange(Field field, LocalDate date) {
        if (date.isBefore(FIRST_DAY) || date.isAfter(LAST_DAY)) {
            throw Refusal.bad("FIELD_INTEGRITY_EXCEPTION",
                    field.label() + ": invalid date: " + OUT_OF_RANGE.format(date), field.name());
        }
    }

    private static Object id(Field field, Object value) {
        if (value instanceof String text && SalesforceIds.looksLikeOne(text)) {
            return SalesforceIds.complete(text);
        }
        throw Refusal.bad("MALFORMED_ID", field.label() + ": id value of incorrect type: " + value, field.name());
    }

    private static Object text(Field field, Object value) {
        if (!(value instanceof String text)) {
            if (value instanceof Number || value instanceof Boolean) {
                return value.toString();
            }
            throw unreadable(field, value);
        }
        if (text.length() > field.length()) {
            throw Refusal.bad("STRING_TOO_LONG",
                    field.label() + ": data value too large: " + shortened(text) + " (max length="
                            + field.length() + ")",
                    field.name());
        }
        if (!field.picklist().isEmpty() && !field.picklist().contains(text)) {
            throw Refusal.bad("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
                    field.label() + ": bad value for restricted picklist field: " + text, field.name());
        }
        if (field.type() == FieldType.EMAIL && !text.matches("[^@\\s]+@[^@\\s]+\\.[^@\\s]+")) {
            throw Refusal.bad("INVALID_EMAIL_ADDRESS", field.label() + ": invalid email address: " + text,
                    field.name());
        }
        return text;
    }

    private static String shortened(String text) {
        return text.length() > 255 ? text.substring(0, 255) : text;
    }

    private static Refusal unreadable(Field field, Object value) {
        String kind = value instanceof Number ? "VALUE_NUMBER"
                : value instanceof Boolean ? "VALUE_BOOLEAN" : "VALUE_STRING";
        return Refusal.bad("JSON_PARSER_ERROR",
                "Cannot deserialize instance of " + field.type().wireName + " from " + kind + " value "
                        + value + " or request may be missing a required field",
                field.name());
    }
}
