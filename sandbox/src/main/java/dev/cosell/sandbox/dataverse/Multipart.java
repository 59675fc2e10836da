package dev.cosell.sandbox.dataverse;

import dev.cosell.sandbox.Answer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The text form of a batch: parts between boundary lines, each with headers, a blank line and its content. Line ends
 * are CRLF.
 */
final class Multipart {
    private static final String LINE = "\r\n";
    /** Headers that the answer of a batch has once, not each part again. */
    private static final Set<String> OF_THE_WHOLE = Set.of("REQ_ID", "Set-Cookie");

    /** @param headers by lower-case name */
    record Part(Map<String, String> headers, String content) {
        String type() {
            return headers.getOrDefault("content-type", "");
        }
    }

    /**
     * A request inside a part.
     *
     * @param contentId null when the part has none
     */
    record Request(String method, String target, Map<String, String> headers, String body, String contentId) {}

    private Multipart() {}

    /** The boundary of a {@code multipart/mixed} content type; null when it is another type. */
    static String boundary(String contentType) {
        if (contentType == null || !contentType.toLowerCase(Locale.ROOT).startsWith("multipart/mixed")) {
            return null;
        }
        for (String parameter : contentType.split(";")) {
            String text = parameter.strip();
            if (text.startsWith("boundary=")) {
                return text.substring("boundary=".length()).replace("\"", "");
            }
        }
        return null;
    }

    static List<Part> parts(String text, String boundary) {
        String[] pieces = (LINE + text).split(java.util.regex.Pattern.quote(LINE + "--" + boundary), -1);
        if (pieces.length < 3 || !pieces[pieces.length - 1].startsWith("--")) {
            throw malformed("The batch does not end with its boundary, or its line ends are not CRLF.");
        }
        List<Part> parts = new ArrayList<>();
        for (int i = 1; i < pieces.length - 1; i++) {
            String piece = pieces[i].stripLeading();
            int blank = piece.indexOf(LINE + LINE);
            if (blank < 0) {
                throw malformed("A part of the batch has no blank line after its headers.");
            }
            parts.add(new Part(headers(piece.substring(0, blank)), piece.substring(blank + 4)));
        }
        return parts;
    }

    static Request request(Part part) {
        String content = part.content() + LINE;
        int blank = content.indexOf(LINE + LINE);
        if (!part.type().startsWith("application/http") || blank < 0) {
            throw malformed("A part of the batch is no application/http request with a blank line after its headers.");
        }
        String head = content.substring(0, blank);
        int end = head.indexOf(LINE);
        String[] line = (end < 0 ? head : head.substring(0, end)).strip().split(" ");
        if (line.length < 3 || !line[line.length - 1].startsWith("HTTP/")) {
            throw malformed("The request line '" + String.join(" ", line) + "' is not valid.");
        }
        String target = String.join("%20", java.util.Arrays.copyOfRange(line, 1, line.length - 1));
        return new Request(line[0], target, end < 0 ? Map.of() : headers(head.substring(end + 2)),
                content.substring(blank + 4).strip(), part.headers().get("content-id"));
    }

    private static Map<String, String> headers(String text) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line : text.split(LINE)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        return headers;
    }

    /** An answer as the content of a part. */
    static void write(StringBuilder text, String boundary, Answer answer, String contentId) {
        text.append("--").append(boundary).append(LINE).append("Content-Type: application/http").append(LINE)
                .append("Content-Transfer-Encoding: binary").append(LINE);
        if (contentId != null) {
            text.append("Content-ID: ").append(contentId).append(LINE);
        }
        text.append(LINE).append("HTTP/1.1 ").append(answer.status()).append(' ').append(reason(answer.status()))
                .append(LINE);
        answer.headers().forEach((name, value) -> {
            if (!name.startsWith("x-ms-") && !OF_THE_WHOLE.contains(name)) {
                text.append(name).append(": ").append(value).append(LINE);
            }
        });
        if (answer.headers().containsKey("OData-EntityId")) {
            text.append("Location: ").append(answer.headers().get("OData-EntityId")).append(LINE);
        }
        text.append(LINE).append(answer.body() == null ? "" : new String(answer.body(), StandardCharsets.UTF_8))
                .append(LINE);
    }

    private static String reason(int status) {
        return io.netty.handler.codec.http.HttpResponseStatus.valueOf(status).reasonPhrase();
    }

    static Refusal malformed(String message) {
        return new Refusal(400, "0x80048d19", message);
    }
}
