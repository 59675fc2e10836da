package dev.cosell.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.cosell.text.Storable;
import java.util.Map;

/**
 * One question or action.
 *
 * @param path what stands in the place of each named part of the path
 * @param body {@link MissingNode} when there is none
 */
record Asked(Person who, Map<String, String> path, Map<String, String> query, JsonNode body) {

    String id() {
        return storable("The id", path.get("id"));
    }

    /** A text of the body; null when it is not there, null or blank. */
    String text(String field) {
        String text = body.path(field).asText(null);
        return text == null || body.path(field).isNull() || text.isBlank() ? null : storable(field, text.strip());
    }

    /** A text of the query; null when it is not there or blank. */
    String parameter(String name) {
        String text = query.get(name);
        return text == null || text.isBlank() ? null : storable(name, text);
    }

    /** @throws Refused when the text holds what no database can even compare with */
    private static String storable(String name, String text) {
        if (Storable.of(text) != text) {
            throw new Refused(400, name + " holds characters that nothing here can hold (" + Storable.leftOut(text)
                    + "): leave them out");
        }
        return text;
    }

    /** A whole number of the body or, without a body, of the query; null when it is not there. */
    Long number(String field) {
        String text = body.hasNonNull(field) ? body.path(field).asText() : query.get(field);
        if (text == null || text.isBlank()) {
            return null;
        }
        if (!text.matches("\\d{1,18}")) {
            throw new Refused(400, field + " has to be a whole number, such as the last answer gave");
        }
        return Long.valueOf(text);
    }
}
