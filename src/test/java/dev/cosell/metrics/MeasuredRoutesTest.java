package dev.cosell.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.cosell.stories.Log;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.junit.jupiter.api.Test;

class MeasuredRoutesTest {
    /** The first edit under routes/ brought a warning about meters, of which nobody could make anything. */
    @Test
    void aRouteThatIsMadeAnewIsCountedAsBeforeAndWithoutAWord() throws Exception {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        try (DefaultCamelContext camel = new DefaultCamelContext(); Log log = Log.from(Level.WARN)) {
            MeasuredRoutes routes = new MeasuredRoutes(meters, camel, List.of("salesforce"));
            for (int made = 0; made < 2; made++) {
                routes.createRoutePolicy(camel, "hint", new RouteDefinition());
            }
            assertThat(log.lines()).isEmpty();
            assertThat(meters.find("cosell.route.exchanges").tag("route", "hint").functionCounters()).hasSize(1);
        }
    }
}
