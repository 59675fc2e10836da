package dev.cosell.sandbox.salesforce;

import dev.cosell.sandbox.Answer;
import dev.cosell.sandbox.Call;
import dev.cosell.sandbox.Json;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The OAuth endpoints and the sessions they open. The only credential is the word {@code sandbox}. */
final class Sessions {
    private static final String CREDENTIAL = "sandbox";
    private static final Duration IDLE_LIFE = Duration.ofHours(2);

    private final Clock clock;
    private final Org org;
    private final Map<String, Instant> lastUse = new LinkedHashMap<>();

    Sessions(Clock clock, Org org) {
        this.clock = clock;
        this.org = org;
    }

    /** Whether the call carries a live session; using it keeps it alive. */
    boolean accepts(Call call) {
        String header = call.header("Authorization");
        if (header != null && (header.startsWith("Bearer ") || header.startsWith("OAuth "))) {
            return live(header.substring(header.indexOf(' ') + 1).strip());
        }
        return live(call.query("oauth_token"));
    }

    /** Whether a token stands for an open session; using it keeps it alive. */
    boolean live(String token) {
        Instant used = token == null ? null : lastUse.get(token);
        if (used == null || clock.instant().isAfter(used.plus(IDLE_LIFE))) {
            return false;
        }
        lastUse.put(token, clock.instant());
        return true;
    }

    void expireAll() {
        lastUse.clear();
    }

    Answer token(Call call) {
        Map<String, String> form = call.form();
        String grant = form.getOrDefault("grant_type", "");
        boolean secretGiven = form.containsKey("client_secret");
        if (grant.startsWith("urn:ietf:params:oauth:grant-type:jwt-bearer")) {
            return assertion(call, form.getOrDefault("assertion", ""));
        }
        if (!CREDENTIAL.equals(form.get("client_id"))) {
            return error("invalid_client_id", "client identifier invalid");
        }
        if (!CREDENTIAL.equals(form.get("client_secret")) && (secretGiven || !grant.equals("refresh_token"))) {
            return error("invalid_client", "invalid client credentials");
        }
        return switch (grant) {
            case "client_credentials" -> opened(call);
            case "refresh_token" -> CREDENTIAL.equals(form.get("refresh_token")) ? opened(call)
                    : error("invalid_grant", "expired access/refresh token");
        case "password" ->
            CREDENTIAL.equals(form.get("username")) && CREDENTIAL.equals(form.get("password")) ? opened(call)
                    : error("invalid_grant", "authentication failure");
            default -> error("unsupported_grant_type", "grant type not supported");
        };
    }

    /** The signature is not verified: the sandbox has no certificate to verify it with. */
    private Answer assertion(Call call, String assertion) {
        String[] parts = assertion.split("\\.");
        if (parts.length != 3) {
            return error("invalid_grant", "invalid assertion");
        }
        try {
            byte[] payload = Base64.getUrlDecoder().decode(parts[1].replace("=", ""));
            Map<String, Object> claims = Json.object(payload);
            Instant end = Instant.ofEpochSecond(Long.parseLong(String.valueOf(claims.get("exp"))));
            if (!CREDENTIAL.equals(claims.get("iss"))) {
                return error("invalid_client_id", "client identifier invalid");
            }
            if (!CREDENTIAL.equals(claims.get("sub"))) {
                return error("invalid_grant", "user hasn't approved this consumer");
            }
            if (!audiences(call).contains(String.valueOf(claims.get("aud")).replaceAll("/$", ""))) {
                return error("invalid_grant", "audience is invalid");
            }
            return clock.instant().isAfter(end) ? error("invalid_grant", "expired authorization code") : opened(call);
        } catch (IllegalArgumentException | Json.Malformed e) {
            return error("invalid_grant", "invalid assertion");
        }
    }

    /** The login hosts of production and sandbox orgs, and the org's own address. */
    private static List<String> audiences(Call call) {
        return List.of("https://login.salesforce.com", "https://test.salesforce.com", "http://" + call.host());
    }

    private static Answer error(String error, String description) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("error", error);
        json.put("error_description", description);
        return Answer.json(400, json);
    }

    /** Opens a session and returns its token. */
    String open() {
        String token = Org.ID.substring(0, 15) + "!sandbox." + UUID.randomUUID().toString().replace("-", "");
        lastUse.put(token, clock.instant());
        return token;
    }

    /** Ends a session; false when there was none. */
    boolean end(String token) {
        return lastUse.remove(token) != null;
    }

    private Answer opened(Call call) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("access_token", open());
        json.put("signature", Base64.getEncoder().encodeToString(CREDENTIAL.getBytes(StandardCharsets.UTF_8)));
        json.put("scope", "api");
        json.put("instance_url", "http://" + call.host());
        json.put("id", identityUrl(call));
        json.put("token_type", "Bearer");
        json.put("issued_at", String.valueOf(clock.millis()));
        return Answer.json(200, json);
    }

    String identityUrl(Call call) {
        return "http://" + call.host() + "/id/" + Org.ID + "/" + org.integrationUser().id();
    }

    Answer revoke(Call call) {
        String token = call.query("token") != null ? call.query("token") : call.form().get("token");
        return end(token) ? Answer.empty(200) : error("unsupported_token_type", "this token is not known");
    }

    Answer userInfo(Call call) {
        Row user = org.integrationUser();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("sub", identityUrl(call));
        json.put("id", identityUrl(call));
        json.put("user_id", user.id());
        json.put("organization_id", Org.ID);
        json.put("preferred_username", user.get("Username"));
        json.put("username", user.get("Username"));
        json.put("name", user.get("Name"));
        json.put("display_name", user.get("Name"));
        json.put("email", user.get("Email"));
        json.put("active", true);
        json.put("urls", Map.of("rest", "http://" + call.host() + "/services/data/v{version}/"));
        return Answer.json(200, json);
    }

    Map<String, Object> snapshot() {
        Map<String, Object> json = new LinkedHashMap<>();
        lastUse.forEach((token, used) -> json.put(token, used.toEpochMilli()));
        return json;
    }

    void restore(Map<String, Object> snapshot) {
        lastUse.clear();
        snapshot.forEach((token, used) -> lastUse.put(token, Instant.ofEpochMilli(((Number) used).longValue())));
    }
}
