package dev.cosell.sync.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cosell.mapping.MatchRule;
import dev.cosell.mapping.PartyRules;
import dev.cosell.state.Database;
import dev.cosell.state.ReadyDatabase;
import dev.cosell.sync.books.LeaseStore;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Trouble;
import dev.cosell.verbs.Writes;
import java.net.ConnectException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two instances on one database, each with syncs of deals of one customer. */
class CustomerStepsTest {
    private static final Map<String, PartyRules> RULES = Map.of("salesforce",
            new PartyRules(MatchRule.parse("Name + BillingPostalCode, Name"), MatchRule.parse("Email")));

    @TempDir
    Path folder;

    private Database database;
    private CustomerSteps one;
    private CustomerSteps other;

    @BeforeEach
    void open() {
        database = Database.open(ReadyDatabase.h2(folder.resolve("cosell")), null, null);
        one = steps(Duration.ofSeconds(1));
        other = steps(Duration.ofSeconds(1));
    }

    private CustomerSteps steps(Duration lease) {
        return new CustomerSteps(RULES, new LeaseStore(database, lease));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static CustomerLease deal(CustomerSteps instance, String name) {
        return instance.lease(new Writes.NewOpportunity("R1", Map.of(), Map.of("Name", name), Map.of(), List.of()),
                "salesforce");
    }

    @Test
    void who_finds_all_waits_for_nobody_and_who_lacks_something_waits() {
        CustomerLease first = deal(one, "Odd Works");
        CustomerLease second = deal(other, "ODD WORKS");
        assertThat(first.isHeld()).isTrue();
        assertThat(other.mustWait(second, false)).isFalse();
        other.settle(second, false);
        assertThat(other.mustWait(second, true)).isTrue();
        assertThat(deal(other, "Even Works").isHeld()).isTrue();
    }

    @Test
    void the_next_goes_on_as_soon_as_the_first_is_done() {
        CustomerLease first = deal(one, "Odd Works");
        CustomerLease second = deal(other, "Odd Works");
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> other.await(second));
        one.settle(first, true);
        one.known(first);
        one.end(first, null);
        waiting.join();
        assertThat(second.isHeld()).isTrue();
    }

    @Test
    void no_thread_is_held_for_long_and_no_lease_of_a_slow_one_is_taken() {
        CustomerLease slow = deal(one, "Odd Works");
        long begun = System.nanoTime();
        CompletableFuture<Void> extending = CompletableFuture
                .runAsync(() -> Awaitility.await().pollInterval(Duration.ofMillis(200)).until(() -> {
            one.extendAll();
            return System.nanoTime() - begun > Duration.ofSeconds(3).toNanos();
        }));
        assertThatThrownBy(() -> other.await(deal(other, "Odd Works"))).isInstanceOf(Fault.Taken.class)
                .hasMessageContaining("referral R1");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
        extending.join();
        one.settle(slow, true);
    }

    @Test
    void whoever_stood_still_until_another_took_over_creates_nothing() {
        CustomerLease stalled = deal(one, "Odd Works");
        CustomerLease next = deal(other, "Odd Works");
        Awaitility.await().untilAsserted(() -> other.await(next));
        assertThatThrownBy(() -> one.settle(stalled, true)).isInstanceOf(Fault.VersionConflict.class);
        one.end(stalled, new Fault.VersionConflict("salesforce", "decided again"));
        other.settle(next, true);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void after_a_create_of_unknown_outcome_the_others_wait_for_the_lease_to_expire_and_after_a_refusal_they_do_not(
            boolean unknown) {
        CustomerSteps patient = steps(Duration.ofMinutes(5));
        CustomerLease first = deal(patient, "Odd Works");
        patient.settle(first, true);
        patient.end(first, unknown ? new Fault.Transient("salesforce", "connection reset")
                : new Fault.Data("salesforce", Trouble.REFUSED, "a rule"));
        assertThat(deal(other, "Odd Works").isHeld()).isEqualTo(!unknown);
        assertThat(first.isHeld()).isEqualTo(unknown);
    }

    /** Each deal of the customer waited for the lease of a create that had met a locked row. */
    @Test
    void after_a_create_that_was_turned_away_for_a_moment_the_others_do_not_wait() {
        CustomerSteps patient = steps(Duration.ofMinutes(5));
        CustomerLease first = deal(patient, "Odd Works");
        patient.settle(first, true);
        patient.end(first, Fault.Transient.undone("salesforce", "the row is locked", null));
        assertThat(deal(other, "Odd Works").isHeld()).isTrue();
    }

    /** Camel gave the innermost cause, which does not say that nothing had left. */
    @Test
    void a_create_that_met_no_connection_kept_its_customer_until_the_lease_expired() throws Exception {
        CustomerSteps patient = steps(Duration.ofMinutes(5));
        CustomerLease first = deal(patient, "Odd Works");
        patient.settle(first, true);
        try (CamelContext camel = new DefaultCamelContext()) {
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:create").setVariable("customer", constant(first))
                            .doTry().process(create -> {
                                throw Fault.Transient.undone("salesforce", "Salesforce is away",
                                        new ConnectException("refused"));
                            }).doFinally().bean(patient, "end");
                }
            });
            camel.start();
            assertThat(camel.createProducerTemplate().request("direct:create", create -> { }).getException())
                    .isInstanceOf(Fault.Transient.class);
        }
        assertThat(deal(other, "Odd Works").isHeld()).isTrue();
    }

    @Test
    void what_failed_before_a_create_was_sent_is_given_back() {
        CustomerLease first = deal(one, "Odd Works");
        one.end(first, new Fault.Transient("salesforce", "connection reset"));
        assertThat(deal(other, "Odd Works").isHeld()).isTrue();
    }

    @Test
    void the_books_do_not_say_who_the_customer_is() {
        deal(one, "Odd Works");
        assertThat(database.client().sql("SELECT lease_key FROM customer_lease").query(String.class).list())
                .singleElement().asString()
                .startsWith("salesforce ").doesNotContainIgnoringCase("odd");
    }
}
