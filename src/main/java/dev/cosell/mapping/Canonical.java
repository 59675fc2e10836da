package dev.cosell.mapping;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * JSON values as texts: the form that comes back equal from a JSON round trip, whatever number type the parser chose.
 */
final class Canonical {
    private static final int LARGEST_PLAIN_SCALE = 100;

    private Canonical() {}

    /** Null for null, blank text, and lists or maps of nothing else. */
    static Object of(Object value) {
        if (value instanceof List<?> list) {
            return ofList(list);
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> sorted = new TreeMap<>();
            map.forEach((key, content) -> sorted.put(String.valueOf(key), of(content)));
            sorted.values().removeIf(content -> content == null);
            return sorted.isEmpty() ? null : sorted;
        }
        return text(value);
    }

    /**
     * The trimmed text of a text, number or flag; null when it is null or blank. Lists and maps show their Java form.
     */
    static String text(Object scalar) {
        if (scalar == null) {
            return null;
        }
        if (scalar instanceof BigDecimal number) {
            return plain(number);
        }
        if (scalar instanceof Double || scalar instanceof Float) {
            double number = ((Number) scalar).doubleValue();
            return Double.isFinite(number) ? plain(BigDecimal.valueOf(number)) : scalar.toString();
        }
        String text = scalar.toString().strip();
        return text.isEmpty() ? null : text;
    }

    /** As {@link #text}, for converters that have no use for lists and maps. */
    static String scalarText(Object scalar) {
        if (scalar instanceof List || scalar instanceof Map) {
            throw new ConversionFault(scalar, "is a list or a group of fields where a single value is expected. "
                    + "Name the field inside it in the field table.");
        }
        return text(scalar);
    }

    private static Object ofList(List<?> list) {
        List<Object> canonical = new ArrayList<>(list.size());
        boolean content = false;
        for (Object entry : list) {
            Object form = of(entry);
            canonical.add(form);
            content |= form != null;
        }
        return content ? canonical : null;
    }

    private static String plain(BigDecimal number) {
        // a plain text of 1E+999999999 would fill the memory
        return Math.abs((long) number.scale()) > LARGEST_PLAIN_SCALE ? number.toString()
                : number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
