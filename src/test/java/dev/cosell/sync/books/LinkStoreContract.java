package dev.cosell.sync.books;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cosell.sync.decide.Agreed;
import dev.cosell.sync.decide.AgreedValues;
import dev.cosell.sync.decide.Agreement.Seen;
import dev.cosell.sync.decide.Agreement;
import dev.cosell.sync.decide.Ends;
import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.LinkState;
import dev.cosell.sync.decide.RecordType;
import dev.cosell.sync.decide.Standing;
import dev.cosell.sync.decide.Waits;
import dev.cosell.sync.decide.WriteCount;
import dev.cosell.verbs.Changes.Change;
import dev.cosell.verbs.Changes;
import dev.cosell.verbs.Fault;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

abstract class LinkStoreContract extends StateContract {
    private SeenVersions seen;
    private LinkStore links;

    @BeforeEach
    void store() {
        seen = new SeenVersions(database, clock);
        links = new LinkStore(database, seen, clock);
    }

    private static Link link(long id, String referralId, String crmId, LinkState state) {
        return link(id, Ends.deal(referralId, "engagement", crmId), state);
    }

    private static Link link(long id, Ends ends, LinkState state) {
        return new Link(id, "salesforce", ends,
                new Agreement(agreed(), new Seen("r1", null), new Seen("c1", null)),
                Standing.of(state, state == LinkState.PARKED ? "Name is missing." : null), new WriteCount(NOW, 2),
                Waits.NONE);
    }

    private static AgreedValues agreed() {
        Map<String, Agreed> agreed = new LinkedHashMap<>();
        agreed.put("Name", Agreed.on("Ünïcode ✓ \"quoted\"", "other"));
        agreed.put("Amount", Agreed.on(new BigDecimal("12500.50"), new BigDecimal("12500.5")));
        agreed.put("Contact", Agreed.on(null, null));
        agreed.put("Count", Agreed.on(3, 4_000_000_000L));
        agreed.put("Solutions", new Agreed(List.of("a", "b"), true, new Agreed.Begun("c"), new Agreed.Begun(null)));
        return new AgreedValues(agreed);
    }

    private static AuditEntry entry(String referralId) {
        return new AuditEntry(NOW, "salesforce", referralId, "006A", "CHANGED", "UPDATE", "{\"Name\":\"x\"}", "m1",
                true);
    }

    @Test
    void aLinkComesBackAsItWasStored() throws Exception {
        links.finish(new Finished(link(0, "ref-1", "006A", LinkState.LINKED), null, List.of()));
        reopen();
        store();

        Link found = links.findByReferral("salesforce", "ref-1").orElseThrow();
        assertThat(found).usingRecursiveComparison().ignoringFields("id", "standing.at")
                .isEqualTo(link(0, "ref-1", "006A", LinkState.LINKED));
        assertThat(found.id()).isPositive();
        assertThat(found.updatedAt()).isEqualTo(NOW);
        assertThat(links.findByCrmId("salesforce", "006A")).contains(found);
        assertThat(links.get(found.id())).contains(found);
        assertThat(links.findByReferral("dynamics", "ref-1")).isEmpty();
        assertThat(links.findByCrmId("salesforce", "006B")).isEmpty();
    }

    @Test
    void anUpdateReplacesEverything() {
        links.finish(new Finished(link(0, null, "006A", LinkState.LINKED), null, List.of()));
        long id = links.findByCrmId("salesforce", "006A").orElseThrow().id();
        Link later = new Link(id, "salesforce", Ends.deal("ref-1", null, "006A"),
                new Agreement(AgreedValues.NONE, new Seen("r2", 2L), new Seen("c2", 1L)),
                Standing.of(LinkState.ORPHANED, "The referral is gone."), WriteCount.NONE, Waits.NONE);

        links.finish(new Finished(later, null, List.of()));

        assertThat(links.get(id).orElseThrow()).usingRecursiveComparison().ignoringFields("standing.at")
                .isEqualTo(later);
    }

