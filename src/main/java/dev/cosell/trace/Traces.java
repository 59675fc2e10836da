package dev.cosell.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.opentelemetry2.OpenTelemetryTracer;

/**
 * Traces for OpenTelemetry: from the notification or the poll that noticed a change, through the queue, to the last
 * write. Nothing of this class is loaded where they are off.
 */
public final class Traces implements AutoCloseable {
    /** The name that W3C gave to the header in which a trace travels. */
    private static final String HEADER = "traceparent";
    private static final Duration SEND_EVERY = Duration.ofSeconds(1);
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final OpenTelemetrySdk sdk;

    private Traces(OpenTelemetrySdk sdk) {
        this.sdk = sdk;
    }

    /**
     * Traces the routes of a context from now on; to be called before they are made.
     *
     * @param url      of a receiver of OTLP over HTTP, without its path
     * @param header   {@code Name: value} that the receiver wants to see; null for none
     * @param version  of this product
     * @param instance tells instances apart
     */
    public static Traces of(CamelContext camel, String url, String header, String version, String instance) {
        OtlpHttpSpanExporterBuilder exporter = OtlpHttpSpanExporter.builder().setEndpoint(url + "/v1/traces");
        if (header != null) {
            String[] parts = header.split(":", 2);
            exporter.addHeader(parts[0].strip(), parts[1].strip());
        }
        Resource resource = Resource.getDefault().merge(Resource.create(Attributes.of(
                AttributeKey.stringKey("service.name"), "cosell-sync", AttributeKey.stringKey("service.version"),
                version, AttributeKey.stringKey("service.instance.id"), instance)));
        SdkTracerProvider provider = SdkTracerProvider.builder().setResource(resource)
                .addSpanProcessor(BatchSpanProcessor.builder(new PlainSpans(exporter.build()))
                        .setScheduleDelay(SEND_EVERY).build())
                .build();
        OpenTelemetrySdk sdk = OpenTelemetrySdk.builder().setTracerProvider(provider)
                .setPropagators(ContextPropagators.create(new OurContext())).build();
        camel.getRegistry().bind("openTelemetry", Tracer.class, sdk.getTracer("cosell-sync"));
        camel.getRegistry().bind("openTelemetryPropagators", ContextPropagators.class, sdk.getPropagators());
        new OpenTelemetryTracer().init(camel);
        return new Traces(sdk);
    }

    /** What this thread works on, as the header of W3C has it; null when that is not traced. */
    public String current() {
        Map<String, String> headers = new HashMap<>();
        sdk.getPropagators().getTextMapPropagator().inject(Context.current(), headers, Map::put);
        return headers.get(HEADER);
    }

    /** What was not sent yet is sent, if the receiver takes it soon. */
    @Override
    public void close() {
        sdk.getSdkTracerProvider().shutdown().join(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
    }
}
