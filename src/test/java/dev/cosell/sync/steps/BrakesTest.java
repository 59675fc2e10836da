package dev.cosell.sync.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cosell.sync.books.AuditEntry;
import dev.cosell.sync.books.BrakeStore;
import dev.cosell.sync.decide.Brake;
import dev.cosell.sync.decide.Direction;
import dev.cosell.sync.decide.Ends;
import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.Stops;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Two instances on one database count together, and both stop. */
class BrakesTest extends BooksAtHand {
    private static final Set<Direction> TO_CRM = Set.of(Direction.TO_CRM);
    private static final Brake AS_SHIPPED = new Brake(20, 50);

    private Brakes instance(Clock clock) {
        return new Brakes(new Brake(50, 3), new BrakeStore(database, clock), clock);
    }

    private Link link(int deal) {
        return links.findByCrmId("crm", "crm-" + deal).orElseThrow();
    }

    private boolean stops(Brakes instance, int deal) {
        return stops(instance, deal, instance.now());
    }

    private boolean stops(Brakes instance, int deal, Instant changed) {
        return instance.stops("crm").stopped().contains(Direction.TO_CRM)
                || instance.stops("crm", link(deal).id(), Map.of(Direction.TO_CRM, changed));
    }

    private boolean writes(Brakes instance, int deal) {
        return writes(instance, deal, instance.now());
    }

    /** Writes to a deal as a sync does; whether the brake stopped it instead. */
    private boolean writes(Brakes instance, int deal, Instant changed) {
        if (stops(instance, deal, changed)) {
            return true;
        }
        links.begin(link(deal), Map.of(Direction.TO_CRM, changed));
        instance.noted(link(deal).id());
        return false;
    }

    private void deals(int count) {
        for (int deal = 1; deal <= count; deal++) {
            stored(Link.of("crm", Ends.deal("r" + deal, "e" + deal, "crm-" + deal)));
        }
    }

    @Test
    void what_each_of_two_instances_writes_counts_for_both_and_a_deal_counts_once() {
        deals(8);
        Brakes one = instance(CLOCK);
        Brakes other = instance(CLOCK);
        for (int deal = 1; deal <= 2; deal++) {
            assertThat(writes(one, deal)).isFalse();
            assertThat(writes(one, deal)).isFalse();
            assertThat(writes(other, deal + 2)).isFalse();
            assertThat(writes(one, deal + 2)).isFalse();
        }
        await().atMost(Duration.ofSeconds(5)).until(() -> writes(one, 5));
        await().atMost(Duration.ofSeconds(5)).until(() -> other.stops("crm").stopped().equals(TO_CRM));
        assertThat(other.stops("another")).isEqualTo(Stops.NONE);
        assertThat(writes(other, 1)).as("a deal that was written before").isTrue();
        assertThat(new BrakeStore(database, CLOCK).all()).singleElement()
                .satisfies(known -> assertThat(known.reason()).contains("5 of 8 open linked deals", "50 %"));
    }

    /** After a year of a hundred deals a day, no import could overwrite a fifth of all that were ever linked. */
    @Test
    void deals_that_were_closed_long_ago_and_leads_wore_the_brake_out() {
        deals(8);
        for (int old = 9; old <= 48; old++) {
            stored(Link.of("crm", Ends.deal("r" + old, "e" + old, "crm-" + old)));
            database.client().sql("INSERT INTO referral_index (referral_id, closed) VALUES (?, TRUE)").param("r" + old)
                    .update();
            stored(Link.of("crm", Ends.lead("lead-" + old, null, "crm-lead-" + old)));
        }
        Brakes one = instance(CLOCK);
        for (int deal = 1; deal <= 4; deal++) {
            assertThat(writes(one, deal)).isFalse();
        }
        assertThat(writes(one, 5)).isTrue();
        assertThat(new BrakeStore(database, CLOCK).all()).singleElement()
                .satisfies(known -> assertThat(known.reason()).startsWith("5 of 8 open linked deals"));
    }

    /** With each of them that the sweep saw closed there were fewer to compare with, until the brake stopped them. */
    @Test
    void the_closings_of_a_busy_hour_made_the_open_deals_fewer_of_which_they_were_a_share() {
        deals(300);
        Brakes one = new Brakes(AS_SHIPPED, new BrakeStore(database, CLOCK), CLOCK);
        IntStream.rangeClosed(1, 50).forEach(deal -> {
            assertThat(writes(one, deal)).isFalse();
            database.client().sql("INSERT INTO referral_index (referral_id, closed) VALUES (?, TRUE)").param("r" + deal)
                    .update();
        });
        IntStream.rangeClosed(51, 60).forEach(deal -> assertThat(writes(one, deal)).as("deal " + deal).isFalse());
        assertThat(writes(one, 61)).isTrue();
        assertThat(new BrakeStore(database, CLOCK).all()).singleElement()
                .satisfies(known -> assertThat(known.reason()).startsWith("61 of 300 open linked deals"));
    }

