package dev.cosell.sync.steps;

import static dev.cosell.sync.decide.PlainDeals.REFERRALS;
import static dev.cosell.sync.decide.PlainDeals.agreed;
import static dev.cosell.sync.decide.PlainDeals.known;
import static dev.cosell.sync.decide.PlainDeals.opportunity;
import static dev.cosell.sync.decide.PlainDeals.pair;
import static dev.cosell.sync.decide.PlainDeals.referral;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cosell.sync.books.Attempt;
import dev.cosell.sync.books.AuditEntry;
import dev.cosell.sync.books.AuditTrail;
import dev.cosell.sync.books.Finished;
import dev.cosell.sync.books.LinkStore;
import dev.cosell.sync.books.SeenVersions;
import dev.cosell.sync.books.Waiting;
import dev.cosell.sync.books.WaitingRelated;
import dev.cosell.sync.decide.Agreed;
import dev.cosell.sync.decide.AgreedValues;
import dev.cosell.sync.decide.Decision;
import dev.cosell.sync.decide.Ends;
import dev.cosell.sync.decide.Held;
import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.LinkState;
import dev.cosell.sync.decide.Pair;
import dev.cosell.sync.decide.PlainDeals;
import dev.cosell.sync.decide.Situation;
import dev.cosell.sync.decide.Standing;
import dev.cosell.sync.decide.TimeRules;
import dev.cosell.sync.decide.Waits;
import dev.cosell.verbs.Hint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the books say after a decision was carried out, or was not. */
class SyncMemoryTest extends BooksAtHand {
    private final List<Hint> called = new ArrayList<>();
    private WaitingRelated waiting;
    private SyncMemory memory;

    @BeforeEach
    void steps() {
        waiting = new WaitingRelated("partner-center", database, links, called::add, CLOCK);
        memory = new SyncMemory(CRMS, LEAD_VIEWS, REFERRALS, MAPPINGS, links, PlainDeals.BREAKER, waiting,
                own -> { }, new KeptOpportunities(REFERRALS, MAPPINGS, CLOCK), TimeRules.USUAL, CLOCK);
    }

    @Test
    void an_update_leaves_agreed_values_an_entry_and_known_versions() {
        Pair pair = reported("crm", joined(), value(100, "\"1\""), amount(300, "8"));
        memory.remember(decided(pair), value(300, "\"2\""), pair.opportunity().fields(), null, null);
        assertThat(link().agreed().rows().get("Amount")).extracting(Agreed::referral, Agreed::crm).doesNotContainNull();
        assertThat(decided(reported("crm", link(), value(300, "\"2\""), amount(300, "8"))).situation())
                .isEqualTo(Situation.AGREED);
        assertThat(link().writes().writes()).isEqualTo(1);
        assertThat(audit()).containsExactly("CHANGED UPDATE true");
        assertThat(isSeen("partner-center", "r1", "\"2\"")).as("our own write").isTrue();
        assertThat(isSeen("crm", "crm-1", "8")).as("what was read").isTrue();
    }

    @Test
    void an_edit_between_read_and_write_comes_back_as_news() {
        Pair pair = reported("crm", joined(), value(100, "\"1\""), amount(300, "8"));
        Map<String, Object> edited = value(300, "\"2\"");
        edited.put("name", "Renamed meanwhile");
        memory.remember(decided(pair), edited, pair.opportunity().fields(), null, null);
        assertThat(isSeen("partner-center", "r1", "\"2\"")).isFalse();
    }

    /** After a restart the poll's hint of it looked like a read that was behind, three times with a warning. */
    @ParameterizedTest
    @CsvSource({"2026-03-01T10:00:00Z, true", "2026-03-01T10:00:01Z, false"})
    void what_a_write_of_the_same_second_replaced_is_known_as_that_after_a_restart(String writtenAt, boolean known) {
        write("8", "9", writtenAt);
        SeenVersions afterwards = new SeenVersions(database, CLOCK);
        assertThat(isSeen("crm", "crm-1", "9")).isTrue();
        assertThat(afterwards.contains(SeenVersions.replaced(SeenVersions.key("crm", "crm", "crm-1", "8"))))
                .isEqualTo(known);
    }

