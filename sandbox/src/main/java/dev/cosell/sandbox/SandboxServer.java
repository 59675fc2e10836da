package dev.cosell.sandbox;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stand-in server: one port, one event loop, so that its state needs no locks. Subclasses answer the system's own API
 * and their controls; this class adds faults on demand, counts and the common controls (docs/sandbox.md).
 */
public abstract class SandboxServer implements AutoCloseable {
    private static final int LARGEST_BODY = 16 * 1024 * 1024;

    protected final Logger log = LoggerFactory.getLogger(getClass());
    protected final Vertx vertx;
    private final Stats stats = new Stats();
    private final Faults faults = new Faults();
    private final io.vertx.core.Context loop;
    private HttpServer server;
    private volatile long changes;

    /**
     * One operation of the API.
     *
     * @param template the path with its variable parts in braces, for the counts
     * @param write    whether the call changes state (a successful one counts as a write)
     */
    public record Operation(String template, boolean write, Function<Call, Answer> handler) {}

    protected SandboxServer(Vertx vertx) {
        this.vertx = vertx;
        this.loop = vertx.getOrCreateContext();
    }

    /** The operation for a call, or null when there is none (404). Called on the event loop. */
    protected abstract Operation operation(Call call);

    /**
     * Takes a call whose answer may come at any later time, such as a long poll, and gives the answer to {@code reply}
     * on the event loop; false when the call is none of that kind. Called on the event loop.
     */
    protected boolean answersLater(Call call, Consumer<Answer> reply) {
        return false;
    }

    /**
     * Asked when a call comes, before any work on it.
     *
     * @param inWork calls that are in work now, this one included
     * @return the answer that refuses it; null when it is taken
     */
    protected Answer refusal(Call call, int inWork) {
        return null;
    }

    /** The work on a call has ended, however. */
    protected void worked(Call call, long nanos) {}

    /** A control under {@code /sandbox/} of this server alone, or null when there is none. Called on the event loop. */
    protected abstract Answer control(Call call);

    /** The system's own error body for a fault of the caller that no operation has caught, such as malformed JSON. */
    protected abstract Answer refuse(int status, String message);

    /** Forgets all state, back to what a new installation holds. */
    protected abstract void forgetAll();

    /** All state as a JSON tree. */
    protected abstract Map<String, Object> snapshot();

    /** Takes over a state that {@link #snapshot} gave. */
    protected abstract void restore(Map<String, Object> snapshot);

    /** The state as JSON, taken on the event loop so that it is consistent. */
    final byte[] asJson() {
        return onLoop(() -> io.vertx.core.Future.succeededFuture(Json.bytes(snapshot())));
    }

    final void takeOver(Map<String, Object> snapshot) {
        onLoop(() -> {
            restore(snapshot);
            return io.vertx.core.Future.succeededFuture();
        });
    }

    /** Grows whenever state may have changed, so that whoever saves snapshots knows when. */
    final long changes() {
        return changes;
    }

    /** Starts to listen on this address; port 0 takes a free one. Returns the port. */
    public final int listen(String host, int port) {
        return onLoop(() -> {
            server = vertx.createHttpServer(new HttpServerOptions().setHost(host).setPort(port).setMaxHeaderSize(65536)
                    .setMaxInitialLineLength(65536).setHttp2ClearTextEnabled(false).setCompressionSupported(true)
                    .setDecompressionSupported(true));
            server.requestHandler(this::read);
            return server.listen().map(HttpServer::actualPort);
        });
    }

