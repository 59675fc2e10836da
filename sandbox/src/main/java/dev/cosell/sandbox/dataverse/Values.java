package dev.cosell.sandbox.dataverse;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.UUID;

/** Values of columns as they are stored: dates and times as texts of one form, so that they sort as texts. */
final class Values {
    /** No currency has more; each rounds to its own when a row is stored. */
    private static final int MOST_MONEY_DECIMALS = 4;
    private static final int MOST_DIGITS = 400;

    /** Dates are stored with four digits for the year, which is also the end of what a column holds. */
    private static final String FIRST_DAY = "1753-01-01";
    private static final DateTimeFormatter OUT_OF_RANGE = DateTimeFormatter.ofPattern("MM/dd/yyyy '00:00:00'",
            Locale.ROOT);

    private Values() {}

    /** A value of a request body, checked against its column. Null stays null. */
    static Object checked(Table table, Column column, Object json) {
        if (json == null) {
            return null;
        }
        Object value = converted(table, column, json);
        if (column.type().date() && ((String) value).compareTo(FIRST_DAY) < 0) {
            throw new Refusal(400, "0x80040239",
                    "DateTime is less than minimum value supported by CrmDateTime. Actual value: "
                            + OUT_OF_RANGE.format(LocalDate.parse(((String) value).substring(0, FIRST_DAY.length())))
                            + ", Minimum value supported: 01/01/1753 00:00:00");
        }
        if (column.type().text() && ((String) value).length() > column.length()) {
            throw new Refusal(400, "0x80044331", "A validation error occurred. The length of the '" + column.name()
                    + "' attribute of the '" + table.name() + "' entity exceeded the maximum allowed length of '"
                    + column.length() + "'.");
        }
        if (column.type().choice() && !column.options().containsKey((Integer) value) || outside(column, value)) {
            throw new Refusal(400, "0x8004431a",
                    "A validation error occurred. The value " + json + " of '" + column.name()
                            + "' on record of type '" + table.name() + "' is outside the valid range.");
        }
        return value;
    }

    private static boolean outside(Column column, Object value) {
        if (column.min() == null || !(value instanceof Number)) {
            return false;
        }
        BigDecimal number = new BigDecimal(value.toString());
        return number.compareTo(column.min()) < 0 || number.compareTo(column.max()) > 0;
    }

    private static Object converted(Table table, Column column, Object json) {
        try {
            return switch (column.type()) {
                case String, Memo -> (String) json;
                case Boolean -> (Boolean) json;
                case Integer, Picklist, State, Status -> number(json).intValueExact();
                case BigInt -> number(json).longValueExact();
                case Decimal -> number(json);
                case Money -> number(json).setScale(MOST_MONEY_DECIMALS, RoundingMode.HALF_EVEN);
                case DateTime -> time((String) json);
                case DateOnly -> date((String) json);
                case Uniqueidentifier -> UUID.fromString((String) json);
            case Lookup, Customer, Owner ->
                throw new ClassCastException("a lookup is set through its navigation property");
            };
        } catch (ClassCastException | IllegalArgumentException | DateTimeParseException | ArithmeticException e) {
            throw Refusal.badPayload(table,
                    "Microsoft.OData.ODataException: Cannot convert the literal '" + shortened(json)
                            + "' to the expected type of the property '" + column.name() + "' (" + column.type()
                            + ").");
        }
    }

    /** A number of so many digits that nobody could have typed it would fill the memory when it is rounded. */
    private static BigDecimal number(Object json) {
        BigDecimal number = new BigDecimal(((Number) json).toString());
        if (Math.abs((long) number.scale()) > MOST_DIGITS || number.precision() > MOST_DIGITS) {
            throw new ArithmeticException("too many digits");
        }
        return number;
    }

    private static String shortened(Object json) {
        String text = String.valueOf(json);
        return text.length() <= 100 ? text : text.substring(0, 100) + "…";
    }

    /** A value as a literal of a query option spells it. */
    static Object literal(Column column, String text) {
        try {
            return switch (column.type()) {
                case String, Memo -> text;
                case Boolean -> Boolean.valueOf(text);
                case Integer, Picklist, State, Status, BigInt, Decimal, Money -> new BigDecimal(text);
                case DateTime -> text.length() == 10 ? text + "T00:00:00Z" : time(text);
                case DateOnly -> date(text);
                case Uniqueidentifier, Lookup, Customer, Owner -> UUID.fromString(text);
            };
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw Refusal.badUrl("Unrecognized literal '" + text + "' for the property '" + column.property() + "'.");
        }
    }

    /** A value as a snapshot holds it. */
    static Object restored(Column column, Object json) {
        return switch (column.type()) {
            case String, Memo, Boolean, DateTime, DateOnly -> json;
            case Integer, Picklist, State, Status -> ((Number) json).intValue();
            case BigInt -> ((Number) json).longValue();
            case Decimal, Money -> new BigDecimal(json.toString());
            case Uniqueidentifier -> UUID.fromString((String) json);
            case Lookup, Customer, Owner -> {
                String[] parts = ((String) json).split("/", 2);
                yield new Ref(parts[0], UUID.fromString(parts[1]));
            }
        };
    }

    /** The opposite of {@link #restored}. */
    static Object saved(Object value) {
        if (value instanceof Ref ref) {
            return ref.table() + "/" + ref.id();
        }
        return value instanceof UUID id ? id.toString() : value;
    }

    static String time(String text) {
        return time(OffsetDateTime.parse(text).toInstant());
    }

    /** Seconds are the finest unit of the API. */
    static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String date(String text) {
        return LocalDate.parse(text.length() > 10 && text.charAt(10) == 'T' ? text.substring(0, 10) : text).toString();
    }
}