    /** The opportunity was closed by us and opened again within one second, and nobody noticed the opening. */
    @Test
    void a_version_that_comes_back_within_its_second_is_news() {
        write("8", "9", "2026-03-01T10:00:00Z");
        String key = SeenVersions.key("crm", "crm", "crm-1", "8");
        assertThat(seen.contains(key)).isFalse();
        assertThat(seen.add(key)).as("its own hint ends, too").isTrue();
        assertThat(seen.contains(key)).isFalse();
        assertThat(seen.add(key)).isTrue();
        assertThat(seen.contains(key)).as("when it has come back").isTrue();
    }

    private void write(String readVersion, String writtenVersion, String writtenAt) {
        Map<String, Object> read = amount(100, readVersion);
        read.put("Modified", "2026-03-01T10:00:00Z");
        Pair pair = reported("partner-center", joined(), value(300, "\"2\""), read);
        Map<String, Object> written = amount(300, writtenVersion);
        written.put("Modified", writtenAt);
        memory.remember(decided(pair), pair.referral().fields(), written, null, null);
    }

    @Test
    void nothing_new_is_not_worth_an_entry() {
        Pair pair = reported("crm", joined(), value(100, "\"1\""), amount(100, "8"));
        memory.remember(decided(pair), pair.referral().fields(), pair.opportunity().fields(), null, null);
        assertThat(audit()).hasSize(1);
        Pair again = reported("crm", link(), pair.referral().fields(), amount(100, "9"));
        memory.remember(decided(again), again.referral().fields(), again.opportunity().fields(), null, null);
        assertThat(audit()).hasSize(1);
        assertThat(link().crmVersion()).isEqualTo("9");
    }

    @Test
    void a_deleted_opportunity_leaves_an_orphan() {
        Pair pair = reported("crm", joined(), value(100, "\"1\""), null);
        memory.remember(decided(pair), pair.referral().fields(), null, null, null);
        assertThat(link().state()).isEqualTo(LinkState.ORPHANED);
        assertThat(link().reason()).contains("deleted").contains("may not see");
        assertThat(link().standing().codes()).containsExactly(Situation.OPPORTUNITY_GONE.code());
        assertThat(audit()).containsExactly("OPPORTUNITY_GONE NOTHING false");
    }

    /** Salesforce dates a row by the second: restored within that of its last change it is as it was. */
    @Test
    void an_opportunity_that_is_restored_as_it_was_was_taken_for_known() {
        Pair known = reported("crm", joined(), value(100, "\"1\""), amount(100, "8"));
        memory.remember(decided(known), known.referral().fields(), known.opportunity().fields(), null, null);
        String version = SeenVersions.key("crm", "crm", "crm-1", "8");
        seen.add(version);
        assertThat(links.handled(version)).isTrue();

        Pair gone = reported("crm", link(), known.referral().fields(), null);
        memory.remember(decided(gone), known.referral().fields(), null, null, null);
        assertThat(link().state()).isEqualTo(LinkState.ORPHANED);
        assertThat(links.handled(version)).isFalse();
    }

    /** Nobody got rid of it then but by mending a deal that nobody wanted any more. */
    @Test
    void what_was_parked_is_not_parked_any_more_when_it_is_switched_off() {
        Link parked = stored(joined().with(Standing.of(LinkState.PARKED, "Name is missing")));
        Pair pair = reported("crm", parked, value(100, "\"1\""), opportunity(Map.of("Sync", false, "Version", "9")));
        memory.remember(decided(pair), pair.referral().fields(), pair.opportunity().fields(), null, null);
        assertThat(link().state()).isEqualTo(LinkState.LINKED);
        assertThat(link().reason()).isNull();
        assertThat(link().agreed()).isEqualTo(new AgreedValues(agreed("Amount", "100.00")));
    }

    /** A claim stayed one for good: nobody is asked about it any more, and it stood among what a person has to mend. */
    @Test
    void what_was_claimed_is_not_parked_any_more_when_it_is_switched_off() {
        Link claim = stored(joined().with(Standing.of(LinkState.CLAIMED, "refused")));
        Pair pair = reported("crm", claim, value(100, "\"1\""), opportunity(Map.of("Sync", false, "Version", "9")));
        memory.remember(decided(pair), pair.referral().fields(), pair.opportunity().fields(), null, null);
        assertThat(link().state()).isEqualTo(LinkState.LINKED);
        assertThat(link().isJoined()).isFalse();
        assertThat(link().agreed()).isEqualTo(new AgreedValues(agreed("Amount", "100.00")));
    }

