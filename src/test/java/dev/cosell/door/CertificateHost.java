package dev.cosell.door;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The host on the list: serves certificates, redirects, and silence. */
final class CertificateHost implements AutoCloseable {
    private interface Reply {
        void to(HttpExchange exchange) throws IOException;
    }

    private final Map<String, Reply> replies = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final HttpServer server;
    final List<String> asked = new CopyOnWriteArrayList<>();

    CertificateHost() throws IOException {
        server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            try (exchange) {
                replies.getOrDefault(exchange.getRequestURI().toString(), other -> other.sendResponseHeaders(404, -1))
                        .to(exchange);
            }
        });
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    String origin() {
        return "http://localhost:" + port();
    }

    void serve(String path, byte[] certificate) {
        replies.put(path, exchange -> {
            exchange.sendResponseHeaders(200, certificate.length == 0 ? -1 : certificate.length);
            exchange.getResponseBody().write(certificate);
        });
    }

    void redirect(String path, String to) {
        replies.put(path, exchange -> {
            exchange.getResponseHeaders().add("Location", to);
            exchange.sendResponseHeaders(302, -1);
        });
    }

    void fail(String path) {
        replies.put(path, exchange -> exchange.sendResponseHeaders(500, -1));
    }

    /** Begins to answer and never ends. */
    void hang(String path) {
        replies.put(path, exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write(1);
            exchange.getResponseBody().flush();
            try {
                closing.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
