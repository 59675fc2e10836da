package dev.cosell.mapping;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * By which CRM fields a customer or a person is found, such as {@code Name + BillingPostalCode, Name}: combinations,
 * tried by what is known of the one that is looked for. All fields of a combination have to be equal.
 *
 * @param combinations at least one, each of at least one field
 */
public record MatchRule(List<List<String>> combinations) {
    private static final Pattern FIELD = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");

    public MatchRule {
        combinations = combinations.stream().map(List::copyOf).toList();
    }

    /** @throws IllegalArgumentException when the text is no rule; says what a rule looks like */
    public static MatchRule parse(String text) {
        List<List<String>> combinations = new ArrayList<>();
        for (String combination : text.split(",", -1)) {
            List<String> fields = Arrays.stream(combination.split("\\+", -1)).map(String::strip).toList();
            if (!fields.stream().allMatch(field -> FIELD.matcher(field).matches())) {
                throw new IllegalArgumentException(
                        "must be CRM fields joined by + and, where one combination may stand in for another, "
                                + "separated by commas, such as Name + BillingPostalCode, Name");
            }
            combinations.add(fields);
        }
        return new MatchRule(combinations);
    }

    /** All fields that the rule names. */
    public List<String> fields() {
        return combinations.stream().flatMap(List::stream).distinct().toList();
    }

    /**
     * What a row must hold to be the one that is looked for: the first combination of which everything is known. When
     * there is none, the last of which something is known; then what is not known must be empty in the row too.
     *
     * @param known the fields of the one that is looked for
     * @return field to value, null for empty; no entry when nothing is known
     */
    public Map<String, Object> criteria(Map<String, Object> known) {
        Map<String, Object> partly = Map.of();
        for (List<String> combination : combinations) {
            Map<String, Object> values = values(combination, known);
            boolean telling = values.values().stream().anyMatch(MatchRule::tells);
            if (telling && !values.containsValue(null)) {
                return values;
            }
            partly = telling ? values : partly;
        }
        return partly;
    }

    /**
     * What two rows have in common when the rule may take one for the other: whatever combinations find them, they
     * share at least one of these values, because each combination holds one of those that are left when the wider ones
     * are left out.
     *
     * @param known the fields of the one that is looked for
     * @return for each of those combinations its fields and values, null for empty; none by which nobody would look
     */
    List<Map<String, Object>> common(Map<String, Object> known) {
        return narrowest().stream().filter(narrow -> combinations.stream().filter(wide -> wide.containsAll(narrow))
                .anyMatch(wide -> wide.stream().anyMatch(field -> tells(value(known.get(field))))))
                .map(narrow -> values(narrow, known)).toList();
    }

    /** The combinations that hold no other one. */
    List<List<String>> narrowest() {
        return combinations.stream()
                .filter(wide -> combinations.stream()
                        .noneMatch(other -> other.size() < wide.size() && wide.containsAll(other)))
                .map(fields -> fields.stream().sorted().toList()).distinct().toList();
    }

    private static Map<String, Object> values(List<String> fields, Map<String, Object> known) {
        Map<String, Object> values = new LinkedHashMap<>();
        fields.forEach(field -> values.put(field, value(known.get(field))));
        return values;
    }

    /** What stands in for an unknown value would fit everybody of whom it is unknown. */
    private static boolean tells(Object value) {
        return value != null && !value.equals(StandIns.NOT_PROVIDED);
    }

    private static Object value(Object value) {
        return value instanceof String text ? text.isBlank() ? null : text.strip() : value;
    }

    @Override
    public String toString() {
        return String.join(", ", combinations.stream().map(combination -> String.join(" + ", combination)).toList());
    }
}
