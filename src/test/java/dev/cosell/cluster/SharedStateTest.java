package dev.cosell.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.cosell.connection.Pause;
import dev.cosell.state.Database;
import dev.cosell.state.PostgresServer;
import dev.cosell.sync.books.CallCounts;
import dev.cosell.sync.books.Finished;
import dev.cosell.sync.books.Intents;
import dev.cosell.sync.books.LinkStore;
import dev.cosell.sync.books.SeenVersions;
import dev.cosell.sync.books.WaitingRelated;
import dev.cosell.sync.decide.Breaker;
import dev.cosell.sync.decide.Ends;
import dev.cosell.sync.decide.Link;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Hint;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What one instance has learnt and the others have to keep to; each instance is a pool of connections to one PostgreSQL
 * here.
 */
class SharedStateTest {
    private static final Clock CLOCK = Clock.systemUTC();
    private static Database one;
    private static Database other;

    @BeforeAll
    static void open() throws Exception {
        String url = PostgresServer.emptyDatabase();
        one = Database.open(url, null, null);
        other = Database.open(url, null, null);
    }

    @AfterAll
    static void close() {
        one.close();
        other.close();
    }

    private static LinkStore links(Database of) {
        return new LinkStore(of, new SeenVersions(of, CLOCK), CLOCK);
    }

    private static void join(String referralId, String engagementId, String crmId) {
        links(one).finish(new Finished(Link.of("salesforce", Ends.deal(referralId, engagementId, crmId)), null,
                List.of()));
    }

    @Test
    void a_pause_that_a_system_asked_of_one_instance_is_kept_by_all() {
        Pause first = new Pause("salesforce", new SharedPauses(one), CLOCK);
        Pause second = new Pause("salesforce", new SharedPauses(other), CLOCK);
        second.check();
        first.noted(new Fault.Throttled("salesforce", "later", Duration.ofSeconds(4)));
        first.noted(new Fault.Throttled("salesforce", "sooner", Duration.ofSeconds(1)));

        await().atMost(Duration.ofSeconds(3)).untilAsserted(() -> assertThatThrownBy(second::check)
                .isInstanceOfSatisfying(Fault.Throttled.class,
                later -> assertThat(later.retryAfter()).isBetween(Duration.ofMillis(500), Duration.ofSeconds(4))));
        new Pause("dynamics", new SharedPauses(other), CLOCK).check();
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThatCode(second::check)
                .doesNotThrowAnyException());
    }

    @Test
    void when_the_database_is_away_each_instance_keeps_the_pause_it_was_asked_for() throws Exception {
        Database away = Database.open(PostgresServer.emptyDatabase(), null, null);
        Pause pause = new Pause("salesforce", new SharedPauses(away), CLOCK);
        away.close();
        pause.check();
        pause.noted(new Fault.Throttled("salesforce", "later", Duration.ofMinutes(1)));
        assertThatThrownBy(pause::check).isInstanceOf(Fault.Throttled.class);
    }

    @Test
    void calls_of_a_day_are_counted_together() {
        LocalDate day = LocalDate.of(2026, 11, 28);
        List<CallCounts> instances = List.of(new CallCounts(one), new CallCounts(other));
        assertThat(instances.get(0).add("salesforce", day, 0)).isZero();
        CompletableFuture.allOf(IntStream.range(0, 20).mapToObj(number -> CompletableFuture.runAsync(() ->
                instances.get(number % 2).add("salesforce", day, 5)))
                .toArray(CompletableFuture[]::new)).join();
        assertThat(instances.get(1).add("salesforce", day, 0)).isEqualTo(100);
        assertThat(instances.get(0).add("dynamics", day, 1)).isEqualTo(1);
        assertThat(instances.get(0).add("salesforce", day.plusDays(30), 1)).isEqualTo(1);
        assertThat(instances.get(1).add("salesforce", day, 0)).as("long over").isZero();
    }

    @Test
    void a_related_referral_that_one_instance_holds_is_called_by_the_other_that_syncs_its_deal() {
        List<String> called = new ArrayList<>();
        WaitingRelated holds = new WaitingRelated("partner-center", one, links(one), hint ->
                called.add("by the holder"), CLOCK);
        WaitingRelated syncs = new WaitingRelated("partner-center", other, links(other), (Hint hint) ->
                called.add(hint.id()), CLOCK);
        holds.hold("salesforce", "e-1", "m-1", null);
        syncs.release("salesforce", "e-1");
        syncs.release("salesforce", "e-1");
        assertThat(called).containsExactly("m-1");

        holds.hold("salesforce", "e-2", "m-2", null);
        syncs.arrived("salesforce", "e-2", "m-2");
        holds.release("salesforce", "e-2");
        assertThat(called).containsExactly("m-1");
    }

    @Test
    void a_create_of_unknown_outcome_that_one_instance_began_is_waited_out_by_the_other() {
        Intents first = new Intents(one, CLOCK, Duration.ofSeconds(60));
        Intents second = new Intents(other, CLOCK, Duration.ofSeconds(60));
        Intents later = new Intents(other, Clock.offset(CLOCK, Duration.ofSeconds(61)), Duration.ofSeconds(60));
        assertThat(first.begin("salesforce", "006A").retry()).isFalse();
        assertThat(second.begin("salesforce", "006A").settled()).isFalse();
        assertThat(later.begin("salesforce", "006A").settled()).isTrue();
        assertThat(first.begin("salesforce", "006A").settled())
                .as("another attempt has begun").isFalse();
    }

    @Test
    void writes_of_a_pair_count_for_the_breaker_whichever_instance_made_them() {
        join("r-9", "e-9", "0069");
        Breaker breaker = new Breaker(4, Duration.ofMinutes(10));
        for (int write = 0; write < 4; write++) {
            LinkStore links = links(write % 2 == 0 ? one : other);
            Link link = links.findByCrmId("salesforce", "0069").orElseThrow();
            assertThat(breaker.open(link, CLOCK.instant())).isFalse();
            links.finish(new Finished(link.with(breaker.counted(link, true, CLOCK.instant())), null, List.of()));
        }
        assertThat(breaker.open(links(one).findByCrmId("salesforce", "0069").orElseThrow(), CLOCK.instant())).isTrue();
    }
}
