package dev.cosell.alerts;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Whoever gets alerts by HTTP: keeps what was posted to which path, and answers as it is told to. */
public final class Receiver implements AutoCloseable {
    private final HttpServer server;
    private final List<Post> posts = new CopyOnWriteArrayList<>();
    private final List<Post> refused = new CopyOnWriteArrayList<>();
    private final Map<String, Integer> refusals = new ConcurrentHashMap<>();

    record Post(String path, Headers headers, String body) {}

    public Receiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        int status = refusals.getOrDefault(path, 202);
        (status == 202 ? posts : refused).add(new Post(path, exchange.getRequestHeaders(), body));
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    public String address(String path) {
        return "http://localhost:" + server.getAddress().getPort() + path;
    }

    /** From now on this path is answered so; 202 takes everything. */
    public void answers(String path, int status) {
        refusals.put(path, status);
    }

    /** What was taken at a path. */
    List<Post> at(String path) {
        return posts.stream().filter(post -> post.path().equals(path)).toList();
    }

    /** What was not taken there. */
    List<Post> refusedAt(String path) {
        return refused.stream().filter(post -> post.path().equals(path)).toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
