package dev.cosell.page;

import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.apache.commons.text.StringEscapeUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way in for people who sign in with the identity provider, and the way out. A browser holds two cookies, which no
 * script reads: one for the minutes of a sign-in, and one for the session. An assistant shows an access token of the
 * same provider instead.
 */
final class SignInDoor implements Access {
    /** Where a sign-in begins. */
    static final String BEGIN = "/sign-in";
    private static final Logger LOG = LoggerFactory.getLogger(SignInDoor.class);
    private static final String BEARER = "Bearer ";
    private static final String STYLE = "/sign-in/page.css";
    private static final String OUT = "/sign-in/out";
    private static final Duration ATTEMPT = Duration.ofMinutes(10);
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final String ENDED = "You are not signed in, or your session has ended. Sign in again";

    private final Vertx vertx;
    private final WorkerExecutor workers;
    private final SignInSettings settings;
    private final Provider provider;
    private final Sessions sessions;
    /** For programs, which sign in with a password; null when nobody has one. */
    private final Access passwords;
    private final String attemptCookie;
    private final String sessionCookie;

    SignInDoor(Vertx vertx, WorkerExecutor workers, SignInSettings settings, Provider provider, Sessions sessions,
            Access passwords) {
        this.vertx = vertx;
        this.workers = workers;
        this.settings = settings;
        this.provider = provider;
        this.sessions = sessions;
        this.passwords = passwords;
        // By this prefix a browser takes the cookie by TLS alone, from this very host.
        String prefix = settings.isSecure() ? "__Host-" : "";
        this.attemptCookie = prefix + "cosell-sign-in";
        this.sessionCookie = prefix + "cosell-session";
    }

    /** What is there for somebody who is not signed in yet. */
    void mount(Router router) {
        Map.<String, Consumer<RoutingContext>>of(BEGIN, this::begin, Provider.ANSWER, this::finish, OUT,
                request -> tell(request, 200, "You are signed out."), STYLE, Files.ALL.get("/page.css")::handle)
                .forEach((path, answer) -> {
                    router.get(path).failureHandler(this::refuse).handler(Guard::headers);
                    router.get(path).failureHandler(this::refuse).handler(answer::accept);
                });
    }

    private void refuse(RoutingContext request) {
        if (request.failure() instanceof Refused refused) {
            tell(request, refused.status(), refused.getMessage());
        } else {
            LOG.error("A sign-in to the operator page failed", request.failure());
            tell(request, 500, "Something went wrong here. Sign in again; if it stays so, the log says why");
        }
    }

    private void begin(RoutingContext request) {
        Attempt attempt = Attempt.begin();
        boolean choose = request.queryParams().contains("choose");
        waiting(request, () -> provider.address(attempt, choose), address -> {
            request.response().addCookie(cookie(attemptCookie, attempt.text()).setMaxAge(ATTEMPT.toSeconds()));
            to(request, address.toString());
        });
    }

    private void finish(RoutingContext request) {
        Optional<Attempt> attempt = Optional.ofNullable(request.request().getCookie(attemptCookie))
                .map(Cookie::getValue).flatMap(Attempt::of);
        request.response().addCookie(cookie(attemptCookie, "").setMaxAge(0));
        if (attempt.isEmpty()) {
            request.fail(new Refused(400, "No sign-in was begun in this browser within the last "
                    + ATTEMPT.toMinutes() + " minutes. Sign in again"));
            return;
        }
        String query = request.request().query();
        waiting(request, () -> sessions.begin(provider.person(attempt.get(), query)), token -> {
            request.response().addCookie(cookie(sessionCookie, token));
            to(request, settings.publicUrl() + "/");
        });
    }

    private static void to(RoutingContext request, String address) {
        request.response().setStatusCode(302).putHeader("Location", address).end();
    }

