package dev.cosell.salesforce.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cosell.connection.Connection;
import dev.cosell.connection.Turn;
import dev.cosell.http.KnownHosts;
import dev.cosell.salesforce.SalesforceConnection;
import dev.cosell.salesforce.SalesforceSettings;
import dev.cosell.sandbox.salesforce.RunningSalesforce;
import dev.cosell.stories.World;
import dev.cosell.verbs.Changes.Change;
import dev.cosell.verbs.Changes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The consumer alone, against the sandbox, in its own short time. */
@Timeout(120)
class EventsComponentTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pace SHORT = new Pace(Duration.ofMillis(100), Duration.ofMillis(400), Duration.ofSeconds(5),
            Duration.ofSeconds(20),
            Duration.ofSeconds(5), Duration.ofMillis(500), 2, Duration.ofSeconds(2), Duration.ofMillis(50));

    private final RunningSalesforce salesforce = new RunningSalesforce();
    private final Connection connection = new Connection("salesforce", Clock.systemUTC(), Duration.ofMillis(200));
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final Queue<ChangeEvent> carried = new ConcurrentLinkedQueue<>();
    private volatile Predicate<ChangeEvent> refused = event -> false;
    private volatile String position;
    private EventStream stream;

    @BeforeEach
    void begin() {
        salesforce.control("POST", "settings", "{\"changeDataCapture\":[\"Opportunity\"],\"pollSeconds\":1}");
    }

    @AfterEach
    void end() {
        context.stop();
        salesforce.close();
    }

    private volatile Turn turn = Turn.ALWAYS;

    private void start(Pace pace) throws Exception {
        stream = new EventStream(pace, Clock.systemUTC());
        context.disableJMX();
        context.addComponent("salesforce", SalesforceConnection
                .component(SalesforceSettings.clientCredentials(salesforce.url, "sandbox", "sandbox"),
                        KnownHosts.of(salesforce.url)));
        context.addComponent(EventsComponent.SCHEME,
                new EventsComponent(connection, stream, source -> position, () -> turn));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("salesforce-events:OpportunityChangeEvent").errorHandler(noErrorHandler()).process(exchange -> {
                    ChangeEvent event = exchange.getMessage().getBody(ChangeEvent.class);
                    if (refused.test(event)) {
                        throw new IllegalStateException("the queue is away");
                    }
                    carried.add(event);
                    position = event.position();
                });
            }
        });
        Instant before = Instant.now();
        context.start();
        assertThat(Duration.between(before, Instant.now())).as("nobody was waited for")
                .isLessThan(Duration.ofSeconds(5));
    }

    private void listening() {
        await().atMost(PATIENCE).until(() -> stream.state().equals("listening"));
    }

    private void fault(String json) {
        salesforce.control("POST", "faults", json);
    }

    private int logins() {
        return salesforce.count("POST /services/oauth2/token");
    }

    private List<String> positions() {
        return carried.stream().map(ChangeEvent::position).toList();
    }

    /** An edit arrives. */
    private void works() {
        int before = carried.size();
        String id = salesforce.opportunity("{}");
        await().atMost(PATIENCE)
                .until(() -> carried.stream().skip(before).anyMatch(event -> event.recordIds().contains(id)));
    }

    @Test
    void startsWhileSalesforceIsAway() throws Exception {
        fault("{\"path\":\"oauth2/token\",\"status\":503,\"times\":1000}");
        start(SHORT);
        await().atMost(PATIENCE).until(() -> stream.state().startsWith("disconnected"));
        salesforce.control("DELETE", "faults", null);
        listening();
        works();
        assertThat(connection.broken()).isFalse();
    }

    private static final class Changing implements Turn {
        private volatile boolean ours;
        private volatile boolean wanted;

        @Override
        public void want() {
            wanted = true;
        }

        @Override
        public boolean isOurs() {
            return ours;
        }

        @Override
        public void giveBack() {
            wanted = false;
        }
    }

    @Test
    void listensOnlyInItsTurnAndGoesOnBehindTheStoredPosition() throws Exception {
        Changing changing = new Changing();
        turn = changing;
        start(SHORT);
        await().atMost(PATIENCE).until(() -> stream.state().equals("another instance listens"));
        assertThat(salesforce.count("POST /cometd")).as("nobody was called").isZero();
        assertThat(changing.wanted).isTrue();

        changing.ours = true;
        listening();
        works();
        changing.ours = false;
        await().atMost(PATIENCE).until(() -> stream.state().equals("another instance listens"));
        int before = carried.size();
        String missed = salesforce.opportunity("{}");
        World.pause(1000);
        assertThat(carried).hasSize(before);
        assertThat(stream.alarm()).isEmpty();

        String stored = position;
        changing.ours = true;
        await().atMost(PATIENCE).until(() -> carried.size() > before);
        ChangeEvent next = carried.stream().skip(before).findFirst().orElseThrow();
        assertThat(next.recordIds()).contains(missed);
        assertThat(next.after()).as("moves the position from where it was, and from nowhere else").isEqualTo(stored);
        context.getRouteController().stopAllRoutes();
        assertThat(changing.wanted).isFalse();
    }

    @Test
    void leavesARefusedLoginToOthersAndGoesOnWhenItIsMended() throws Exception {
        fault("{\"path\":\"oauth2/token\",\"status\":400,\"times\":1000,\"body\":{\"error\":\"inactive_user\","
                + "\"error_description\":\"x\"}}");
        start(SHORT);
        await().atMost(PATIENCE).until(() -> stream.state().startsWith("waits until the sign-in"));
        assertThat(connection.problem().orElseThrow().message()).contains("inactive_user");
        int logins = logins();
        World.pause(1000);
        assertThat(logins()).isEqualTo(logins);

        salesforce.control("DELETE", "faults", null);
        connection.tryNow();
        connection.check();
        connection.worked();
        listening();
        works();
    }

    @Test
    void sharesTheSessionOfOtherCalls() throws Exception {
        start(SHORT);
        listening();
        works();
        salesforce.control("POST", "sessions/expire", null);
        int logins = logins();
        works();
        listening();
        assertThat(logins() - logins).as("one new session").isEqualTo(1);
    }

    @Test
    void silenceEndsAClient() throws Exception {
        Pace impatient = new Pace(SHORT.firstPause(), SHORT.longestPause(), SHORT.stable(), Duration.ofSeconds(6),
                SHORT.alarm(), SHORT.grace(),
                SHORT.missedInARow(), SHORT.deafPause(), SHORT.look());
        start(impatient);
        listening();
        works();
        // An answer every second is life enough; from here on none comes.
        World.pause(8000);
        assertThat(stream.rebuilds()).isZero();
        fault("{\"path\":\"/cometd/.*/connect\",\"delayMillis\":60000}");
        await().atMost(PATIENCE).until(() -> stream.rebuilds() >= 1);
        listening();
        works();
    }

    @Test
    void silenceOfAHandshakeEndsAClientToo() throws Exception {
        fault("{\"path\":\"/cometd/.*/handshake\",\"delayMillis\":60000}");
        start(new Pace(SHORT.firstPause(), SHORT.longestPause(), SHORT.stable(), Duration.ofSeconds(2), SHORT.alarm(),
                SHORT.grace(),
                SHORT.missedInARow(), SHORT.deafPause(), SHORT.look()));
        listening();
        works();
        assertThat(stream.rebuilds()).isPositive();
    }

    /** Three events come in one answer: what stands behind the failed one must not move the position past it. */
    @Test
    void eventsBehindOneThatFailedWaitForIt() throws Exception {
        position = "0";
        for (int i = 0; i < 3; i++) {
            salesforce.opportunity("{}");
        }
        refused = event -> event.position().equals("2");
        start(SHORT);
        await().atMost(PATIENCE).until(() -> stream.state().contains("event 2 could not be handed over")
                && stream.rebuilds() >= 2);
        assertThat(positions()).containsOnly("1");
        assertThat(position).isEqualTo("1");
        refused = event -> false;
        await().atMost(PATIENCE).until(() -> "3".equals(position));
        assertThat(positions()).as("those before it never come again").containsExactly("1", "2", "3");
    }

    @Test
    void aClientThatTheServerTellsNothingIsReplacedAndNothingIsLost() throws Exception {
        start(SHORT);
        listening();
        works();
        salesforce.control("POST", "streaming/deafen", null);
        String first = salesforce.opportunity("{}");
        String second = salesforce.opportunity("{}");
        String ahead = Instant.now().plusSeconds(60).truncatedTo(ChronoUnit.SECONDS).toString().replace("Z",
                ".000+0000#1");
        stream.compare(new Changes(List.of(new Change(first, ahead), new Change(second, ahead)), "p", false));
        await().atMost(PATIENCE)
                .until(() -> carried.stream().flatMap(event -> event.recordIds().stream()).toList()
                        .containsAll(List.of(first, second)));
        listening();
        assertThat(stream.rebuilds()).isEqualTo(1);
        assertThat(stream.missed()).isEqualTo(2);
    }

    @Test
    void leavesNoThreadBehind() throws Exception {
        start(SHORT);
        listening();
        for (int i = 1; i <= 4; i++) {
            int rebuilds = stream.rebuilds();
            salesforce.control("POST", "streaming/forget", null);
            await().atMost(PATIENCE).until(() -> stream.rebuilds() > rebuilds);
            listening();
        }
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(threads("-scheduler-")).as("one client")
                .isLessThanOrEqualTo(1));
        context.stop();
        await().atMost(PATIENCE).until(() -> threads("salesforce-events") + threads("SalesforceEvents") == 0);
        assertThat(stream.state()).isEqualTo("stopped");
    }

    private static long threads(String part) {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName)
                .filter(name -> part.equals("-scheduler-") ? name.startsWith("HttpClient@") && name.contains(part)
                        : name.contains(part))
                .count();
    }
}
