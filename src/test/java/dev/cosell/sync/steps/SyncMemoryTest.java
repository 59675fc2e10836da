package dev.cosell.sync.steps;

import static dev.cosell.sync.decide.PlainDeals.REFERRALS;
import static dev.cosell.sync.decide.PlainDeals.agreed;
import static dev.cosell.sync.decide.PlainDeals.hint;
import static dev.cosell.sync.decide.PlainDeals.known;
import static dev.cosell.sync.decide.PlainDeals.opportunity;
import static dev.cosell.sync.decide.PlainDeals.pair;
import static dev.cosell.sync.decide.PlainDeals.referral;
import static dev.cosell.sync.decide.PlainDeals.shown;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.sync.books.Attempt;
import dev.cosell.sync.books.AuditTrail;
import dev.cosell.sync.books.SeenVersions;
import dev.cosell.sync.books.WaitingRelated;
import dev.cosell.sync.decide.Agreed;
import dev.cosell.sync.decide.AgreedValues;
import dev.cosell.sync.decide.Decision;
import dev.cosell.sync.decide.Ends;
import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.LinkState;
import dev.cosell.sync.decide.Pair;
import dev.cosell.sync.decide.PlainDeals;
import dev.cosell.sync.decide.Situation;
import dev.cosell.sync.decide.Standing;
import dev.cosell.sync.decide.TimeRules;
import dev.cosell.verbs.Hint;
import dev.cosell.verbs.Reason;
import dev.cosell.verbs.Trouble;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the books say after a decision was carried out, or was not. */
class SyncMemoryTest extends BooksAtHand {
    private final List<Hint> called = new ArrayList<>();
    private WaitingRelated waiting;
    private SyncMemory memory;

    @BeforeEach
    void steps() {
        waiting = new WaitingRelated("partner-center", database, links, called::add, CLOCK);
        memory = new SyncMemory(CRMS, LEAD_VIEWS, REFERRALS, MAPPINGS, links, PlainDeals.BREAKER, waiting,
                new KeptOpportunities(REFERRALS, MAPPINGS, CLOCK), TimeRules.USUAL, CLOCK);
    }

    private Link joined() {
        return stored(Link.of("crm", Ends.deal("r1", "e1", "crm-1")).with(new AgreedValues(agreed("Amount", "100.00")))
                .at("\"1\"", "7"));
    }

    private static Pair reported(String system, Link link, Map<String, Object> referral,
            Map<String, Object> opportunity) {
        return pair(hint(system), link, referral, opportunity);
    }

    private static Map<String, Object> amount(int amount, String version) {
        return opportunity(Map.of("Amount", amount, "Version", version));
    }

    private static Map<String, Object> value(int value, String eTag) {
        Map<String, Object> referral = referral(Map.of("dealValue", value));
        referral.put("eTag", eTag);
        return referral;
    }

