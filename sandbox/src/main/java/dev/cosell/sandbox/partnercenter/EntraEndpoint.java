package dev.cosell.sandbox.partnercenter;

import dev.cosell.sandbox.Answer;
import dev.cosell.sandbox.Call;
import dev.cosell.sandbox.IssuedTokens;
import dev.cosell.sandbox.Json;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The token endpoint of Microsoft Entra ID. Client id, secret and first refresh token are the word {@code sandbox}. */
final class EntraEndpoint {
    static final String REFERRALS = "https://api.partner.microsoft.com";
    static final String PARTNER_CENTER = "https://api.partnercenter.microsoft.com";
    private static final String GRAPH = "https://graph.microsoft.com";
    private static final String WORD = "sandbox";
    /** The application that is registered here, as a resource of its own. */
    private static final String OURSELVES = "api://" + WORD;
    private static final String DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code";

    private final IssuedTokens tokens;
    private final Switches switches;
    private final Clock clock;
    private final DeviceCodes deviceCodes;
    private final Authorizations authorizations;
    private final IdTokens idTokens;
    private final RefreshTokens refreshTokens = new RefreshTokens();

    EntraEndpoint(IssuedTokens tokens, Switches switches, Clock clock) {
        this.tokens = tokens;
        this.switches = switches;
        this.clock = clock;
        this.deviceCodes = new DeviceCodes(switches, clock);
        this.authorizations = new Authorizations(switches, clock);
        this.idTokens = new IdTokens(switches, clock);
    }

    DeviceCodes deviceCodes() {
        return deviceCodes;
    }

    Authorizations authorizations() {
        return authorizations;
    }

    IdTokens idTokens() {
        return idTokens;
    }

    /** {@code POST /{tenant}/oauth2/v2.0/devicecode}. */
    Answer deviceCode(Call call) {
        Map<String, String> form = call.form();
        if (!WORD.equals(form.get("client_id"))) {
            return refuse(400, "unauthorized_client", 700016,
                    "Application with identifier '" + form.get("client_id") + "' was not found in the directory.");
        }
        return audience(form.get("scope")) == null
                ? refuse(400, "invalid_scope", 70011,
                        "The provided value for the input parameter 'scope' is not valid.")
                : deviceCodes.issue(call.host(), audience(form.get("scope")));
    }

    /** {@code POST /{tenant}/oauth2/v2.0/token}. */
    Answer token(Call call) {
        return token(call, audience(call.form().get("scope")));
    }

    /**
     * {@code POST /{tenant}/oauth2/token}, the older one: a resource in place of scopes, numbers as texts, and sign-in
     * by password.
     */
    Answer tokenOfVersion1(Call call) {
        String resource = call.form().get("resource");
        Answer answer = token(call, resource == null || resource.isBlank() ? null : resource.replaceAll("/$", ""));
        if (answer.status() != 200) {
            return answer;
        }
        Map<String, Object> json = new LinkedHashMap<>(Json.object(answer.body()));
        long now = clock.instant().getEpochSecond();
        json.put("resource", resource);
        json.put("not_before", now);
        json.put("expires_on", now + switches.number("tokenLifeSeconds"));
        json.replaceAll((name, value) -> value instanceof Number ? value.toString() : value);
        return Answer.json(200, json).with("Cache-Control", "no-store");
    }

    private Answer token(Call call, String audience) {
        Map<String, String> form = call.form();
        String[] basic = basic(call.header("Authorization"));
        String id = basic == null ? form.get("client_id") : basic[0];
        String secret = basic == null ? form.get("client_secret") : basic[1];
        for (String needed : List.of("grant_type", "client_id")) {
            if (form.get(needed) == null && (basic == null || needed.equals("grant_type"))) {
                return refuse(400, "invalid_request", 900144,
                        "The request body must contain the following parameter: '" + needed + "'.");
            }
        }
        if (!WORD.equals(id)) {
            return refuse(400, "unauthorized_client", 700016,
                    "Application with identifier '" + id + "' was not found in the directory.");
        }
        if (!WORD.equals(secret)) {
            return refuse(401, "invalid_client", 7000215, "Invalid client secret provided.");
        }
        if (DEVICE_CODE.equals(form.get("grant_type"))) {
            return signedIn(call, form.get("device_code"));
        }
        if ("authorization_code".equals(form.get("grant_type"))) {
            return signedInByCode(call);
        }
        if (audience == null) {
            return refuse(400, "invalid_scope", 70011,
                    "The provided value for the input parameter 'scope' is not valid.");
        }
        return switch (String.valueOf(form.get("grant_type"))) {
            case "client_credentials" -> form.get("scope") != null && form.get("scope").strip().contains(" ")
                ? refuse(400, "invalid_scope", 1002012,
                        "The provided value for scope is not valid. Client credential flows must have a scope"
                                + " value with /.default suffixed to the resource identifier.")
                : audience.equals(OURSELVES) ? forApplication(call)
                : answer(appOnly(audience), IssuedTokens.Holder.APPLICATION);
            case "refresh_token" -> refresh(audience, form.get("refresh_token"));
            case "password" -> password(audience, form);
            default -> refuse(400, "unsupported_grant_type", 70003, "The grant type is not supported.");
        };
    }

    private Answer forApplication(Call call) {
        return Answer.json(200, Map.of("token_type", "Bearer", "expires_in", IdTokens.LIFE_SECONDS, "access_token",
                idTokens.forApplication(call))).with("Cache-Control", "no-store");
    }

    /** Referrals have no application-only access: such a token is given out, and of no use there. */
    private static String appOnly(String audience) {
        return audience.equals(REFERRALS) ? audience + "#application" : audience;
    }

