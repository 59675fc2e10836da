package dev.cosell.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.cosell.stories.Api;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where notifications go after the stand-in servers were stopped and started on the same data. */
class KeptSandboxTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** A stand-in for an application: it takes every notification. */
    private record Door(HttpServer server, List<String> notified) {
        static Door open() throws IOException {
            Door door = new Door(HttpServer.create(new InetSocketAddress("localhost", 0), 0),
                    new CopyOnWriteArrayList<>());
            door.server.createContext("/", exchange -> {
                door.notified.add(new String(exchange.getRequestBody().readAllBytes()));
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            door.server.start();
            return door;
        }

        String url() {
            return "http://localhost:" + server.getAddress().getPort() + "/webhooks/partner-center";
        }
    }

    @TempDir
    Path data;
    private final Door first = Door.open();
    private final Door second = Door.open();
    private final Map<String, Integer> ports = new HashMap<>();

    KeptSandboxTest() throws IOException {
        for (String system : List.of("partner-center", "dynamics", "salesforce")) {
            try (ServerSocket free = new ServerSocket(0)) {
                ports.put(system, free.getLocalPort());
            }
        }
    }

    @AfterEach
    void close() {
        List.of(first, second).forEach(door -> door.server.stop(0));
    }

    private Sandbox started(Door door) {
        return Sandbox.start(new Sandbox.Plan("localhost", ports, data, door.url()));
    }

    private Api partnerCenter() {
        return new Api(ports.get("partner-center"));
    }

    private String isNotifiedOfANewDeal(Door door) {
        String id = (String) partnerCenter().post("/sandbox/deals", Map.of()).get("id");
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(door.notified)
                .anyMatch(event -> event.contains(id)));
        return id;
    }

    /** They went to the port of the first start for ever, where nobody listened any more. */
    @Test
    void notificationsWentToThePortOfTheFirstStartAlthoughHttpPortWasAnother() {
        try (Sandbox sandbox = started(first)) {
            isNotifiedOfANewDeal(first);
        }
        try (Sandbox sandbox = started(second)) {
            String id = isNotifiedOfANewDeal(second);
            // What the stop of the first one cut off comes there once more.
            assertThat(first.notified).noneMatch(event -> event.contains(id));
        }
    }

    @Test
    void anAddressThatSomebodyHasSetIsKept() {
        try (Sandbox sandbox = started(first)) {
            assertThat(partnerCenter().raw("PUT", "/sandbox/webhook", Api.bytes(Map.of("url", second.url())), Map.of())
                    .statusCode()).isEqualTo(204);
        }
        try (Sandbox sandbox = started(first)) {
            isNotifiedOfANewDeal(second);
            assertThat(first.notified).isEmpty();
        }
    }
}
