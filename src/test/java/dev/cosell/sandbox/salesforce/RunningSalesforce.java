package dev.cosell.sandbox.salesforce;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The sandbox on a free port, with a clock that tests move, and a plain HTTP client for it. */
public final class RunningSalesforce implements AutoCloseable {
    public static final String DATA = "/services/data/v56.0/";

    /** Stands still until it is moved. */
    public static final class HandClock extends Clock {
        private volatile Instant now = Instant.parse("2026-04-07T21:59:01.250Z");

        public void advance(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    public record Reply(int status, JsonNode body, HttpResponse<String> raw) {}

    public final HandClock clock = new HandClock();
    public final String url;
    private final ObjectMapper json = JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Vertx vertx = Vertx.vertx();
    public final SalesforceSandbox sandbox = new SalesforceSandbox(vertx, clock);
    private String token;

    public RunningSalesforce() {
        url = "http://localhost:" + sandbox.listen("localhost", 0);
    }

    public Reply send(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .method(method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            JsonNode tree = response.body().isEmpty() || response.body().startsWith("<") ? null
                    : json.readTree(response.body());
            return new Reply(response.statusCode(), tree, response);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public Reply login(String form) {
        return send("POST", "/services/oauth2/token", form, "Content-Type", "application/x-www-form-urlencoded");
    }

    public String token() {
        if (token == null) {
            token = login("grant_type=client_credentials&client_id=sandbox&client_secret=sandbox").body()
                    .get("access_token").asText();
        }
        return token;
    }

    /** A call of the API with a live session. */
    public Reply api(String method, String path, String body) {
        return send(method, DATA + path, body, "Authorization", "Bearer " + token(), "Content-Type",
                "application/json");
    }

    public Reply query(String soql) {
        return api("GET", "query/?q=" + URLEncoder.encode(soql, StandardCharsets.UTF_8), null);
    }

    /** A control under /sandbox/. */
    public Reply control(String method, String path, String body) {
        return send(method, "/sandbox/" + path, body);
    }

    /** A new opportunity by the seller; returns its id. */
    public String opportunity(String body) {
        return control("POST", "opportunities", body).body().get("Id").asText();
    }

    public int count(String call) {
        JsonNode calls = control("GET", "stats", null).body().get("calls");
        return calls.has(call) ? calls.get(call).asInt() : 0;
    }

    public void fresh() {
        control("POST", "reset", null);
        token = null;
    }

    @Override
    public void close() {
        sandbox.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
