package dev.cosell.sandbox.dataverse;

import dev.cosell.sandbox.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

/** A plain HTTP client of the sandbox. */
public final class DataverseClient {
    /** @param json empty when the body is no JSON object */
    public record Reply(int status, Map<String, Object> json, String text, java.net.http.HttpHeaders headers) {
        public String header(String name) {
            return headers.firstValue(name).orElse(null);
        }

        @SuppressWarnings("unchecked")
        public List<Map<String, Object>> value() {
            return (List<Map<String, Object>>) json.get("value");
        }

        @SuppressWarnings("unchecked")
        public String errorCode() {
            return (String) ((Map<String, Object>) json.get("error")).get("code");
        }
    }

    private final HttpClient http = HttpClient.newHttpClient();
    private final String host;
    private final String token;

    public DataverseClient(int port, String token) {
        this.host = "http://localhost:" + port;
        this.token = token;
    }

    public Reply get(String path, String... headers) {
        return call("GET", path, null, headers);
    }

    public Reply post(String path, Object body, String... headers) {
        return call("POST", path, body, headers);
    }

    public Reply patch(String path, Object body, String... headers) {
        return call("PATCH", path, body, headers);
    }

    public Reply delete(String path, String... headers) {
        return call("DELETE", path, null, headers);
    }

    /**
     * @param path from the root for controls, absolute for links, otherwise relative to the Web API; blanks and quotes
     * allowed
     */
    public Reply call(String method, String path, Object body, String... headers) {
        String encoded = path.replace(" ", "%20").replace("'", "%27");
        String uri = encoded.startsWith("http") ? encoded
                : host + (encoded.startsWith("/") ? "" : "/api/data/v9.2/") + encoded;
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(uri)).header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json").header("OData-Version", "4.0")
                .header("OData-MaxVersion", "4.0")
                .method(method, body == null ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers
                                .ofByteArray(body instanceof byte[] bytes ? bytes : Json.bytes(body)));
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        try {
            HttpResponse<String> reply = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            boolean json = reply.body().startsWith("{");
            return new Reply(reply.statusCode(),
                    json ? Json.object(reply.body().getBytes(java.nio.charset.StandardCharsets.UTF_8))
                            : Map.of(),
                    reply.body(), reply.headers());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
