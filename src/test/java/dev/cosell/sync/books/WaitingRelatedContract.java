package dev.cosell.sync.books;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.sync.decide.Ends;
import dev.cosell.sync.decide.Link;
import dev.cosell.verbs.Changes;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Hint;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

abstract class WaitingRelatedContract extends StateContract {
    private final List<String> called = new ArrayList<>();
    private LinkStore links;
    private WaitingRelated waiting;
    private boolean queueIsAway;

    @BeforeEach
    void store() {
        links = new LinkStore(database, new SeenVersions(database, clock), clock);
        waiting = new WaitingRelated("partner-center", database, links, this::offered, clock);
    }

    private void offered(Hint hint) {
        if (queueIsAway) {
            throw new Fault.Transient("queue", "away");
        }
        assertThat(hint.origin()).as("a version that was seen must not stop it").isEqualTo(Hint.Origin.RETRY);
        called.add(hint.id());
    }

    private void join(String referralId, String engagementId, String crmId) {
        links.finish(new Finished(Link.of("salesforce", Ends.deal(referralId, engagementId, crmId)), null, List.of()));
    }

    @Test
    void the_next_sync_of_the_deal_calls_it_once() {
        waiting.hold("salesforce", "e-1", "m-1", null);
        waiting.hold("salesforce", "e-1", "m-1", null);
        waiting.release("dynamics", "e-1");
        waiting.release("salesforce", "e-2");
        assertThat(called).isEmpty();

        waiting.release("salesforce", "e-1");
        waiting.release("salesforce", "e-1");
        assertThat(called).containsExactly("m-1");
    }

    @Test
    void it_still_waits_after_a_restart() throws Exception {
        waiting.hold("salesforce", "e-1", "m-1", null);
        reopen();
        store();

        waiting.release("salesforce", "e-1");
        assertThat(called).containsExactly("m-1");
    }

    @Test
    void a_deal_that_was_joined_while_it_began_to_wait_is_not_missed() {
        join("r-1", "e-1", "006A");
        waiting.hold("salesforce", "e-1", "m-1", null);

        assertThat(called).containsExactly("m-1");
    }

    /** It waited for the night: the sync of the deal had called whoever waited before it began to. */
    @Test
    void news_of_a_deal_that_was_switched_on_while_they_began_to_wait_waited_for_the_night() {
        join("r-1", "e-1", "006A");
        Link read = links.findByEngagement("salesforce", "e-1").orElseThrow();
        waiting.hold("salesforce", "e-1", "m-1", read);
        assertThat(called).as("the deal is as it was").isEmpty();
        waiting.arrived("salesforce", "e-1", "m-1");

        new LinkStore(database, new SeenVersions(database, clock), Clock.offset(clock, Duration.ofSeconds(1)))
                .finish(new Finished(read, null, List.of()));
        waiting.release("salesforce", "e-1");
        waiting.hold("salesforce", "e-1", "m-1", read);
        assertThat(called).containsExactly("m-1");
    }

    @Test
    void one_whose_news_has_arrived_is_not_called() {
        waiting.hold("salesforce", "e-1", "m-1", null);
        waiting.arrived("salesforce", "e-1", "m-1");

        waiting.release("salesforce", "e-1");
        assertThat(called).isEmpty();
        assertThat(waiting.tidy(NOW.plusSeconds(60))).isZero();
    }

    @Test
    void it_goes_on_waiting_while_the_queue_is_away() {
        waiting.hold("salesforce", "e-1", "m-1", null);
        queueIsAway = true;
        waiting.release("salesforce", "e-1");
        queueIsAway = false;

        waiting.release("salesforce", "e-1");
        assertThat(called).containsExactly("m-1");
    }

    @Test
    void the_night_calls_who_was_forgotten_by_a_crash_and_forgets_who_waits_too_long() {
        waiting.hold("salesforce", "e-1", "m-1", null);
        waiting.hold("salesforce", "e-2", "m-2", null);
        join("r-1", "e-1", "006A");
        join(null, "e-2", "006B");

        assertThat(waiting.tidy(NOW.minusSeconds(60))).isZero();
        assertThat(called).containsExactly("m-1");
        assertThat(waiting.tidy(NOW.plusSeconds(60))).isEqualTo(2);
    }

    /** Its version went on counting as handled, so that no sweep reported it again either. */
    @Test
    void microsofts_answer_was_forgotten_when_its_deal_was_parked_for_more_than_a_month() {
        waiting.hold("salesforce", "e-1", "m-1", null);
        waiting.hold("salesforce", "e-2", "m-gone", null);
        links.finish(new Finished(null, null, List.of(SeenVersions.key("salesforce", "partner-center", "m-1", "v1"))));

        Clock later = Clock.offset(clock, Duration.ofDays(20));
        SeenVersions sweeps = new SeenVersions(database, later);
        Changes all = new Changes(List.of(new Changes.Change("m-1", "v1"), new Changes.Change("r-1", "v1")), "", false);
        sweeps.renew(all, "salesforce", "partner-center", later.instant().minus(Duration.ofDays(15)));
        assertThat(sweeps.purge(NOW.plus(Duration.ofDays(1)))).isZero();
        assertThat(waiting.tidy(NOW.plus(Duration.ofDays(1)))).as("nobody shows it any more").isOne();

        waiting.release("salesforce", "e-1");
        waiting.release("salesforce", "e-2");
        assertThat(called).containsExactly("m-1");
    }

    @Test
    void one_that_reports_again_waits_as_long_as_one_that_is_new() {
        waiting.hold("salesforce", "e-1", "m-1", null);
        new WaitingRelated("partner-center", database, links, this::offered, Clock.offset(clock, Duration.ofDays(9)))
                .hold("salesforce", "e-1", "m-1", null);
        assertThat(waiting.tidy(NOW.plus(Duration.ofDays(8)))).isZero();
    }

    @Test
    void a_link_is_found_by_its_engagement_when_it_has_both_sides() {
        join("r-1", "e-1", null);
        assertThat(links.findByEngagement("salesforce", "e-1")).isEmpty();
        join("r-2", "e-2", "006B");
        assertThat(links.findByEngagement("salesforce", "e-2")).map(Link::referralId).contains("r-2");
        assertThat(links.findByEngagement("dynamics", "e-2")).isEmpty();
        assertThat(links.findByEngagement("salesforce", null)).isEmpty();
    }
}