    /** It froze in the middle of a sync, others worked on the deal, and it woke up. */
    @ParameterizedTest
    @EnumSource(RecordType.class)
    void an_instance_that_was_frozen_took_back_what_others_had_agreed_on_meanwhile(RecordType type) {
        links.finish(new Finished(link(0, new Ends("ref-1", "engagement", "006A", type), LinkState.LINKED), null,
                List.of()));
        Link read = links.findByCrmId("salesforce", "006A").orElseThrow();
        LinkStore ofAnother = new LinkStore(database, new SeenVersions(database, clock), Clock.offset(clock,
                Duration.ofSeconds(3)));
        AgreedValues newer = new AgreedValues(Map.of("Name", Agreed.on("newer", "newer")));
        ofAnother.finish(new Finished(read.with(newer).at("r2", "c2"), null, List.of()).after(read));
        String late = SeenVersions.key("salesforce", "salesforce", "006A", "late");

        assertThatThrownBy(() -> links.begin(read, Map.of())).isInstanceOf(Fault.VersionConflict.class);
        assertThatThrownBy(() -> links.finish(new Finished(read, entry("ref-1"), List.of(late)).after(read)))
                .isInstanceOf(Fault.VersionConflict.class);

        assertThat(links.get(read.id()).orElseThrow().agreed()).isEqualTo(newer);
        assertThat(links.get(read.id()).orElseThrow().crmVersion()).isEqualTo("c2");
        assertThat(new AuditTrail(database).last("ref-1", 10)).isEmpty();
        assertThat(new SeenVersions(database, clock).contains(late)).isFalse();
        Link again = links.get(read.id()).orElseThrow();
        links.begin(again, Map.of());
        links.finish(new Finished(again.at("r3", "c3"), null, List.of()).after(again));
        assertThat(links.get(read.id()).orElseThrow().crmVersion()).isEqualTo("c3");
    }

    @Test
    void an_instance_that_was_frozen_in_the_middle_of_a_create_took_back_what_others_had_agreed_on_meanwhile() {
        links.begin(link(0, "ref-1", null, LinkState.CLAIMED), Map.of());
        Link half = links.findByReferral("salesforce", "ref-1").orElseThrow();
        links.begin(half, Map.of());
        AgreedValues newer = new AgreedValues(Map.of("Name", Agreed.on("newer", "newer")));
        Link whole = link(half.id(), "ref-1", "006A", LinkState.LINKED);
        links.finish(new Finished(whole.with(newer).at("r2", "c2"), null, List.of()).after(half));

        assertThatThrownBy(() -> links.finish(new Finished(whole, entry("ref-1"), List.of()).after(half)))
                .isInstanceOf(Fault.VersionConflict.class);
        assertThatThrownBy(() -> links.begin(half, Map.of())).isInstanceOf(Fault.VersionConflict.class);

        assertThat(links.get(half.id()).orElseThrow().agreed()).isEqualTo(newer);
        assertThat(links.get(half.id()).orElseThrow().crmVersion()).isEqualTo("c2");
        assertThat(new AuditTrail(database).last("ref-1", 10)).isEmpty();
    }

    @Test
    void linkAuditAndSeenVersionsAreStoredTogether() {
        String own = SeenVersions.key("salesforce", "salesforce", "006A", "c1");
        String handled = SeenVersions.key("salesforce", "partner-center", "ref-1", "r1");
        links.finish(new Finished(link(0, "ref-1", "006A", LinkState.LINKED), entry("ref-1"), List.of(own, handled)));

        assertThat(new AuditTrail(database).last("ref-1", 10)).containsExactly(entry("ref-1"));
        assertThat(new SeenVersions(database, clock).contains(own)).isTrue();
        assertThat(new SeenVersions(database, clock).contains(handled)).isTrue();
        assertThat(seen.add(own)).isFalse();
    }

