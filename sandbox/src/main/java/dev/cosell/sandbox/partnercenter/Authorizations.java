package dev.cosell.sandbox.partnercenter;

import dev.cosell.sandbox.Answer;
import dev.cosell.sandbox.Call;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * The page on which a user signs in with a browser, and the codes that come of it: the authorization code grant with
 * PKCE.
 */
final class Authorizations {
    private static final Duration CODE_LIFE = Duration.ofMinutes(10);

    /** What the application wants. Null for whatever it left out. */
    private record Asked(String redirect, String state, String challenge, String method, String scope, String nonce) {}

    /**
     * @param multiFactor whether the user has shown a second factor
     * @param nonce       that the application wants back; null for none
     * @param lists       of the user that the application gets, by the name of their claim
     */
    record Granted(String user, boolean multiFactor, String scope, String nonce, Map<String, List<String>> lists) {}

    private record Code(Asked asked, Granted granted, Instant end) {}

    /** A refusal of the token endpoint. */
    static final class Refused extends RuntimeException {
        final int code;

        Refused(int code, String message) {
            super(message, null, false, false);
            this.code = code;
        }
    }

    private final Map<String, Asked> pages = new LinkedHashMap<>();
    private final Map<String, Code> codes = new LinkedHashMap<>();
    private final Set<String> redeemed = new HashSet<>();
    private final Switches switches;
    private final Clock clock;

    Authorizations(Switches switches, Clock clock) {
        this.switches = switches;
        this.clock = clock;
    }

    /**
     * {@code GET /{tenant}/oauth2/v2.0/authorize}. What cannot be trusted is shown to the user and never sent to the
     * redirect address.
     */
    Answer page(Call call) {
        Asked asked = new Asked(call.query("redirect_uri"), call.query("state"), call.query("code_challenge"),
                call.query("code_challenge_method"), call.query("scope"), call.query("nonce"));
        if (!"sandbox".equals(call.query("client_id"))) {
            return wrong(700016, "The application was not found in the directory.");
        }
        if (asked.redirect() == null || !registered(asked.redirect())) {
            return wrong(50011,
                    "The redirect URI in the request does not match the redirect URIs configured for the application.");
        }
        if (!"code".equals(call.query("response_type"))) {
            return back(asked, Map.of("error", "unsupported_response_type", "error_description",
                    "AADSTS700054: Only response_type 'code' is enabled."));
        }
        if (asked.scope() == null
                || asked.challenge() != null && !Set.of("S256", "plain").contains(String.valueOf(asked.method()))) {
            return back(asked, Map.of("error", "invalid_request", "error_description",
                    "AADSTS900144: scope and code_challenge_method are required."));
        }
        String id = UUID.randomUUID().toString();
        pages.put(id, asked);
        return html(200, "Sign in to your account", "<form method=\"post\" action=\"/sandbox/authorizations/" + id
                + "\"><p><label>User <input name=\"user\" size=\"40\" value=\"" + RefreshTokens.USER + "\"></label></p>"
                + "<p><label><input type=\"checkbox\" name=\"secondFactor\" value=\"yes\" checked> with a second "
                + "factor</label></p><p><label>App roles <input name=\"roles\" size=\"40\"></label></p>"
                + "<p><label>Groups <input name=\"groups\" size=\"40\"></label></p>"
                + "<p><button name=\"answer\" value=\"accept\">Accept</button> <button name=\"answer\" "
                + "value=\"cancel\">Cancel</button></p></form>");
    }

    /** {@code POST /sandbox/authorizations/{id}}: a button of that page. Null when there is no such page any more. */
    Answer answered(Call call) {
        Asked asked = pages.remove(call.path().substring(call.path().lastIndexOf('/') + 1));
        if (asked == null) {
            return null;
        }
        Map<String, String> form = call.form();
        if (!"accept".equals(form.get("answer"))) {
            return back(asked, Map.of("error", "access_denied", "error_subcode", "cancel", "error_description",
                    "AADSTS65004: User declined to consent."));
        }
        String code = "0.sandbox-" + UUID.randomUUID();
        codes.put(code, new Code(asked, new Granted(form.getOrDefault("user", RefreshTokens.USER),
                form.containsKey("secondFactor"), asked.scope(), asked.nonce(), lists(form)),
                clock.instant().plus(CODE_LIFE)));
        return back(asked, Map.of("code", code, "session_state", UUID.randomUUID().toString()));
    }

