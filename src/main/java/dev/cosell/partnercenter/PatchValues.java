package dev.cosell.partnercenter;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * The values of a JSON Patch as Partner Center wants them. A list is replaced as a whole, so what the service keeps
 * with an item and the mapping does not know is taken over from the item as it was read.
 *
 * @param dealValueAsText whether the deal value is sent as a text, as in a sample of Microsoft's, and not as a number
 */
public record PatchValues(boolean dealValueAsText) {
    /** The type of a solution that Partner Center's catalogue has; others are of a category, or of none. */
    private static final String CATALOGUE = "Name";

    Object of(String path, Object value, Map<String, Object> current) {
        if (path.equals("details.dealValue") && dealValueAsText && value instanceof Number number) {
            return new BigDecimal(number.toString()).toPlainString();
        }
        return switch (path) {
            case DealCompletion.SOLUTIONS -> solutions(value, Paths.list(current, path));
            case PatchRules.TEAM, PatchRules.CONTACTS -> people(value, Paths.list(current, path));
            default -> value;
        };
    }

    private static Object people(Object wanted, List<?> known) {
        return wanted instanceof List<?> items
                ? merged(items, item -> Members.known(item, items, known), List.of()) : wanted;
    }

    /** The CRM may hold only the beginning of a name, and knows of no type. */
    private static Object solutions(Object wanted, List<?> known) {
        Object merged = wanted instanceof List<?> items ? merged(items, item -> known.stream()
                .filter(other -> sameText(Paths.text(other, "id"), Paths.text(item, "id"))).findFirst(),
                List.of("name", "type")) : wanted;
        return merged instanceof List<?> items ? items.stream().map(PatchValues::solution).toList() : merged;
    }

    /** A solution with its type: one of the catalogue unless it says otherwise. */
    static Map<String, Object> solution(Object item) {
        Map<String, Object> solution = new LinkedHashMap<>();
        putAll(solution, item);
        solution.putIfAbsent("type", CATALOGUE);
        if (CATALOGUE.equals(solution.get("type"))) {
            solution.putIfAbsent("solutionType", "3P");
        }
        return solution;
    }

    /**
     * @param known the item that was read of one that is wanted
     * @param kept  what stays as it was read where it was not empty
     */
    private static List<Object> merged(List<?> items, Function<Object, Optional<?>> known, List<String> kept) {
        List<Object> merged = new ArrayList<>();
        for (Object item : items) {
            Map<String, Object> whole = new LinkedHashMap<>();
            known.apply(item).ifPresent(other -> putAll(whole, other));
            Map<String, Object> before = new LinkedHashMap<>(whole);
            before.keySet().retainAll(kept);
            before.values().removeIf(Objects::isNull);
            putAll(whole, item);
            whole.putAll(before);
            merged.add(whole);
        }
        return merged;
    }

    private static boolean sameText(String one, String other) {
        return one != null && one.equalsIgnoreCase(other);
    }

    private static void putAll(Map<String, Object> target, Object item) {
        if (item instanceof Map<?, ?> fields) {
            fields.forEach((name, value) -> target.put(name.toString(), value));
        }
    }
}