    /** Its opportunity says that another referral is its own, so nobody has to be asked about the older one. */
    @Test
    void an_older_deal_that_was_claimed_is_not_parked_any_more_when_it_is_closed() {
        Link claim = stored(Link.of("crm", Ends.deal("r1", "e1", "crm-1"))
                .with(Standing.of(LinkState.CLAIMED, "the opportunity names r9")));
        Pair pair = reported("partner-center", claim, closed(), opportunity(Map.of("ReferralId", "r9")));
        memory.remember(decided(pair), pair.referral().fields(), pair.opportunity().fields(), null, null);
        assertThat(links.parked("r1")).isEmpty();
        assertThat(links.findByCrmId("crm", "crm-1")).as("it leaves the opportunity free").isEmpty();
    }

    /** What the opportunity was parked for was forgotten, and so was that its creation waited. */
    @Test
    void an_older_deal_lets_nothing_go_that_its_opportunity_is_parked_for_or_waits_for() {
        Map<String, Object> typed = opportunity(Map.of("ReferralId", "PO-1"));
        Link parked = stored(Link.of("crm", Ends.deal(null, null, "crm-1"))
                .with(Standing.of(LinkState.PARKED, "PO-1 is no referral's id")));
        Pair older = reported("partner-center", parked, closed(), typed);
        memory.remember(decided(older), closed(), typed, null, null);
        assertThat(link()).isEqualTo(parked);

        Waits sharing = new Waits(List.of(new Held("Sharing", NOW, NOW.plusSeconds(60))), List.of(), null);
        Link waits = stored(parked.with(Standing.LINKED).with(sharing));
        Pair again = reported("partner-center", waits, closed(), without(typed, "ReferralId"));
        memory.remember(decided(again), closed(), again.opportunity().fields(), null, null);
        assertThat(link().waits()).isEqualTo(sharing);
    }

    private static Map<String, Object> closed() {
        Map<String, Object> closed = value(100, "\"1\"");
        closed.putAll(Map.of("status", "Closed", "substatus", "Lost"));
        return closed;
    }

    /** The process died behind the create, the search did not show it, and the seller's edit counted as agreed. */
    @Test
    void an_edit_of_an_opportunity_that_an_earlier_attempt_has_made_is_no_agreement() {
        Link half = stored(Link.of("crm", Ends.deal("r1", "e1", null))
                .with(new AgreedValues(agreed("Amount", "100.00"))));
        Pair pair = reported("partner-center", half, without(value(100, "\"1\""), "externalReferenceId"), null);
        memory.remember(decided(pair), value(100, "\"2\""), amount(300, "8"), null, null);
        assertThat(decided(reported("crm", link(), value(100, "\"2\""), amount(300, "8"))).referralPatch())
                .containsKey("details.dealValue");
        assertThat(links.due("crm", NOW, 10)).as("looked at again").extracting(Waiting::crmId).containsExactly("crm-1");
    }

    @Test
    void a_new_referral_that_still_has_to_be_closed_comes_back_as_news() {
        Map<String, Object> won = opportunity(Map.of("Stage", "Closed Won", "Version", "8"));
        Pair pair = reported("crm", null, null, without(won, "ReferralId"));
        memory.remember(decided(pair), value(100, "\"1\""), won, null, null);
        assertThat(isSeen("partner-center", "r1", "\"1\"")).isFalse();
        assertThat(link().referralVersion()).isNull();
        assertThat(link().agreed().rows()).doesNotContainKey("Stage");
    }

    @Test
    void what_was_switched_off_stays_agreed_at_a_later_version() {
        Pair pair = reported("crm", joined(), value(100, "\"1\""), opportunity(Map.of("Sync", false, "Version", "9")));
        memory.remember(decided(pair), pair.referral().fields(), pair.opportunity().fields(), null, null);
        assertThat(link().agreed()).isEqualTo(new AgreedValues(agreed("Amount", "100.00")));
        assertThat(link().crmVersion()).isEqualTo("9");
    }