    /** Runs something on the event loop and waits for it. Must not be called from the event loop. */
    protected final <T> T onLoop(Supplier<io.vertx.core.Future<T>> work) {
        CompletableFuture<T> done = new CompletableFuture<>();
        loop.runOnContext(ignored -> {
            try {
                work.get().onComplete(result -> {
                    if (result.succeeded()) {
                        done.complete(result.result());
                    } else {
                        done.completeExceptionally(result.cause());
                    }
                });
            } catch (RuntimeException e) {
                done.completeExceptionally(e);
            }
        });
        try {
            return done.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("the sandbox did not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** The port in use; 0 before the server listens. */
    protected final int port() {
        return server == null ? 0 : server.actualPort();
    }

    /** Runs something on the event loop, soon; from any thread. */
    protected final void soon(Runnable work) {
        loop.runOnContext(ignored -> work.run());
    }

    private void read(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            if (body.length() > LARGEST_BODY) {
                send(request, refuse(413, "The request body is too large"));
                return;
            }
            serve(request, new Call(request, body));
        });
    }

    private void serve(HttpServerRequest request, Call call) {
        // The sandbox's Entra tenant has the same name as the controls.
        if (call.path().startsWith("/sandbox/") && !call.path().startsWith("/sandbox/oauth2/")) {
            send(request, guarded(call, this::controls));
            return;
        }
        long begin = System.nanoTime();
        Answer refused = refusal(call, stats.begun());
        if (refused != null) {
            Operation operation = operation(call);
            stats.count(call.method(), operation == null ? call.path() : operation.template(), 0);
            stats.ended();
            send(request, refused);
            return;
        }
        Faults.Rule rule = faults.take(call);
        Runnable work = () -> {
            try {
                serve(request, call, rule);
            } finally {
                stats.ended();
                worked(call, System.nanoTime() - begin);
            }
        };
        if (rule != null && rule.delayMillis > 0) {
            vertx.setTimer(rule.delayMillis, ignored -> work.run());
        } else {
            work.run();
        }
    }

    private void serve(HttpServerRequest request, Call call, Faults.Rule rule) {
        Operation operation = operation(call);
        String template = operation == null ? call.path() : operation.template();
        if (rule != null && rule.kind == Faults.Kind.DROP_BEFORE) {
            stats.count(call.method(), template, 0);
            request.connection().close();
            return;
        }
        if (rule != null && rule.kind == Faults.Kind.ANSWER) {
            stats.count(call.method(), template, 0);
            send(request, rule.answer);
            return;
        }
        if (rule != null && rule.kind == Faults.Kind.STALE) {
            call.makeStale();
        }
        boolean lost = rule != null && rule.kind == Faults.Kind.DROP_AFTER;
        if (answersLater(call, later -> answer(request, later, lost))) {
            stats.count(call.method(), template, 0);
            return;
        }
        Answer answer = operation == null ? unknown(call) : guarded(call, operation.handler());
        int wrote = operation == null || !operation.write() ? 0
                : call.carries() ? call.writesInside() : answer.status() < 300 ? 1 : 0;
        stats.count(call.method(), template, wrote);
        if (operation != null && operation.write() && (wrote > 0 || !call.carries())) {
            changes++;
        }
        answer(request, answer, call.dropped() || lost);
    }

    private void answer(HttpServerRequest request, Answer answer, boolean lost) {
        if (lost) {
            request.connection().close();
        } else {
            send(request, answer);
        }
    }

    private Answer unknown(Call call) {
        return refuse(404, "Resource not found for the segment '" + call.path() + "'.");
    }

    /** Answers a call that came inside another one, as in a batch: fault rules and counts hold for it too. */
    protected final Answer inside(Call call) {
        Operation operation = operation(call);
        stats.countInside(call.method(), operation == null ? call.path() : operation.template());
        Faults.Rule rule = faults.take(call);
        if (rule != null && rule.kind == Faults.Kind.ANSWER) {
            return rule.answer;
        }
        if (rule != null && rule.kind == Faults.Kind.DROP_BEFORE) {
            call.outer().drop();
            return refuse(503, "dropped");
        }
        if (rule != null && rule.kind == Faults.Kind.DROP_AFTER) {
            call.outer().drop();
        }
        if (rule != null && rule.kind == Faults.Kind.STALE) {
            call.makeStale();
        }
        Answer answer = operation == null ? unknown(call) : operation.handler().apply(call);
        if (operation != null && operation.write() && answer.status() < 300) {
            call.outer().writesInside(call.outer().writesInside() + 1);
        }
        return answer;
    }

    private Answer guarded(Call call, Function<Call, Answer> handler) {
        try {
            return handler.apply(call);
        } catch (Json.Malformed | ClassCastException e) {
            return refuse(400, "The request body is not the JSON that was expected");
        } catch (RuntimeException e) {
            log.error("sandbox failed on {} {}", call.method(), call.path(), e);
            return refuse(500, "The sandbox failed: " + e);
        }
    }

    private Answer controls(Call call) {
        switch (call.method() + " " + call.path()) {
            case "GET /sandbox/stats":
                return Answer.json(200, stats.json());
            case "POST /sandbox/stats/reset":
                stats.reset();
                return Answer.empty(204);
            case "POST /sandbox/reset":
                stats.reset();
                faults.clear();
                forgetAll();
                changes++;
                return Answer.empty(204);
            case "GET /sandbox/state":
                return Answer.json(200, snapshot());
            case "PUT /sandbox/state":
                restore(call.json());
                changes++;
                return Answer.empty(204);
            case "GET /sandbox/faults":
                return Answer.json(200, Map.of("left", faults.left()));
            case "POST /sandbox/faults":
                faults.add(call.json());
                return Answer.empty(204);
            case "DELETE /sandbox/faults":
                faults.clear();
                return Answer.empty(204);
            default:
                Answer answer = control(call);
                changes++;
                return answer == null ? Answer.json(404, Map.of("error", "no such control: " + call.path())) : answer;
        }
    }

    /** The server's clock, as the Date header of every answer tells it. */
    protected Instant now() {
        return Instant.now();
    }

    private void send(HttpServerRequest request, Answer answer) {
        if (request.response().ended() || request.response().closed()) {
            return;
        }
        request.response().setStatusCode(answer.status());
        request.response().putHeader("Date",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(now().atOffset(ZoneOffset.UTC)));
        answer.headers().forEach((name, value) -> request.response().putHeader(name, value));
        if (answer.body() == null) {
            request.response().end();
        } else {
            request.response().end(Buffer.buffer(answer.body()));
        }
    }

    @Override
    public void close() {
        if (server != null) {
            onLoop(() -> server.close());
        }
    }
}
