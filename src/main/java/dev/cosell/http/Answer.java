package dev.cosell.http;

import java.util.List;
import java.util.Map;

/**
 * What a system answered.
 *
 * @param headers first value of each header, by lower-case name
 * @param json    the body as a JSON tree; null when it was empty or no JSON
 * @param text    the body as it came, for messages; empty when there was none
 */
public record Answer(int status, Map<String, String> headers, Object json, String text) {

    public boolean ok() {
        return status >= 200 && status < 300;
    }

    /** The body as an object; empty when it is none. */
    @SuppressWarnings("unchecked")
    public Map<String, Object> object() {
        return json instanceof Map<?, ?> ? (Map<String, Object>) json : Map.of();
    }

    /** The objects of a list at this name in the body; empty when there is none. */
    @SuppressWarnings("unchecked")
    public List<Map<String, Object>> list(String name) {
        return object().get(name) instanceof List<?> list ? (List<Map<String, Object>>) list : List.of();
    }

    /** Null when the header is absent. */
    public String header(String name) {
        return headers.get(name.toLowerCase(java.util.Locale.ROOT));
    }
}
