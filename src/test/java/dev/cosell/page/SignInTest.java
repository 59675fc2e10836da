package dev.cosell.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.app.FreePorts;
import dev.cosell.entra.Visitor;
import dev.cosell.settings.Key;
import dev.cosell.state.Database;
import dev.cosell.stories.Api;
import dev.cosell.stories.World;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * People sign in to a page that a proxy publishes by https. The test is that proxy: what it is sent to at the public
 * address it asks of the application, with the cookies that a browser would bring.
 */
class SignInTest {
    private static final String PUBLIC = "https://sync.example.com";
    private static final String OPERATOR = "ana@contoso.example";
    private static final String SESSION = "__Host-cosell-session=";
    private static World world;
    private static int port;

    @BeforeAll
    static void start() {
        Map<String, String> values = new HashMap<>(Map.of("management.host", "0.0.0.0", "management.public-url", PUBLIC,
                "management.sign-in.client-id", "sandbox", "management.sign-in.client-secret", "sandbox",
                "management.sign-in.viewers", "Cosell.Viewer, 11111111-aaaa-bbbb-cccc-222222222222",
                "management.sign-in.idle", "20m", "management.users",
                PageUser.entry("cli", "operator", "a long password", 1000), "mcp", "read"));
        FreePorts.give(values, Key.SANDBOX_PARTNER_CENTER_PORT);
        values.put("management.sign-in.issuer", "http://localhost:" + values.get("sandbox.partner-center-port")
                + "/contoso/v2.0");
        world = new World(values, Path.of("routes"), "salesforce");
        port = world.settings().number(Key.MANAGEMENT_PORT);
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @BeforeEach
    void registeredAndSound() {
        world.partnerCenter().post("/sandbox/settings", Map.of("redirectUris", PUBLIC + "/sign-in/answer",
                "idTokenFault", "", "applicationRoles", "Cosell.Viewer"));
    }

    private static Client browser(String... cookies) {
        Client client = new Client(port).acting();
        return cookies.length == 0 ? client : client.with("Cookie", String.join("; ", cookies));
    }

    private static URI location(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(302);
        return URI.create(response.headers().firstValue("Location").orElseThrow());
    }

    private static List<String> cookies(HttpResponse<String> response) {
        return response.headers().allValues("Set-Cookie");
    }

    private static String held(String setCookie) {
        return setCookie.split(";")[0];
    }

    /** A sign-in that was begun in a browser, and the page of the provider that it was sent to. */
    private record Begun(String cookie, URI page) {
        static Begun now() {
            HttpResponse<String> begun = browser().send("GET", "/sign-in", null);
            return new Begun(held(cookies(begun).get(0)), location(begun));
        }

        /** What becomes of it when somebody accepts. */
        HttpResponse<String> accepted(String user, String roles, String groups) {
            return answered(new Visitor().accepts(page, user, roles, groups));
        }

        HttpResponse<String> answered(URI address) {
            assertThat(address.toString()).startsWith(PUBLIC + "/sign-in/answer?");
            return browser(cookie).send("GET", address.getRawPath() + "?" + address.getRawQuery(), null);
        }
    }

    /** The cookie of a new session. */
    private static String session(String user, String roles) {
        HttpResponse<String> back = Begun.now().accepted(user, roles, "");
        assertThat(location(back)).hasToString(PUBLIC + "/");
        return session(back);
    }

    private static String session(HttpResponse<String> back) {
        return held(cookies(back).stream().filter(each -> each.startsWith(SESSION)).findFirst().orElseThrow());
    }

    private static void refused(HttpResponse<String> page, int status, String sentence) {
        assertThat(page.statusCode()).as(page.body()).isEqualTo(status);
        assertThat(page.body()).contains(sentence, "<a href=\"" + PUBLIC + "/sign-in?choose\">Sign in</a>")
                .doesNotContain("Exception", "dev.cosell");
        assertThat(cookies(page)).noneMatch(cookie -> cookie.startsWith(SESSION));
    }

    @Test
    void who_opens_the_page_is_sent_to_sign_in_and_comes_back_to_it() {
        assertThat(location(browser().send("GET", "/", null))).hasToString(PUBLIC + "/sign-in");
        Begun begun = Begun.now();
        assertThat(begun.page().getQuery()).contains("response_type=code", "code_challenge_method=S256", "nonce=",
                "state=", "redirect_uri=" + PUBLIC + "/sign-in/answer").doesNotContain("prompt");

        HttpResponse<String> back = begun.accepted(OPERATOR, "Cosell.Operator", "");

        assertThat(location(back)).hasToString(PUBLIC + "/");
        assertThat(cookies(back)).hasSize(2).allSatisfy(cookie -> assertThat(cookie)
                .contains("Path=/", "Secure", "HTTPOnly", "SameSite=Lax").doesNotContain("Domain", OPERATOR));
        assertThat(cookies(back)).anyMatch(cookie -> cookie.startsWith("__Host-cosell-sign-in=; Max-Age=0"));
        Client ana = browser(session(back));
        assertThat(ana.send("GET", "/", null).statusCode()).isEqualTo(200);
        assertThat(ana.get("/api/me").toString()).isEqualTo("{\"name\":\"" + OPERATOR
                + "\",\"role\":\"operator\",\"session\":true,\"requests\":false}");
    }

    private static HttpResponse<String> ask(Client client, Endpoint endpoint) {
        return client.send(endpoint.method().name(), endpoint.path().replace(":id", "nobody"),
                endpoint.method().equals(HttpMethod.POST) ? "{}" : null);
    }

    @Test
    void each_endpoint_wants_a_session_and_each_action_that_of_an_operator() {
        Client operator = browser(session(OPERATOR, "Cosell.Operator"));
        Client viewer = browser(session("vic@contoso.example", "Cosell.Viewer,Other"));
        AccessTest.endpoints().forEach(endpoint -> {
            assertThat(ask(browser(), endpoint).statusCode()).as(endpoint.path()).isEqualTo(401);
            assertThat(ask(browser(SESSION + "guessed"), endpoint).statusCode()).as(endpoint.path()).isEqualTo(401);
            HttpResponse<String> viewers = ask(viewer, endpoint);
            if (endpoint.acts()) {
                assertThat(viewers.statusCode()).as(endpoint.path()).isEqualTo(403);
            } else {
                AccessTest.letIn(viewers);
            }
            AccessTest.letIn(ask(operator, endpoint));
        });
        for (String path : List.of("/page.css", "/page.js", "/api/events", "/api/anything")) {
            assertThat(browser().send("GET", path, null).statusCode()).as(path).isEqualTo(401);
        }
        HttpResponse<String> told = browser().send("GET", "/api/overview", null);
        assertThat(Client.sentence(told)).contains("Sign in again");
        assertThat(Client.read(told).path("signIn").asText()).isEqualTo("sign-in");
    }

    @ParameterizedTest
    @MethodSource("dev.cosell.page.AccessTest#actions")
    void nothing_happens_by_get_or_by_another_site(Endpoint endpoint) {
        String session = session(OPERATOR, "Cosell.Operator");
        String path = endpoint.path().replace(":id", "nobody");
        assertThat(browser(session).send("GET", path, null).statusCode()).isIn(404, 405);
        assertThat(browser(session).without("X-Requested-With").send("POST", path, "{}").statusCode()).isEqualTo(403);
        assertThat(browser(session).with("Sec-Fetch-Site", "cross-site").send("POST", path, "{}").statusCode())
                .isEqualTo(403);
        assertThat(browser(session).with("Content-Type", "text/plain").send("POST", path, "{}").statusCode())
                .isEqualTo(415);
    }

    @Test
    void a_group_is_as_good_as_an_app_role_and_whoever_has_neither_is_told_so() {
        HttpResponse<String> back = Begun.now().accepted("vic@contoso.example", "",
                "00000000-0000-0000-0000-000000000000,11111111-aaaa-bbbb-cccc-222222222222");
        assertThat(browser(session(back)).get("/api/me").path("role").asText()).isEqualTo("viewer");
        refused(Begun.now().accepted("<b>eve</b>", "Other", ""), 403,
                "&lt;b&gt;eve&lt;/b&gt; may not use this page: neither an app role nor a group of theirs");
    }

    @ParameterizedTest
    @CsvSource({"signature", "issuer", "audience", "nonce", "expired", "unsigned"})
    void an_identity_token_that_is_not_good_signs_nobody_in(String fault) {
        world.partnerCenter().post("/sandbox/settings", Map.of("idTokenFault", fault));
        refused(Begun.now().accepted(OPERATOR, "Cosell.Operator", ""), 403, "cannot be trusted");
    }

    @Test
    void an_answer_is_good_once_and_in_the_browser_that_asked() {
        Begun begun = Begun.now();
        URI answer = new Visitor().accepts(begun.page(), OPERATOR, "Cosell.Operator", "");
        refused(browser().send("GET", answer.getRawPath() + "?" + answer.getRawQuery(), null), 400,
                "No sign-in was begun in this browser");
        refused(Begun.now().answered(answer), 400, "not begun in this browser");
        assertThat(begun.answered(answer).statusCode()).isEqualTo(302);
        refused(begun.answered(answer), 403, "AADSTS54005");
        refused(begun.answered(new Visitor().cancels(begun.page())), 403, "was declined (AADSTS65004)");
        refused(browser("__Host-cosell-sign-in=odd").send("GET", "/sign-in/answer?code=x&state=y", null), 400,
                "No sign-in was begun");
        refused(browser(begun.cookie()).send("GET", "/sign-in/answer?x=y", null), 400,
                "not begun in this browser");
    }

    /** No instance holds what another one needs: neither the attempt nor the session. */
    @Test
    void another_instance_or_a_restart_in_between_makes_no_difference() {
        String session = session("vic@contoso.example", "Cosell.Viewer");
        Begun begun = Begun.now();
        world.restart();
        assertThat(browser(session).get("/api/me").path("role").asText()).isEqualTo("viewer");
        HttpResponse<String> back = begun.accepted(OPERATOR, "Cosell.Operator", "");
        assertThat(browser(session(back)).get("/api/me").path("name").asText()).isEqualTo(OPERATOR);
    }

    @Test
    void who_signs_out_is_out_whatever_their_browser_still_holds() {
        String session = session(OPERATOR, "Cosell.Operator");
        assertThat(browser(session).without("X-Requested-With").send("POST", "/api/sign-out", "{}").statusCode())
                .isEqualTo(403);
        assertThat(browser(session).send("GET", "/api/sign-out", null).statusCode()).isIn(404, 405);

        HttpResponse<String> out = browser(session).send("POST", "/api/sign-out", "{}");

        assertThat(out.statusCode()).isEqualTo(204);
        assertThat(cookies(out)).singleElement().asString().startsWith(SESSION + ";").contains("Max-Age=0");
        assertThat(browser(session).send("GET", "/api/me", null).statusCode()).isEqualTo(401);
        assertThat(browser().send("GET", "/sign-in/out", null).body()).contains("You are signed out.");
        assertThat(location(browser().send("GET", "/sign-in?choose", null)).getQuery())
                .contains("prompt=select_account");
    }

    @ParameterizedTest
    @CsvSource({"seen_at, 21", "began_at, 481"})
    void a_session_that_was_idle_or_is_old_has_ended(String column, int minutes) throws Exception {
        String session = session(OPERATOR, "Cosell.Operator");
        CompletableFuture<HttpResponse<String>> listening = CompletableFuture.supplyAsync(() -> browser(session)
                .send("GET", "/api/events", null));
        try (Database books = Database.visit(world.settings().text(Key.STATE_URL), null, null)) {
            books.client().sql("UPDATE page_session SET " + column + " = " + column + " - CAST(? AS BIGINT) "
                    + "* INTERVAL '1' MINUTE").param(minutes).update();
        }
        HttpResponse<String> ended = browser(session).send("GET", "/api/overview", null);
        assertThat(ended.statusCode()).isEqualTo(401);
        assertThat(Client.sentence(ended)).contains("your session has ended");
        assertThat(location(browser(session).send("GET", "/", null))).hasToString(PUBLIC + "/sign-in");
        assertThat(listening.get(60, TimeUnit.SECONDS).statusCode()).as("what was listened to ends").isIn(200, 401);
    }

    @Test
    void programs_go_on_signing_in_with_a_password() {
        assertThat(browser().as("cli", "a long password").get("/api/me").path("session").asBoolean()).isFalse();
        HttpResponse<String> wrong = browser().as("cli", "wrong").send("GET", "/api/me", null);
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(wrong.headers().firstValue("WWW-Authenticate").orElseThrow()).startsWith("Basic");
        assertThat(browser().as("cli", "a long password").send("POST", "/api/sign-out", "{}").statusCode())
                .isEqualTo(409);
        assertThat(new Client(port).send("GET", "/observe/health/ready", null).statusCode()).isEqualTo(200);
    }

    private static String token(String name, String form) {
        return (String) Api.object(world.partnerCenter().raw("POST", "/contoso/oauth2/v2.0/token",
                (form + "&client_id=sandbox&client_secret=sandbox").getBytes(StandardCharsets.UTF_8),
                Map.of("Content-Type", "application/x-www-form-urlencoded")).body()).get(name);
    }

    /** Of a program that the tenant has given these roles. */
    private static String accessToken(String roles) {
        world.partnerCenter().post("/sandbox/settings", Map.of("applicationRoles", roles));
        return token("access_token", "grant_type=client_credentials&scope=api%3A%2F%2Fsandbox%2F.default");
    }

    private static HttpResponse<String> asks(String token) {
        return browser().with("Authorization", "Bearer " + token)
                .send("POST", "/mcp", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}");
    }

    @Test
    void an_assistant_comes_in_with_an_access_token_that_has_a_role_and_to_mcp_alone() {
        HttpResponse<String> nobody = browser().send("POST", "/mcp", "{}");
        assertThat(nobody.statusCode()).isEqualTo(401);
        assertThat(nobody.headers().firstValue("WWW-Authenticate").orElseThrow()).startsWith("Bearer");
        for (String roles : List.of("Cosell.Viewer", "Other,Cosell.Operator")) {
            String token = accessToken(roles);
            assertThat(asks(token).body()).as(roles).contains("\"result\"");
            assertThat(browser().with("Authorization", "Bearer " + token).send("GET", "/api/overview", null)
                    .statusCode()).isEqualTo(401);
        }
        HttpResponse<String> without = asks(accessToken("Other"));
        assertThat(without.statusCode()).isEqualTo(403);
        assertThat(Client.sentence(without)).contains("neither an app role nor a group");
        assertThat(asks(accessToken("")).statusCode()).isEqualTo(403);
        String good = accessToken("Cosell.Viewer");
        assertThat(asks(good.substring(0, good.length() - 8) + "AAAAAAAA").statusCode()).isEqualTo(401);
        assertThat(asks("rubbish").statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({"signature", "issuer", "audience", "expired", "unsigned"})
    void an_access_token_that_is_not_good_or_of_another_application_lets_nobody_in(String fault) {
        world.partnerCenter().post("/sandbox/settings", Map.of("idTokenFault", fault));
        HttpResponse<String> refused = asks(accessToken("Cosell.Operator"));
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(Client.sentence(refused)).contains("This access token is not good here");
    }

    /** Although audience, issuer and roles are right. */
    @Test
    void what_says_who_signed_in_is_no_access_token() {
        URI page = URI.create("http://localhost:" + world.settings().number(Key.SANDBOX_PARTNER_CENTER_PORT)
                + "/contoso/oauth2/v2.0/authorize?client_id=sandbox&response_type=code&scope=openid&nonce=n&state=s"
                + "&redirect_uri=" + PUBLIC + "/sign-in/answer");
        String code = new Visitor().accepts(page, OPERATOR, "Cosell.Operator", "").getQuery()
                .replaceAll(".*code=([^&]+).*", "$1");
        String identity = token("id_token", "grant_type=authorization_code&scope=openid&code=" + code
                + "&redirect_uri=" + PUBLIC + "/sign-in/answer");
        assertThat(identity).contains(".");
        assertThat(asks(identity).statusCode()).isEqualTo(401);
    }
}