    @Test
    void theLatestVersionsOfALinkAreSeenAndLaterOnesAreNot() {
        links.finish(new Finished(link(0, "ref-1", "006A", LinkState.LINKED), null, List.of()));
        SeenVersions restarted = new SeenVersions(database, clock);

        assertThat(restarted.unseen(
                new Changes(List.of(new Change("006A", "c1"), new Change("006A", "c2"), new Change("006B", "c1")), "p",
                        false),
                "salesforce", "salesforce").changes())
                .containsExactly(new Change("006A", "c2"), new Change("006B", "c1"));
        assertThat(
                restarted.unseen(new Changes(List.of(new Change("ref-1", "r1"), new Change("ref-1", "r2")), "p", false),
                        "salesforce", "partner-center").changes())
                .containsExactly(new Change("ref-1", "r2"));
        assertThat(restarted.contains(SeenVersions.key("dynamics", "dynamics", "006A", "c1"))).isFalse();
    }

    @Test
    void aVersionOfMicrosoftsReferralIsStoredBesideTheLink() {
        String microsofts = SeenVersions.key("salesforce", "partner-center", "ref-of-microsoft", "m1");
        links.finish(new Finished(link(0, "ref-1", "006A", LinkState.LINKED), null, List.of(microsofts)));

        assertThat(new SeenVersions(database, clock).contains(microsofts)).isTrue();
    }

    @Test
    void whatALinkTellsOfAVersionIsBelievedOnce() {
        String key = SeenVersions.key("salesforce", "salesforce", "006A", "c1");
        links.finish(new Finished(link(0, "ref-1", "006A", LinkState.LINKED), null, List.of()));

        links.answer(key, false);
        assertThat(seen.contains(key)).isFalse();
        assertThat(seen.contains(key)).isTrue();
        links.answer(key + "2", true);
        assertThat(seen.contains(key + "2")).isTrue();
    }

    @Test
    void aDecisionWithoutALinkIsStoredToo() {
        links.finish(new Finished(null, entry("ref-9"), List.of()));

        assertThat(new AuditTrail(database).last("ref-9", 10)).hasSize(1);
    }

    @Test
    void aSecondLinkOfARecordIsRefusedAndLeavesNothingBehind() {
        links.finish(new Finished(link(0, "ref-1", "006A", LinkState.LINKED), null, List.of()));

        assertThatThrownBy(() -> links
                .finish(new Finished(link(0, "ref-1", "006B", LinkState.LINKED), entry("ref-1"), List.of("k"))))
                .isInstanceOf(Fault.VersionConflict.class).hasMessageContaining("ref-1").hasMessageContaining("006B");
        assertThatThrownBy(
                () -> links.finish(new Finished(link(0, "ref-2", "006A", LinkState.LINKED), null, List.of())))
                .isInstanceOf(Fault.VersionConflict.class);

        assertThat(links.findByCrmId("salesforce", "006B")).isEmpty();
        assertThat(new AuditTrail(database).last("ref-1", 10)).isEmpty();
        assertThat(seen.contains("k")).isFalse();
    }

    @Test
    void unlinkedHalvesDoNotCollide() {
        links.finish(new Finished(link(0, null, "006A", LinkState.PARKED), null, List.of()));
        links.finish(new Finished(link(0, null, "006B", LinkState.PARKED), null, List.of()));
        links.finish(new Finished(link(0, "ref-1", null, LinkState.PARKED), null, List.of()));
        links.finish(new Finished(link(0, "ref-2", null, LinkState.PARKED), null, List.of()));

        assertThat(links.parked("salesforce", 0, 3)).extracting(Link::crmId).containsExactly("006A", "006B", null);
        assertThat(links.parked("006B")).extracting(Link::crmId).containsExactly("006B");
        assertThat(links.parked("ref-2")).extracting(Link::referralId).containsExactly("ref-2");
        assertThat(links.countByState("salesforce")).containsEntry(LinkState.PARKED, 4).containsEntry(LinkState.LINKED,
                0);
        assertThat(links.countByState("dynamics")).containsEntry(LinkState.PARKED, 0);
        assertThat(links.parked("dynamics", 0, 3)).isEmpty();
    }

