package dev.cosell.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import dev.cosell.settings.Key;
import dev.cosell.state.Database;
import dev.cosell.stories.Api;
import dev.cosell.stories.World;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People are told what needs them, by a real mail server and real receivers, once, and again when it is over. */
class AlertsStoryTest {
    private static final byte[] KEY = "a key of thirty-two bytes, no more".substring(0, 32)
            .getBytes(StandardCharsets.US_ASCII);
    private static final List<String> PATHS = List.of("/teams-secret", "/slack-secret", "/hook-secret", "/pager");

    @TempDir
    Path routes;

    private final GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private Receiver receiver;
    private World world;

    @BeforeEach
    void begin() throws IOException {
        mail.setUser("alerts@tidewater.example", "sender", "word-of-the-mail-server");
        mail.start();
        receiver = new Receiver();
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            for (Path file : files.toList()) {
                Files.copy(file, routes.resolve(file.getFileName()));
            }
        }
        Files.writeString(routes.resolve("own.camel.yaml"), pager());
        Map<String, String> values = new HashMap<>(Map.of("alerts.interval", "300ms", "alerts.over-after", "2s",
                "alerts.parked", "1", "metrics", "off",
                "alerts.name", "Test <of> alerts", "connections.retry-interval", "1s"));
        values.putAll(Map.of("alerts.mail.to", "ops@tidewater.example, it@tidewater.example", "alerts.mail.from",
                "alerts@tidewater.example",
                "alerts.mail.host", "127.0.0.1", "alerts.mail.port", String.valueOf(mail.getSmtp().getPort()),
                "alerts.mail.security", "none",
                "alerts.mail.user", "sender", "alerts.mail.password", "word-of-the-mail-server"));
        values.putAll(Map.of("alerts.teams.url", receiver.address(PATHS.get(0)), "alerts.slack.url",
                receiver.address(PATHS.get(1)),
                "alerts.webhook.url", receiver.address(PATHS.get(2)), "alerts.webhook.secret", "whsec_"
                + Base64.getEncoder().encodeToString(KEY)));
        values.put("management.public-url", "https://sync.example");
        world = new World(values, routes, "salesforce", "dynamics");
    }

    @AfterEach
    void end() {
        world.close();
        receiver.close();
        mail.stop();
    }

    /** The channel that the head of {@code routes/alerts.camel.yaml} shows. */
    private String pager() throws IOException {
        String example = Files.readAllLines(Path.of("routes/alerts.camel.yaml")).stream()
                .dropWhile(line -> !line.startsWith("#   - route:"))
                .takeWhile(line -> line.startsWith("#")).map(line -> line.substring(4))
                .reduce("", (text, line) -> text + line + "\n");
        assertThat(example).contains("https://pager.example.com/wake");
        return example.replace("https://pager.example.com/wake", receiver.address("/pager"));
    }

    private List<String> subjects() {
        return Arrays.stream(mail.getReceivedMessages()).map(AlertsStoryTest::subject).toList();
    }

    private static String subject(MimeMessage message) {
        try {
            return message.getSubject();
        } catch (jakarta.mail.MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many messages each channel got; every mail goes to two people. */
    private List<Integer> counts() {
        return Stream.concat(Stream.of(mail.getReceivedMessages().length / 2), PATHS.stream()
                .map(path -> receiver.at(path).size())).toList();
    }

    private void everyChannelHas(int messages) {
        world.eventually(() -> assertThat(counts()).containsOnly(messages));
    }

    private void andAgainNothingIsSent() {
        List<Integer> before = counts();
        Awaitility.await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(10))
                .until(() -> counts().equals(before));
    }

    @Test
    void a_parked_record_is_told_once_on_every_channel_also_over_a_restart_and_again_when_it_is_over()
            throws Exception {
        String id = world.crm("dynamics").newOpportunity(world.crm("dynamics").country("GBR"));
        everyChannelHas(1);

        String text = GreenMailUtil.getBody(mail.getReceivedMessages()[0]);
        assertThat(subjects().get(0)).isEqualTo("Test <of> alerts: Needs a person: Records are parked (CS-801)");
        assertThat(text).contains("1 record is parked", "What to do:", "./cosell parked",
                "On the page: https://sync.example/#parked");
        Map<String, Object> teams = Api.object(receiver.at("/teams-secret").get(0).body()
                .getBytes(StandardCharsets.UTF_8));
        assertThat(teams.toString()).contains("application/vnd.microsoft.card.adaptive", "type=AdaptiveCard",
                "Test <of> alerts");
        assertThat(receiver.at("/slack-secret").get(0).body()).contains("Test &lt;of&gt; alerts: Needs a person");
        signedRightly(receiver.at("/hook-secret").get(0));
        assertThat(receiver.at("/hook-secret").get(0).body()).contains("\"code\":\"CS-801\"",
                "\"link\":\"https://sync.example/#parked\"");
        Stream.concat(Stream.of(text), PATHS.stream().map(path -> receiver.at(path).get(0).body()))
                .forEach(sent -> assertThat(sent).doesNotContain("secret", "word-of-the-mail-server", "GBR", id));
        andAgainNothingIsSent();

        world.restart();
        andAgainNothingIsSent();
        assertThat(counts()).containsOnly(1);

        world.crm("dynamics").mendCountry(id);
        world.operations().retryAllParked();
        everyChannelHas(2);
        assertThat(subjects().get(3)).isEqualTo("Test <of> alerts: Over: Records are parked (CS-801)");
        andAgainNothingIsSent();
        world.andAgainNothingHappens();
    }

    private static void signedRightly(Receiver.Post post) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
        String signed = post.headers().getFirst("webhook-id") + "." + post.headers().getFirst("webhook-timestamp") + "."
                + post.body();
        assertThat(post.headers().getFirst("webhook-signature"))
                .isEqualTo("v1," + Base64.getEncoder()
                .encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8))));
        assertThat(Api.object(post.body().getBytes(StandardCharsets.UTF_8))).containsEntry("type", "cosell.alert");
        assertThat(post.body()).contains("\"kind\":\"BEGAN\"", "\"matter\":\"parked\"");
    }

    @Test
    void a_receiver_that_refuses_gets_it_later_is_visible_meanwhile_and_disturbs_neither_a_sync_nor_the_others()
            throws Exception {
        receiver.answers("/hook-secret", 500);
        edit("partner-center.camel.yaml", "direct:partner-center-call\n", "direct: :: no\n");
        world.eventually(() -> assertThat(receiver.at("/pager")).anyMatch(post -> post.body()
                .contains("\"matter\":\"mapping/partner-center.camel.yaml\"")));
        world.eventually(() -> assertThat(receiver.at("/slack-secret"))
                .anyMatch(post -> post.body().contains("webhook do not get through")
                && post.body().contains("the receiver answered 500")));
        assertThat(health()).contains("alerts-by-webhook", "answered 500").doesNotContain("hook-secret");
        assertThat(needed()).as("it said that all is well but for the edit")
                .contains("Alerts by webhook do not get through").doesNotContain("hook-secret");
        world.opportunityFor(world.crm("salesforce"), world.newDeal(Map.of()));

        receiver.answers("/hook-secret", 202);
        world.eventually(() -> assertThat(receiver.at("/hook-secret"))
                .anyMatch(post -> post.body().contains("\"matter\":\"mapping/partner-center.camel.yaml\"")));
        assertThat(receiver.at("/hook-secret")).as("its own trouble is for the others")
                .noneMatch(post -> post.body().contains("get through"));
        world.eventually(() -> assertThat(health()).doesNotContain("answered 500"));
        assertThat(needed()).doesNotContain("get through");
        edit("partner-center.camel.yaml", "direct: :: no\n", "direct:partner-center-call\n");
        world.eventually(() -> assertThat(receiver.at("/pager")).anyMatch(post -> post.body()
                .contains("\"kind\":\"OVER\"") && post.body().contains("mapping")));
        assertThat(new Api(world.settings().number(Key.MANAGEMENT_PORT)).raw("GET", "/observe/metrics", null, Map.of())
                .statusCode())
                .as("metrics = off").isEqualTo(404);
    }

    /**
     * That it is over was new and went at once, that it began waited for its next try: a pager kept the alarm for ever.
     * And each try had another id, so a program that had got one and answered too late took the next for news.
     */
    @Test
    void a_receiver_that_was_away_was_told_of_an_end_before_the_beginning_and_each_try_was_news() throws Exception {
        receiver.answers("/hook-secret", 500);
        edit("partner-center.camel.yaml", "direct:partner-center-call\n", "direct: :: no\n");
        world.eventually(() -> assertThat(receiver.refusedAt("/hook-secret")).hasSizeGreaterThanOrEqualTo(4));
        edit("partner-center.camel.yaml", "direct: :: no\n", "direct:partner-center-call\n");
        world.eventually(() -> assertThat(receiver.at("/pager")).anyMatch(post -> post.body()
                .contains("\"kind\":\"OVER\"") && post.body().contains("mapping/")));

        receiver.answers("/hook-secret", 202);
        world.eventually(() -> assertThat(receiver.at("/hook-secret")).hasSize(2));
        Receiver.Post began = receiver.at("/hook-secret").get(0);
        assertThat(alert(began)).containsEntry("kind", "BEGAN");
        assertThat(alert(receiver.at("/hook-secret").get(1))).containsEntry("kind", "OVER");
        assertThat(receiver.refusedAt("/hook-secret")).as("tries").allSatisfy(post -> {
            assertThat(post.body()).isEqualTo(began.body());
            assertThat(post.headers().getFirst("webhook-id")).isEqualTo(began.headers().getFirst("webhook-id"));
        });
        assertThat(receiver.at("/hook-secret")).extracting(post -> alert(post).get("id")).doesNotContainNull()
                .doesNotHaveDuplicates();
        assertThat(receiver.at("/hook-secret")).extracting(post -> post.headers().getFirst("webhook-id"))
                .doesNotHaveDuplicates();
        world.andAgainNothingHappens();
    }

    private static Map<String, Object> alert(Receiver.Post post) {
        return Api.map(((List<?>) Api.object(post.body().getBytes(StandardCharsets.UTF_8)).get("alerts")).get(0));
    }

    /** Nobody looked while there was no channel, and what came afterwards was taken for what had been told before. */
    @Test
    void what_began_after_a_time_without_any_channel_was_told_to_nobody() throws Exception {
        edit("partner-center.camel.yaml", "direct:partner-center-call\n", "direct: :: no\n");
        everyChannelHas(1);
        List<String> channels = List.of("mail", "teams", "slack", "webhook", "pager");
        for (String channel : channels) {
            world.camel().getRouteController().stopRoute("alert-to-" + channel);
        }
        edit("partner-center.camel.yaml", "direct: :: no\n", "direct:partner-center-call\n");
        world.eventually(() -> assertThat(open()).isZero());
        for (String channel : channels) {
            world.camel().getRouteController().startRoute("alert-to-" + channel);
        }
        everyChannelHas(2);
        assertThat(subjects().get(3)).contains("Over: The newest edit under routes/");
        edit("partner-center.camel.yaml", "direct:partner-center-call\n", "direct: :: no\n");
        everyChannelHas(3);
        assertThat(subjects().get(5)).contains("Needs a person: The newest edit under routes/");
        andAgainNothingIsSent();
    }

    private int open() {
        String books = Database.h2(world.settings().path(Key.DATA_DIRECTORY).resolve("cosell").toString());
        try (Database database = Database.visit(books, null, null)) {
            return database.client().sql("SELECT COUNT(*) FROM alert_matter").query(Integer.class).single();
        }
    }

    private void edit(String file, String old, String now) throws IOException {
        String text = Files.readString(routes.resolve(file));
        assertThat(text).contains(old);
        Files.writeString(routes.resolve(file), text.replace(old, now));
    }

    private String needed() {
        return new Api(world.settings().number(Key.MANAGEMENT_PORT)).get("/api/overview").get("needsPerson")
                .toString();
    }

    private String health() {
        return new String(new Api(world.settings().number(Key.MANAGEMENT_PORT))
                .raw("GET", "/observe/health", null, Map.of()).body(), StandardCharsets.UTF_8);
    }

    @Test
    void a_sign_in_that_ends_is_told_with_its_remedy_and_that_it_works_again() {
        world.newDeal(Map.of());
        world.settle();
        world.partnerCenter().post("/sandbox/settings", Map.of("withoutMfa", true));
        world.partnerCenter().raw("POST", "/sandbox/tokens/revoke", new byte[0], Map.of());
        world.newDeal(Map.of());
        world.eventually(() -> assertThat(subjects())
                .contains("Test <of> alerts: Needs a person: The connection with partner-center is broken (CS-701)"));
        world.eventually(() -> assertThat(receiver.at("/hook-secret"))
                .anyMatch(post -> post.body().contains("cosell login")));
        world.partnerCenter().post("/sandbox/settings", Map.of("withoutMfa", false));
        world.partnerCenter().raw("POST", "/sandbox/tokens/revoke", new byte[0], Map.of());
        world.eventually(() -> assertThat(subjects())
                .contains("Test <of> alerts: Over: The connection with partner-center is broken (CS-701)"));
        assertThat(subjects()).filteredOn(subject -> subject.contains("connection")).hasSize(4);
    }
}