    /** A list that nobody is on is not among the claims. */
    private static Map<String, List<String>> lists(Map<String, String> form) {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        for (String name : List.of("roles", "groups")) {
            List<String> values = Arrays.stream(form.getOrDefault(name, "").split(",")).map(String::strip)
                    .filter(value -> !value.isEmpty()).toList();
            if (!values.isEmpty()) {
                lists.put(name, values);
            }
        }
        return lists;
    }

    /**
     * Takes a code in, once.
     *
     * @throws Refused when it is not good, or does not belong to whoever brings it
     */
    Granted redeem(Map<String, String> form) {
        String text = form.get("code");
        Code code = codes.remove(text);
        if (code == null || clock.instant().isAfter(code.end())) {
            throw redeemed.contains(text)
                    ? new Refused(54005,
                            "OAuth2 Authorization code was already redeemed, please retry with a new valid code.")
                    : new Refused(70008, "The provided authorization code or refresh token has expired.");
        }
        redeemed.add(text);
        if (!Objects.equals(code.asked().redirect(), form.get("redirect_uri"))) {
            throw new Refused(500112,
                    "The reply address does not match the reply address provided when requesting the authorization "
                            + "code.");
        }
        if (code.asked().challenge() != null
                && !code.asked().challenge().equals(challenge(form.get("code_verifier"), code.asked().method()))) {
            throw new Refused(501481,
                    "The Code_Verifier does not match the code_challenge supplied in the authorization request.");
        }
        return code.granted();
    }

    private static String challenge(String verifier, String method) {
        if (verifier == null || "plain".equals(method)) {
            return verifier;
        }
        try {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(
                    MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Of addresses of this machine, any port is good; everything else has to be the same. */
    private boolean registered(String redirect) {
        return Arrays.stream(switches.text("redirectUris").split(",")).map(String::strip)
                .anyMatch(one -> sameButForPort(one, redirect));
    }

    private static boolean sameButForPort(String one, String wanted) {
        try {
            URI known = URI.create(one);
            URI asked = URI.create(wanted);
            boolean loopback = "http".equals(asked.getScheme())
                    && Set.of("localhost", "127.0.0.1").contains(String.valueOf(asked.getHost()));
            return Objects.equals(known.getScheme(), asked.getScheme())
                    && Objects.equals(known.getHost(), asked.getHost())
                    && path(known).equals(path(asked)) && asked.getRawQuery() == null
                    && (loopback || known.getPort() == asked.getPort());
        } catch (IllegalArgumentException noAddress) {
            return false;
        }
    }

    private static String path(URI address) {
        return address.getPath() == null || address.getPath().isEmpty() ? "/" : address.getPath();
    }

    private static Answer back(Asked asked, Map<String, String> answer) {
        Map<String, String> all = new LinkedHashMap<>(answer);
        if (asked.state() != null) {
            all.put("state", asked.state());
        }
        StringBuilder address = new StringBuilder(asked.redirect())
                .append(URI.create(asked.redirect()).getPath().isEmpty() ? "/" : "").append('?');
        all.forEach((name, value) -> address.append(address.charAt(address.length() - 1) == '?' ? "" : "&").append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return new Answer(302, Map.of("Location", address.toString(), "Cache-Control", "no-store"), null);
    }

    private static Answer wrong(int code, String message) {
        return html(400, "Sorry, but we’re having trouble signing you in.",
                "<p>AADSTS" + code + ": " + message + "</p>");
    }

    private static Answer html(int status, String title, String body) {
        return Answer
                .text(status, "text/html;charset=UTF-8",
                        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Entra (sandbox)</title>"
                                + "</head><body><h1>" + title + "</h1>" + body + "</body></html>")
                .with("Cache-Control", "no-store");
    }

    void forget() {
        pages.clear();
        codes.clear();
        redeemed.clear();
    }
}