    /** Each of them was taken for one deal more, which had the books be asked three times for each edit. */
    @Test
    void edits_of_the_same_few_deals_had_them_counted_anew_each_time() {
        deals(300);
        Brakes one = new Brakes(AS_SHIPPED, new BrakeStore(database, CLOCK), CLOCK);
        IntStream.rangeClosed(1, 50).forEach(deal -> assertThat(writes(one, deal)).isFalse());
        database.client().sql("SET QUERY_STATISTICS TRUE").update();
        try {
            for (int edit = 0; edit < 500; edit++) {
                assertThat(writes(one, 1 + edit % 50)).isFalse();
            }
            assertThat(database.client().sql("SELECT COALESCE(SUM(execution_count), 0)"
                    + " FROM information_schema.query_statistics"
                    + " WHERE sql_statement LIKE '%COUNT(CASE WHEN crm_overwritten_at%'").query(Integer.class).single())
                    .as("one a second at most, of 500 edits").isLessThan(100);
        } finally {
            database.client().sql("SET QUERY_STATISTICS FALSE").update();
        }
    }

    @Test
    void deals_that_are_about_to_be_written_count_though_the_database_does_not_know_of_them() {
        deals(8);
        Brakes one = instance(CLOCK);
        for (int deal = 1; deal <= 4; deal++) {
            assertThat(stops(one, deal)).isFalse();
        }
        assertThat(stops(one, 4)).as("a deal counts once").isFalse();
        assertThat(stops(one, 5)).isTrue();
    }

    /** It was a defect, told as an ERROR with its stack, and the deal came again a minute later. */
    @Test
    void a_sync_that_had_decided_before_the_brake_stopped_met_a_direction_that_nobody_had_ever_released() {
        deals(8);
        Brakes one = instance(CLOCK);
        IntStream.rangeClosed(1, 4).forEach(deal -> assertThat(stops(one, deal)).isFalse());
        assertThat(stops(one, 5)).isTrue();
        assertThat(one.stops("crm", link(6).id(), Map.of(Direction.TO_CRM, NOW))).isTrue();
    }

    @Test
    void a_deal_that_was_let_pass_and_is_not_written_after_all_counts_no_more() {
        deals(8);
        Brakes one = instance(CLOCK);
        for (int deal = 1; deal <= 4; deal++) {
            assertThat(stops(one, deal)).isFalse();
        }
        assertThat(one.stops("crm", link(4).id(), Map.of())).isFalse();
        assertThat(stops(one, 5)).isFalse();
        assertThat(stops(one, 6)).isTrue();
    }

    @Test
    void what_was_written_an_hour_ago_counts_no_more() {
        deals(8);
        for (int deal = 1; deal <= 4; deal++) {
            writes(instance(CLOCK), deal);
        }
        assertThat(writes(instance(Clock.offset(CLOCK, Duration.ofMinutes(59))), 5)).isTrue();
        database.client().sql("DELETE FROM brake").update();
        assertThat(writes(instance(Clock.offset(CLOCK, Duration.ofMinutes(61))), 5)).isFalse();
    }

    @Test
    void edits_of_three_days_that_an_outage_held_back_are_no_wrong_import() {
        deals(200);
        Brakes one = new Brakes(AS_SHIPPED, new BrakeStore(database, CLOCK), CLOCK);
        List<Integer> order = shuffled(60);
        assertThat(order)
                .allSatisfy(deal -> assertThat(writes(one, deal, NOW.minus(Duration.ofHours(deal)))).isFalse());
        assertThat(new BrakeStore(database, CLOCK).all()).isEmpty();
    }

    @Test
    void a_wrong_import_made_while_an_outage_lasted_is_stopped_in_whatever_order_its_deals_come() {
        deals(200);
        Brakes one = new Brakes(AS_SHIPPED, new BrakeStore(database, CLOCK), CLOCK);
        Instant imported = NOW.minus(Duration.ofDays(2));
        List<Integer> let = shuffled(60).stream()
                .takeWhile(deal -> !writes(one, deal, imported.plusSeconds(50L * deal))).toList();
        assertThat(let).hasSizeBetween(50, 59);
        assertThat(new BrakeStore(database, CLOCK).all()).singleElement()
                .satisfies(known -> assertThat(known.reason()).contains("of 200 open linked deals", "within an hour"));
    }

    /** Those before a deal and those behind it were counted apart, so nearly twice as many went through. */
    @Test
    void of_an_import_whose_deals_come_in_any_order_no_more_go_through_than_in_their_own() {
        deals(200);
        Brakes one = new Brakes(AS_SHIPPED, new BrakeStore(database, CLOCK), CLOCK);
        List<Integer> let = shuffled(120).stream()
                .takeWhile(deal -> !writes(one, deal, NOW.minusSeconds(120).plusMillis(10L * deal))).toList();
        assertThat(let).hasSize(50);
    }

    private static List<Integer> shuffled(int count) {
        List<Integer> numbers = new ArrayList<>(IntStream.rangeClosed(1, count).boxed().toList());
        Collections.shuffle(numbers, new Random(7));
        return numbers;
    }

    @Test
    void an_instance_that_knows_of_a_stop_knows_of_its_end_at_once() {
        BrakeStore store = new BrakeStore(database, CLOCK);
        AuditEntry entry = new AuditEntry(NOW, "crm", null, null, "BRAKE", "STOP", "", null, false);
        store.stop("crm", Direction.TO_CRM, "Many.", entry);
        Brakes other = instance(CLOCK);
        assertThat(other.stops("crm")).isEqualTo(new Stops(TO_CRM, Map.of()));
        store.release("crm", Direction.TO_CRM, entry);
        assertThat(other.stops("crm")).isEqualTo(new Stops(Set.of(), Map.of(Direction.TO_CRM, NOW)));
    }
}
