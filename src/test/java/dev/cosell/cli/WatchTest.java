package dev.cosell.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.cosell.crm.Crms;
import dev.cosell.settings.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A backfill is watched while the application or its database is away for a while. */
class WatchTest {
    private static final String AWAY = "The database did not answer: Connection refused";

    private final AtomicInteger asked = new AtomicInteger();
    private final StringWriter told = new StringWriter();
    private HttpServer server;
    private Watch watch;
    private JsonNode begun;
    private int away;

    @BeforeEach
    void open() throws IOException {
        begun = new ObjectMapper().readTree("{\"id\": 7, \"phase\": \"RUNNING\"}");
        server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        server.createContext("/api/backfill/7", exchange -> {
            boolean isAway = asked.incrementAndGet() <= away;
            byte[] body = (isAway ? "{\"error\": \"" + AWAY + "\"}" : "{\"id\": 7, \"phase\": \"DONE\"}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(isAway ? 503 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    private void watchesFor(Duration patience) {
        Settings settings = Crms.SHIPPED.settings(Path.of("application.properties"), Map.of(), Map.of());
        watch = new Watch(new Running(settings, "http://localhost:" + server.getAddress().getPort()),
                new Progress(new PrintWriter(told, true)), patience);
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    /** It ended with an error, and somebody had to find out that the backfill had not. */
    @Test
    void a_backfill_is_asked_about_again_while_the_database_is_away() throws Exception {
        away = 2;
        watchesFor(Duration.ofMinutes(1));
        assertThat(watch.untilItRests(begun).path("phase").asText()).isEqualTo("DONE");
        assertThat(told.toString()).containsOnlyOnce(AWAY).contains("goes on by itself");
        assertThat(asked).hasValue(3);
    }

    @Test
    void who_gives_up_says_that_the_backfill_goes_on() {
        away = 100;
        watchesFor(Duration.ZERO);
        assertThatThrownBy(() -> watch.untilItRests(begun)).isInstanceOf(Running.Unanswered.class)
                .hasMessageContaining("goes on by itself").hasMessageContaining("./cosell backfill")
                .hasMessageContaining(AWAY);
    }

    @Test
    void an_application_that_restarts_is_asked_again_too() throws Exception {
        int port = server.getAddress().getPort();
        watchesFor(Duration.ofSeconds(3));
        server.stop(0);
        assertThatThrownBy(() -> watch.untilItRests(begun)).isInstanceOf(Running.Unanswered.class)
                .hasMessageContaining("goes on by itself").hasMessageContaining("does not answer at http://localhost:"
                        + port);
        assertThat(told.toString()).containsOnlyOnce("is asked again");
    }
}
