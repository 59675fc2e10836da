package dev.cosell.trace;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/** A receiver of OTLP over HTTP: keeps the spans that are sent to it, as the published protocol has them. */
final class SpanReceiver implements AutoCloseable {
    private final HttpServer server;
    private final List<One> spans = new CopyOnWriteArrayList<>();
    private final List<String> headers = new CopyOnWriteArrayList<>();

    /** A span with what it was sent with. */
    record One(Span span, Map<String, String> resource) {
        String trace() {
            return HexFormat.of().formatHex(span.getTraceId().toByteArray());
        }

        String id() {
            return HexFormat.of().formatHex(span.getSpanId().toByteArray());
        }

        /** Empty for the first of a trace. */
        String parent() {
            return HexFormat.of().formatHex(span.getParentSpanId().toByteArray());
        }

        String name() {
            return span.getName();
        }

        Map<String, String> attributes() {
            return span.getAttributesList().stream().collect(Collectors.toMap(each -> each.getKey(),
                    each -> each.getValue().getStringValue() + (each.getValue().hasIntValue()
                    ? each.getValue().getIntValue() : "")));
        }
    }

    SpanReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", this::take);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        boolean packed = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        try (InputStream body = packed ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
            for (ResourceSpans of : ExportTraceServiceRequest.parseFrom(body).getResourceSpansList()) {
                Map<String, String> resource = of.getResource().getAttributesList().stream()
                        .collect(Collectors.toMap(each -> each.getKey(), each -> each.getValue().getStringValue()));
                of.getScopeSpansList().forEach(scope -> scope.getSpansList()
                        .forEach(span -> spans.add(new One(span, resource))));
            }
        }
        headers.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    String address() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    List<One> spans() {
        return List.copyOf(spans);
    }

    /** What the senders showed. */
    List<String> authorizations() {
        return List.copyOf(headers);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
