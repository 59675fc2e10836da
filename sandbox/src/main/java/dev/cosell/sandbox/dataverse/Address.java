package dev.cosell.sandbox.dataverse;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Which row a URL segment such as {@code accounts(<guid>)} or {@code accounts(accountnumber='A-1')} means.
 *
 * @param id  null when the row is addressed by an alternate key
 * @param key column values of the alternate key; empty when the row is addressed by id
 */
record Address(Table table, UUID id, Map<String, Object> key) {

    /** @param segment entity set and key in parentheses */
    static Address parse(Store store, String segment) {
        int open = segment.indexOf('(');
        if (open < 0 || !segment.endsWith(")")) {
            throw Refusal.noSegment(segment);
        }
        Table table = store.schema().ofSet(segment.substring(0, open));
        if (table == null) {
            throw Refusal.noSegment(segment.substring(0, open));
        }
        String inside = segment.substring(open + 1, segment.length() - 1);
        if (inside.indexOf('=') < 0) {
            return new Address(table, guid(inside), Map.of());
        }
        Map<String, Object> key = new LinkedHashMap<>();
        for (String part : Tokens.split(inside, ',')) {
            int equals = part.indexOf('=');
            key.put(part.substring(0, equals).strip(), new Tokens(part.substring(equals + 1)).operand().text());
        }
        if (key.size() == 1 && key.containsKey(table.id())) {
            return new Address(table, guid(key.get(table.id()).toString()), Map.of());
        }
        return new Address(table, null, typed(table, key));
    }

    private static UUID guid(String text) {
        try {
            return UUID.fromString(text.strip());
        } catch (IllegalArgumentException e) {
            throw Refusal.badUrl("Bad Request - Error in query syntax. Expected a GUID, found '" + text + "'.");
        }
    }

    private static Map<String, Object> typed(Table table, Map<String, Object> key) {
        Map<String, Object> values = new LinkedHashMap<>();
        key.forEach((property, text) -> {
            Column column = table.property(property);
            if (column == null) {
                throw Refusal.noProperty(table, property);
            }
            values.put(column.name(), Values.literal(column, text.toString()));
        });
        List<String> names = List.copyOf(values.keySet());
        boolean declared = table.keys().stream()
                .anyMatch(each -> each.columns().size() == names.size() && names.containsAll(each.columns()));
        if (!declared) {
            throw new Refusal(400, "0x80041140", "The specified key attributes are not a defined key for the "
                    + table.name() + " entity");
        }
        return values;
    }

    /** Null when no row is there. */
    Row find(Store store) {
        return id != null ? store.find(table, id)
                : store.holding(table, List.copyOf(key.keySet()), List.copyOf(key.values()));
    }

    /** The row, or the refusal that says it is not there. */
    Row require(Store store) {
        Row row = find(store);
        if (row == null) {
            throw id == null ? Refusal.noRowWithKey(table) : Refusal.noRow(table, id);
        }
        return row;
    }
}
