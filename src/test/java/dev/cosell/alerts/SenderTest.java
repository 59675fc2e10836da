package dev.cosell.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.state.Database;
import dev.cosell.state.ReadyDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What health says of a channel of which several instances send, on both databases. */
class SenderTest {
    private static final Matter PARKED = new Matter("parked", "CS-801", "Records are parked", "12 records are parked",
            "Look at them");

    @TempDir
    Path folder;

    private Database database(String kind) throws Exception {
        String url = kind.equals("h2") ? ReadyDatabase.h2(folder.resolve("alerts")) : ReadyDatabase.postgres();
        return Database.open(url, null, null);
    }

    /** The other instance had sent the letter, so the first one sent none and its channel stayed broken for ever. */
    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void a_channel_that_failed_once_stayed_broken_when_another_instance_sent_its_letter(String kind) throws Exception {
        try (Database database = database(kind)) {
            AlertBook book = new AlertBook(database);
            try (Instance first = new Instance(book); Instance second = new Instance(book)) {
                first.mailFails = true;
                book.seen(PARKED);
                book.tell(List.of("mail"), Duration.ofMinutes(10));
                first.sends();
                eventually(() -> assertThat(first.mail()).isEqualTo(HealthCheck.State.DOWN));
                first.mailFails = false;
                Awaitility.await().during(Duration.ofMillis(500)).untilAsserted(() -> {
                    first.sends();
                    assertThat(first.mail()).as("its letter waits for the next try").isEqualTo(HealthCheck.State.DOWN);
                });

                eventually(() -> {
                    second.sends();
                    assertThat(second.sent).hasValue(1);
                });
                eventually(() -> {
                    first.sends();
                    assertThat(first.mail()).isEqualTo(HealthCheck.State.UP);
                });
                assertThat(first.sent).as("letters of the first").hasValue(0);
            }
        }
    }

    /** A letter that was in no book was tried once, and what was told of its failure was never taken back. */
    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void a_channel_that_failed_while_the_database_was_away_stayed_broken_with_nothing_left_to_send(String kind)
            throws Exception {
        try (Database database = database(kind); Instance only = new Instance(new AlertBook(database))) {
            only.mailFails = true;
            only.sender.sendNow("mail", List.of(new Letter(0, Letter.Kind.BEGAN, PARKED, Instant.now(), 1)));
            eventually(() -> assertThat(only.mail()).isEqualTo(HealthCheck.State.DOWN));
            eventually(() -> {
                only.sends();
                assertThat(only.mail()).isEqualTo(HealthCheck.State.UP);
            });
        }
    }

    @Test
    void a_channel_whose_route_was_taken_away_stayed_broken() throws Exception {
        try (Database database = database("h2"); Instance only = new Instance(new AlertBook(database))) {
            only.mailFails = true;
            only.sender.sendNow("mail", List.of(new Letter(0, Letter.Kind.BEGAN, PARKED, Instant.now(), 1)));
            eventually(() -> assertThat(only.mail()).isEqualTo(HealthCheck.State.DOWN));
            only.sender.keep(List.of("mail", "teams"));
            assertThat(only.mail()).isEqualTo(HealthCheck.State.DOWN);
            only.sender.keep(List.of("teams"));
            assertThat(only.mail()).isEqualTo(HealthCheck.State.UP);
        }
    }

    private static void eventually(ThrowingRunnable assertion) {
        Awaitility.await().untilAsserted(assertion);
    }

    /** One instance with a channel by mail that fails as long as it is told to. */
    private static final class Instance implements AutoCloseable {
        private static final Duration PAUSE = Duration.ofSeconds(3);

        private final DefaultCamelContext camel = new DefaultCamelContext();
        private final AtomicInteger sent = new AtomicInteger();
        private final Sender sender;
        private volatile boolean mailFails;

        Instance(AlertBook book) throws Exception {
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    errorHandler(noErrorHandler());
                    from(Channels.address("mail")).process(exchange -> {
                        if (mailFails) {
                            throw new IllegalStateException("The mail server is away");
                        }
                        sent.incrementAndGet();
                    });
                }
            });
            camel.start();
            sender = new Sender(camel, book, "Test", "", PAUSE, Clock.systemUTC());
            sender.show("mail");
        }

        void sends() {
            sender.send("mail");
        }

        HealthCheck.State mail() {
            return HealthCheckRegistry.get(camel).getCheck(Channels.health("mail")).orElseThrow().call().getState();
        }

        @Override
        public void close() {
            sender.close();
            camel.stop();
        }
    }
}