    /** It was told with the next comparison alone, and there may be none. */
    @ParameterizedTest
    @CsvSource({"300, Amount in Partner Center: 100.00 → 300.00 (CS-128)",
        "400, 'Amount in Partner Center: 100.00 → 300.00 (perhaps: the answer was lost, and the field was edited "
                + "since) (CS-128)'"})
    void what_had_arrived_when_the_seller_switched_the_sync_off_is_told_once(int inPortal, String told) {
        Map<String, Object> off = opportunity(Map.of("Sync", false, "Version", "9", "Amount", 300));
        Pair pair = reported("crm", arriving(), value(inPortal, "\"2\""), off);
        memory.remember(decided(pair), pair.referral().fields(), off, null, null);
        assertThat(details()).containsExactly(told);

        Pair again = reported("crm", link(), value(inPortal, "\"2\""), off);
        memory.remember(decided(again), again.referral().fields(), off, null, null);
        assertThat(details()).as("the latest first").containsExactly("", told);
        Decision on = decided(reported("crm", link(), value(inPortal, "\"2\""), amount(300, "10")));
        assertThat(on.referralPatch()).isEmpty();
        assertThat(on.crmPatch().containsKey("Amount")).as("an edit behind it").isEqualTo(inPortal == 400);
    }

    @Test
    void what_had_arrived_when_the_opportunity_was_deleted_is_told_once() {
        for (String version : List.of("\"2\"", "\"3\"")) {
            Pair pair = reported("crm", links.findByCrmId("crm", "crm-1").orElseGet(this::arriving),
                    value(300, version), null);
            memory.remember(decided(pair), pair.referral().fields(), null, null, null);
        }
        assertThat(link().state()).isEqualTo(LinkState.ORPHANED);
        assertThat(details()).containsExactly("", "Amount in Partner Center: 100.00 → 300.00 (CS-117)");
    }

    /** A joined deal to whose referral 300 is being written, copied from the CRM. */
    private Link arriving() {
        joined();
        new Beginnings(MAPPINGS, links, brakes)
                .update(decided(reported("crm", link(), value(100, "\"1\""), amount(300, "8"))));
        return link();
    }

    private static List<String> details() {
        return new AuditTrail(database).last("crm-1", 10).stream().map(AuditEntry::detail).toList();
    }

    /** The seller's edit behind a lost answer lost: what the attempt had written was forgotten as it waited again. */
    @Test
    void what_an_attempt_may_have_made_stays_noted_while_the_opportunity_waits_to_be_shared() {
        Link half = stored(Link.of("crm", Ends.deal(null, null, "crm-1"))
                .with(new AgreedValues(agreed("Amount", "100.00"))));
        Pair pair = reported("crm", half, null, without(amount(100, "8"), "ReferralId"));
        Waits sharing = new Waits(List.of(new Held("Sharing", NOW, NOW.plusSeconds(60))), List.of(), null);
        Link waits = new NewLink(Decision.nothing(pair, Situation.HELD)).waiting(pair.opportunity(), sharing);
        assertThat(waits.waits()).isEqualTo(sharing);
        assertThat(waits.agreed()).isEqualTo(half.agreed());
    }

    /** Its version had been looked at before, so nobody would have reported it again. */
    @Test
    void a_referral_of_an_earlier_attempt_is_looked_at_again() {
        Link half = stored(Link.of("crm", Ends.deal(null, null, "crm-1"))
                .with(new AgreedValues(agreed("Amount", "100.00"))));
        stored(Link.of("crm", Ends.deal("r1", "e1", null)).with(Standing.of(LinkState.PARKED, "why")));
        Pair pair = reported("crm", half, null, without(amount(300, "8"), "ReferralId"));
        memory.remember(decided(pair), value(100, "\"1\""), amount(300, "8"), null,
                new Attempt("crm", "crm-1", true, NOW, NOW));
        assertThat(link().referralId()).isEqualTo("r1");
        assertThat(links.due("crm", NOW, 10)).extracting(Waiting::crmId).containsExactly("crm-1");
    }

