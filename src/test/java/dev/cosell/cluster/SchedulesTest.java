package dev.cosell.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.state.Database;
import dev.cosell.state.ReadyDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Schedules of several instances on one PostgreSQL, each instance with a pool and a Camel context of its own. */
class SchedulesTest {
    private static final Duration TAKE_OVER = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private record Firing(String node, String route, Date planned, Instant at) {}

    private final List<Firing> firings = new CopyOnWriteArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private Duration takeOver = TAKE_OVER;
    private String url;

    @BeforeEach
    void newDatabase() throws Exception {
        url = ReadyDatabase.postgres();
    }

    @AfterEach
    void stopAll() {
        nodes.forEach(Node::close);
    }

    private final class Node implements AutoCloseable {
        private final String name;
        private final Database database = Database.open(url, null, null);
        private final Schedules schedules;
        private final DefaultCamelContext camel = new DefaultCamelContext();
        private boolean closed;

        Node(String name, String... pollers) throws Exception {
            this.name = name;
            schedules = new Schedules(database, Instances.id("host:" + name), takeOver, Clock.systemUTC());
            camel.getCamelContextExtension().setName("camel-of-" + name);
            schedules.serve(camel);
            for (String poller : pollers) {
                camel.addRoutes(poller(poller));
            }
            nodes.add(this);
        }

        /** @param uri a schedule, whose name is also the id of its route */
        private RouteBuilder poller(String uri) {
            return new RouteBuilder() {
                @Override
                public void configure() {
                    from(uri).routeId(uri.replaceAll("quartz:|\\?.*", "")).process(Node.this::fired);
                }
            };
        }

        private void fired(Exchange exchange) throws Exception {
            firings.add(new Firing(name, exchange.getFromRouteId(), exchange.getIn()
                    .getHeader("scheduledFireTime", Date.class), Instant.now()));
            work(name);
        }

        Node start() {
            camel.start();
            return this;
        }

