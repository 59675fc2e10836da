package dev.cosell.dynamics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cosell.http.Request;
import dev.cosell.http.Text;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** A {@link Batch} as the text that the Web API takes: multipart/mixed, whose line ends have to be CRLF. */
final class BatchText {
    private static final String LINE = "\r\n";

    private final String basePath;
    private final ObjectMapper json;
    private final StringBuilder text = new StringBuilder();

    /** @param basePath path in front of relative request URIs, such as {@code /api/data/v9.2} */
    private BatchText(String basePath, ObjectMapper json) {
        this.basePath = basePath;
        this.json = json;
    }

    static Text of(Batch batch, String basePath, ObjectMapper json) {
        String boundary = "batch_" + UUID.randomUUID();
        BatchText text = new BatchText(basePath, json);
        if (batch.isWriting()) {
            text.changeSet(batch, boundary);
        }
        batch.reads().forEach(read -> {
            text.line("--" + boundary);
            text.part(read, 0);
        });
        text.line("--" + boundary + "--");
        return new Text("multipart/mixed; boundary=\"" + boundary + "\"", text.text.toString());
    }

    private void changeSet(Batch batch, String boundary) {
        String own = "changeset_" + UUID.randomUUID();
        line("--" + boundary);
        line("Content-Type: multipart/mixed; boundary=\"" + own + "\"");
        line("");
        int number = 0;
        for (Request write : batch.writes()) {
            line("--" + own);
            part(write, ++number);
        }
        line("--" + own + "--");
    }

    /** @param number of a write in its change set; 0 for a read */
    private void part(Request request, int number) {
        line("Content-Type: application/http");
        line("Content-Transfer-Encoding: binary");
        if (number > 0) {
            line("Content-ID: " + number);
        }
        line("");
        line(request.method() + " " + basePath + URI.create(request.uri()) + " HTTP/1.1");
        line("Accept: application/json");
        headers(request).forEach((name, value) -> line(name + ": " + oneLine(value)));
        line("");
        line(request.body() == null ? "" : written(request.body()));
    }

    private static Map<String, String> headers(Request request) {
        Map<String, String> headers = new TreeMap<>(request.headers());
        if (request.body() != null) {
            headers.put("Content-Type", "application/json");
        }
        return headers;
    }

    /** A header that would begin another one is a defect of ours or of whoever gave us its value. */
    private static String oneLine(String value) {
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a header of a batch holds a control character");
        }
        return value;
    }

    /** JSON escapes line ends inside of texts, so a body is one line and holds no boundary. */
    private String written(Object body) {
        try {
            return json.writeValueAsString(body);
        } catch (JsonProcessingException fault) {
            throw new IllegalArgumentException("a body of a batch is no JSON", fault);
        }
    }

    private void line(String line) {
        text.append(line).append(LINE);
    }
}
