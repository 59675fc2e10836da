package dev.cosell.dynamics;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cosell.http.Answer;
import dev.cosell.http.ReceivedJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the text form of the answers to a batch. What servers differ in is taken either way: line ends, quotes,
 * capitals, blank lines.
 */
final class MultipartAnswer {
    private static final Pattern BOUNDARY = Pattern.compile("(?i);\\s*boundary\\s*=\\s*(?:\"([^\"]+)\"|([^\\s;]+))");
    private static final Pattern STATUS = Pattern.compile("(?i)HTTP/\\d(?:\\.\\d)?\\s+(\\d{3})(?:\\s.*)?");
    private static final String CONTENT_TYPE = "content-type";
    private static final String CONTENT_ID = "content-id";

    private final ReceivedJson received;

    MultipartAnswer(ObjectMapper json) {
        this.received = new ReceivedJson(Refusals.SYSTEM, json);
    }

    /** The text is not the answer to a batch. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;

        Malformed(String message) {
            super(message);
        }
    }

    /**
     * One answer inside.
     *
     * @param contentId null when it has none
     * @param inSet     whether it stands among the answers to a change set
     */
    record Part(Answer answer, String contentId, boolean inSet) {
        /** Only writes have numbers, and only writes are in change sets. */
        boolean isOfAWrite() {
            return inSet || contentId != null;
        }
    }

    /** What stands in the place of one request, or of one change set: its answers, or the one that refused it. */
    List<List<Part>> parts(Answer answer) throws Malformed {
        List<List<Part>> parts = new ArrayList<>();
        for (Piece piece : pieces(answer.header(CONTENT_TYPE), answer.text())) {
            String type = piece.headers().getOrDefault(CONTENT_TYPE, "");
            if (!type.toLowerCase(Locale.ROOT).startsWith("multipart/")) {
                parts.add(List.of(part(piece, false)));
                continue;
            }
            List<Part> inside = new ArrayList<>();
            for (Piece inner : pieces(type, piece.content())) {
                inside.add(part(inner, true));
            }
            parts.add(inside);
        }
        return parts;
    }

    /** @param headers by lower-case name */
    private record Piece(Map<String, String> headers, String content) {}

    private static List<Piece> pieces(String contentType, String text) throws Malformed {
        Matcher found = BOUNDARY.matcher(contentType == null ? "" : contentType);
        if (!found.find()) {
            throw new Malformed("no boundary");
        }
        String delimiter = "--" + (found.group(1) == null ? found.group(2) : found.group(1));
        List<Piece> pieces = new ArrayList<>();
        StringBuilder piece = null;
        for (String line : text.split("\r?\n", -1)) {
            String bare = line.stripTrailing();
            boolean last = bare.equals(delimiter + "--");
            if (!last && !bare.equals(delimiter)) {
                if (piece != null) {
                    piece.append(line).append('\n');
                }
                continue;
            }
            if (piece != null) {
                pieces.add(piece(piece.toString()));
            }
            if (last) {
                return pieces;
            }
            piece = new StringBuilder();
        }
        throw new Malformed("it breaks off");
    }

    private static Piece piece(String text) {
        String begun = text.stripLeading();
        if (STATUS.matcher(begun.lines().findFirst().orElse("")).matches()) {
            return new Piece(Map.of(), begun);
        }
        int blank = begun.indexOf("\n\n");
        return new Piece(headers(blank < 0 ? begun : begun.substring(0, blank)),
                blank < 0 ? "" : begun.substring(blank + 2));
    }

    private Part part(Piece piece, boolean inSet) throws Malformed {
        String content = piece.content().stripLeading();
        int end = content.indexOf('\n');
        Matcher status = STATUS.matcher(end < 0 ? content.strip() : content.substring(0, end).strip());
        if (!status.matches()) {
            throw new Malformed("a part has no status");
        }
        String rest = end < 0 ? "" : content.substring(end + 1);
        int blank = rest.startsWith("\n") ? 0 : rest.indexOf("\n\n");
        Map<String, String> headers = headers(blank < 0 ? rest : rest.substring(0, blank));
        String body = blank < 0 ? "" : rest.substring(blank).strip();
        int code = Integer.parseInt(status.group(1));
        Answer answer = new Answer(code, headers, tree(body), code < 300 ? "" : body);
        return new Part(answer, piece.headers().getOrDefault(CONTENT_ID, headers.get(CONTENT_ID)), inSet);
    }

    private static Map<String, String> headers(String text) {
        Map<String, String> headers = new TreeMap<>();
        text.lines().forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.putIfAbsent(line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        });
        return headers;
    }

    private Object tree(String body) {
        try {
            return body.isEmpty() ? null : received.tree(body);
        } catch (IOException notJson) {
            return null;
        }
    }
}
