package dev.cosell.sandbox.dataverse;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A parsed {@code $filter}.
 *
 * @param test     what a row must fulfil
 * @param equality conditions {@code property eq value} that every hit fulfils, for the use of indexes
 */
record Filter<T>(Predicate<T> test, List<Equality> equality) {
    /** @param value as {@link Property#literal} made it */
    record Equality(String property, Object value) {}

    /**
     * How to read and compare a property.
     *
     * @param value   the property of a row, null when empty
     * @param literal the value that a literal of the filter stands for
     */
    record Property<T>(Function<T, Object> value, Function<String, Object> literal) {}

    /** -1, 0 or 1; texts compare without case. Both values must be there. */
    static int compare(Object left, Object right) {
        if (left instanceof Number && right instanceof Number) {
            return Integer.signum(new BigDecimal(left.toString()).compareTo(new BigDecimal(right.toString())));
        }
        String a = plain(left);
        String b = plain(right);
        return Integer.signum(a.toLowerCase(Locale.ROOT).compareTo(b.toLowerCase(Locale.ROOT)));
    }

    private static String plain(Object value) {
        return value instanceof Ref ref ? ref.id().toString() : value.toString();
    }

    /** Null equals null; as in Dataverse, {@code ne} a value also hits an empty column. */
    static boolean holds(String operator, Object left, Object right) {
        if (left == null || right == null) {
            return switch (operator) {
                case "eq" -> left == right;
                case "ne" -> left != right;
                default -> false;
            };
        }
        int order = compare(left, right);
        return switch (operator) {
            case "eq" -> order == 0;
            case "ne" -> order != 0;
            case "gt" -> order > 0;
            case "ge" -> order >= 0;
            case "lt" -> order < 0;
            default -> order <= 0;
        };
    }
}
