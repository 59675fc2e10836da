package dev.cosell.sync.books;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the stores of rows, won deals and doubtful creates must do on every database. */
abstract class DealStoresContract extends StateContract {
    @Test
    void aRowIsKnownByItsRecordUntilItHangsOnAnother() throws Exception {
        assertThat(new StoredPartRows(database).left("dynamics", Map.of("row-1", "opp-1"))).isEmpty();
        new StoredPartRows(database).keep("dynamics", Map.of("row-1", "opp-1", "row-2", "opp-1"));
        reopen();
        StoredPartRows rows = new StoredPartRows(database);
        assertThat(rows.record("dynamics", "row-1")).contains("opp-1");
        assertThat(rows.record("salesforce", "row-1")).isEmpty();
        Map<String, String> moved = Map.of("row-1", "opp-2", "row-2", "opp-1");
        assertThat(rows.left("dynamics", moved)).containsExactly("opp-1");
        assertThat(rows.left("dynamics", moved)).as("asking changes nothing").containsExactly("opp-1");
        rows.keep("dynamics", moved);
        assertThat(rows.records("dynamics")).containsExactlyInAnyOrder("opp-1", "opp-2");
    }

    @Test
    void aWonDealIsOpenUntilItIsSettled() {
        WonDeals deals = new WonDeals(database, "salesforce", clock);
        deals.note("r-1", "006A");
        deals.note("r-1", "006A");
        deals.note("r-2", null);
        assertThat(deals.open()).containsExactlyInAnyOrder(new WonDeal("salesforce", "r-1", "006A", NOW, null),
                new WonDeal("salesforce", "r-2", null, NOW, null));
        deals.refused(new WonDeal("salesforce", "r-2", null, NOW, null), "It was refused");
        assertThat(deals.open()).extracting(WonDeal::refusal).containsExactlyInAnyOrder(null, "It was refused");
        deals.note("r-2", null);
        assertThat(deals.open()).extracting(WonDeal::refusal).as("won again").containsOnlyNulls();
        deals.settle(new WonDeal("salesforce", "r-1", "006A", NOW, null), "REGISTERED", "The deal is registered");
        deals.note("r-1", "006A");
        assertThat(deals.open()).extracting(WonDeal::referralId).containsExactly("r-2");
        assertThat(new AuditTrail(database).last("r-1", 5)).singleElement().satisfies(entry -> {
            assertThat(entry.situation()).isEqualTo("DEAL_REGISTRATION");
            assertThat(entry.wrote()).isTrue();
        });
    }

    /** The contract was registered with the day of a close that Partner Center had refused, or not at all. */
    @Test
    void aDealThatIsWonAgainAfterItsFirstCloseCameToNothingCountsFromThen() {
        Instant later = NOW.plus(Duration.ofDays(50));
        WonDeals first = new WonDeals(database, "salesforce", clock);
        WonDeals second = new WonDeals(database, "salesforce", Clock.fixed(later, ZoneOffset.UTC));
        first.note("r-1", "006A");
        first.note("r-2", "006B");
        first.settle(new WonDeal("salesforce", "r-2", "006B", NOW, null), "LEFT", "It is not won in Partner Center");
        first.note("r-3", "006C");
        first.settle(new WonDeal("salesforce", "r-3", "006C", NOW, null), "REFUSED", "The deal is refused");

        for (String referral : List.of("r-1", "r-2", "r-3")) {
            second.note(referral, "006" + referral);
        }
        assertThat(second.open()).containsExactlyInAnyOrder(new WonDeal("salesforce", "r-1", "006A", later, null),
                new WonDeal("salesforce", "r-2", "006B", later, null));
    }

    @Test
    void aSearchIsBelievedOnlySomeTimeAfterTheLastAttempt() {
        Intents intents = new Intents(database, clock, Duration.ofSeconds(60));
        assertThat(intents.settled("salesforce", "006A", intents.begin("salesforce", "006A"))).isTrue();
        assertThat(intents.settled("salesforce", "006A", intents.begin("salesforce", "006A"))).isFalse();
        Intents later = new Intents(database, Clock.offset(clock, Duration.ofSeconds(60)), Duration.ofSeconds(60));
        assertThat(later.settled("salesforce", "006A", true)).isTrue();
        assertThat(later.settled("salesforce", "006A", true)).as("another attempt began with that").isFalse();
    }
}
