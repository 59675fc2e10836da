package dev.cosell.salesforce;

import dev.cosell.mapping.DateForm;
import dev.cosell.verbs.Writes.Update;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The condition under which an opportunity is still as it was read. SystemModstamp tells seconds only. So that an edit
 * in the same second is not overwritten, it also names the values that people change most and those that are about to
 * be written, as far as they were read and as far as SOQL compares such a field: never a long text.
 */
final class WriteGuard {
    private static final List<String> CHANGED_MOST = List.of("StageName", "CurrencyIsoCode", "CloseDate", "Amount");
    /** Further fields of every organisation that hold a short text. */
    private static final Set<String> SHORT = Set.of("Name", "NextStep");

    private final OpportunityQuery query;

    WriteGuard(OpportunityQuery query) {
        this.query = query;
    }

    String soql(Update update) {
        StringBuilder soql = new StringBuilder("SELECT Id FROM Opportunity WHERE Id = ")
                .append(SoqlText.string(update.id()))
                .append(" AND SystemModstamp = ")
                .append(SoqlText.dateTime(DateForm.moment(RecordVersion.stamp(update.version()))));
        Map<String, Object> current = update.current() == null ? Map.of() : update.current();
        Set<String> names = new LinkedHashSet<>(CHANGED_MOST);
        names.add(query.fields().syncField());
        update.patch().keySet().stream().filter(name -> isComparable(current, name)).forEach(names::add);
        for (String name : names) {
            if (current.containsKey(name) && !query.currency().isVirtual(name)
                    && !CompositeText.hasTwoForms(current.get(name))) {
                soql.append(" AND ").append(name).append(" = ").append(literal(name, current.get(name)));
            }
        }
        return soql.toString();
    }

    /** Whether each of the fields stands in the condition, so that none is overwritten unseen. */
    static boolean covers(Map<String, Object> current, Collection<String> fields) {
        return fields.stream().allMatch(name -> current.containsKey(name) && isComparable(current, name));
    }

    /** A number or a checkbox can always be compared; of a text or an empty field only its name tells. */
    private static boolean isComparable(Map<String, Object> current, String name) {
        Object value = current.get(name);
        return !CompositeText.hasTwoForms(value) && (CHANGED_MOST.contains(name) || SHORT.contains(name)
                || value instanceof Number || value instanceof Boolean);
    }

    private static String literal(String name, Object value) {
        if (value instanceof Number number) {
            return SoqlText.number(number);
        }
        return value instanceof String text && !name.equals("CloseDate") ? SoqlText.string(text)
                : String.valueOf(value);
    }
}
