package dev.cosell.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.state.Database;
import dev.cosell.state.ReadyDatabase;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who shares a database, by the database's clock. */
class InstancesTest {
    private static final Duration TAKE_OVER = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Database database;

    @BeforeEach
    void open() throws Exception {
        database = Database.open(ReadyDatabase.postgres(), null, null);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Instances instance(String name, Clock clock) {
        return new Instances(database, name, Map.of("crms", "salesforce"), TAKE_OVER, clock);
    }

    private Instances instance(String name) {
        return instance(name, Clock.systemUTC());
    }

    @Test
    void an_instance_that_joins_or_leaves_is_counted_within_a_beat() {
        try (Instances one = instance("one").join()) {
            assertThat(one.count()).isEqualTo(1);
            try (Instances two = instance("two").join()) {
                assertThat(two.count()).isEqualTo(2);
                Awaitility.await().atMost(PATIENCE).until(() -> one.count() == 2);
                assertThat(one.known()).extracting(KnownInstance::name).containsExactly("one", "two");
                assertThat(one.known()).allSatisfy(each -> assertThat(each.traits())
                        .containsEntry("crms", "salesforce"));
            }
            assertThat(one.look()).as("one that stops in an orderly way is gone at once").hasSize(1);
            Awaitility.await().atMost(PATIENCE).until(() -> one.count() == 1);
        }
    }

    @Test
    void an_instance_that_is_silent_keeps_its_share_of_the_limits_for_a_while_and_is_shown_for_longer() {
        try (Instances one = instance("one").join()) {
            database.client().sql("INSERT INTO instance SELECT 'dead', 'dead', traits, routes, holds, 0, started_at,"
                    + " CURRENT_TIMESTAMP FROM instance").update();
            Awaitility.await().atMost(PATIENCE).until(() -> one.count() == 2);
            Awaitility.await().atMost(PATIENCE).until(() -> one.known().stream()
                    .anyMatch(each -> !each.live()));
            assertThat(one.count()).as("it may only be slow").isEqualTo(2);
            Awaitility.await().atMost(PATIENCE).until(() -> one.count() == 1);
            assertThat(one.known()).extracting(KnownInstance::live).containsExactlyInAnyOrder(true, false);
        }
    }

    @Test
    void a_former_process_at_the_same_host_and_port_is_buried_at_the_start() {
        Instances killed = instance("host_1:8080").join();
        Instances neighbour = instance("hostX1:8080").join();
        try (Instances restarted = instance("host_1:8080").join()) {
            assertThat(restarted.look()).extracting(KnownInstance::id).contains(restarted.id(), neighbour.id())
                    .doesNotContain(killed.id());
        }
        killed.close();
        neighbour.close();
    }

    @Test
    void an_instance_whose_name_begins_with_another_ones_was_buried_with_that() {
        try (Instances longer = instance("sync-2").join(); Instances shorter = instance("sync").join()) {
            assertThat(shorter.look()).extracting(KnownInstance::id).contains(longer.id(), shorter.id());
        }
    }

    @Test
    void what_one_says_of_itself_is_what_the_others_read() {
        try (Instances one = instance("one", Clock.offset(Clock.systemUTC(),
                Duration.ofSeconds(20))); Instances two = instance("two").join()) {
            one.routes(() -> Map.of("sync.camel.yaml", "1a2b"));
            one.join();
            KnownInstance seen = two.look().stream().filter(each -> each.id().equals(one.id())).findFirst()
                    .orElseThrow();
            assertThat(seen.routes()).containsExactly(Map.entry("sync.camel.yaml", "1a2b"));
            assertThat(seen.clockAhead()).isBetween(Duration.ofSeconds(18), Duration.ofSeconds(22));
        }
    }

    @Test
    void a_database_of_one_process_alone_is_not_written_to() {
        try (Database own = Database.open("jdbc:h2:mem:alone;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1",
                null, null);
             Instances alone = new Instances(own, "alone", Map.of(), TAKE_OVER, Clock.systemUTC()).join()) {
            assertThat(alone.count()).isEqualTo(1);
            assertThat(own.client().sql("SELECT COUNT(*) FROM instance").query(Integer.class).single()).isZero();
        }
    }
}
