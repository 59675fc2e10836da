package dev.cosell.page;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The files that make up the page; they ship in the jar. */
final class Files {
    private static final List<String> SCRIPTS = List.of("page.js", "common.js", "overview.js", "charts.js", "deals.js",
            "backfill.js", "preview.js", "parked.js", "mapping.js", "log.js", "requests.js");

    /** By path. */
    static final Map<String, Handler<RoutingContext>> ALL = all();


    private Files() {}

    private static Map<String, Handler<RoutingContext>> all() {
        Map<String, Handler<RoutingContext>> all = new LinkedHashMap<>();
        all.put("/", file("page.html", "text/html; charset=utf-8"));
        all.put("/page.css", file("page.css", "text/css; charset=utf-8"));
        SCRIPTS.forEach(name -> all.put("/" + name, file(name, "text/javascript; charset=utf-8")));
        return Map.copyOf(all);
    }

    private static Handler<RoutingContext> file(String name, String type) {
        try (InputStream in = Files.class.getResourceAsStream("/page/" + name)) {
            Buffer content = Buffer.buffer(in.readAllBytes());
            return request -> request.response().putHeader("Content-Type", type).end(content);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
