package dev.cosell.page;

import dev.cosell.verbs.Fault;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells everybody who listens how the sync is, and whoever wants it what is decided, as server-sent events. It is found
 * out once for all, and only while somebody listens.
 */
final class Events implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Events.class);
    private static final long EVERY = Duration.ofSeconds(2).toMillis();
    private static final int MOST = 100;

    private final Vertx vertx;
    private final WorkerExecutor workers;
    private final Supplier<String> news;
    private final Supplier<String> log;
    private final UnaryOperator<String> error;
    private final Set<HttpServerResponse> listeners = ConcurrentHashMap.newKeySet();
    private final Set<HttpServerResponse> readers = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean asking = new AtomicBoolean();
    private final AtomicBoolean defect = new AtomicBoolean();
    private final long timer;

    /**
     * @param news  one line of JSON; may take a while
     * @param log   what was decided since it was asked last, in the same form
     * @param error a sentence in the same form
     */
    Events(Vertx vertx, WorkerExecutor workers, Supplier<String> news, Supplier<String> log,
            UnaryOperator<String> error) {
        this.vertx = vertx;
        this.workers = workers;
        this.news = news;
        this.log = log;
        this.error = error;
        this.timer = vertx.setPeriodic(EVERY, now -> tell());
    }

    void listen(RoutingContext request) {
        if (listeners.size() >= MOST) {
            request.fail(new Refused(503, "More than " + MOST + " pages are open; close some of them"));
            return;
        }
        HttpServerResponse response = request.response().setChunked(true)
                .putHeader("Content-Type", "text/event-stream; charset=utf-8")
                .putHeader("X-Accel-Buffering", "no");
        response.endHandler(ended -> forget(response));
        response.closeHandler(closed -> forget(response));
        response.exceptionHandler(lost -> forget(response));
        response.write("retry: 2000\n\n");
        if (request.queryParams().contains("log")) {
            readers.add(response);
        }
        listeners.add(response);
        tell();
    }

    private void forget(HttpServerResponse response) {
        listeners.remove(response);
        readers.remove(response);
    }

    private void tell() {
        if (listeners.isEmpty() || !asking.compareAndSet(false, true)) {
            return;
        }
        workers.executeBlocking(() -> {
            String line = news.get();
            tellAll(data(line));
            if (!readers.isEmpty()) {
                tellDecisions(log.get());
            }
            return null;
        }, false).onSuccess(told -> defect.set(false)).onFailure(this::tellWhyNot)
                .onComplete(done -> asking.set(false));
    }

    private void tellAll(String event) {
        listeners.stream().filter(each -> !each.writeQueueFull()).forEach(each -> each.write(event));
    }

    /** Whoever looks has to know that what is shown is of before. The log has a defect once, and not every time. */
    private void tellWhyNot(Throwable fault) {
        if (listeners.isEmpty()) {
            return;
        }
        if (!(fault instanceof Fault) && defect.compareAndSet(false, true)) {
            LOG.error("How the sync is cannot be found out", fault);
        }
        tellAll("event: away\n" + data(error.apply(fault instanceof Fault ? fault.getMessage()
                : "How the sync is cannot be found out; the log says why")));
    }

    private static String data(String line) {
        return "data: " + line + "\n\n";
    }

    /** Whoever is too slow for them has to come again and ask for what was missed. */
    private void tellDecisions(String lines) {
        readers.forEach(each -> {
            if (each.writeQueueFull()) {
                each.end();
            } else {
                each.write("event: log\n" + data(lines));
            }
        });
    }

    @Override
    public void close() {
        vertx.cancelTimer(timer);
        listeners.forEach(HttpServerResponse::end);
    }
}
