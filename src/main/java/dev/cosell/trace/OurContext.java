package dev.cosell.trace;

import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.context.propagation.TextMapSetter;
import java.util.Collection;
import org.apache.camel.Exchange;

/**
 * The form of W3C, which is believed where it came through our queue and not where it came through the door: whoever
 * sends a notification says whether <em>its</em> trace is kept, and a service of Microsoft's usually says no.
 */
final class OurContext implements TextMapPropagator {
    private final TextMapPropagator form = W3CTraceContextPropagator.getInstance();

    @Override
    public Collection<String> fields() {
        return form.fields();
    }

    @Override
    public <C> void inject(Context context, C carrier, TextMapSetter<C> setter) {
        form.inject(context, carrier, setter);
    }

    @Override
    public <C> Context extract(Context context, C carrier, TextMapGetter<C> getter) {
        return getter.get(carrier, Exchange.HTTP_METHOD) == null ? form.extract(context, carrier, getter) : context;
    }
}
