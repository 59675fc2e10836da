package dev.cosell.sandbox;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.MultiMap;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One request to a sandbox server, fully read. Query names and values are decoded; header names compare without case.
 */
public final class Call {
    private static final String AUTHORIZATION = "Authorization";

    private final String method;
    private final String path;
    private final String rawPath;
    private final String target;
    private final String host;
    private final Map<String, String> query;
    private final MultiMap headers;
    private final Buffer body;
    private final Call outer;
    private boolean stale;
    private boolean dropped;
    private boolean carries;
    private int writesInside;

    Call(HttpServerRequest request, Buffer body) {
        this.method = request.method().name();
        this.rawPath = request.path();
        this.path = decode(rawPath);
        this.target = request.uri();
        this.host = request.authority() == null ? "localhost" : request.authority().toString();
        this.query = parse(request.query());
        this.headers = request.headers();
        this.body = body;
        this.outer = null;
    }

    private Call(Call outer, String method, String target, Map<String, String> headers, String body) {
        int question = target.indexOf('?');
        this.method = method;
        this.rawPath = question < 0 ? target : target.substring(0, question);
        this.path = decode(rawPath);
        this.target = target;
        this.host = outer.host;
        this.query = parse(question < 0 ? null : target.substring(question + 1));
        this.headers = MultiMap.caseInsensitiveMultiMap().addAll(headers);
        this.body = Buffer.buffer(body);
        this.outer = outer;
        outer.carries = true;
        if (this.headers.get(AUTHORIZATION) == null && outer.header(AUTHORIZATION) != null) {
            this.headers.set(AUTHORIZATION, outer.header(AUTHORIZATION));
        }
    }

    /**
     * A call that came inside this one, as in a batch. It is sent to the same host and with the same authorisation.
     *
     * @param target path and query as they stand in a request line
     */
    public Call inner(String innerMethod, String target, Map<String, String> innerHeaders, String innerBody) {
        return new Call(this, innerMethod, target, innerHeaders, innerBody);
    }

    /** The same call with another path and query. */
    public Call to(String otherTarget) {
        Map<String, String> same = new LinkedHashMap<>();
        headers.forEach(header -> same.put(header.getKey(), header.getValue()));
        return new Call(this, method, otherTarget, same, text());
    }

    public String method() {
        return method;
    }

    /** The decoded path without the query. */
    public String path() {
        return path;
    }

    /** The path as sent, for addresses whose segments may hold an encoded slash. */
    public String rawPath() {
        return rawPath;
    }

    /** Path and query as sent. */
    public String target() {
        return target;
    }

    /** Host and port the client used; links in answers are built on it. */
    public String host() {
        return host;
    }

    /** Decoded query options in the order they were sent. */
    public Map<String, String> query() {
        return query;
    }

    public String query(String name) {
        return query.get(name);
    }

    /** Null when the header is absent. */
    public String header(String name) {
        return headers.get(name);
    }

    public byte[] bytes() {
        return body.getBytes();
    }

    public String text() {
        return body.toString(StandardCharsets.UTF_8);
    }

    /** The body as a JSON object; throws {@link Json.Malformed} when it is none. An empty body is an empty object. */
    public Map<String, Object> json() {
        return Json.object(bytes());
    }

    /** The body as a JSON array; throws {@link Json.Malformed} when it is none. */
    public List<Object> jsonArray() {
        return Json.array(bytes());
    }

    /** The body as a form. */
    public Map<String, String> form() {
        return parse(text());
    }

    /** True when a fault rule wants this read to show the record as it was before its last change. */
    public boolean stale() {
        return stale;
    }

    void makeStale() {
        stale = true;
    }

    /** The call that this one came inside of; null when it came by itself. */
    public Call outer() {
        return outer;
    }

    /** The connection closes in place of an answer. */
    void drop() {
        dropped = true;
    }

    boolean dropped() {
        return dropped;
    }

    /** Whether other calls came inside this one. */
    boolean carries() {
        return carries;
    }

    /** Calls inside this one that have changed something. */
    public int writesInside() {
        return writesInside;
    }

    /** Sets that number, as when some of them are undone. */
    public void writesInside(int writes) {
        writesInside = writes;
    }

    private static Map<String, String> parse(String text) {
        Map<String, String> pairs = new LinkedHashMap<>();
        if (text == null || text.isEmpty()) {
            return pairs;
        }
        for (String pair : text.split("&")) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            pairs.put(decodeForm(name), decodeForm(value));
        }
        return pairs;
    }

    private static String decodeForm(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static String decode(String path) {
        return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
