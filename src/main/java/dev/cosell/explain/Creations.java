package dev.cosell.explain;

import dev.cosell.verbs.Writes;
import java.util.LinkedHashMap;
import java.util.Map;

/** The fields of a record that would be created, as one list. */
final class Creations {
    private Creations() {}

    /** @param request of a create; null for none */
    static Map<String, Object> of(Object request) {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (request instanceof Writes.NewOpportunity created) {
            fields.putAll(created.fields());
            created.account().forEach((field, value) -> fields.put("account." + field, value));
            created.contact().forEach((field, value) -> fields.put("contact." + field, value));
            if (!created.solutions().isEmpty()) {
                fields.put("solutions", created.solutions());
            }
        } else if (request instanceof Writes.NewLead created) {
            fields.putAll(created.fields());
        } else if (request instanceof Writes.NewReferral created) {
            fields.putAll(created.document());
        } else if (request instanceof Map<?, ?> document) {
            document.forEach((field, value) -> fields.put(field.toString(), value));
        }
        return fields;
    }
}
