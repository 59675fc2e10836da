package dev.cosell.sandbox.partnercenter;

import dev.cosell.sandbox.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A plain HTTP client of the sandbox: as the API's caller, as the portal's user and as Microsoft's seller. */
public final class PartnerCenterClient {
    private static final String REFERRALS = "/v1.0/engagements/referrals";

    private final HttpClient client = HttpClient.newHttpClient();
    private final String base;
    private String token;

    public PartnerCenterClient(int port) {
        base = "http://localhost:" + port;
    }

    public record Result(int status, HttpResponse<byte[]> response) {
        public Map<String, Object> json() {
            return Json.object(response.body());
        }

        public List<Object> list() {
            return Json.array(response.body());
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse(null);
        }
    }

    public Result send(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : base + path))
                .method(method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            HttpResponse<byte[]> response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Result(response.statusCode(), response);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A control, with curl's usual content type. */
    public Result control(String method, String path, String body) {
        return send(method, "/sandbox/" + path, body, "Content-Type", "application/x-www-form-urlencoded");
    }

    public Map<String, Object> deal(String json) {
        return control("POST", "deals", json).json();
    }

    public void settings(String json) {
        if (control("POST", "settings", json).status() != 200) {
            throw new IllegalArgumentException(json);
        }
    }

    public Result token(String grant, String scope, String secret) {
        return send("POST", "/tenant/oauth2/v2.0/token",
                "client_id=sandbox&client_secret=" + secret + "&" + grant + "&scope=" + scope
                        + "%2F.default%20offline_access",
                "Content-Type", "application/x-www-form-urlencoded");
    }

    public String token(String scope) {
        return (String) token("grant_type=refresh_token&refresh_token=sandbox", scope, "sandbox").json()
                .get("access_token");
    }

    /** A call of the Referrals API; the path is what follows {@code /referrals}. */
    public Result api(String method, String path, String body, String... headers) {
        if (token == null) {
            token = token("https://api.partner.microsoft.com");
        }
        String[] all = java.util.Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "Authorization";
        all[headers.length + 1] = "Bearer " + token;
        return send(method, REFERRALS + path, body, all);
    }

    @SuppressWarnings("unchecked")
    public List<Map<String, Object>> value(Result result) {
        return (List<Map<String, Object>>) result.json().get("value");
    }

    public int calls(String methodAndTemplate) {
        Map<?, ?> calls = (Map<?, ?>) control("GET", "stats", null).json().get("calls");
        return calls.get(methodAndTemplate) instanceof Integer count ? count : 0;
    }

    /** A complete document for a deal. */
    public static Map<String, Object> document(Map<String, Object> wanted) {
        Map<String, Object> document = SampleDeals.typed(7, java.time.Instant.parse("2026-03-01T00:00:00Z"), wanted);
        return new LinkedHashMap<>(document);
    }
}
