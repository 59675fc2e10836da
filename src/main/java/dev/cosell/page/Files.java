package dev.cosell.page;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/** The files that make up the page; they ship in the jar. */
final class Files {
    /** By path. */
    static final Map<String, Handler<RoutingContext>> ALL = Map.of(
            "/", file("page.html", "text/html; charset=utf-8"),
            "/page.css", file("page.css", "text/css; charset=utf-8"),
            "/page.js", file("page.js", "text/javascript; charset=utf-8"));

    private Files() {}

    private static Handler<RoutingContext> file(String name, String type) {
        try (InputStream in = Files.class.getResourceAsStream("/page/" + name)) {
            Buffer content = Buffer.buffer(in.readAllBytes());
            return request -> request.response().putHeader("Content-Type", type).end(content);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
