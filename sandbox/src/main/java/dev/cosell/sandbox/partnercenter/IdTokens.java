package dev.cosell.sandbox.partnercenter;

import dev.cosell.sandbox.Answer;
import dev.cosell.sandbox.Call;
import dev.cosell.sandbox.Json;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Who signed in, as Entra says it to an application: signed tokens, and what is needed to check them. The switch
 * {@code idTokenFault} spoils them in one way or another.
 */
final class IdTokens {
    private static final String KEY = "sandbox-key-1";
    static final int LIFE_SECONDS = 3600;
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final Switches switches;
    private final Clock clock;

    IdTokens(Switches switches, Clock clock) {
        this.switches = switches;
        this.clock = clock;
    }

    /** {@code GET /{tenant}/v2.0/.well-known/openid-configuration}. */
    Answer metadata(Call call) {
        String tenant = tenant(call);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("issuer", tenant + "/v2.0");
        json.put("authorization_endpoint", tenant + "/oauth2/v2.0/authorize");
        json.put("token_endpoint", tenant + "/oauth2/v2.0/token");
        json.put("jwks_uri", tenant + "/discovery/v2.0/keys");
        json.put("response_types_supported", List.of("code"));
        json.put("response_modes_supported", List.of("query"));
        json.put("subject_types_supported", List.of("pairwise"));
        json.put("scopes_supported", List.of("openid", "profile", "email", "offline_access"));
        json.put("id_token_signing_alg_values_supported", List.of("RS256"));
        json.put("token_endpoint_auth_methods_supported", List.of("client_secret_post", "client_secret_basic"));
        return Answer.json(200, json);
    }

    /** {@code GET /{tenant}/discovery/v2.0/keys}. */
    Answer keys(Call call) {
        RSAPublicKey key = Certificates.signing();
        return Answer.json(200, Map.of("keys", List.of(Map.of("kty", "RSA", "use", "sig", "kid", KEY,
                "n", number(key.getModulus()), "e", number(key.getPublicExponent())))));
    }

    /** @param call to the token endpoint of the tenant that signs */
    String of(Call call, Authorizations.Granted granted) {
        String fault = switches.text("idTokenFault");
        Map<String, Object> claims = claims(call, granted.user(), fault);
        claims.put("preferred_username", granted.user());
        if (granted.nonce() != null) {
            claims.put("nonce", fault.equals("nonce") ? "another" : granted.nonce());
        }
        granted.lists().forEach((name, values) -> claims.putIfAbsent(name, values));
        return signed(claims, fault);
    }

    /** An access token for the application itself, which another application has asked for. */
    String forApplication(Call call) {
        String fault = switches.text("idTokenFault");
        Map<String, Object> claims = claims(call, "another application", fault);
        claims.put("azp", "11111111-2222-3333-4444-555555555555");
        claims.put("azpacr", "1");
        claims.put("idtyp", "app");
        List<String> roles = Arrays.stream(switches.text("applicationRoles").split(",")).map(String::strip)
                .filter(role -> !role.isEmpty()).toList();
        if (!roles.isEmpty()) {
            claims.put("roles", roles);
        }
        return signed(claims, fault);
    }

    private Map<String, Object> claims(Call call, String holder, String fault) {
        long now = clock.instant().getEpochSecond() - (fault.equals("expired") ? 2 * LIFE_SECONDS : 0);
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", fault.equals("issuer") ? "https://login.example/other/v2.0" : tenant(call) + "/v2.0");
        claims.put("aud", fault.equals("audience") ? "another-application" : "sandbox");
        claims.put("iat", now);
        claims.put("nbf", now);
        claims.put("exp", now + LIFE_SECONDS);
        claims.put("sub", UUID.nameUUIDFromBytes(holder.getBytes(StandardCharsets.UTF_8)).toString());
        claims.put("ver", "2.0");
        return claims;
    }

    private String signed(Map<String, Object> claims, String fault) {
        Map<String, Object> header = fault.equals("unsigned") ? Map.of("alg", "none")
                : Map.of("typ", "JWT", "alg", "RS256", "kid", KEY);
        String text = BASE64.encodeToString(Json.bytes(header)) + "." + BASE64.encodeToString(Json.bytes(claims));
        return text + "." + (fault.equals("unsigned") ? "" : signature(fault.equals("signature") ? text + " " : text));
    }

    private static String signature(String text) {
        return BASE64.encodeToString(Certificates.signed(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String number(BigInteger number) {
        byte[] bytes = number.toByteArray();
        int sign = bytes[0] == 0 ? 1 : 0;
        return BASE64.encodeToString(Arrays.copyOfRange(bytes, sign, bytes.length));
    }

    private static String tenant(Call call) {
        return "http://" + call.host() + "/" + call.path().split("/")[1];
    }
}