    @Test
    void updatingALinkThatIsGoneIsAConflict() {
        assertThatThrownBy(
                () -> links.finish(new Finished(link(4711, "ref-1", "006A", LinkState.LINKED), null, List.of())))
                .isInstanceOf(Fault.VersionConflict.class);
    }

    @Test
    void oneOfManyRacingInsertsWins() throws Exception {
        for (int round = 0; round < 20; round++) {
            String referralId = "ref-" + round;
            List<Boolean> won = race(2, () -> {
                try {
                    links.finish(
                            new Finished(link(0, referralId, "crm-" + referralId, LinkState.LINKED), entry(referralId),
                                    List.of("b" + referralId, "a" + referralId)));
                    return true;
                } catch (Fault.VersionConflict lost) {
                    return false;
                }
            });
            assertThat(won).containsExactlyInAnyOrder(true, false);
            assertThat(new AuditTrail(database).last(referralId, 10)).hasSize(1);
        }
    }

    @Test
    void aHalfMadeLinkOfTheOtherSideGoesWhenBothAreOne() {
        links.finish(new Finished(link(0, "ref-1", null, LinkState.PARKED), null, List.of()));
        links.finish(new Finished(link(0, null, "006A", LinkState.PARKED), null, List.of()));
        Link mine = links.findByReferral("salesforce", "ref-1").orElseThrow();
        Link other = links.findByCrmId("salesforce", "006A").orElseThrow();

        links.finish(new Finished(link(mine.id(), "ref-1", "006A", LinkState.LINKED), null, List.of(), other));

        assertThat(links.get(other.id())).isEmpty();
        assertThat(links.findByCrmId("salesforce", "006A")).map(Link::id).contains(mine.id());
    }

    @Test
    void aJoinedLinkIsNeverAbsorbed() {
        links.finish(new Finished(link(0, "ref-1", "006A", LinkState.PARKED), null, List.of()));
        Link joined = links.findByReferral("salesforce", "ref-1").orElseThrow();

        links.finish(new Finished(link(0, "ref-2", "006B", LinkState.LINKED), null, List.of(), joined));

        assertThat(links.get(joined.id())).contains(joined);
    }

    @Test
    void aClaimIsListedAmongTheParkedAndIsNoLink() {
        links.finish(new Finished(link(0, "ref-1", "006A", LinkState.CLAIMED), null, List.of()));

        assertThat(links.parked("salesforce", 0, 10)).singleElement()
                .satisfies(claim -> assertThat(claim.isJoined()).isFalse());
        assertThat(links.parked("006A")).hasSize(1);
    }

    @Test
    void a_claim_that_is_let_go_leaves_both_parked_and_due() {
        links.finish(new Finished(link(0, "ref-1", "006A", LinkState.CLAIMED), null, List.of()));
        Link claim = links.findByReferral("salesforce", "ref-1").orElseThrow();

        links.release(claim);
        Link alone = links.findByReferral("salesforce", "ref-1").orElseThrow();

        assertThat(alone.id()).isEqualTo(claim.id());
        assertThat(alone.ends()).isEqualTo(Ends.deal("ref-1", "engagement", null));
        assertThat(alone.state()).isEqualTo(LinkState.PARKED);
        assertThat(links.due("salesforce", NOW, 10)).extracting(Waiting::ends)
                .containsExactlyInAnyOrder(alone.ends(), Ends.deal(null, null, "006A"));
        links.finish(new Finished(link(claim.id(), "ref-1", "006B", LinkState.LINKED), null, List.of()).after(alone));
        assertThatThrownBy(() -> links.release(claim)).isInstanceOf(Fault.VersionConflict.class);
    }

