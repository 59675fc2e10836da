package dev.cosell.partnercenter;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The values of a JSON Patch as Partner Center wants them. A list is replaced as a whole, so what the service keeps
 * with an item and the mapping does not know is taken over from the item as it was read.
 *
 * @param dealValueAsText whether the deal value is sent as a text, as in a sample of Microsoft's, and not as a number
 */
public record PatchValues(boolean dealValueAsText) {

    Object of(String path, Object value, Map<String, Object> current) {
        if (path.equals("details.dealValue") && dealValueAsText && value instanceof Number number) {
            return new BigDecimal(number.toString()).toPlainString();
        }
        return switch (path) {
        case DealCompletion.SOLUTIONS ->
            merged(value, Paths.list(current, path), "id", Map.of("type", "Name", "solutionType", "3P"), "name");
            case "team", PatchRules.CONTACTS -> merged(value, Paths.list(current, path), "email", Map.of(), null);
            default -> value;
        };
    }

    /** @param kept what stays as it was read, because the CRM may hold only the beginning of it; null for nothing */
    private static Object merged(Object wanted, List<?> known, String key, Map<String, Object> defaults, String kept) {
        if (!(wanted instanceof List<?> items)) {
            return wanted;
        }
        List<Object> merged = new ArrayList<>();
        for (Object item : items) {
            Map<String, Object> whole = new LinkedHashMap<>();
            known.stream().filter(other -> sameText(Paths.text(other, key), Paths.text(item, key))).findFirst()
                    .ifPresentOrElse(other -> putAll(whole, other), () -> { });
            Object before = whole.get(kept);
            putAll(whole, item);
            if (before != null) {
                whole.put(kept, before);
            }
            defaults.forEach(whole::putIfAbsent);
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
