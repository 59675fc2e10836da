package dev.cosell.sandbox.partnercenter;

import dev.cosell.sandbox.Json;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/** Sends signed notifications, up to ten times each, with a pause that doubles. */
final class Deliveries {
    private static final int ATTEMPTS = 10;
    private static final int LOGGED = 1000;
    private static final long LONGEST_PAUSE = 30_000;
    private static final long TIMEOUT = 10_000;

    private final Vertx vertx;
    private final HttpClient client;
    private final Certificates certificates;
    private final Switches switches;
    private final Clock clock;
    private final Supplier<String> certificateUrl;
    private final Deque<Map<String, Object>> log = new ArrayDeque<>();
    private int epoch;
    private int sent;

    Deliveries(Vertx vertx, Certificates certificates, Switches switches, Clock clock,
            Supplier<String> certificateUrl) {
        this.vertx = vertx;
        this.client = vertx.createHttpClient(new HttpClientOptions().setKeepAlive(true).setConnectTimeout(5_000),
                new PoolOptions().setHttp1MaxSize(64));
        this.certificates = certificates;
        this.switches = switches;
        this.clock = clock;
        this.certificateUrl = certificateUrl;
    }

    /**
     * Announces a change of a resource to an address, as often as the switch {@code duplicates} wants.
     *
     * @param msSignature whether the signature travels in {@code x-ms-signature} instead of {@code Authorization}
     * @param changed when the resource changed; the switch {@code changeTimeOfSending} tells the present time instead
     * @return the log entry of the first copy, which is completed as the delivery goes on
     */
    Map<String, Object> send(String url, boolean msSignature, String event, String resource, String resourceUri,
            Instant changed) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("EventName", event);
        body.put("ResourceUri", resourceUri);
        body.put("ResourceName", resource);
        body.put("AuditUri", null);
        Instant told = switches.on("changeTimeOfSending") ? clock.instant() : changed;
        body.put("ResourceChangeUtcDate", ReferralStore.text(told).replace("Z", "+00:00"));
        String text = new String(Json.bytes(body), StandardCharsets.UTF_8);
        Map<String, Object> first = deliver(url, msSignature, event, text);
        for (int copy = 0; copy < switches.number("duplicates"); copy++) {
            deliver(url, msSignature, event, text);
        }
        return first;
    }

    private Map<String, Object> deliver(String url, boolean msSignature, String event, String body) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("id", UUID.randomUUID().toString());
        entry.put("event", event);
        entry.put("url", url);
        entry.put("msSignature", msSignature);
        entry.put("at", clock.instant().toString());
        entry.put("attempts", 0);
        entry.put("status", null);
        entry.put("error", null);
        entry.put("state", "pending");
        entry.put("body", body);
        log.addLast(entry);
        if (log.size() > LOGGED) {
            log.removeFirst();
        }
        int begun = epoch;
        long wait = ++sent % 2 == 1 ? switches.number("overtakenMillis") : 0;
        if (wait == 0) {
            attempt(entry, begun);
        } else {
            vertx.setTimer(wait, ignored -> attempt(entry, begun));
        }
        return entry;
    }

    /** The headers of a signed delivery of this body. */
    Map<String, String> signed(byte[] body, boolean msSignature) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put(msSignature ? "x-ms-signature" : "Authorization",
                "Signature " + certificates.sign(switches.on("wrongSignature") ? new byte[0] : body));
        headers.put("X-MS-Certificate-Url", certificateUrl.get());
        headers.put("X-MS-Signature-Algorithm", "rsa-sha256");
        return headers;
    }

    private void attempt(Map<String, Object> entry, int begun) {
        if (begun != epoch) {
            return;
        }
        byte[] body = ((String) entry.get("body")).getBytes(StandardCharsets.UTF_8);
        int number = (Integer) entry.get("attempts") + 1;
        entry.put("attempts", number);
        RequestOptions options = new RequestOptions().setMethod(HttpMethod.POST)
                .setAbsoluteURI((String) entry.get("url")).setTimeout(TIMEOUT);
        signed(body, (Boolean) entry.get("msSignature")).forEach(options::putHeader);
        client.request(options).compose(request -> request.send(Buffer.buffer(body)))
                .onSuccess(response -> answered(entry, response, number, begun))
                .onFailure(failure -> failed(entry, failure.toString(), number, begun));
    }

    private void answered(Map<String, Object> entry, HttpClientResponse response, int number, int begun) {
        entry.put("status", response.statusCode());
        if (response.statusCode() >= 200 && response.statusCode() < 300) {
            entry.put("error", null);
            entry.put("state", "delivered");
        } else {
            failed(entry, "status " + response.statusCode(), number, begun);
        }
    }

    private void failed(Map<String, Object> entry, String why, int number, int begun) {
        entry.put("error", why);
        if (number >= ATTEMPTS) {
            entry.put("state", "given up");
            return;
        }
        long pause = Math.min(LONGEST_PAUSE, (long) switches.number("firstPauseMillis") << (number - 1));
        vertx.setTimer(Math.max(1, pause), ignored -> attempt(entry, begun));
    }

    List<Object> log() {
        return new ArrayList<>(log);
    }

    /** Drops what is still to be sent, and the log. */
    void forget() {
        epoch++;
        sent = 0;
        log.clear();
    }

    /** Must be called on the event loop: what was pending is sent again. */
    @SuppressWarnings("unchecked")
    void restore(List<?> entries) {
        forget();
        for (Object entry : entries) {
            Map<String, Object> mine = Json.copy((Map<String, Object>) entry);
            log.addLast(mine);
            if ("pending".equals(mine.get("state"))) {
                attempt(mine, epoch);
            }
        }
    }

    void close() {
        client.close();
    }
}
