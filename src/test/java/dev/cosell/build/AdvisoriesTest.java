package dev.cosell.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.ShippedRoutes;
import dev.cosell.http.KnownHosts;
import dev.cosell.queue.Broker;
import dev.cosell.queue.Redelivery;
import com.sun.net.httpserver.HttpServer;
import dev.cosell.http.HttpClientSetUp;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import javax.management.ObjectName;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Guards that {@code docs/advisories.md} names and that no other test looks at. */
class AdvisoriesTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (?:\\[?CVE-|\\[those of ).*\\|([^|]*)\\|$");

    private static Map<String, String> routes() throws IOException {
        Map<String, String> texts = new TreeMap<>();
        for (Path file : ShippedRoutes.files()) {
            texts.put(file.getFileName().toString(), Files.readString(file));
        }
        return texts;
    }

    @Test
    void each_advisory_names_what_shows_its_guard() throws IOException {
        List<String> shown = ROW.matcher(Files.readString(Path.of("docs/advisories.md"))).results()
                .map(row -> row.group(1).strip()).toList();
        assertThat(shown).hasSizeGreaterThan(15).allSatisfy(tests -> assertThat(tests).startsWith("`"));
    }

    @Test
    void neither_open_wire_nor_a_server_or_login_of_jetty_is_shipped() throws IOException {
        List<String> names = Bill.components().findValuesAsText("name");
        assertThat(names).contains("artemis-server", "jetty-client")
                .noneMatch(name -> name.matches("artemis-(openwire|.*-protocol).*|jetty-(server|security|.*jaspi).*"));
    }

    /** What a caller sends beside its body would steer what comes behind. */
    @Test
    void each_door_removes_every_header_before_anything_else_runs() throws IOException {
        List<String> doors = Pattern.compile("uri: \"?platform-http:")
                .splitAsStream(String.join("\n", routes().values())).skip(1).toList();
        assertThat(doors).hasSize(2).allSatisfy(door -> {
            List<String> steps = door.lines().filter(line -> line.matches(" +- \\w+: \\{.*")).limit(2).toList();
            assertThat(steps.get(0)).contains("method: take }");
            assertThat(steps.get(1)).contains("- removeHeaders: ", "pattern: \"*\" }");
        });
    }

    @Test
    void no_route_reads_mail_takes_mime_apart_or_joins_a_saga() throws IOException {
        assertThat(routes()).hasSizeGreaterThan(10).allSatisfy((file, text) -> assertThat(text).as(file)
                .doesNotContainPattern("uri: \"?(imaps?|pop3s?|file|ftp|exec|mina|netty|undertow|atmosphere)")
                .doesNotContain("mimeMultipart", "saga:", "corsEnabled", "transferExchange", "allowSerializedHeaders"));
    }

    /** Who follows one shows the token to whoever is named there. */
    @Test
    void every_http_call_is_made_by_the_client_that_follows_no_redirect() throws IOException {
        String all = String.join("\n", routes().values());
        assertThat(Pattern.compile("uri: \"?https?:").matcher(all).results().count()).isPositive()
                .isEqualTo(
                        Pattern.compile("httpClientConfigurer: \"#httpClientSetUp\"").matcher(all).results().count());
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        List<String> asked = new CopyOnWriteArrayList<>();
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().getPath());
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.start();
        HttpClientBuilder client = HttpClientBuilder.create();
        String address = "http://localhost:" + server.getAddress().getPort();
        new HttpClientSetUp(KnownHosts.of(address)).configureHttpClient(client);
        try (CloseableHttpClient http = client.build()) {
            int status = http.execute(new HttpGet(address + "/here"),
                    HttpResponse::getCode);
            assertThat(status).isEqualTo(302);
            assertThat(asked).containsExactly("/here");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void the_broker_of_this_process_listens_on_nothing(@TempDir Path folder) throws Exception {
        try (Broker broker = Broker.embedded(folder, List.of("sync.salesforce"), Redelivery.DEFAULT)) {
            assertThat(broker.connections()).isNotNull();
            assertThat(ManagementFactory.getPlatformMBeanServer()
                    .queryNames(new ObjectName("org.apache.activemq.artemis:component=acceptors,*"), null))
                    .extracting(acceptor -> acceptor.getKeyProperty("name")).containsOnly("\"in-vm\"");
        }
    }
}
