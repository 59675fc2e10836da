package dev.cosell.mapping;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The solutions of a deal: rows with {@code id} and {@code name} in the CRM, items of type {@code Name} in Partner
 * Center. Two lists are the same when they hold the same ids, whatever their order, case and names.
 */
final class Solutions extends SameForm {
    /** What the name of a solution row holds in either CRM as shipped. */
    static final int USUAL_NAME = 80;
    private static final String NAME = "name";

    private final int longestName;

    /**
     * @param longestName characters of a name that the CRM's column holds; a longer one is cut, because the id tells
     * which solution it is
     */
    Solutions(int longestName) {
        this.longestName = longestName;
    }

    @Override
    public Object toCrm(Object referralValue) {
        List<Map<String, Object>> items = items(referralValue, Map.of());
        items.forEach(item -> item.computeIfPresent(NAME, (key, name) -> cut((String) name)));
        return items;
    }

    private String cut(String name) {
        int end = name.length() > longestName && Character.isHighSurrogate(name.charAt(longestName - 1))
                ? longestName - 1 : longestName;
        return name.length() <= longestName ? name : name.substring(0, end).stripTrailing();
    }

    @Override
    public Object toReferral(Object crmValue) {
        return items(crmValue, Map.of("type", "Name"));
    }

    @Override
    Object normal(Object value) {
        TreeSet<String> ids = new TreeSet<>();
        if (value instanceof List<?> list) {
            for (Object item : list) {
                String id = item instanceof Map<?, ?> solution ? SolutionIds.normal(solution.get("id")) : null;
                if (id != null) {
                    ids.add(id);
                }
            }
        }
        return ids.isEmpty() ? null : List.copyOf(ids);
    }

    /** No solutions are an empty list on both sides. */
    @Override
    public boolean takesEmpty() {
        return true;
    }

    private static List<Map<String, Object>> items(Object value, Map<String, Object> constant) {
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list)) {
            throw new ConversionFault(value,
                    "is no list of solutions. Write solutions and details.requirements.solutions into the row, or "
                            + "another converter.");
        }
        List<Map<String, Object>> items = new ArrayList<>(list.size());
        TreeSet<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (Object entry : list) {
            Map<String, Object> item = item(entry, constant);
            if (seen.add((String) item.get("id"))) {
                items.add(item);
            }
        }
        return items;
    }

    private static Map<String, Object> item(Object entry, Map<String, Object> constant) {
        if (!(entry instanceof Map<?, ?> solution)) {
            throw new ConversionFault(entry,
                    "is no solution with an id and a name. Write solutions and details.requirements.solutions into the "
                            + "row, or another converter.");
        }
        String id = Canonical.text(solution.get("id"));
        String name = Canonical.text(solution.get(NAME));
        if (id == null) {
            throw new ConversionFault(name,
                    "is a solution without an id. Write its id in Partner Center, such as SOL-20011-KLM, "
                            + "on the solution row.");
        }
        Map<String, Object> item = new LinkedHashMap<>(constant);
        item.put("id", id);
        if (name != null) {
            item.put(NAME, name);
        }
        return item;
    }
}
