package dev.cosell.entra;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/** Waits on 127.0.0.1 for the one page with which a browser brings the answer to a sign-in. */
public final class LoopbackAnswer implements AutoCloseable {
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private final HttpServer server;
    private final CompletableFuture<URI> answer = new CompletableFuture<>();
    private final AtomicBoolean taken = new AtomicBoolean();

    private LoopbackAnswer(HttpServer server) {
        this.server = server;
    }

    /** Takes a free port; a browser that comes before {@link #await} has to wait. */
    public static LoopbackAnswer open() {
        try {
            return new LoopbackAnswer(
                    HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), 0), 0));
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
    }

    /** Where a browser has to be sent. */
    public URI address() {
        return URI.create(BrowserSignIn.REDIRECT + ":" + server.getAddress().getPort());
    }

    /**
     * The first address that is an answer; empty when none came in time. Whatever else comes is refused and changes
     * nothing, and so is whatever comes after it.
     */
    public Optional<URI> await(Predicate<URI> isAnswer, Duration atMost) throws InterruptedException {
        server.createContext("/", exchange -> take(exchange, isAnswer));
        server.start();
        try {
            return Optional.of(answer.get(atMost.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException nobodyCame) {
            return Optional.empty();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible.getCause());
        }
    }

    private void take(HttpExchange exchange, Predicate<URI> isAnswer) throws IOException {
        URI asked = URI.create(address() + exchange.getRequestURI().toString());
        boolean right = "GET".equals(exchange.getRequestMethod()) && "/".equals(asked.getPath()) && isAnswer.test(asked)
                && taken.compareAndSet(false, true);
        try (exchange) {
            say(exchange, right);
        }
        if (right) {
            answer.complete(asked);
        }
    }

    /** Whether the sign-in worked is not known yet; the terminal will say it. */
    private static void say(HttpExchange exchange, boolean right) throws IOException {
        byte[] page = ("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Cosell "
                + "Sync</title></head><body><p>"
                + (right ? "The answer has arrived. Go back to the terminal: it says whether the sign-in worked. You "
                + "may close this page."
                        : "This is no answer that Cosell Sync waits for.")
                + "</p></body></html>").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/html;charset=UTF-8");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
        exchange.sendResponseHeaders(right ? 200 : 400, page.length);
        exchange.getResponseBody().write(page);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
