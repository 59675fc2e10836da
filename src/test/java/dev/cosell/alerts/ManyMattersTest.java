package dev.cosell.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.settings.Key;
import dev.cosell.state.Database;
import dev.cosell.stories.Api;
import dev.cosell.stories.CrmDriver;
import dev.cosell.stories.OutsideBroker;
import dev.cosell.stories.World;
import dev.cosell.sync.books.Finished;
import dev.cosell.sync.books.LinkStore;
import dev.cosell.sync.books.SeenVersions;
import dev.cosell.sync.decide.Ends;
import dev.cosell.sync.decide.Held;
import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.Waits;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that needs a person is told, and a database that is away, too, although what was told is kept in it. */
class ManyMattersTest {
    @TempDir
    Path folder;

    private static Map<String, String> settings(Receiver receiver) {
        return new HashMap<>(Map.of("alerts.interval", "300ms", "alerts.over-after", "2s", "alerts.slack.url",
                receiver.address("/slack")));
    }

    private static void tells(World world, Receiver receiver, String... words) {
        world.eventually(() -> assertThat(receiver.at("/slack")).anySatisfy(post -> assertThat(post.body())
                .contains(words)));
    }

    @Test
    void deadlines_approvals_old_changes_secrets_and_calls_that_come_to_their_end_are_told_and_how_things_stand_every_day()
            throws IOException {
        try (Receiver receiver = new Receiver()) {
            Map<String, String> values = settings(receiver);
            values.putAll(Map.of("alerts.digest", "00:00", "alerts.oldest", "1s", "sync.due-interval", "200ms",
                    "sync.deadline-notice", "30d",
                    "partner-center.irreversible", "after approval", "partner-center.client-secret-expires",
                    LocalDate.now().plusDays(12).toString(),
                    "salesforce.daily-calls", "60", "management.public-url", "https://sync.example"));
            try (World world = new World(values, Path.of("routes"), "salesforce")) {
                tells(world, receiver, "Digest of ", "Links by state: ");
                tells(world, receiver, "Soon to be looked at: connection with partner-center", "expires in 1",
                        "create a new one in Entra");
                world.partnerCenter().post("/sandbox/microsoft/deals", Map.of());
                tells(world, receiver, "A deadline comes near or has passed", "waits for your answer", "What to do: ");
                CrmDriver crm = world.crm();
                String id = crm.newOpportunity(crm.askForHelp());
                tells(world, receiver, "A move waits for approval", id, "approve", "https://sync.example/#deal/");
                tells(world, receiver, "Soon to be looked at: salesforce calls", "Four fifths");
                world.pauseSync();
                world.newDeal(Map.of());
                tells(world, receiver, "Changes have been waiting too long", "salesforce=1");
                assertThat(needed(world)).contains("The oldest change of salesforce has been waiting for 0 minutes");
                long begun = receiver.at("/slack").stream().filter(post -> post.body().contains("Digest of ")).count();
                assertThat(begun).as("digests").isEqualTo(1);
            }
        }
    }

    /**
     * Closes of young deals that wait for their time had people told to approve "and 50 more", and behind a hundred of
     * them what really waited for approval was told to nobody.
     */
    @ParameterizedTest
    @ValueSource(strings = {"salesforce", "dynamics"})
    void a_move_that_waits_for_approval_was_hidden_by_those_that_wait_for_their_time(String name) throws IOException {
        try (Receiver receiver = new Receiver()) {
            Map<String, String> values = settings(receiver);
            values.putAll(Map.of("sync.due-interval", "200ms", "partner-center.irreversible", "after approval"));
            try (World world = new World(values, Path.of("routes"), name)) {
                world.settle();
                timedMoves(world, name, 150);
                CrmDriver crm = world.crm();
                String id = crm.newOpportunity(crm.askForHelp());
                tells(world, receiver, "A move waits for approval", id);
                assertThat(needed(world)).contains("1 move waits for approval: ");
                assertThat(world.operations().getHeld()).hasSize(100).first().asString().contains(id);

                world.operations().approve(id);
                tells(world, receiver, "Over: A move waits for approval");
                assertThat(needed(world)).as("nobody has to do anything").doesNotContain("move");
                world.andAgainNothingHappens();
                assertThat(receiver.at("/slack")).filteredOn(post -> post.body().contains("waits for approval"))
                        .as("told, and over").hasSize(2);
            }
        }
    }

