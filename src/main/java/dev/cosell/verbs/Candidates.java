package dev.cosell.verbs;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Several rows of a CRM that may be the one that is looked for. None is taken: a person has to sort them out. */
public record Candidates(String system, String product, String what, List<Map<String, Object>> rows) {
    private static final int SHOWN = 10;

    /**
     * @param whose   the one that is looked for, for people
     * @param by      the fields that were compared
     * @param name    field of the rows with their name
     * @param place   field that tells rows of one name apart, such as the city
     * @param id      field with the row's id
     */
    public Fault.Data fault(String whose, Iterable<String> by, String name, String place, String id) {
        String shown = rows.stream().limit(SHOWN)
                .map(row -> row.get(name) + ", " + (row.get(place) == null ? "no " + place : row.get(place))
                        + " (" + row.get(id) + ")")
                .collect(Collectors.joining("; "));
        return new Fault.Data(system, List.of(new Reason(Trouble.SEVERAL_CUSTOMERS, what,
                product + " has " + rows.size() + " " + what + "s for " + whose + " by "
                        + String.join(" and ", by) + ": "
                        + shown + (rows.size() > SHOWN ? "; and more" : "")
                        + ". None was used. Merge or deactivate the extra ones, or make the setting "
                        + system + "." + what + "-match stricter; then use the operation retryParked (JMX)")));
    }
}
