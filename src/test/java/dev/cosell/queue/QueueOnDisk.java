package dev.cosell.queue;

import dev.cosell.verbs.Hint;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A broker with its journal in a directory of its own, and consumers as the shipped routes have them. */
abstract class QueueOnDisk {
    static final List<String> CRMS = List.of("salesforce", "dynamics");
    static final String CONSUMER = "jms:queue:sync.salesforce?concurrentConsumers=4&transacted=true"
            + "&lazyCreateTransactionManager=false&disableReplyTo=true";

    /** For a machine that has other work to do. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    Broker broker;
    Hints hints;
    private final List<DefaultCamelContext> contexts = new ArrayList<>();

    @BeforeEach
    void open() {
        broker = Broker.embedded(directory, CRMS.stream().map(Hints::queue).toList(),
                new Redelivery(Duration.ofMillis(100), 2, Duration.ofSeconds(1)));
        hints = new Hints(broker, CRMS, offered -> Map.of(), Clock.systemUTC());
    }

    @AfterEach
    void close() {
        contexts.forEach(DefaultCamelContext::stop);
        hints.close();
        broker.close();
    }

    void reopen() {
        close();
        open();
    }

    DefaultCamelContext consume(RoutesBuilder routes) throws Exception {
        DefaultCamelContext context = new DefaultCamelContext();
        JmsComponent jms = new JmsComponent();
        jms.setConnectionFactory(broker.connections());
        context.addComponent("jms", jms);
        context.getRegistry().bind("hints", hints);
        context.addRoutes(routes);
        contexts.add(context);
        context.start();
        return context;
    }

    static Hint hint(String id, String version) {
        return new Hint("salesforce", id, version, Hint.Origin.WEBHOOK);
    }
}