    @Override
    public void handle(RoutingContext request) {
        String shown = request.request().getHeader("Authorization");
        String token = token(request);
        if (shown != null && shown.regionMatches(true, 0, BEARER, 0, BEARER.length())
                && request.normalizedPath().equals(Assistants.PLACE)) {
            lookedUp(request, () -> Optional.of(provider.holder(shown.substring(BEARER.length()).strip())));
        } else if (passwords != null && shown != null) {
            passwords.handle(request);
        } else if (token == null) {
            stranger(request);
        } else {
            lookedUp(request, () -> sessions.used(token));
        }
    }

    /** What is sent meanwhile waits. */
    private void lookedUp(RoutingContext request, Callable<Optional<Person>> who) {
        request.request().pause();
        workers.executeBlocking(who, false).onComplete(done -> {
            request.request().resume();
            if (done.failed()) {
                request.fail(done.cause());
            } else {
                done.result().ifPresentOrElse(person -> letIn(request, person), () -> stranger(request));
            }
        });
    }

    @SuppressWarnings("deprecation") // who signed in is set in another way in Vert.x 5, and in 4 in this one alone
    private static void letIn(RoutingContext request, Person who) {
        request.setUser(who.user());
        request.next();
    }

    private void stranger(RoutingContext request) {
        if (request.request().method().equals(HttpMethod.GET) && request.normalizedPath().equals("/")) {
            to(request, settings.publicUrl() + BEGIN);
        } else {
            request.response().putHeader("WWW-Authenticate", (request.normalizedPath().equals(Assistants.PLACE)
                    ? BEARER : "Cookie ") + "realm=\"" + REALM + "\"");
            request.fail(new Refused(401, ENDED));
        }
    }

    private String token(RoutingContext request) {
        Cookie cookie = request.request().getCookie(sessionCookie);
        return cookie == null || cookie.getValue().isEmpty() ? null : cookie.getValue();
    }

    @Override
    public void signOut(RoutingContext request) {
        String token = token(request);
        if (token == null || !Person.of(request.user()).session()) {
            Access.super.signOut(request);
            return;
        }
        waiting(request, () -> {
            sessions.end(token);
            return true;
        }, done -> request.response().addCookie(cookie(sessionCookie, "").setMaxAge(0)).setStatusCode(204).end());
    }

    /** What goes on being sent ends with the session; to listen is not to use it. */
    @Override
    public void watch(RoutingContext request) {
        String token = token(request);
        HttpServerResponse response = request.response();
        if (!Person.of(request.user()).session()) {
            return;
        }
        long look = Math.max(1, Math.min(LOOK.toMillis(), settings.idle().toMillis() / 2));
        vertx.setPeriodic(look, timer -> {
            if (response.closed() || response.ended()) {
                vertx.cancelTimer(timer);
            } else {
                workers.executeBlocking(() -> sessions.alive(token), false).onSuccess(person -> {
                    if (person.isEmpty() && !response.ended() && !response.closed()) {
                        response.end();
                    }
                });
            }
        });
    }

    private <T> void waiting(RoutingContext request, Callable<T> work, Consumer<T> then) {
        workers.executeBlocking(work, false).onSuccess(then::accept).onFailure(request::fail);
    }

    private Cookie cookie(String name, String value) {
        return Cookie.cookie(name, value).setPath("/").setHttpOnly(true).setSecure(settings.isSecure())
                .setSameSite(CookieSameSite.LAX);
    }

    private void tell(RoutingContext request, int status, String sentence) {
        request.response().setStatusCode(status).putHeader("Content-Type", "text/html; charset=utf-8")
                .end("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Cosell Sync</title>"
                        + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
                        + "<link rel=\"stylesheet\" href=\"" + settings.publicUrl() + STYLE + "\">"
                        + "<main><h1>Cosell Sync</h1><p role=\"status\">"
                        + StringEscapeUtils.escapeHtml4(sentence) + "</p><p><a href=\"" + settings.publicUrl() + BEGIN
                        + "?choose\">Sign in</a></p></main></html>");
    }
}
