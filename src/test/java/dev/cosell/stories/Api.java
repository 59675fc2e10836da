package dev.cosell.stories;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A person with curl: plain HTTP and JSON against one server. */
public final class Api {
    static final ObjectMapper JSON = JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final HttpClient HTTP = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private final String base;

    public Api(int port) {
        this("localhost", port);
    }

    public Api(String host, int port) {
        this.base = "http://" + host + ":" + port;
    }

    public Map<String, Object> get(String path) {
        return object(send("GET", path, null, Map.of()));
    }

    /** For controls that answer with a bare list. */
    public List<Map<String, Object>> list(String path) {
        try {
            return JSON.readValue(send("GET", path, null, Map.of()), new TypeReference<List<Map<String, Object>>>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Map<String, Object> post(String path, Map<String, Object> body) {
        return object(send("POST", path, bytes(body), Map.of()));
    }

    public Map<String, Object> patch(String path, Map<String, Object> body) {
        return object(send("PATCH", path, bytes(body), Map.of()));
    }

    public void delete(String path) {
        send("DELETE", path, null, Map.of());
    }

    public HttpResponse<byte[]> raw(String method, String path, byte[] body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(20))
                .method(method, body == null ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private byte[] send(String method, String path, byte[] body, Map<String, String> headers) {
        HttpResponse<byte[]> response = raw(method, path, body, headers);
        if (response.statusCode() >= 300) {
            throw new AssertionError(method + " " + base + path + " answered " + response.statusCode() + ": "
                    + new String(response.body(), java.nio.charset.StandardCharsets.UTF_8));
        }
        return response.body();
    }

    public static byte[] bytes(Object tree) {
        try {
            return JSON.writeValueAsBytes(tree);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Map<String, Object> object(byte[] body) {
        try {
            return body.length == 0 ? Map.of()
                    : JSON.readValue(body, new TypeReference<LinkedHashMap<String, Object>>() {
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    public static List<Map<String, Object>> list(Object value) {
        return (List<Map<String, Object>>) value;
    }

    @SuppressWarnings("unchecked")
    public static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }
}
