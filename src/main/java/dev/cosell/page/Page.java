package dev.cosell.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.cosell.state.Database;
import dev.cosell.sync.books.StateFaults;
import dev.cosell.verbs.Fault;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operator page and its API on the router of the management server. The webhook's server knows nothing of it. */
public final class Page implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Page.class);
    private static final int LARGEST_BODY = 64 * 1024;
    private static final int LARGEST_MAPPING = 1024 * 1024;
    private static final int WORKERS = 6;
    private static final String JSON_TYPE = "application/json; charset=utf-8";
    private static final String UNDER_API = "/api/*";
    private static final List<String> PLACES = Stream.concat(Files.ALL.keySet().stream(), Stream.of(UNDER_API))
            .toList();

    private final ObjectMapper json;
    private final Router router;
    /** Of its own, so that nobody who looks takes a worker from the webhook's door. */
    private final WorkerExecutor workers;
    private final Events events;
    /** Where people sign in, for the page; null when they do so with a password alone. */
    private final String signIn;

    private Page(Vertx vertx, Router router, ObjectMapper json, Api api, SignInSettings signIn) {
        this.signIn = signIn == null ? null : SignInDoor.BEGIN.substring(1);
        this.json = json;
        this.router = router;
        this.workers = vertx.createSharedWorkerExecutor("cosell-page", WORKERS);
        this.events = new Events(vertx, workers, () -> answered(api::overview), () -> answered(api::newDecisions),
                this::error);
    }

    /**
     * By which ways people may come in.
     *
     * @param host     the address that the management server listens on
     * @param users    as in the setting {@code management.users}; blank for none
     * @param signIn   with an identity provider; null for none
     * @param database where sessions are kept
     * @param mcp      what assistants may do: {@code off}, {@code read} or {@code act}
     */
    public record Doors(String host, String users, SignInSettings signIn, Database database, String mcp) {}

    /**
     * Opens it.
     *
     * @param router of the management server
     */
    public static Page open(Vertx vertx, Router router, ObjectMapper json, Api api, Doors doors) {
        Page page = new Page(vertx, router, json, api, doors.signIn());
        Access access = page.access(vertx, doors);
        page.mount(access, api.endpoints());
        if (!doors.mcp().equals("off")) {
            page.mount(access, new Assistants(page.workers, json, new Tools(api, doors.mcp().equals("act"), json)));
        }
        return page;
    }

    private Access access(Vertx vertx, Doors doors) {
        List<PageUser> users = PageUser.all(doors.users());
        if (doors.signIn() == null) {
            return Access.of(vertx, doors.host(), users);
        }
        SignInSettings signIn = doors.signIn();
        SignInDoor door = new SignInDoor(vertx, workers, signIn, new Provider(signIn, Clock.systemUTC()),
                new Sessions(doors.database(), signIn.idle(), signIn.longest()), Access.byPassword(vertx, users));
        door.mount(router);
        return door;
    }

    private void mount(Access access, List<Endpoint> endpoints) {
        PLACES.forEach(place -> {
            guarded(router.route(place)).handler(Guard::headers);
            guarded(router.route(place)).handler(access);
            guarded(router.route(place)).handler(Guard::origin);
        });
        Files.ALL.forEach((place, file) -> guarded(router.get(place)).handler(file));
        guarded(router.post("/api/mapping/try")).handler(BodyHandler.create(false).setBodyLimit(LARGEST_MAPPING));
        guarded(router.post(UNDER_API)).handler(BodyHandler.create(false).setBodyLimit(LARGEST_BODY));
        guarded(router.get("/api/events")).handler(request -> {
            events.listen(request);
            access.watch(request);
        });
        guarded(router.post("/api/sign-out")).handler(access::signOut);
        endpoints.forEach(endpoint -> guarded(router.route(endpoint.method(), endpoint.path()))
                .handler(request -> answer(request, endpoint)));
        endpoints.forEach(endpoint -> guarded(router.route(endpoint.path()))
                .handler(request -> otherMethod(request, endpoints)));
        guarded(router.route(UNDER_API)).handler(request -> request.fail(new Refused(404, "There is nothing at "
                + request.normalizedPath())));
    }

    private void mount(Access access, Assistants assistants) {
        String place = Assistants.PLACE;
        guarded(router.route(place)).handler(Guard::headers);
        guarded(router.route(place)).handler(access);
        guarded(router.route(place)).handler(Guard::originOfProgram);
        guarded(router.post(place)).handler(BodyHandler.create(false).setBodyLimit(LARGEST_BODY));
        guarded(router.post(place)).handler(assistants::answer);
        guarded(router.route(place)).handler(request -> {
            request.response().putHeader("Allow", "POST");
            request.fail(new Refused(405, "This takes POST and not " + request.request().method()));
        });
    }

    private Route guarded(Route route) {
        return route.failureHandler(this::refuse);
    }

    /** A path with a name in it may be another endpoint's that stands in a later place. */
    private static void otherMethod(RoutingContext request, List<Endpoint> endpoints) {
        String allowed = endpoints.stream().filter(endpoint -> matches(endpoint.path(), request.normalizedPath()))
                .map(endpoint -> endpoint.method().name())
                .distinct().sorted().reduce((one, other) -> one + ", " + other).orElse(HttpMethod.GET.name());
        request.response().putHeader("Allow", allowed);
        request.fail(new Refused(405, "This takes " + allowed + " and not " + request.request().method()));
    }

    private static boolean matches(String pattern, String path) {
        return path.matches(pattern.replaceAll(":\\w+", "[^/]+"));
    }

    private void answer(RoutingContext request, Endpoint endpoint) {
        Person who = Person.of(request.user());
        if (endpoint.acts() && !who.mayAct()) {
            request.fail(new Refused(403, who.name() + " may look and not act: that takes the role operator"));
            return;
        }
        Asked asked = new Asked(who, request.pathParams(), query(request), body(request));
        workers.executeBlocking(() -> answered(() -> endpoint.answerer().answer(asked)), false).onSuccess(text -> {
            if (!request.response().closed()) {
                request.response().putHeader("Content-Type", JSON_TYPE).end(text);
            }
        }).onFailure(request::fail);
    }

    private static Map<String, String> query(RoutingContext request) {
        Map<String, String> query = new LinkedHashMap<>();
        request.queryParams().forEach(query::putIfAbsent);
        return query;
    }

    private JsonNode body(RoutingContext request) {
        if (request.body() == null || request.body().buffer() == null || request.body().length() <= 0) {
            return MissingNode.getInstance();
        }
        try {
            JsonNode body = json.readTree(request.body().buffer().getBytes());
            if (body.isObject()) {
                return body;
            }
        } catch (java.io.IOException noJson) {
            LOG.debug("A body that is no JSON", noJson);
        }
        throw new Refused(400, "The body has to be a JSON object");
    }

    private String answered(Supplier<Object> question) {
        return text(StateFaults.reached(question));
    }

    private String error(String sentence) {
        return text(Map.of("error", sentence));
    }

    private String text(Object answer) {
        try {
            return json.writeValueAsString(answer);
        } catch (JsonProcessingException unwritable) {
            throw new IllegalStateException("An answer that is not JSON", unwritable);
        }
    }

    /** A sentence for whoever asked; what is behind it stays in the log. */
    private void refuse(RoutingContext request) {
        if (request.response().headWritten()) {
            request.request().connection().close();
            return;
        }
        Throwable cause = request.failure();
        if (cause instanceof Refused refused) {
            tell(request, refused.status(), refused.getMessage());
        } else if (cause instanceof Fault) {
            tell(request, 503, cause.getMessage());
        } else if (request.statusCode() == 401) {
            tell(request, 401, "Sign in with a name and a password of the setting management.users");
        } else if (request.statusCode() == 413) {
            tell(request, 413, "The body is too large");
        } else if (request.statusCode() >= 400 && request.statusCode() < 500) {
            tell(request, request.statusCode(), "This request cannot be read");
        } else {
            String mark = UUID.randomUUID().toString().substring(0, 8);
            LOG.error("A question at {} failed ({})", request.normalizedPath(), mark, cause);
            tell(request, 500, "Something went wrong here; the log has more under " + mark);
        }
    }

    private void tell(RoutingContext request, int status, String sentence) {
        Map<String, String> answer = new LinkedHashMap<>(Map.of("error", sentence));
        if (status == 401 && signIn != null) {
            answer.put("signIn", signIn);
        }
        request.response().setStatusCode(status).putHeader("Content-Type", JSON_TYPE).end(text(answer));
    }

    @Override
    public void close() {
        events.close();
        workers.close();
    }
}
