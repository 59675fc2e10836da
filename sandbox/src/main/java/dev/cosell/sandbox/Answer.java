package dev.cosell.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a sandbox server answers. A null body is an empty body. */
public record Answer(int status, Map<String, String> headers, byte[] body) {

    public static Answer json(int status, Object tree) {
        return new Answer(status, Map.of("Content-Type", "application/json;charset=UTF-8"), Json.bytes(tree));
    }

    public static Answer text(int status, String contentType, String text) {
        return new Answer(status, Map.of("Content-Type", contentType), text.getBytes(StandardCharsets.UTF_8));
    }

    public static Answer empty(int status) {
        return new Answer(status, Map.of(), null);
    }

    /** The same answer with one more header, or another value for it. */
    public Answer with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Answer(status, more, body);
    }
}
