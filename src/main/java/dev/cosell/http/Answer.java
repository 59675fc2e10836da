package dev.cosell.http;

import dev.cosell.text.Storable;
import java.util.List;
import java.util.Map;

/**
 * What a system answered.
 *
 * @param headers first value of each header, by lower-case name
 * @param json    the body as a JSON tree; null when it was empty or no JSON
 * @param text    the body as it came; empty when there was none, and when a success brought JSON
 */
public record Answer(int status, Map<String, String> headers, Object json, String text) {
    private static final int LONGEST_REASON = 300;

    public boolean ok() {
        return status >= 200 && status < 300;
    }

    /** Whether the body holds several answers, each with a status of its own. */
    public boolean inParts() {
        String type = header("Content-Type");
        return type != null && type.strip().toLowerCase(java.util.Locale.ROOT).startsWith("multipart/");
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

    /**
     * The system's own words about a refusal, from any of the shapes its errors have; never a page of HTML, never
     * empty.
     */
    public String reason() {
        Object error = object().get("error");
        Object said = error instanceof Map<?, ?> fields && fields.get("message") != null ? fields.get("message")
                : object().get("message");
        String words = said != null ? said.toString() : text.strip();
        if (words.isEmpty()) {
            return "no reason given";
        }
        if (said == null && words.startsWith("<")) {
            return "a page of HTML, as from a gateway in between";
        }
        return Storable.shortened(words, LONGEST_REASON + 1);
    }

    /** Null when the header is absent. */
    public String header(String name) {
        return headers.get(name.toLowerCase(java.util.Locale.ROOT));
    }
}
