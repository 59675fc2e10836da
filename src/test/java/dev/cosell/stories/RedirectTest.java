package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** Whoever can make a system answer with a redirect gets no call of ours, and no token. */
@InWorld({"salesforce", "dynamics"})
class RedirectTest {
    private static World world;

    @Test
    void a_redirect_to_another_host_is_never_followed_and_the_change_waits_until_it_is_over() throws IOException {
        Queue<String> calls = new ConcurrentLinkedQueue<>();
        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other.createContext("/", call -> {
            calls.add(call.getRequestMethod() + " " + call.getRequestURI());
            call.sendResponseHeaders(200, -1);
            call.close();
        });
        other.start();
        try (Log log = Log.from(Level.INFO)) {
            String id = world.newDeal(Map.of());
            List.of("salesforce", "dynamics").forEach(crm -> world.opportunityFor(world.crm(crm), id));
            world.settle();
            int status = 301;
            for (Api system : List.of(world.partnerCenter(), world.crm("salesforce").api(),
                    world.crm("dynamics").api())) {
                for (String path : List.of("/referrals", "/composite$", "/query", "/opportunities", "/\\$batch$")) {
                    system.post("/sandbox/faults", Map.of("path", path, "times", 2, "status", status, "headers",
                            Map.of("Location", "http://127.0.0.1:" + other.getAddress().getPort() + "/caught"),
                            "body", ""));
                    status = status == 308 ? 301 : status == 303 ? 307 : status + 1;
                }
            }
            world.partnerCenter().patch("/sandbox/deals/" + id, Map.of("details", Map.of("dealValue", 71000)));
            List.of("salesforce", "dynamics").forEach(crm -> world.eventually(() -> assertThat(world.crm(crm)
                    .value(world.opportunityFor(world.crm(crm), id))).isEqualByComparingTo("71000")));
            world.settle();
            assertThat(calls).isEmpty();
            assertThat(log.lines()).anyMatch(line -> line.contains("names another address"));
            assertThat(world.parked()).isEmpty();
            world.andAgainNothingHappens();
        } finally {
            other.stop(0);
        }
    }
}