    @Test
    void aPersonsWordJoinsTwoRecordsAndReleasesTheirFormerPartners() {
        links.finish(new Finished(link(0, "ref-1", "006A", LinkState.LINKED), null, List.of()));
        links.finish(new Finished(link(0, "ref-2", null, LinkState.PARKED), null, List.of()));
        links.finish(new Finished(link(0, "ref-3", "006C", LinkState.LINKED), null, List.of()));

        links.join("salesforce", "ref-2", "006A", entry("ref-2"));

        Link joined = links.findByReferral("salesforce", "ref-2").orElseThrow();
        assertThat(joined.isJoined()).isTrue();
        assertThat(joined.crmId()).isEqualTo("006A");
        assertThat(joined.agreed()).isEqualTo(AgreedValues.NONE);
        assertThat(links.findByReferral("salesforce", "ref-1")).isEmpty();
        assertThat(links.findByReferral("salesforce", "ref-3")).isPresent();
        assertThat(new AuditTrail(database).last("ref-2", 10)).containsExactly(entry("ref-2"));
    }

    @Test
    void whatAnEarlierClaimSaidIsVoidWhenACreateBegins() {
        links.finish(new Finished(link(0, "ref-1", "006A", LinkState.CLAIMED), null, List.of()));
        Link claim = links.findByReferral("salesforce", "ref-1").orElseThrow();

        links.begin(link(claim.id(), "ref-1", null, LinkState.LINKED), claim);

        assertThat(links.findByCrmId("salesforce", "006A")).isEmpty();
        assertThat(links.get(claim.id()).orElseThrow().crmId()).isNull();
    }

    /** Nobody looked at the two again until the next edit. */
    @Test
    void a_claim_is_not_taken_away_by_a_sync_that_read_half_of_it() {
        links.begin(link(0, "ref-1", null, LinkState.LINKED), Map.of());
        Link half = links.findByReferral("salesforce", "ref-1").orElseThrow();
        links.finish(new Finished(link(half.id(), "ref-1", "006A", LinkState.CLAIMED), null, List.of()).after(half));

        assertThatThrownBy(() -> links.begin(half, half)).isInstanceOf(Fault.VersionConflict.class);
        assertThat(links.findByCrmId("salesforce", "006A").orElseThrow().state()).isEqualTo(LinkState.CLAIMED);
    }

    /** A person was to decide between two records, and nobody was told any more. */
    @Test
    void a_claim_is_not_taken_away_by_a_join_that_read_half_of_it() {
        links.begin(link(0, null, "006A", LinkState.LINKED), Map.of());
        Link half = links.findByCrmId("salesforce", "006A").orElseThrow();
        links.finish(new Finished(link(half.id(), "ref-1", "006A", LinkState.CLAIMED), null, List.of()).after(half));

        Finished join = new Finished(link(0, "ref-2", "006A", LinkState.LINKED), null, List.of(), half);
        assertThatThrownBy(() -> links.finish(join)).isInstanceOf(Fault.VersionConflict.class);
        Link claim = links.findByCrmId("salesforce", "006A").orElseThrow();
        assertThat(claim.state()).isEqualTo(LinkState.CLAIMED);

        links.finish(new Finished(link(0, "ref-2", "006A", LinkState.LINKED), null, List.of(), claim));
        assertThat(links.findByReferral("salesforce", "ref-1")).isEmpty();
    }

    @Test
    void aValueThatTheDatabaseRefusesConcernsItsRecordAlone() {
        String tooLong = "e".repeat(101);
        Link refused = Link.of("salesforce", Ends.deal("ref-1", tooLong, "006A"));
        assertThatThrownBy(() -> links.finish(new Finished(refused, null, List.of()))).isInstanceOf(Fault.Data.class)
                .hasMessageContaining("database");
        assertThatThrownBy(() -> links.begin(refused, Map.of())).isInstanceOf(Fault.Data.class);
        links.finish(new Finished(link(0, "ref-1", "006A", LinkState.LINKED), null, List.of()));
    }

    @Test
    void aLongVersionIsKeptWhole() {
        String version = "W/" + "7".repeat(1000);
        links.finish(new Finished(link(0, "ref-1", "006A", LinkState.LINKED).at(version, version), null, List.of()));
        assertThat(links.findByReferral("salesforce", "ref-1").orElseThrow().crmVersion()).isEqualTo(version);
        assertThat(seen.contains(SeenVersions.key("salesforce", "salesforce", "006A", version))).isTrue();
    }
}
