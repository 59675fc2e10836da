package dev.cosell.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cosell.operations.ClusterOperations;
import dev.cosell.operations.Parts;
import dev.cosell.sandbox.MovableClock;
import dev.cosell.state.Database;
import dev.cosell.state.ReadyDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Instances on one PostgreSQL that may not work together, and what operators see of those that do. */
class AdmissionTest {
    private static final Duration TAKE_OVER = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Database database;
    private String url;

    @BeforeEach
    void open() throws Exception {
        url = ReadyDatabase.postgres();
        database = Database.open(url, null, null);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Instances instance(String name, String tenant, Duration takeOver, Clock clock) {
        return new Instances(database, name, Map.of(Traits.VERSION, "1.0.0", Traits.BROKER, "tcp://broker:61616",
                "partner-center.tenant", tenant), takeOver, clock);
    }

    private Instances instance(String name, String tenant) {
        return instance(name, tenant, TAKE_OVER, Clock.systemUTC());
    }

    private static Admission admission(Instances instances) {
        return new Admission(instances, UnaryOperator.identity());
    }

    @Test
    void an_instance_of_another_tenant_is_refused_while_the_first_one_lives() {
        try (Instances first = instance("a:8080", "contoso").join(); Instances second = instance("b:8080", "fabrikam")
                .join()) {
            assertThatThrownBy(admission(second)::await).isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("This instance cannot work beside a:8080, which runs on the same database:"
                            + " partner-center.tenant is contoso there and fabrikam here. Give all instances")
                    .as("whoever changed it for all is told the way").hasMessageContaining(
                            "If a setting was changed for all of them, stop those that run before the new ones start"
                            + " (in Kubernetes: scale the deployment to 0 and back)");
            assertThatCode(admission(first)::await).as("the one that was there first").doesNotThrowAnyException();
        }
    }

    @Test
    void one_that_is_two_versions_ahead_is_not_told_of_changed_settings() {
        try (Instances first = instance("a:8080", "contoso").join();
             Instances second = new Instances(database, "b:8080", Map.of(Traits.VERSION, "1.2.0", Traits.BROKER,
                     "tcp://broker:61616", "partner-center.tenant", "contoso"), TAKE_OVER, Clock.systemUTC()).join()) {
            assertThatThrownBy(admission(second)::await).hasMessageContaining("upgrade one step after the other")
                    .hasMessageNotContaining("Kubernetes");
        }
    }

    @Test
    void one_that_died_a_moment_ago_is_waited_for_and_then_no_hindrance() {
        try (Instances second = instance("b:8080", "fabrikam").join()) {
            Instant before = Instant.now();
            database.client().sql("INSERT INTO instance SELECT 'dead', 'a:8080',"
                    + " 'version=1.0.0\npartner-center.tenant=contoso', '', '', 0,"
                    + " started_at - INTERVAL '1' HOUR, CURRENT_TIMESTAMP FROM instance").update();
            admission(second).await();
            assertThat(Duration.between(before, Instant.now())).isBetween(Duration.ofMillis(500), PATIENCE);
        }
    }

    @Test
    void its_own_former_process_is_not_waited_for() {
        try (Instances restarted = instance("a:8080", "fabrikam", Duration.ofMinutes(5), Clock.systemUTC()).join()) {
            database.client().sql("INSERT INTO instance SELECT 'killed', name,"
                    + " 'version=1.0.0\npartner-center.tenant=contoso', '', '', 0,"
                    + " started_at - INTERVAL '1' HOUR, CURRENT_TIMESTAMP FROM instance").update();
            Instant before = Instant.now();
            admission(restarted).await();
            assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofMinutes(1));
        }
    }

    /** Clones of one machine took each other's turns at every start, and other settings of the second passed. */
    @Test
    void two_machines_of_one_name_passed_for_one() {
        Duration takeOver = Duration.ofSeconds(5);
        try (Instances first = instance("localhost:8080", "contoso", takeOver, Clock.systemUTC()).join();
             SharedTurn turn = new SharedTurn(database, "salesforce-events", first.id(), takeOver)) {
            turn.want();
            Instances second = instance("localhost:8080", "fabrikam", takeOver, Clock.systemUTC());
            assertThatThrownBy(admission(second)::awaitName).isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("Two processes are called localhost:8080, this one and one that runs on the"
                            + " same database. Give the machines different host names, or one of the two a name of its"
                            + " own in the setting cluster.name");
            assertThat(first.look()).extracting(KnownInstance::id).containsExactly(first.id());
            assertThat(database.client().sql("SELECT holder FROM turn").query(String.class).list())
                    .containsExactly(first.id());
            assertThatCode(admission(instance("clone", "contoso"))::awaitName).doesNotThrowAnyException();
        }
    }

