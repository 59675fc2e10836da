package dev.cosell.sync.books;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.cosell.sync.decide.Ends;
import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.LinkState;
import dev.cosell.sync.decide.Standing;
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

    private LinkStore links() {
        return new LinkStore(database, new SeenVersions(database, clock), clock);
    }

    private WonDeals wonDeals(Clock now, String... crms) {
        return new WonDeals(database, links(), List.of(crms), now);
    }

    private void join(String crm, String referralId, String crmId, LinkState state) {
        Link link = Link.of(crm, Ends.deal(referralId, null, crmId)).with(Standing.of(state, null));
        links().finish(new Finished(link, null, List.of()));
    }

    private static WonDeal of(String crm, String referralId, String crmId) {
        return new WonDeal(crm, referralId, crmId, NOW, null, null);
    }

    @Test
    void aWonDealIsOpenUntilItIsSettled() {
        WonDeals deals = wonDeals(clock, "salesforce");
        join("salesforce", "r-1", "006A", LinkState.LINKED);
        deals.note("r-1");
        deals.note("r-1");
        deals.note("r-2");
        assertThat(deals.open()).containsExactlyInAnyOrder(of("salesforce", "r-1", "006A"),
                of("salesforce", "r-2", null));
        deals.refused(of("salesforce", "r-2", null), "It was refused");
        assertThat(deals.open()).extracting(WonDeal::refusal).containsExactlyInAnyOrder(null, "It was refused");
        deals.note("r-2");
        assertThat(deals.open()).extracting(WonDeal::refusal).as("won again").containsOnlyNulls();
        deals.settle(of("salesforce", "r-1", "006A"), "REGISTERED", "The deal is registered");
        deals.note("r-1");
        assertThat(deals.open()).extracting(WonDeal::referralId).containsExactly("r-2");
        assertThat(new AuditTrail(database).last("r-1", 5)).singleElement().satisfies(entry -> {
            assertThat(entry.situation()).isEqualTo("DEAL_REGISTRATION");
            assertThat(entry.wrote()).isTrue();
        });
    }

    /** It counted as one of the first CRM, with the id that stands in its referral. */
    @Test
    void aWonDealIsOneOfEachCrmInWhichItIsJoined() {
        join("salesforce", "r-1", "006A", LinkState.LINKED);
        join("dynamics", "r-1", "d-1", LinkState.PARKED);
        join("salesforce", "r-2", "006B", LinkState.LINKED);
        join("dynamics", "r-2", "d-2", LinkState.CLAIMED);
        WonDeals deals = wonDeals(clock, "dynamics", "salesforce");
        deals.note("r-1");
        deals.note("r-2");
        assertThat(deals.open()).containsExactlyInAnyOrder(of("dynamics", "r-1", "d-1"),
                of("salesforce", "r-2", "006B"));
        WonDeal first = of("dynamics", "r-1", "d-1");
        assertThat(deals.inEachCrm(first)).containsExactly(first, of("salesforce", "r-1", "006A"));
        assertThat(wonDeals(clock, "salesforce").inEachCrm(first)).as("the other is not synced any more")
                .containsExactly(of("salesforce", "r-1", "006A"));
        assertThat(wonDeals(clock, "toy", "salesforce").inEachCrm(of("toy", "r-3", null)))
                .containsExactly(of("toy", "r-3", null));

        deals.settle(first, "REFUSED", "The deal is refused");
        assertThat(new AuditTrail(database).last("r-1", 5)).extracting(AuditEntry::crm, AuditEntry::crmId)
                .containsExactlyInAnyOrder(tuple("dynamics", "d-1"), tuple("salesforce", "006A"));
    }

    /** The contract was registered with the day of a close that Partner Center had refused, or not at all. */
    @Test
    void aDealThatIsWonAgainAfterItsFirstCloseCameToNothingCountsFromThen() {
        Instant later = NOW.plus(Duration.ofDays(50));
        WonDeals first = wonDeals(clock, "salesforce");
        WonDeals second = wonDeals(Clock.fixed(later, ZoneOffset.UTC), "salesforce");
        first.note("r-1");
        first.note("r-2");
        first.open();
        first.settle(of("salesforce", "r-2", null), "LEFT", "It is not won in Partner Center");
        first.note("r-3");
        first.settle(of("salesforce", "r-3", null), "REFUSED", "The deal is refused");

        List.of("r-1", "r-2", "r-3").forEach(second::note);
        assertThat(second.open()).containsExactlyInAnyOrder(new WonDeal("salesforce", "r-1", null, later, null, null),
                new WonDeal("salesforce", "r-2", null, later, null, null));
    }

    /** Nobody looked at it again, whatever changed. */
    @Test
    void aDealThatWasLeftIsLookedAtAgainOnceForEachChange() {
        WonDeals deals = wonDeals(clock, "salesforce");
        deals.note("r-1");
        deals.open().forEach(deal -> deals.settle(deal, "LEFT", "It has no solution"));
        assertThat(deals.open()).isEmpty();

        deals.lookAgain("r-1");
        deals.lookAgain("r-1");
        WonDeal again = deals.open().get(0);
        assertThat(again).isEqualTo(new WonDeal("salesforce", "r-1", null, NOW, null, "It has no solution"));
        deals.leaveAgain(again);
        assertThat(deals.open()).isEmpty();
        assertThat(new AuditTrail(database).last("r-1", 5)).as("told once").hasSize(1);

        deals.lookAgain("r-1");
        deals.open().forEach(deal -> deals.refused(deal, "It is too young"));
        assertThat(deals.open()).extracting(WonDeal::refusal, WonDeal::leftFor)
                .containsExactly(tuple("It is too young", null));
        deals.open().forEach(deal -> deals.settle(deal, "REFUSED", "It is too young"));
        deals.lookAgain("r-1");
        deals.lookAgain("r-2");
        assertThat(deals.open()).as("refused once and for all, and never won").isEmpty();
    }

    @Test
    void aDealThatChangesWhileItIsLookedAtIsNotLeft() {
        WonDeals deals = wonDeals(clock, "salesforce");
        deals.note("r-1");
        WonDeal asItWas = deals.open().get(0);
        deals.lookAgain("r-1");
        deals.settle(asItWas, "LEFT", "It has no solution");
        assertThat(new AuditTrail(database).last("r-1", 5)).isEmpty();
        deals.open().forEach(deal -> deals.settle(deal, "REGISTERED", "The deal is registered"));
        assertThat(deals.open()).isEmpty();
    }

    @Test
    void aSearchIsBelievedOnlySomeTimeAfterTheLastAttempt() {
        Intents intents = new Intents(database, clock, Duration.ofSeconds(60));
        assertThat(intents.begin("salesforce", "006A").settled()).isTrue();
        assertThat(intents.begin("salesforce", "006A").settled()).isFalse();
        Intents later = new Intents(database, Clock.offset(clock, Duration.ofSeconds(60)), Duration.ofSeconds(60));
        assertThat(later.begin("salesforce", "006A").settled()).isTrue();
        assertThat(later.begin("salesforce", "006A").settled()).as("another attempt began with that").isFalse();
    }
}
