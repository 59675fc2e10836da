package dev.cosell.check;

import dev.cosell.mapping.Demand.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compares the fields that are needed with those that are there; decided without any call. */
public final class FieldComparison {
    private final String where;
    private final String table;
    private final Remedies remedies;
    private final Map<String, Present> present = new LinkedHashMap<>();

    /** @param table name of the CRM's object, for people */
    public FieldComparison(String where, String table, Collection<Present> present, Remedies remedies) {
        this.where = where;
        this.table = table;
        this.remedies = remedies;
        present.forEach(field -> this.present.put(field.name(), field));
    }

    /** A fault for each thing that does not fit, or one line that says that all is well. */
    public List<Finding> of(List<Need> needs) {
        List<Finding> findings = new ArrayList<>();
        needs.forEach(need -> compare(need, findings));
        if (findings.isEmpty()) {
            findings.add(Finding.ok(where, table, (needs.size() == 1 ? "its field is there" : "its " + needs.size()
                    + " fields are there")
                    + (needs.stream().anyMatch(Need::written) ? ", fit and may be written" : " and fit")));
        }
        return findings;
    }

    private void compare(Need need, List<Finding> findings) {
        Present field = present.get(need.field());
        if (field == null) {
            findings.add(missing(need));
            return;
        }
        if (need.kind() != Kind.ANY && !field.holds().contains(need.kind())) {
            findings.add(fault(need,
                    "is of the type " + field.type() + ", but " + need.by() + " needs " + words(need.kind()),
                    remedies.wrongType(table, need)));
        } else if (need.written() && field.length() > 0 && field.length() < need.length()) {
            findings.add(fault(need,
                    "holds " + field.length() + " characters, but " + need.by() + " writes up to " + need.length(),
                    remedies.tooShort(table, need)));
        }
        if (need.create() && !field.create() || need.update() && !field.update()) {
            String when = need.create() && !field.create() ? need.update() && !field.update() ? "" : " into new records"
                    : " after the create";
            findings.add(fault(need, "cannot be written" + when + " by our user, but " + need.by() + " writes it",
                    remedies.notWriteable(table, need)));
        }
    }

    private Finding missing(Need need) {
        for (String other : present.keySet()) {
            if (other.equalsIgnoreCase(need.field())) {
                return fault(need, "is spelled " + other + " in " + remedies.crm() + "; capitals count",
                        "Write " + other + " in " + need.by());
            }
        }
        return fault(need, "does not exist or is hidden from our user; " + need.by() + " names it",
                remedies.missingField(table, need));
    }

    private Finding fault(Need need, String said, String remedy) {
        return Finding.fault(where, table + "." + need.field(), said, remedy);
    }

    /** What a kind of content is called. */
    public static String words(Kind kind) {
        return switch (kind) {
            case TEXT -> "a text";
            case NUMBER -> "a number";
            case DATE -> "a date";
            case FLAG -> "a yes or no";
            case CODE -> "a currency";
            case ANY -> "anything";
        };
    }
}