    private static String needed(World world) {
        return new Api(world.settings().number(Key.MANAGEMENT_PORT)).get("/api/overview").get("needsPerson")
                .toString();
    }

    private static void timedMoves(World world, String crm, int count) {
        Clock clock = Clock.systemUTC();
        String books = Database.h2(world.settings().path(Key.DATA_DIRECTORY).resolve("cosell").toString());
        Held close = new Held("Closing as won in Partner Center", clock.instant(),
                clock.instant().plus(Duration.ofDays(3)));
        try (Database database = Database.open(books, null, null)) {
            LinkStore links = new LinkStore(database, new SeenVersions(database, clock), clock);
            IntStream.range(0, count).forEach(number -> links.finish(new Finished(
                    Link.of(crm, Ends.deal("young-" + number, null, "young-of-crm-" + number))
                            .with(new Waits(List.of(close), List.of(), null)), null, List.of())));
        }
    }

    /** From the digest's time until midnight each look asked the queue for figures first, and sent nothing any more. */
    @Test
    void with_a_digest_a_day_no_alert_at_all_was_sent_while_the_queue_was_away() throws IOException {
        try (Receiver receiver = new Receiver(); OutsideBroker broker = new OutsideBroker()) {
            Map<String, String> values = settings(receiver);
            values.putAll(Map.of("alerts.digest", "00:00", "broker.url", broker.url));
            try (World world = new World(values, Path.of("routes"), "salesforce")) {
                tells(world, receiver, "Digest of ", "Waiting changes: {salesforce=0}");
                broker.close();
                tells(world, receiver, "Needs a person: The queue takes no changes");
                broker.start();
                world.opportunityFor(world.newDeal(Map.of()));
                tells(world, receiver, "Over: The queue takes no changes");
                assertThat(receiver.at("/slack")).as("digests").filteredOn(post -> post.body().contains("Digest of "))
                        .hasSize(1);
            }
        }
    }

    @Test
    void a_digest_that_is_due_while_the_queue_is_away_says_so_and_how_all_else_stands() throws IOException {
        try (Receiver receiver = new Receiver(); OutsideBroker broker = new OutsideBroker()) {
            Map<String, String> values = settings(receiver);
            values.putAll(Map.of("alerts.digest", "00:00", "alerts.interval", "5s", "broker.url", broker.url));
            try (World world = new World(values, Path.of("routes"), "salesforce")) {
                broker.close();
                tells(world, receiver, "Digest of ", "Links by state: ", "Waiting changes: the queue does not answer");
                broker.start();
            }
        }
    }

    @Test
    void a_database_that_is_away_is_told_once_and_that_it_is_back() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        EmbeddedPostgres postgres = postgres(port);
        try (Receiver receiver = new Receiver()) {
            Map<String, String> values = settings(receiver);
            values.put("state.url", postgres.getJdbcUrl("postgres", "postgres"));
            try (World world = new World(values, Path.of("routes"), "dynamics")) {
                postgres.close();
                tells(world, receiver, "Needs a person: The database does not answer");
                postgres = postgres(port);
                tells(world, receiver, "Over: The database does not answer");
                assertThat(receiver.at("/slack")).filteredOn(post -> post.body().contains("database")).hasSize(2);
            }
        } finally {
            postgres.close();
        }
    }

    private EmbeddedPostgres postgres(int port) throws IOException {
        return EmbeddedPostgres.builder().setPort(port).setDataDirectory(folder).setCleanDataDirectory(false).start();
    }
}