    @Test
    void its_own_former_process_is_waited_for_until_it_has_missed_two_turns() {
        Duration takeOver = Duration.ofSeconds(5);
        try (Instances other = instance("b:8080", "contoso").join()) {
            database.client().sql("INSERT INTO instance SELECT 'killed', 'a:8080', traits, '', '', 0, started_at,"
                    + " CURRENT_TIMESTAMP FROM instance").update();
            Instant before = Instant.now();
            admission(instance("a:8080", "contoso", takeOver, Clock.systemUTC())).awaitName();
            assertThat(Duration.between(before, Instant.now())).isBetween(Duration.ofMillis(1500), PATIENCE);
            before = Instant.now();
            admission(instance("a:8080", "contoso", takeOver, Clock.systemUTC())).awaitName();
            assertThat(Duration.between(before, Instant.now())).as("silent for long enough").isLessThan(TAKE_OVER);
        }
    }

    @Test
    void operators_see_files_and_clocks_that_differ_and_no_more_when_they_do_not() {
        try (Instances first = instance("a:8080", "contoso").join();
             Instances second = instance("b:8080", "contoso", TAKE_OVER, Clock.offset(Clock.systemUTC(),
                     Duration.ofSeconds(30))).join()) {
            ClusterOperations operations = new ClusterOperations(first);
            first.routes(() -> Map.of("sync.camel.yaml", "1"));
            second.routes(() -> Map.of("sync.camel.yaml", "2"));
            second.holds(() -> Map.of("salesforce-events", "2026-11-28T12:00:00Z"));
            Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(operations.getDifferences())
                    .hasSize(2));
            assertThat(operations.getDifferences().get(0)).contains("routes/sync.camel.yaml",
                    "a:8080 (1) and b:8080 (2)");
            assertThat(operations.getDifferences().get(1))
                    .containsPattern("The clock of b:8080 is (2[5-9]|30) s ahead of that of a:8080");
            assertThat(operations.getHolders()).containsEntry("salesforce-events", "b:8080, 2026-11-28T12:00:00Z");
            assertThat(operations.getRoutes()).containsEntry("b:8080", "{sync.camel.yaml=2}");
            assertThat(InstancesLook.at(url, null, null, TAKE_OVER, Clock.systemUTC()))
                    .hasValueSatisfying(look -> assertThat(look.others()).hasSize(2));
            second.close();
            Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(operations.getDifferences())
                    .isEmpty());
        }
    }

    /** It was one alarm, and what came second while it was open was told to nobody. */
    @Test
    void clocks_that_begin_to_differ_while_a_file_does_are_an_alarm_of_their_own() throws Exception {
        AtomicReference<String> text = new AtomicReference<>("2");
        MovableClock clock = new MovableClock(Clock.systemUTC());
        try (DefaultCamelContext camel = new DefaultCamelContext(); Instances first = instance("a:8080", "contoso")
                .join(); Instances second = instance("b:8080", "contoso", TAKE_OVER, clock).join();
             ClusterOperations operations = new ClusterOperations(first).register(camel)) {
            first.routes(() -> Map.of("sync.camel.yaml", "1"));
            second.routes(() -> Map.of("sync.camel.yaml", text.get()));
            Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(alarms(camel))
                    .containsOnlyKeys("sync.camel.yaml"));
            clock.setAhead(Duration.ofSeconds(30));
            Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(alarms(camel))
                    .containsOnlyKeys("sync.camel.yaml", "clocks"));
            text.set("3");
            clock.setAhead(Duration.ofSeconds(60));
            Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(alarms(camel))
                    .hasEntrySatisfying("sync.camel.yaml", words -> assertThat(words).contains("b:8080 (3)"))
                    .hasEntrySatisfying("clocks", words -> assertThat(words).containsPattern("(5\\d|60) s ahead")));
            text.set("1");
            Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(alarms(camel))
                    .containsOnlyKeys("clocks"));
        }
    }

    /** As the health page shows them. */
    private static Map<String, String> alarms(DefaultCamelContext camel) {
        HealthCheckRegistry health = HealthCheckRegistry.get(camel);
        return Parts.ALARM.of(health.getCheck("instances").orElseThrow().call());
    }

    @Test
    void a_turn_is_one_instances_at_a_time_and_another_takes_it_when_its_holder_falls_silent() {
        Duration takeOver = Duration.ofSeconds(5);
        try (Database own = Database.open(url, null, null);
             SharedTurn first = new SharedTurn(own, "salesforce-events", "a", takeOver);
             SharedTurn second = new SharedTurn(database, "salesforce-events", "b", takeOver)) {
            first.want();
            second.want();
            assertThat(first.isOurs()).isTrue();
            assertThat(second.isOurs()).isFalse();
            own.close();
            Awaitility.await().atMost(PATIENCE).until(second::isOurs);
            assertThat(first.isOurs()).as("certainty ends before another one can take it").isFalse();
        }
    }

    @Test
    void a_turn_that_is_given_back_is_free_at_once() {
        try (SharedTurn first = new SharedTurn(database, "salesforce-events", "a", TAKE_OVER);
             SharedTurn second = new SharedTurn(database, "salesforce-events", "b", TAKE_OVER)) {
            first.want();
            first.giveBack();
            second.want();
            assertThat(second.isOurs()).isTrue();
            assertThat(first.isOurs()).isFalse();
        }
    }
}
