package dev.cosell.partnercenter;

import dev.cosell.verbs.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The attributes that Partner Center demands of a co-sell deal with a services solution. Their values are not published
 * and change with Microsoft's fiscal year, so they are configuration.
 *
 * @param solutions ids of the services solutions, in lower case; {@code *} stands for all solutions
 * @param values    by attribute type, for deals whose mapping gives none; an empty text gives none either
 */
public record ServicesAttributes(Set<String> solutions, Map<String, String> values) {
    static final List<String> TYPES = List.of("PartnerRole", "SolutionArea", "SolutionPlay");
    static final ServicesAttributes NONE = new ServicesAttributes(Set.of(), Map.of());

    public ServicesAttributes {
        solutions = Set.copyOf(solutions);
        values = Map.copyOf(values);
    }

    /** Whether a deal has to show these attributes. */
    boolean needed(Map<String, Object> document) {
        return DealType.of(document) == DealType.CO_SELL && Paths.list(document, DealCompletion.SOLUTIONS).stream()
                .map(solution -> Paths.text(solution, "id")).anyMatch(id -> solutions.contains("*")
                        || id != null && solutions.contains(id.toLowerCase(java.util.Locale.ROOT)));
    }

    /** Adds the attributes that are missing and configured. */
    void complete(List<Object> attributes) {
        for (String type : TYPES) {
            if (!has(attributes, type) && !values.getOrDefault(type, "").isBlank()) {
                attributes.add(attribute(type, values.get(type)));
            }
        }
    }

    /** One for each attribute that a deal needs and does not have. */
    List<Reason> faults(Map<String, Object> document) {
        List<Reason> faults = new ArrayList<>();
        if (needed(document)) {
            TYPES.stream().filter(type -> !has(Paths.list(document, DealCompletion.ATTRIBUTES), type))
                    .forEach(type -> faults.add(new Reason(DealCause.ATTRIBUTE, type,
                            "A services solution is attached and Microsoft's help is asked for, but " + type
                                    + " is not known: map a field to it or enter "
                                    + "partner-center.services."
                                    + type.replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(java.util.Locale.ROOT)
                                    + " in the settings")));
        }
        return faults;
    }

    static boolean has(List<?> attributes, String type) {
        return attributes.stream()
                .anyMatch(attribute -> type.equals(Paths.text(attribute, "type")) && !Paths.blank(attribute, "id"));
    }

    static Map<String, Object> attribute(String type, Object id) {
        Map<String, Object> attribute = new LinkedHashMap<>();
        attribute.put("type", type);
        attribute.put("id", id);
        return attribute;
    }
}