    @Test
    void microsofts_copy_waits_until_its_deal_is_compared() {
        Map<String, Object> copy = referral(Map.of());
        copy.putAll(Map.of("id", "r5", "organizationId", "msft", "engagementId", "e1"));
        Pair alone = pair(new Hint("partner-center", "r5", null, Hint.Origin.POLL), null, null, null)
                .withRelated(known(copy), null);
        memory.remember(decided(alone), null, null, null, null);
        assertThat(called).isEmpty();
        Map<String, Object> ours = value(100, "\"1\"");
        ours.put("engagementId", "e1");
        Pair deal = reported("crm", joined(), ours, amount(300, "8"));
        memory.remember(decided(deal), ours, deal.opportunity().fields(), null, null);
        assertThat(called).extracting(Hint::id).containsExactly("r5");
    }

    /**
     * The reminder is written after the link. When the process ends between the two, the hint is still on the queue,
     * and it is news although its version was looked at before.
     */
    @ParameterizedTest
    @ValueSource(strings = {"crm", "partner-center"})
    void what_an_earlier_attempt_has_made_is_looked_at_again_when_the_process_ends_before_the_reminder(String system) {
        boolean share = system.equals("crm");
        Link half = stored(Link.of("crm", share ? Ends.deal(null, null, "crm-1") : Ends.deal("r1", "e1", null))
                .with(new AgreedValues(agreed("Amount", "100.00"))));
        links.finish(new Finished(null, null, List.of(SeenVersions.key("crm", "crm", "crm-1", "8"),
                SeenVersions.key("crm", "partner-center", "r1", "\"1\""))));
        Pair pair = share ? reported(system, half, null, without(amount(300, "8"), "ReferralId"))
                : reported(system, half, without(value(100, "\"1\""), "externalReferenceId"), null);
        links = new LinkStore(database, seen, CLOCK) {
            @Override
            public void postpone(long link, Instant until) {
                throw new IllegalStateException("The process ends");
            }
        };
        steps();
        assertThatThrownBy(() -> memory.remember(decided(pair), value(100, "\"1\""), amount(300, "8"), null,
                share ? new Attempt("crm", "crm-1", true, NOW, NOW) : null)).hasMessage("The process ends");

        SeenVersions afterwards = new SeenVersions(database, CLOCK);
        Pair again = reported(system, link(), value(100, "\"1\""), amount(300, "8"));
        assertThat(again.isLinked()).isTrue();
        String key = new ReportedVersions(new LinkStore(database, afterwards, CLOCK), CLOCK).seenKey(again);
        assertThat(afterwards.contains(key)).as("it is looked at").isFalse();
        assertThat(new SeenVersions(database, CLOCK).contains(key)).as("it was looked at before").isTrue();
        assertThat(decided(again).referralPatch()).containsKey("details.dealValue");
    }

    @Test
    void a_referral_of_an_earlier_attempt_is_compared_once_more() {
        Pair pair = reported("crm", null, null, amount(300, "8"));
        Decision decision = Decision.nothing(pair, Situation.NEW_OPPORTUNITY);
        memory.remember(decision, value(100, "\"1\""), pair.opportunity().fields(), null,
                new Attempt("crm", "crm-1", true, null, NOW));
        assertThat(link().referralId()).isEqualTo("r1");
        assertThat(link().agreed().rows()).as("edited since, perhaps").doesNotContainKey("Amount");
        assertThat(isSeen("partner-center", "r1", "\"1\"")).isFalse();
    }

    /** What somebody edited on the referral meanwhile was left to the share, which had read it before. */
    @Test
    void a_deal_that_had_been_parked_is_looked_at_once_more_when_it_is_shared() {
        Link parked = stored(Link.of("crm", Ends.deal(null, null, "crm-1"))
                .with(Standing.of(LinkState.PARKED, "Name is missing")));
        Pair pair = reported("crm", parked, null, without(amount(100, "8"), "ReferralId"));
        memory.remember(decided(pair), value(100, "\"1\""), amount(100, "9"), null,
                new Attempt("crm", "crm-1", false, NOW, null));
        assertThat(link().state()).isEqualTo(LinkState.LINKED);
        assertThat(links.due("crm", NOW, 10)).extracting(Waiting::crmId).containsExactly("crm-1");
        assertThat(isSeen("partner-center", "r1", "\"1\"")).isFalse();
    }
}
