package dev.cosell.sync.steps;

import static dev.cosell.sync.decide.PlainDeals.REFERRALS;
import static dev.cosell.sync.decide.PlainDeals.hint;
import static dev.cosell.sync.decide.PlainDeals.opportunity;
import static dev.cosell.sync.decide.PlainDeals.pair;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.sync.books.Attempt;
import dev.cosell.sync.books.Intents;
import dev.cosell.sync.books.LinkStore;
import dev.cosell.sync.books.WaitingRelated;
import dev.cosell.sync.decide.CheckMark;
import dev.cosell.sync.decide.Decision;
import dev.cosell.sync.decide.Ends;
import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.Pair;
import dev.cosell.sync.decide.PlainDeals;
import dev.cosell.sync.decide.Situation;
import dev.cosell.sync.decide.TimeRules;
import dev.cosell.verbs.Reason;
import dev.cosell.verbs.Trouble;
import dev.cosell.verbs.Writes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A create whose answer is missing for hours. A closed referral that is older than the first attempt is an older deal;
 * one that is younger may be the one that was made.
 */
class CreateThatTakesLongTest extends BooksAtHand {
    private Instant now = NOW;
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private Beginnings beginnings;
    private WriteSteps writes;
    private SyncMemory memory;
    private Parking parking;
    private AttemptSteps attempts;

    private void pass(int hours) {
        now = now.plus(Duration.ofHours(hours));
    }

    @BeforeEach
    void steps() {
        links = new LinkStore(database, seen, clock);
        beginnings = new Beginnings(MAPPINGS, links, brakes);
        writes = new WriteSteps(CRMS, REFERRALS, MAPPINGS, new CheckMark(true), "", clock);
        WaitingRelated waiting = new WaitingRelated("partner-center", database, links, hint -> {}, clock);
        parking = new Parking(CRMS, REFERRALS, MAPPINGS, links, waiting, clock);
        memory = new SyncMemory(CRMS, LEAD_VIEWS, REFERRALS, MAPPINGS, links, PlainDeals.BREAKER, waiting,
                own -> { }, new KeptOpportunities(REFERRALS, MAPPINGS, clock), TimeRules.USUAL, clock);
        attempts = restarted();
    }

    /** As after a restart, which remembers no attempt but from the books. */
    private AttemptSteps restarted() {
        return new AttemptSteps(new Intents(database, clock));
    }

    private Pair unshared(Object... fields) {
        Map<String, Object> opportunity = new HashMap<>(opportunity(Map.of("Amount", 100, "Version", "7")));
        opportunity.remove("ReferralId");
        for (int field = 0; field < fields.length; field += 2) {
            opportunity.put((String) fields[field], fields[field + 1]);
        }
        return pair(hint("crm"), links.findByCrmId("crm", "crm-1").orElse(null), null, opportunity);
    }

    /** The attempt up to the request to Partner Center, of which no answer comes. */
    private Writes.NewReferral attempted() {
        Attempt attempt = attempts.begin("crm", "crm-1");
        Decision decision = Decision.nothing(unshared(), Situation.NEW_OPPORTUNITY);
        Writes.NewReferral request = writes.newReferral(decision, List.of(), attempt);
        beginnings.referral(decision, request);
        return request;
    }

    private void look(Pair pair) {
        memory.remember(decided(pair), null, pair.opportunity().fields(), null, null);
    }

    @Test
    void the_first_attempt_knows_of_none_before() {
        assertThat(attempted().begun()).isNull();
    }

    /** The referral was closed in the portal meanwhile, counted as an older deal, and a second one was made. */
    @Test
    void a_create_began_with_its_first_attempt_and_not_when_the_seller_switched_the_sync_off() {
        attempted();
        pass(2);
        look(unshared("Sync", false, "Version", "8"));
        pass(1);
        look(unshared("Sync", false, "Version", "9"));
        assertThat(link().agreed().rows()).as("what was written is known still").isNotEmpty();
        pass(1);
        assertThat(attempted().begun()).isEqualTo(NOW);
    }

    @Test
    void a_create_began_with_its_first_attempt_and_not_when_it_was_parked() {
        attempted();
        for (String version : List.of("8", "9")) {
            pass(2);
            Pair pair = unshared("Version", version);
            parking.park(pair, List.of(new Reason(Trouble.REFUSED, "Name is missing")), pair.opportunity().fields(),
                    decided(pair), null, new Attempt("crm", "crm-1", true, NOW, NOW), null);
        }
        pass(1);
        assertThat(attempted().begun()).isEqualTo(NOW);
    }

    @Test
    void a_create_began_with_its_first_attempt_and_not_with_one_that_made_nothing_either() {
        attempted();
        pass(2);
        attempted();
        pass(2);
        attempts = restarted();
        assertThat(attempted().begun()).isEqualTo(NOW);
    }

    /** The sales team could not be read, so nothing was written down of the deal itself. */
    @Test
    void a_create_that_was_cut_short_before_its_request_began_all_the_same() {
        attempts.begin("crm", "crm-1");
        pass(2);
        assertThat(attempted().begun()).isEqualTo(NOW);
    }

    /**
     * The link of an opportunity that waited to be shared looked like the note of an attempt. The answer of the next
     * one was lost, and so was the seller's edit behind it.
     */
    @Test
    void a_create_that_was_cut_short_before_its_request_is_noted_with_the_next_attempt_where_the_opportunity_waited() {
        stored(Link.of("crm", Ends.deal(null, null, "crm-1")));
        attempts.begin("crm", "crm-1");
        assertThat(attempted().retry()).isTrue();
        assertThat(link().agreed().rows()).containsKey("Amount");
    }

    /** A deal that was closed while the opportunity waited to be shared counted as the one that was being made. */
    @Test
    void a_create_did_not_begin_when_the_opportunity_began_to_wait_for_it() {
        stored(Link.of("crm", Ends.deal(null, null, "crm-1")));
        pass(100);
        Instant began = now;
        attempts.begin("crm", "crm-1");
        pass(2);
        assertThat(attempted().begun()).isEqualTo(began);
    }

    @Test
    void a_create_that_follows_one_that_ended_has_its_own_beginning() {
        attempted();
        attempts.end(attempts.begin("crm", "crm-1"));
        pass(2);
        Instant again = now;
        attempted();
        pass(2);
        assertThat(attempted().begun()).isEqualTo(again);
    }
}
