package dev.cosell.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cosell.settings.Key;
import dev.cosell.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;

/** The running application, asked over its API (docs/api.md). */
final class Running {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** What a process listens on that is reached by any of its addresses. */
    private static final Set<String> ANY_ADDRESS = Set.of("0.0.0.0", "::", "[::]");

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5)).build();
    private final String base;
    private final Settings settings;

    /** @param url address of the page; null for the one that the settings name, on this machine */
    Running(Settings settings, String url) {
        this.settings = settings;
        this.base = url != null ? url.replaceFirst("/$", "") : address(settings);
    }

    /** Where the application that runs with these settings answers those who are on its machine. */
    static String address(Settings settings) {
        String host = settings.text(Key.MANAGEMENT_HOST);
        if (ANY_ADDRESS.contains(host)) {
            host = "127.0.0.1";
        } else if (host.contains(":") && !host.startsWith("[")) {
            host = "[" + host + "]";
        }
        return "http://" + host + ":" + settings.number(Key.MANAGEMENT_PORT);
    }

    /** A question without an answer, in one sentence. */
    static class Unanswered extends Exception {
        Unanswered(String sentence) {
            super(sentence);
        }
    }

    /** One that may be answered when it is asked again in a while. */
    static final class Away extends Unanswered {
        private Away(String sentence) {
            super(sentence);
        }
    }

    JsonNode get(String path) throws Unanswered, InterruptedException {
        return send(request(path).GET());
    }

    JsonNode post(String path, String body) throws Unanswered, InterruptedException {
        return send(request(path).POST(HttpRequest.BodyPublishers.ofString(body))
                .header("Content-Type", "application/json").header("X-Requested-With", "cosell"));
    }

    /** An id as a part of a path. */
    static String part(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** @throws Unanswered when nobody can be asked at such an address */
    static HttpRequest.Builder request(String base, String path) throws Unanswered {
        try {
            return HttpRequest.newBuilder(URI.create(base + path));
        } catch (IllegalArgumentException noAddress) {
            throw new Unanswered(base + " is no address; write it as http://host:9080");
        }
    }

    private HttpRequest.Builder request(String path) throws Unanswered {
        HttpRequest.Builder request = request(base, path).timeout(PATIENCE);
        if (!settings.text(Key.CLI_USER).isEmpty()) {
            String credentials = settings.text(Key.CLI_USER) + ":" + settings.text(Key.CLI_PASSWORD);
            request.header("Authorization", "Basic " + Base64.getEncoder()
                    .encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
        }
        return request;
    }

    private JsonNode send(HttpRequest.Builder request) throws Unanswered, InterruptedException {
        try {
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == 401) {
                throw new Unanswered("Cosell Sync wants a name and a password: set cli.user and cli.password "
                        + "(CLI_PASSWORD_FILE names a file)");
            }
            JsonNode content = JSON.readTree(answer.body());
            if (answer.statusCode() == 200) {
                return content;
            }
            String sentence = content.path("error").asText("Cosell Sync answered " + answer.statusCode());
            throw answer.statusCode() == 503 ? new Away(sentence) : new Unanswered(sentence);
        } catch (IOException notRunning) {
            throw new Away("Cosell Sync does not answer at " + base + ". Is it running?");
        }
    }
}
