package dev.cosell.queue;

import static org.awaitility.Awaitility.await;

import dev.cosell.verbs.Hint;
import java.util.List;
import java.util.function.Consumer;
import org.apache.camel.builder.RouteBuilder;

/** Takes hints off the queue of Salesforce as the sync route does; the work that fails goes back to the queue. */
final class TakingRoute extends RouteBuilder {
    private final Consumer<Hint> work;

    TakingRoute(Consumer<Hint> work) {
        this.work = work;
    }

    @Override
    public void configure() {
        errorHandler(noErrorHandler());
        from(QueueOnDisk.CONSUMER).routeId("sync-salesforce")
                .bean("hints", "read")
                .bean("hints", "taken(${body}, 'salesforce')")
                .process(exchange -> work.accept(exchange.getMessage().getBody(Hint.class)));
    }

    static <T> List<T> until(List<T> taken, int count) {
        await().atMost(QueueOnDisk.PATIENCE).until(() -> taken.size() >= count);
        return List.copyOf(taken);
    }
}