        /** As kill -9 would: it says nothing to the database any more. */
        void die() {
            database.close();
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                schedules.rest();
                camel.stop();
                schedules.close();
                database.close();
            }
        }
    }

    /** What a firing does on this node. */
    private volatile Work work = node -> { };

    private interface Work {
        void of(String node) throws Exception;
    }

    private void work(String node) throws Exception {
        work.of(node);
    }

    private static String every(String name, int millis) {
        return "quartz:" + name + "?trigger.repeatCount=-1&stateful=true&trigger.repeatInterval=" + millis;
    }

    private long fired(String node) {
        return firings.stream().filter(firing -> firing.node.equals(node)).count();
    }

    private void awaitFirst() {
        Awaitility.await().atMost(PATIENCE).until(() -> !firings.isEmpty());
    }

    private void awaitFirings(int more) {
        int before = firings.size();
        Awaitility.await().atMost(PATIENCE).until(() -> firings.size() >= before + more);
    }

    @Test
    void each_time_fires_once_whichever_instance_does_it() throws Exception {
        Node first = new Node("first", every("poll", 300), every("partner-center/sweep", 400));
        Node second = new Node("second", every("poll", 300), every("partner-center/sweep", 400));
        first.start();
        second.start();
        awaitFirings(20);
        assertThat(firings.stream().map(firing -> firing.route + firing.planned.getTime())).as("no time twice")
                .doesNotHaveDuplicates();
        assertThat(first.schedules.ran().keySet()).isSubsetOf("schedule routes/poll", "schedule partner-center/sweep");
    }

    @Test
    void a_poll_never_runs_twice_at_the_same_time() throws Exception {
        AtomicInteger running = new AtomicInteger();
        List<Integer> atOnce = new CopyOnWriteArrayList<>();
        CountDownLatch never = new CountDownLatch(1);
        work = node -> {
            atOnce.add(running.incrementAndGet());
            never.await(500, TimeUnit.MILLISECONDS);
            running.decrementAndGet();
        };
        new Node("first", every("poll", 100)).start();
        new Node("second", every("poll", 100)).start();
        awaitFirings(8);
        assertThat(atOnce).containsOnly(1);
    }

    @Test
    void the_holder_dies_in_the_middle_of_a_poll_and_another_takes_over_within_the_take_over_time_and_an_interval()
            throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        work = node -> {
            if (node.equals("first")) {
                busy.countDown();
                never.await();
            }
        };
        Node first = new Node("first", every("poll", 500)).start();
        assertThat(busy.await(20, TimeUnit.SECONDS)).isTrue();
        new Node("second", every("poll", 500)).start();
        first.die();
        Instant died = Instant.now();
        Awaitility.await().atMost(PATIENCE).until(() -> fired("second") > 0);
        assertThat(Duration.between(died, Instant.now())).isLessThan(TAKE_OVER.plusMillis(500).plusSeconds(11));
        awaitFirings(3);
        never.countDown();
    }

    @Test
    void the_only_instance_is_killed_in_the_middle_of_a_poll_and_polls_again_as_soon_as_it_is_restarted()
            throws Exception {
        takeOver = Duration.ofMinutes(5);
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        AtomicInteger runs = new AtomicInteger();
        work = node -> {
            if (runs.incrementAndGet() == 1) {
                busy.countDown();
                never.await();
            }
        };
        Node killed = new Node("only", every("poll", 500)).start();
        assertThat(busy.await(20, TimeUnit.SECONDS)).isTrue();
        killed.die();
        Node restarted = new Node("only", every("poll", 500));
        try (Instances same = new Instances(restarted.database, "host:only", Map.of(), takeOver, Clock.systemUTC())) {
            same.join();
            restarted.start();
            Awaitility.await().atMost(PATIENCE).until(() -> runs.get() > 3);
        }
        never.countDown();
    }

    @Test
    void an_orderly_stop_leaves_nothing_behind_that_the_next_one_would_wait_for() throws Exception {
        takeOver = Duration.ofMinutes(5);
        Node first = new Node("first", every("poll", 1000)).start();
        new Node("second", every("poll", 1000)).start();
        Awaitility.await().atMost(PATIENCE).until(() -> firings.size() >= 2);
        first.close();
        Instant stopped = Instant.now();
        Awaitility.await().atMost(PATIENCE).until(() -> firings.stream()
                .anyMatch(firing -> firing.at.isAfter(stopped)));
    }

    /** What it was just taking stayed taken, and the others waited until it counted as dead. */
    @Test
    void an_instance_that_rests_while_it_takes_a_firing_left_it_to_nobody() throws Exception {
        Node node = new Node("first", every("poll", 300)).start();
        awaitFirings(1);
        CompletableFuture<Void> resting;
        try (Connection other = DriverManager.getConnection(url); Statement sql = other.createStatement()) {
            other.setAutoCommit(false);
            Awaitility.await().atMost(PATIENCE).until(() -> holdsWhileNothingIsDone(other, sql));
            Awaitility.await().atMost(PATIENCE)
                    .until(() -> count("SELECT COUNT(*) FROM pg_locks WHERE NOT granted") > 0);
            resting = CompletableFuture.runAsync(node.schedules::rest);
            Awaitility.await().during(Duration.ofMillis(500)).atMost(PATIENCE).until(() -> !resting.isDone());
            other.rollback();
        }
        resting.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        Awaitility.await().during(Duration.ofSeconds(1)).atMost(PATIENCE)
                .until(() -> count("SELECT COUNT(*) FROM qrtz_fired_triggers") == 0);
    }

    private static void hold(Statement sql) throws SQLException {
        sql.execute("SELECT 1 FROM qrtz_locks WHERE lock_name = 'TRIGGER_ACCESS' FOR UPDATE");
    }

    /** Else the end of a firing may be what waits for the lock, and nothing is being taken. */
    private static boolean holdsWhileNothingIsDone(Connection other, Statement sql) throws SQLException {
        hold(sql);
        try (ResultSet done = sql.executeQuery("SELECT 1 FROM qrtz_fired_triggers WHERE state = 'EXECUTING'")) {
            if (!done.next()) {
                return true;
            }
        }
        other.rollback();
        return false;
    }

    private int count(String question) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                ResultSet answer = connection.createStatement().executeQuery(question)) {
            answer.next();
            return answer.getInt(1);
        }
    }

    @Test
    void a_route_that_is_suspended_on_one_instance_runs_on_the_other_each_time() throws Exception {
        Node first = new Node("first", every("poll", 1000)).start();
        Node second = new Node("second", every("poll", 1000)).start();
        awaitFirings(3);
        second.camel.getRouteController().suspendRoute("poll");
        first.camel.getRouteController().suspendRoute("poll");
        first.camel.getRouteController().resumeRoute("poll");
        firings.clear();
        awaitFirings(5);
        assertThat(fired("second")).isZero();
        assertThat(gaps(1900)).as("no firing is lost").isEmpty();
    }

    @Test
    void a_route_that_only_one_instance_has_is_not_fired_into_the_void_by_the_other() throws Exception {
        new Node("without").start();
        new Node("with", every("poll", 200)).start();
        awaitFirings(6);
        // After two seconds in which the machine stood still, Quartz plans anew.
        assertThat(gaps(300)).hasSizeLessThanOrEqualTo(1);
    }

    /** Milliseconds between planned times that are so long or longer. */
    private List<Long> gaps(long atLeast) {
        List<Long> planned = firings.stream().map(firing -> firing.planned.getTime()).sorted().toList();
        return IntStream.range(1, planned.size()).mapToObj(i -> planned.get(i) - planned.get(i - 1))
                .filter(gap -> gap >= atLeast).toList();
    }

    @Test
    void a_changed_interval_is_in_force_after_a_restart() throws Exception {
        new Node("before", every("poll", 600_000)).start();
        awaitFirst();
        stopAll();
        new Node("after", every("poll", 200)).start();
        awaitFirings(5);
    }

    @Test
    void a_changed_interval_is_in_force_after_a_live_reload_whichever_instance_fires() throws Exception {
        Node first = new Node("first", every("poll", 600_000)).start();
        Node second = new Node("second", every("poll", 600_000)).start();
        awaitFirst();
        for (Node node : List.of(first, second)) {
            node.camel.getRouteController().stopRoute("poll");
            node.camel.removeRoute("poll");
            node.camel.addRoutes(node.poller(every("poll", 300)));
        }
        awaitFirings(6);
        List<Long> planned = firings.stream().skip(2).map(firing -> firing.planned.getTime()).toList();
        assertThat(planned).doesNotHaveDuplicates();
        for (int i = 1; i < planned.size(); i++) {
            assertThat(planned.get(i) - planned.get(i - 1)).isGreaterThanOrEqualTo(300);
        }
    }

    /** Quartz by itself would try without end to write down that the firing has ended. */
    @Test
    void a_stop_while_the_database_is_away_ends() throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        work = node -> {
            busy.countDown();
            go.await();
        };
        Node node = new Node("first", every("poll", 300)).start();
        assertThat(busy.await(20, TimeUnit.SECONDS)).isTrue();
        node.die();
        go.countDown();
        Instant before = Instant.now();
        node.close();
        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(15));
    }

    @Test
    void a_job_that_becomes_stateful_runs_no_longer_twice_at_a_time_after_a_restart() throws Exception {
        new Node("before", "quartz:poll?trigger.repeatCount=-1&trigger.repeatInterval=100").start();
        awaitFirst();
        stopAll();
        a_poll_never_runs_twice_at_the_same_time();
    }

    private String zone(Node node) {
        return node.database.client().sql("SELECT time_zone_id FROM qrtz_cron_triggers").query(String.class).single();
    }

    @Test
    void a_cron_schedule_goes_by_the_time_zone_of_the_last_start() throws Exception {
        String nightly = "quartz:housekeeping?cron=0+17+3+*+*+?";
        TimeZone ours = TimeZone.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));
            assertThat(zone(new Node("before", nightly).start())).isEqualTo("Asia/Tokyo");
            stopAll();
            TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
            assertThat(zone(new Node("moved", nightly).start())).isEqualTo("Europe/Berlin");
            stopAll();
            assertThat(zone(new Node("named", nightly + "&trigger.timeZone=UTC").start())).isEqualTo("UTC");
        } finally {
            TimeZone.setDefault(ours);
        }
    }

    /** Nothing was polled or swept on any instance for as long as one's clock had been ahead. */
    @Test
    void what_a_clock_that_was_ahead_has_put_off_goes_on() throws Exception {
        // Longer than an instance takes a firing ahead of its time: in between nothing is being taken.
        Node node = new Node("first", every("poll", 5000), "quartz:nightly?cron=0+17+3+*+*+?").start();
        awaitFirst();
        Awaitility.await().atMost(PATIENCE).until(() -> putOff() == 2);
        firings.clear();
        node.schedules.catchUp();
        awaitFirst();
        assertThat(nextNight(node)).isBefore(Instant.now().plus(Duration.ofDays(2)));
        Instant known = nextNight(node);
        node.schedules.catchUp();
        assertThat(nextNight(node)).isEqualTo(known);
    }

    /** Those of them that no firing moves on meanwhile; what is being taken would be given back with this time. */
    private int putOff() throws SQLException {
        long later = Instant.now().plus(Duration.ofDays(20)).toEpochMilli();
        try (Connection other = DriverManager.getConnection(url); Statement sql = other.createStatement()) {
            other.setAutoCommit(false);
            hold(sql);
            int moved = sql.executeUpdate("UPDATE qrtz_triggers SET next_fire_time = " + later + ", start_time = "
                    + later + " WHERE trigger_state = 'WAITING'");
            other.commit();
            return moved;
        }
    }

    private static Instant nextNight(Node node) {
        return Instant.ofEpochMilli(node.database.client().sql("SELECT next_fire_time FROM qrtz_triggers"
                + " WHERE trigger_name = 'nightly'").query(Long.class).single());
    }

    @Test
    void a_schedule_without_a_route_is_forgotten() throws Exception {
        new Node("before", every("poll", 200), every("old", 200)).start();
        Awaitility.await().atMost(PATIENCE).until(() -> firings.stream().map(Firing::route).distinct().count() == 2);
        stopAll();
        Node after = new Node("after", every("poll", 200)).start();
        List.of(true, true, false, true, true, true).forEach(after.schedules::forgetOthers);
        assertThat(after.database.client().sql("SELECT COUNT(*) FROM qrtz_triggers").query(Integer.class).single())
                .as("instances differed in between: one may have a route that we have not").isEqualTo(2);
        after.schedules.forgetOthers(true);
        assertThat(after.database.client().sql("SELECT trigger_name FROM qrtz_triggers").query(String.class).list())
                .containsExactly("poll");
        awaitFirings(2);
    }
}
