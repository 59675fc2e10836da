package dev.cosell.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.operations.ClusterMXBean;
import dev.cosell.operations.ClusterOperations;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Two processes and what concerns both of them: what an operator asks of one, who does what, and one that dies. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterOperationsTest {
    private static final Duration TAKE_OVER = Duration.ofSeconds(4);
    private static final String POLL = "schedule routes/salesforce-poll";
    private static final String EVENTS = "salesforce-events";
    private static Cluster cluster;

    @BeforeAll
    static void start() {
        cluster = Cluster.ofTwo(Map.of("cluster.take-over", TAKE_OVER.toSeconds() + "s", "salesforce.streaming", "on"));
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    private static <T> T of(InstanceProcess instance, Function<ClusterMXBean, T> question) {
        return instance.jmx(ClusterOperations.NAME, ClusterMXBean.class, question);
    }

    private static List<InstanceProcess> both() {
        return List.of(cluster.first(), cluster.second());
    }

    /** The instance that a line such as {@code host:8080, 2026-11-28T12:00:00Z} names. */
    private static InstanceProcess holder(InstanceProcess asked, String what) {
        String line = of(asked, ClusterMXBean::getHolders).get(what);
        assertThat(line).as(what).isNotNull();
        return both().stream().filter(each -> line.contains(":" + each.port() + ",")).findFirst().orElseThrow();
    }

    private static InstanceProcess otherThan(InstanceProcess one) {
        return one == cluster.first() ? cluster.second() : cluster.first();
    }

    private static String state(InstanceProcess instance) {
        return (String) instance.attribute("org.apache.camel:context=cosell-sync,type=routes,name=\"sync-salesforce\"",
                "State");
    }

    @Test
    @Order(1)
    void both_show_who_is_there_and_who_does_what() {
        cluster.eventually(() -> both().forEach(each -> {
            assertThat(of(each, ClusterMXBean::getLive)).isEqualTo(2);
            assertThat(of(each, ClusterMXBean::getInstances)).hasSize(2)
                    .allMatch(line -> line.contains(": live, version 0."));
            assertThat(of(each, ClusterMXBean::getHolders)).containsKeys(POLL, EVENTS, "schedule partner-center/sweep");
            assertThat(of(each, ClusterMXBean::getDifferences)).isEmpty();
            assertThat(Map.copyOf(of(each, ClusterMXBean::getRoutes)).values().stream().distinct()).hasSize(1);
        }));
    }

    @Test
    @Order(2)
    void a_poll_interval_has_one_poll() {
        int before = polls();
        Instant from = Instant.now();
        cluster.eventually(() -> assertThat(polls() - before).isGreaterThanOrEqualTo(16));
        int polls = polls() - before;
        long intervals = Duration.between(from, Instant.now()).toMillis() / Cluster.POLL.toMillis();
        assertThat(polls).as("two would be twice as many").isLessThanOrEqualTo((int) (intervals * 1.5) + 3);
    }

    /** Runs of the route of the poll, on both instances. */
    private static int polls() {
        return both().stream().mapToInt(each -> ((Number) each.attribute(
                "org.apache.camel:context=cosell-sync,type=routes,name=\"salesforce-poll\"", "ExchangesTotal"))
                .intValue()).sum();
    }

    @Test
    @Order(3)
    void a_pause_that_one_is_told_holds_for_both_until_the_other_is_told_to_resume() {
        cluster.first().sync(sync -> sync.pause("salesforce"));
        cluster.eventually(() -> both().forEach(each -> assertThat(state(each)).as(each.name())
                .isEqualTo("Suspended")));
        String deal = cluster.newDeal();
        cluster.opportunityFor(cluster.crm("dynamics"), deal);
        assertThat(cluster.crm("salesforce").opportunitiesOf(deal)).isEmpty();
        cluster.second().sync(sync -> sync.resume("salesforce"));
        cluster.eventually(() -> both().forEach(each -> assertThat(state(each)).as(each.name()).isEqualTo("Started")));
        cluster.opportunityFor(cluster.crm("salesforce"), deal);
        cluster.andAgainNothingHappens(List.of(deal));
    }

    /** Paused in the middle of whatever it does, as on a machine that is being moved. */
    @Test
    @Order(5)
    void one_that_was_frozen_for_longer_than_the_take_over_time_moves_no_position_back_and_works_on() throws Exception {
        InstanceProcess frozen = holder(cluster.first(), POLL);
        InstanceProcess heir = otherThan(frozen);
        String deal = cluster.newDeal();
        String opportunity = cluster.crm("salesforce").id(cluster.opportunityFor(cluster.crm("salesforce"), deal));
        List<String> positions = new ArrayList<>(List.of(position()));
        frozen.freeze();
        cluster.eventually(() -> {
            note(positions);
            assertThat(holder(heir, POLL)).isSameAs(heir);
        });
        cluster.crm("salesforce").api().patch("/sandbox/opportunities/" + opportunity, Map.of("Amount", 92_000));
        cluster.eventually(() -> {
            note(positions);
            assertThat(cluster.referral(deal).toString()).contains("92000");
        });
        frozen.thaw();
        cluster.eventually(() -> both().forEach(each -> assertThat(of(each, ClusterMXBean::getLive)).isEqualTo(2)));
        cluster.crm("salesforce").api().patch("/sandbox/opportunities/" + opportunity, Map.of("Amount", 93_000));
        cluster.eventually(() -> {
            note(positions);
            assertThat(cluster.referral(deal).toString()).contains("93000");
        });
        assertThat(positions).as("no position comes back").doesNotHaveDuplicates();
        cluster.andAgainNothingHappens(List.of(deal));
    }

    private static void note(List<String> positions) throws SQLException {
        String now = position();
        if (!now.equals(positions.get(positions.size() - 1))) {
            positions.add(now);
        }
    }

    private static String position() throws SQLException {
        try (Connection database = cluster.database(); Statement statement = database.createStatement();
             ResultSet row = statement.executeQuery("SELECT position FROM watermark WHERE source = 'salesforce'")) {
            return row.next() ? row.getString(1) : "";
        }
    }

    @Test
    @Order(6)
    void an_instance_with_other_crms_or_another_sign_in_key_is_refused_and_the_others_work_on() {
        InstanceProcess third = cluster.add("third", Map.of("crms", "salesforce", "partner-center.sign-in-key",
                "k".repeat(43) + "="));
        third.start();
        third.awaitEnd();
        assertThat(String.join("\n", third.log())).contains("This instance cannot work beside",
                "crms is dynamics,salesforce there and salesforce here",
                "the digest of partner-center.sign-in-key is ").doesNotContain("Cosell Sync is running", "kkkk");
        cluster.eventually(() -> both().forEach(each -> assertThat(of(each, ClusterMXBean::getLive)).isEqualTo(2)));
        String deal = cluster.newDeal();
        cluster.crms().values().forEach(crm -> cluster.opportunityFor(crm, deal));
    }

    /** It took the turns of the one that ran, and what it was set to otherwise was not noticed. */
    @Test
    @Order(7)
    void an_instance_of_another_ones_name_is_refused_and_that_one_works_on() {
        String taken = of(cluster.first(), ClusterMXBean::getName);
        InstanceProcess clone = cluster.add("clone", Map.of("cluster.name", taken));
        clone.start();
        clone.awaitEnd();
        assertThat(String.join("\n", clone.log())).contains("Two processes are called " + taken, "cluster.name")
                .doesNotContain("Cosell Sync is running");
        both().forEach(each -> assertThat(of(each, ClusterMXBean::getLive)).isEqualTo(2));
        cluster.andAgainNothingHappens(List.of());
    }

    @Test
    @Order(4)
    void who_dies_is_followed_in_its_schedules_and_in_listening_within_the_take_over_time() {
        InstanceProcess dying = holder(cluster.first(), EVENTS);
        InstanceProcess heir = otherThan(dying);
        dying.kill();
        Instant died = Instant.now();
        cluster.eventually(() -> {
            assertThat(holder(heir, EVENTS)).isSameAs(heir);
            assertThat(holder(heir, POLL)).isSameAs(heir);
        });
        // The MBean is renewed a fifth of the take-over time later.
        assertThat(Duration.between(died, Instant.now())).isLessThan(TAKE_OVER.multipliedBy(4));
        cluster.eventually(() -> assertThat(of(heir, ClusterMXBean::getLive)).isEqualTo(1));
        assertThat(of(heir, ClusterMXBean::getInstances)).anyMatch(line -> line.contains(":" + dying.port()
                + ": silent"));
        String deal = cluster.newDeal();
        Map<String, Object> opportunity = cluster.opportunityFor(cluster.crm("salesforce"), deal);
        cluster.crm("salesforce").api().patch("/sandbox/opportunities/" + cluster.crm("salesforce")
                .id(opportunity), new HashMap<>(Map.of("Amount", 91_000)));
        cluster.eventually(() -> assertThat(cluster.referral(deal).toString()).contains("91000"));
        dying.start();
        dying.awaitReady();
        cluster.eventually(() -> both().forEach(each -> assertThat(of(each, ClusterMXBean::getLive)).isEqualTo(2)));
    }
}