    /** With multi-factor authentication, which Microsoft demands of partners, a password alone is not enough. */
    private Answer password(String audience, Map<String, String> form) {
        if (!WORD.equals(form.get("username")) || !WORD.equals(form.get("password"))) {
            return refuse(400, "invalid_grant", 50126,
                    "Error validating credentials due to invalid username or password.");
        }
        return switches.on("multiFactor")
                ? refuse(400, "interaction_required", 50076,
                        "You must use multi-factor authentication to access the resource.")
                : answer(audience, new IssuedTokens.Holder(RefreshTokens.USER, false));
    }

    private Answer refresh(String audience, String refreshToken) {
        if (switches.on("refreshTokenRevoked")) {
            return refuse(400, "invalid_grant", 50173, "The provided grant has expired due to it being revoked.");
        }
        String user = refreshTokens.user(refreshToken, switches.on("strictRotation"));
        if (user == null) {
            return refuse(400, "invalid_grant", 70008, "The provided authorization code or refresh token has expired.");
        }
        return answer(audience, new IssuedTokens.Holder(user, !switches.on("withoutMfa")));
    }

    private Answer signedIn(Call call, String deviceCode) {
        DeviceCodes.Issued code = deviceCodes.find(deviceCode);
        if (code == null) {
            return refuse(400, "bad_verification_code", 70019,
                    "The verification code was not found or was used before.");
        }
        if (deviceCodes.tooSoon(code)) {
            return refuse(400, "slow_down", 70022, "The client asks more often than it was told to.");
        }
        DeviceCodes.State state = deviceCodes.state(code);
        if (state != DeviceCodes.State.APPROVED) {
            return refuse(400, state.error(), state.code(), "The device code is in the state " + state.error() + ".");
        }
        if (switches.on("blockDeviceCodes")) {
            return refuse(400, "invalid_grant", 53003, "Access has been blocked by Conditional Access policies.");
        }
        deviceCodes.used(code);
        return signedIn(call, code.audience(), new Authorizations.Granted(code.user(), code.multiFactor(), null, null,
                Map.of()));
    }

    private Answer signedInByCode(Call call) {
        try {
            Authorizations.Granted granted = authorizations.redeem(call.form());
            String scope = call.form().getOrDefault("scope", granted.scope());
            String audience = audience(scope);
            if (audience == null && List.of(scope.split("\\s+")).contains("openid")) {
                return whoItIs(call, granted);
            }
            return audience == null
                    ? refuse(400, "invalid_scope", 70011,
                            "The provided value for the input parameter 'scope' is not valid.")
                    : signedIn(call, audience, granted);
        } catch (Authorizations.Refused refused) {
            return refuse(400, "invalid_grant", refused.code, refused.getMessage());
        }
    }

    /** For an application that wants to know who it is and nothing else; no line of refresh tokens is touched. */
    private Answer whoItIs(Call call, Authorizations.Granted granted) {
        int life = switches.number("tokenLifeSeconds");
        return Answer.json(200, Map.of("token_type", "Bearer", "expires_in", life, "scope", "openid profile",
                "access_token", tokens.issue(GRAPH, Duration.ofSeconds(life),
                        new IssuedTokens.Holder(granted.user(), granted.multiFactor())),
                "id_token", idTokens.of(call, granted))).with("Cache-Control", "no-store");
    }

    /** A new sign-in starts a new line of refresh tokens, whatever became of the old one. */
    private Answer signedIn(Call call, String audience, Authorizations.Granted granted) {
        switches.set(Map.of("refreshTokenRevoked", false, "withoutMfa", !granted.multiFactor()));
        Map<String, Object> json = grant(audience, new IssuedTokens.Holder(granted.user(), granted.multiFactor()));
        json.put("id_token", idTokens.of(call, granted));
        return Answer.json(200, json).with("Cache-Control", "no-store");
    }

    private Answer answer(String audience, IssuedTokens.Holder holder) {
        return Answer.json(200, grant(audience, holder)).with("Cache-Control", "no-store");
    }

    /** Users get a refresh token with it. */
    private Map<String, Object> grant(String audience, IssuedTokens.Holder holder) {
        int life = switches.number("tokenLifeSeconds");
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("token_type", "Bearer");
        json.put("expires_in", life);
        json.put("ext_expires_in", life);
        json.put("access_token", tokens.issue(audience, Duration.ofSeconds(life), holder));
        if (holder.user() != null) {
            json.put("refresh_token", refreshTokens.next(holder.user()));
        }
        return json;
    }

    private static String audience(String scope) {
        return scope == null ? null : Arrays.stream(scope.split("\\s+")).filter(s -> s.endsWith("/.default"))
                .map(s -> s.substring(0, s.length() - "/.default".length())).findFirst().orElse(null);
    }

    private static String[] basic(String authorization) {
        if (authorization == null || !authorization.startsWith("Basic ")) {
            return null;
        }
        String[] pair = new String(Base64.getDecoder().decode(authorization.substring(6)), StandardCharsets.UTF_8)
                .split(":", 2);
        return pair.length == 2 ? pair : null;
    }

    private Answer refuse(int status, String error, int code, String message) {
        Map<String, Object> json = new LinkedHashMap<>();
        String trace = UUID.randomUUID().toString();
        json.put("error", error);
        json.put("error_description", "AADSTS" + code + ": " + message + " Trace ID: " + trace);
        json.put("error_codes", List.of(code));
        json.put("timestamp", clock.instant().toString());
        json.put("trace_id", trace);
        json.put("correlation_id", UUID.randomUUID().toString());
        return Answer.json(status, json);
    }

    void forget() {
        refreshTokens.forget();
        deviceCodes.forget();
        authorizations.forget();
    }

    Map<String, String> snapshot() {
        return refreshTokens.snapshot();
    }

    void restore(Object kept) {
        refreshTokens.restore(kept);
    }
}