    private boolean isSeen(String system, String id, String version) {
        return new SeenVersions(database, CLOCK).contains(SeenVersions.key("crm", system, id, version));
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
        assertThat(link().reason()).contains("deleted");
        assertThat(audit()).containsExactly("OPPORTUNITY_GONE NOTHING false");
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

    /** The process died behind the create, the search did not show it, and the seller's edit counted as agreed. */
    @Test
    void an_edit_of_an_opportunity_that_an_earlier_attempt_has_made_is_no_agreement() {
        Link half = stored(Link.of("crm", Ends.deal("r1", "e1", null))
                .with(new AgreedValues(agreed("Amount", "100.00"))));
        Pair pair = reported("partner-center", half, without(value(100, "\"1\""), "externalReferenceId"), null);
        memory.remember(decided(pair), value(100, "\"2\""), amount(300, "8"), null, null);
        assertThat(decided(reported("crm", link(), value(100, "\"2\""), amount(300, "8"))).referralPatch())
                .containsKey("details.dealValue");
        assertThat(links.due(NOW, 10)).as("looked at again").extracting(Link::crmId).containsExactly("crm-1");
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

    private static Map<String, Object> without(Map<String, Object> record, String field) {
        Map<String, Object> rest = new LinkedHashMap<>(record);
        rest.remove(field);
        return rest;
    }

    @Test
    void what_was_switched_off_stays_agreed_at_a_later_version() {
        Pair pair = reported("crm", joined(), value(100, "\"1\""), opportunity(Map.of("Sync", false, "Version", "9")));
        memory.remember(decided(pair), pair.referral().fields(), pair.opportunity().fields(), null, null);
        assertThat(link().agreed()).isEqualTo(new AgreedValues(agreed("Amount", "100.00")));
        assertThat(link().crmVersion()).isEqualTo("9");
    }

    @Test
    void a_parked_deal_keeps_what_was_agreed_and_the_reason() {
        Pair pair = reported("crm", joined(), value(100, "\"1\""), amount(300, "8"));
        memory.park(pair, List.of(new Reason(Trouble.REFUSED, "Name is missing")), pair.opportunity().fields(), null,
                pair.referral().fields(), null);
        assertThat(link().state()).isEqualTo(LinkState.PARKED);
        assertThat(link().reason()).isEqualTo("Name is missing (CS-419)");
        assertThat(link().standing().causes()).containsExactly("CS-419");
        assertThat(link().agreed()).isEqualTo(new AgreedValues(agreed("Amount", "100.00")));
        assertThat(audit()).containsExactly("BROKEN_RULE PARK false");
        assertThat(isSeen("crm", "crm-1", "8")).isTrue();
    }

    @Test
    void what_is_parked_already_was_written_down_anew_by_each_hint_and_another_reason_still_is() {
        for (String system : List.of("crm", "partner-center")) {
            empty();
            steps();
            park(reported(system, joined(), value(100, "\"1\""), amount(300, "8")), "Name is missing");
            Link first = link();
            links.begin(first.with(new AgreedValues(agreed("Amount", "300.00"))), Set.of());
            park(reported(system, first, value(100, "\"1\""), amount(300, "8")), "Name is missing");
            assertThat(audit()).as(system).containsExactly("BROKEN_RULE PARK false");
            assertThat(link()).as("parked since").isEqualTo(first);
            park(reported(system, link(), value(100, "\"1\""), amount(300, "8")), "Name is too long");
            assertThat(audit()).as("another sentence").hasSize(2);
            park(reported(system, link(), value(100, "\"1\""), amount(300, "9")), "Name is too long");
            assertThat(audit()).as("another version").hasSize(3);
            assertThat(link().crmVersion()).isEqualTo("9");
        }
    }

    private void park(Pair pair, String reason) {
        memory.park(pair, List.of(new Reason(Trouble.REFUSED, reason)), pair.opportunity().fields(), null,
                pair.referral().fields(), null);
    }

    @Test
    void what_partner_center_took_before_the_crm_refused_is_agreed() {
        Pair pair = reported("crm", joined(), value(100, "\"1\""), amount(300, "8"));
        memory.park(pair, List.of(new Reason(Trouble.REFUSED, "refused")), pair.opportunity().fields(), decided(pair),
                value(300, "\"2\""), null);
        assertThat(link().agreed()).isEqualTo(new AgreedValues(agreed("Amount", "300.00")));
        assertThat(seen.contains(SeenVersions.key("crm", "partner-center", "r1", "\"2\""))).as("our own write")
                .isTrue();
        assertThat(new AuditTrail(database).last("crm-1", 1)).singleElement().satisfies(entry -> assertThat(
                entry.detail()).contains("Amount in Partner Center: 100.00 → 300.00", "refused"));
    }

    @Test
    void a_pair_that_was_parked_as_it_was_being_made_forgot_what_was_written_and_lost_the_next_edit() {
        Link half = stored(Link.of("crm", Ends.deal("r1", "e1", null))
                .with(new AgreedValues(agreed("Amount", "100.00"))));
        Pair pair = reported("partner-center", half, value(300, "\"2\""), amount(100, "7"));
        memory.park(pair, List.of(new Reason(Trouble.REFUSED, "why")), pair.opportunity().fields(), null,
                pair.referral().fields(), null);
        assertThat(link().state()).isEqualTo(LinkState.CLAIMED);
        assertThat(link().agreed()).isEqualTo(new AgreedValues(agreed("Amount", "100.00")));
    }

    /** A read from before our write counted as an edit then, and took the write back. */
    @Test
    void a_parked_deal_knows_how_far_its_records_had_come() {
        Pair pair = reported("crm", joined(), value(100, "\"1\""), amount(300, "8"));
        Map<String, Object> told = opportunity(Map.of("Amount", 300, "Version", "9", "Modified",
                "2026-05-05T00:00:00Z"));
        Map<String, Object> written = value(300, "\"2\"");
        written.put("updatedDateTime", "2026-05-06T00:00:00Z");
        memory.park(pair, List.of(new Reason(Trouble.REFUSED, "refused")), told, decided(pair), written, null);
        assertThat(link().agreement().referral().order()).isEqualTo(known(written).order()).isNotNull();
        assertThat(link().agreement().crm().order()).isEqualTo(shown(told).order()).isNotNull();
    }

    /** What had been written as a referral was forgotten, and the seller's next edit lost against it. */
    @Test
    void an_opportunity_that_is_parked_while_it_is_being_shared_keeps_what_was_written() {
        Link half = stored(Link.of("crm", Ends.deal(null, null, "crm-1"))
                .with(new AgreedValues(agreed("Amount", "100.00"))));
        Pair pair = reported("crm", half, null, without(amount(300, "8"), "ReferralId"));
        List<Reason> why = List.of(new Reason(Trouble.REFUSED, "why"));
        memory.park(pair, why, null, decided(pair), null, new Attempt("crm", "crm-1", true, true, NOW));
        assertThat(link().state()).isEqualTo(LinkState.PARKED);
        assertThat(link().agreed()).isEqualTo(new AgreedValues(agreed("Amount", "100.00")));
        memory.park(pair, why, null, decided(pair), null, Attempt.first("crm", "crm-1"));
        assertThat(link().agreed()).as("refused at once").isEqualTo(AgreedValues.NONE);
    }

    /** Its version had been looked at before, so nobody would have reported it again. */
    @Test
    void a_referral_of_an_earlier_attempt_is_looked_at_again() {
        Link half = stored(Link.of("crm", Ends.deal(null, null, "crm-1"))
                .with(new AgreedValues(agreed("Amount", "100.00"))));
        stored(Link.of("crm", Ends.deal("r1", "e1", null)).with(Standing.of(LinkState.PARKED, "why")));
        Pair pair = reported("crm", half, null, without(amount(300, "8"), "ReferralId"));
        memory.remember(decided(pair), value(100, "\"1\""), amount(300, "8"), null,
                new Attempt("crm", "crm-1", true, true, NOW));
        assertThat(link().referralId()).isEqualTo("r1");
        assertThat(links.due(NOW, 10)).extracting(Link::crmId).containsExactly("crm-1");
    }

    @Test
    void a_parked_pair_that_was_never_joined_is_a_claim_and_one_of_many_holds_itself_alone() {
        Pair pair = reported("crm", null, value(100, "\"1\""), amount(100, "8"));
        memory.park(pair, List.of(new Reason(Trouble.REFUSED, "why")), pair.opportunity().fields(), null,
                pair.referral().fields(), null);
        assertThat(link().state()).isEqualTo(LinkState.CLAIMED);
        empty();
        steps();
        Pair several = pair.withRivals(List.of(shown(opportunity(Map.of("Id", "crm-2")))));
        memory.park(several, List.of(new Reason(Trouble.REFUSED, "why")), several.opportunity().fields(), null,
                several.referral().fields(), null);
        assertThat(link().state()).isEqualTo(LinkState.PARKED);
        assertThat(link().referralId()).isNull();
    }

    @Test
    void a_hint_that_names_nothing_is_only_logged() {
        memory.park(null, List.of(new Reason(Trouble.REFUSED, "no such record")), null, null, null, null);
        assertThat(links.parked(10)).isEmpty();
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

    @Test
    void a_referral_of_an_earlier_attempt_is_compared_once_more() {
        Pair pair = reported("crm", null, null, amount(300, "8"));
        Decision decision = Decision.nothing(pair, Situation.NEW_OPPORTUNITY);
        memory.remember(decision, value(100, "\"1\""), pair.opportunity().fields(), null,
                new Attempt("crm", "crm-1", true, false, NOW));
        assertThat(link().referralId()).isEqualTo("r1");
        assertThat(link().agreed().rows()).as("edited since, perhaps").doesNotContainKey("Amount");
        assertThat(isSeen("partner-center", "r1", "\"1\"")).isFalse();
    }
}
