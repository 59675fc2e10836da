package dev.cosell.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.settings.Key;
import dev.cosell.stories.World;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Who may come in, by every door of the page and its API: on a machine that is reached from others, with passwords and
 * without.
 */
class AccessTest {
    private static final String ANYWHERE = "0.0.0.0";
    private static final Map<String, String> ON_ALL_ADDRESSES = Map.of("management.host", ANYWHERE);
    private static World world;
    private static int port;

    @BeforeAll
    static void start() {
        String users = user("ana", "operator", "a long password") + ", " + user("vic", "viewer", "another: password");
        world = new World(Map.of("management.host", ANYWHERE, "management.users", users), Path.of("routes"),
                "salesforce");
        port = world.settings().number(Key.MANAGEMENT_PORT);
    }

    /** As {@link PageUser#entry}, with fewer rounds: what is tried here is who may come in, many times. */
    private static String user(String name, String role, String password) {
        return PageUser.entry(name, role, password, 1000);
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    static Stream<Endpoint> endpoints() {
        return new Api(null, new BackfillApi(null, List.of()), List.of()).endpoints().stream();
    }

    static Stream<Endpoint> actions() {
        return endpoints().filter(Endpoint::acts);
    }

    private static Client nobody() {
        return new Client(port).acting();
    }

    private static Client ana() {
        return nobody().as("ana", "a long password");
    }

    private static Client vic() {
        return nobody().as("vic", "another: password");
    }

    private static HttpResponse<String> ask(Client client, Endpoint endpoint) {
        return client.send(endpoint.method().name(), endpoint.path().replace(":id", "nobody"), endpoint.method()
                .equals(HttpMethod.POST) ? "{}" : null);
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void each_endpoint_wants_a_password_and_each_action_an_operator(Endpoint endpoint) {
        for (Client client : List.of(nobody(), nobody().as("ana", "wrong"), nobody().as("bob", "a long password"),
                nobody().as("nobody", ""))) {
            HttpResponse<String> refused = ask(client, endpoint);
            assertThat(refused.statusCode()).as(refused.body()).isEqualTo(401);
            assertThat(refused.headers().firstValue("WWW-Authenticate"))
                    .hasValueSatisfying(way -> assertThat(way).startsWith("Basic"));
        }
        HttpResponse<String> viewers = ask(vic(), endpoint);
        if (endpoint.acts()) {
            assertThat(viewers.statusCode()).isEqualTo(403);
            assertThat(Client.sentence(viewers)).startsWith("vic may look and not act");
        } else {
            letIn(viewers);
        }
        letIn(ask(ana(), endpoint));
    }

    /** Whatever the endpoint says of a record that nobody knows, it is the endpoint that says it. */
    static void letIn(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 400, 404);
        assertThat(answer.body()).doesNotContain("There is nothing at");
    }

    @Test
    void what_the_api_does_not_have_is_told_from_a_record_that_nobody_knows() {
        assertThat(Client.sentence(ana().send("GET", "/api/none", null))).startsWith("There is nothing at");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/page.css", "/page.js", "/api/events", "/api/anything", "/api/deals/x/y/z"})
    void nothing_else_of_the_page_is_served_without_a_password(String path) {
        assertThat(nobody().send("GET", path, null).statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @MethodSource("actions")
    void nothing_happens_by_get_or_by_another_site(Endpoint endpoint) {
        String path = endpoint.path().replace(":id", "nobody");
        assertThat(ana().send("GET", path, null).statusCode()).isIn(404, 405);
        assertThat(ana().without("X-Requested-With").send("POST", path, "{}").statusCode()).isEqualTo(403);
        assertThat(ana().with("Sec-Fetch-Site", "cross-site").send("POST", path, "{}").statusCode()).isEqualTo(403);
        assertThat(ana().with("Sec-Fetch-Site", "same-site").send("POST", path, "{}").statusCode()).isEqualTo(403);
        assertThat(ana().with("Origin", "http://evil.example").send("POST", path, "{}").statusCode()).isEqualTo(403);
        assertThat(ana().with("Origin", "null").send("POST", path, "{}").statusCode()).isEqualTo(403);
        assertThat(ana().with("Content-Type", "text/plain").send("POST", path, "{}").statusCode()).isEqualTo(415);
        letIn(ana().with("Origin", "http://127.0.0.1:" + port).send("POST", path, "{}"));
        letIn(ana().with("Sec-Fetch-Site", "same-origin").with("Origin", "https://public.example")
                .send("POST", path, "{}"));
    }

    @Test
    void every_answer_tells_browsers_what_they_may_not_do() {
        for (HttpResponse<String> response : List.of(ana().send("GET", "/", null), nobody()
                .send("GET", "/api/overview", null), ana().send("GET", "/api/none", null))) {
            assertThat(response.headers().firstValue("Content-Security-Policy")).hasValueSatisfying(policy ->
                    assertThat(policy).contains("default-src 'none'", "frame-ancestors 'none'")
                            .doesNotContain("unsafe", "*"));
            assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
            assertThat(response.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
            assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
            assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        }
    }

    @Test
    void the_doors_allow_no_other_site_either() {
        for (String path : List.of("/webhooks/partner-center", "/webhooks/marketplace-leads/word", "/elsewhere")) {
            for (String method : List.of("OPTIONS", "GET", "POST")) {
                Client page = new Client(world.settings().number(Key.HTTP_PORT)).acting()
                        .with("Origin", "https://other.example").with("Access-Control-Request-Method", "POST");
                HttpResponse<String> answer = page.send(method, path, method.equals("POST") ? "{}" : null);
                assertThat(answer.statusCode()).as(method + " " + path).isGreaterThanOrEqualTo(400);
                assertThat(answer.headers().map().keySet()).as(method + " " + path)
                        .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control-"));
            }
        }
    }

    @Test
    void the_door_of_the_webhook_serves_nothing_of_it() {
        Client door = new Client(world.settings().number(Key.HTTP_PORT)).acting().as("ana", "a long password");
        for (String path : List.of("/", "/page.js", "/api/overview", "/api/events", "/api/me")) {
            assertThat(door.send("GET", path, null).statusCode()).as(path).isEqualTo(404);
        }
        endpoints().forEach(endpoint -> assertThat(ask(door, endpoint).statusCode()).as(endpoint.path())
                .isIn(404, 405));
    }

    @Test
    void as_shipped_no_assistant_is_answered() {
        assertThat(ana().send("POST", "/mcp", "{}").statusCode()).isEqualTo(404);
    }

    @Test
    void health_is_there_for_probes_as_before() {
        assertThat(new Client(port).send("GET", "/observe/health/ready", null).statusCode()).isEqualTo(200);
    }

    @Test
    void without_passwords_a_machine_that_is_reached_from_others_serves_nothing() {
        try (World open = new World(ON_ALL_ADDRESSES, Path.of("routes"), "salesforce")) {
            Client client = new Client(open.settings().number(Key.MANAGEMENT_PORT)).acting();
            Stream.concat(Stream.of("/", "/page.js", "/api/events"), endpoints().map(Endpoint::path)).forEach(path -> {
                HttpResponse<String> refused = client.send("GET", path, null);
                assertThat(refused.statusCode()).as(path).isEqualTo(403);
                assertThat(Client.sentence(refused)).contains("management.users");
            });
        }
    }

    /**
     * A page of another site whose name was bound to this machine's address is stopped by that name; a proxy by what
     * it adds.
     */
    @Test
    void without_passwords_this_machine_is_served_under_its_own_name_alone() throws IOException {
        try (World alone = new World("salesforce")) {
            int own = alone.settings().number(Key.MANAGEMENT_PORT);
            for (String path : List.of("/", "/api/overview", "/api/deals/x", "/api/events")) {
                assertThat(status(own, path, "evil.example:" + own)).as(path).isEqualTo(403);
                assertThat(status(own, path, "127.0.0.1.evil.example")).as(path).isEqualTo(403);
                assertThat(status(own, path, "localhost:" + own + "\r\nX-Forwarded-For: 203.0.113.7")).as(path)
                        .isEqualTo(403);
            }
            for (String name : List.of("localhost", "LOCALHOST:1234", "127.0.0.1:" + own, "[::1]:" + own)) {
                assertThat(status(own, "/api/overview", name)).as(name).isEqualTo(200);
            }
        }
    }

    private static int status(int port, String path, String host) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(("GET " + path + " HTTP/1.1\r\nHost: " + host
                    + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            byte[] line = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
            return Integer.parseInt(new String(line, StandardCharsets.US_ASCII).split(" ")[1]);
        }
    }
}
