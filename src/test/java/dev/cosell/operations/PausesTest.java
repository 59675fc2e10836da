package dev.cosell.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cosell.cluster.PausedCrms;
import dev.cosell.state.Database;
import dev.cosell.state.ReadyDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.ServiceStatus;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.RouteController;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PausesTest {
    private static final String ROUTE = "sync-dynamics";

    @TempDir
    private Path directory;

    /** It stood still until a restart, though whoever had paused it on another instance had resumed it there. */
    @Test
    void a_route_that_was_not_there_when_another_instance_paused_it_is_resumed_with_the_others() throws Exception {
        try (Database database = Database.open(ReadyDatabase.h2(directory.resolve("state")), null, null);
             DefaultCamelContext context = new DefaultCamelContext()) {
            context.start();
            PausedCrms paused = new PausedCrms(database, Clock.systemUTC());
            paused.add("dynamics");
            comesBackSuspended(context);
            AtomicBoolean looked = new AtomicBoolean();
            try (Pauses pauses = new Pauses(context, List.of("dynamics"), paused, () -> looked.set(true))) {
                pauses.follow();
                await().untilTrue(looked);
                paused.remove("dynamics");
                await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(context.getRouteController()
                        .getRouteStatus(ROUTE)).isEqualTo(ServiceStatus.Started));
            }
        }
    }

    /** As a live reload does with what is paused. */
    private static void comesBackSuspended(DefaultCamelContext context) throws Exception {
        RouteController controller = context.getRouteController();
        synchronized (controller) {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("timer:never?delay=100000").routeId(ROUTE).log("never");
                }
            });
            controller.suspendRoute(ROUTE);
        }
    }
}
