package dev.cosell.sandbox.dataverse;

import dev.cosell.sandbox.Json;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Posts what happened to webhooks, with the one repetition that Dataverse makes; only to addresses of this machine. */
final class WebhookDeliveries {
    private static final int LOGGED = 1000;
    private static final int LARGEST_BODY = 256 * 1024;
    private static final long TIMEOUT = 60_000;
    private static final Set<Integer> REPEATED = Set.of(502, 503, 504);
    private static final List<String> LEFT_OUT_WHEN_LARGE = List.of("ParentContext", "InputParameters",
            "PreEntityImages", "PostEntityImages");

    private final Vertx vertx;
    private final HttpClient client;
    private final Settings settings;
    private final String organization;
    private final Clock clock;
    private final Deque<Map<String, Object>> log = new ArrayDeque<>();

    /** @param organization host of the environment, as receivers are told it */
    WebhookDeliveries(Vertx vertx, Settings settings, String organization, Clock clock) {
        this.vertx = vertx;
        this.client = vertx.createHttpClient();
        this.settings = settings;
        this.organization = organization;
        this.clock = clock;
    }

    void send(Row endpoint, Row step, Occurrence occurrence, Map<String, Object> context) {
        byte[] whole = Json.bytes(context);
        Map<String, Object> body = context;
        Map<String, Object> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("x-ms-dynamics-organization", organization);
        headers.put("x-ms-dynamics-entity-name", occurrence.table().name());
        headers.put("x-ms-dynamics-request-name", occurrence.message());
        headers.put("x-ms-correlation-request-id", context.get("CorrelationId"));
        if (whole.length > LARGEST_BODY) {
            headers.put("x-ms-dynamics-msg-size-exceeded", "true");
            body = new LinkedHashMap<>(context);
            LEFT_OUT_WHEN_LARGE.forEach(body::remove);
        }
        WebhookSecret secret = WebhookSecret.of(endpoint);
        headers.putAll(secret.headers());
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("id", UUID.randomUUID().toString());
        entry.put("step", step.get("name"));
        entry.put("url", secret.addressed(String.valueOf(endpoint.get("url"))));
        entry.put("at", clock.instant().toString());
        entry.put("attempts", 0);
        entry.put("status", null);
        entry.put("error", null);
        entry.put("state", "pending");
        entry.put("headers", headers);
        entry.put("body", body);
        log.addLast(entry);
        if (log.size() > LOGGED) {
            log.removeFirst();
        }
        if (ofThisMachine((String) entry.get("url"))) {
            attempt(entry);
        } else {
            end(entry, "failed", "the sandbox delivers to loopback addresses only");
        }
    }

    private static boolean ofThisMachine(String url) {
        try {
            URI address = URI.create(url);
            return "http".equals(address.getScheme()) && address.getHost() != null
                    && address.getHost().matches("localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1]");
        } catch (IllegalArgumentException noAddress) {
            return false;
        }
    }

    private void attempt(Map<String, Object> entry) {
        entry.put("attempts", (Integer) entry.get("attempts") + 1);
        RequestOptions options = new RequestOptions().setMethod(HttpMethod.POST)
                .setAbsoluteURI((String) entry.get("url")).setTimeout(TIMEOUT);
        ((Map<?, ?>) entry.get("headers"))
                .forEach((name, value) -> options.putHeader(name.toString(), value.toString()));
        client.request(options).compose(request -> request.send(Buffer.buffer(Json.bytes(entry.get("body")))))
                .onSuccess(response -> answered(entry, response.statusCode()))
                .onFailure(failure -> end(entry, "failed", failure.toString()));
    }

    private void answered(Map<String, Object> entry, int status) {
        entry.put("status", status);
        if (status >= 200 && status < 300) {
            end(entry, "delivered", null);
        } else if (REPEATED.contains(status) && (Integer) entry.get("attempts") == 1) {
            vertx.setTimer(settings.webhookRetryMillis(), ignored -> attempt(entry));
        } else {
            end(entry, "failed", "status " + status);
        }
    }

    private static void end(Map<String, Object> entry, String state, String error) {
        entry.put("state", state);
        entry.put("error", error);
    }

    /** Oldest first. */
    List<Object> log() {
        return new ArrayList<>(log);
    }

    void forget() {
        log.clear();
    }

    void close() {
        client.close();
    }
}
