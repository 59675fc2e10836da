package dev.cosell.page;

import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells everybody who listens how the sync is, as server-sent events. It is found out once for all, and only while
 * somebody listens.
 */
final class Events implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Events.class);
    private static final long EVERY = Duration.ofSeconds(2).toMillis();
    private static final int MOST = 100;

    private final Vertx vertx;
    private final WorkerExecutor workers;
    private final Supplier<String> news;
    private final Set<HttpServerResponse> listeners = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean asking = new AtomicBoolean();
    private final long timer;

    /** @param news one line of JSON; may take a while */
    Events(Vertx vertx, WorkerExecutor workers, Supplier<String> news) {
        this.vertx = vertx;
        this.workers = workers;
        this.news = news;
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
        response.endHandler(ended -> listeners.remove(response));
        response.closeHandler(closed -> listeners.remove(response));
        response.exceptionHandler(lost -> listeners.remove(response));
        response.write("retry: 2000\n\n");
        listeners.add(response);
        tell();
    }

    private void tell() {
        if (listeners.isEmpty() || !asking.compareAndSet(false, true)) {
            return;
        }
        workers.executeBlocking(news::get, false).onSuccess(line -> listeners.stream()
                .filter(each -> !each.writeQueueFull())
                        .forEach(each -> each.write("data: " + line + "\n\n")))
                .onFailure(fault -> LOG.debug("How the sync is could not be found out this time", fault))
                .onComplete(done -> asking.set(false));
    }

    @Override
    public void close() {
        vertx.cancelTimer(timer);
        listeners.forEach(HttpServerResponse::end);
    }
}
