package dev.cosell.sandbox.dataverse;

import dev.cosell.sandbox.dataverse.Filter.Property;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The functions that Dataverse adds to {@code $filter}, such as
 * {@code Microsoft.Dynamics.CRM.In(PropertyName='x',PropertyValues=['a'])}.
 */
final class QueryFunctions {
    static final String PREFIX = "Microsoft.Dynamics.CRM.";

    private QueryFunctions() {}

    /** @param tokens stand behind the function's name */
    static <T> Predicate<T> read(String name, Tokens tokens, Function<String, Property<T>> properties, Clock clock) {
        Map<String, List<String>> arguments = arguments(tokens);
        Property<T> property = properties.apply(only(name, arguments, "PropertyName"));
        Function<String, Predicate<T>> days = back -> {
            int count = Integer.parseInt(back);
            return row -> holds("ge", property, row, time(clock, -count))
                    && holds("le", property, row, clock.instant().toString());
        };
        return switch (name.substring(PREFIX.length())) {
            case "In" -> any(property, arguments.get("PropertyValues"));
            case "NotIn" -> any(property, arguments.get("PropertyValues")).negate();
            case "Between" -> {
                List<String> bounds = arguments.getOrDefault("PropertyValues", List.of());
                if (bounds.size() != 2) {
                    throw Refusal.badUrl("Between needs two PropertyValues.");
                }
                yield row -> holds("ge", property, row, bounds.get(0)) && holds("le", property, row, bounds.get(1));
            }
            case "LastXDays" -> days.apply(only(name, arguments, "PropertyValue"));
            case "OnOrAfter" -> onDay(property, "ge", only(name, arguments, "PropertyValue"));
            case "OnOrBefore" -> onDay(property, "le", only(name, arguments, "PropertyValue"));
            case "On" -> onDay(property, "eq", only(name, arguments, "PropertyValue"));
            case "Today" -> onDay(property, "eq", LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toString());
        default ->
            throw new Refusal(501, "0x80060888", "The query function '" + name + "' is not known to the sandbox.");
        };
    }

    private static Map<String, List<String>> arguments(Tokens tokens) {
        Map<String, List<String>> arguments = new HashMap<>();
        tokens.expect('(');
        do {
            String name = tokens.word();
            tokens.expect('=');
            List<String> values = new ArrayList<>();
            if (tokens.take('[')) {
                do {
                    values.add(tokens.operand().text());
                } while (tokens.take(','));
                tokens.expect(']');
            } else {
                values.add(tokens.operand().text());
            }
            arguments.put(name, values);
        } while (tokens.take(','));
        tokens.expect(')');
        return arguments;
    }

    private static String only(String function, Map<String, List<String>> arguments, String name) {
        List<String> values = arguments.getOrDefault(name, List.of());
        if (values.size() != 1) {
            throw Refusal.badUrl("The query function '" + function + "' needs one " + name + ".");
        }
        return values.get(0);
    }

    private static <T> Predicate<T> any(Property<T> property, List<String> values) {
        if (values == null) {
            throw Refusal.badUrl("PropertyValues is missing.");
        }
        return row -> values.stream().anyMatch(value -> holds("eq", property, row, value));
    }

    private static <T> boolean holds(String operator, Property<T> property, T row, String literal) {
        return Filter.holds(operator, property.value().apply(row), property.literal().apply(literal));
    }

    /** Compares whole days, also those of a column with a time. */
    private static <T> Predicate<T> onDay(Property<T> property, String operator, String day) {
        return row -> property.value().apply(row) instanceof String value
                && Filter.holds(operator, value.substring(0, 10), day.substring(0, 10));
    }

    private static String time(Clock clock, int days) {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).plusDays(days).atStartOfDay(ZoneOffset.UTC)
                .toInstant().toString();
    }
}
