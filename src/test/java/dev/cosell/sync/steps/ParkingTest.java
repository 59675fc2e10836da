package dev.cosell.sync.steps;

import static dev.cosell.sync.decide.PlainDeals.REFERRALS;
import static dev.cosell.sync.decide.PlainDeals.agreed;
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
import dev.cosell.sync.decide.Action;
import dev.cosell.sync.decide.AgreedValues;
import dev.cosell.sync.decide.Decision;
import dev.cosell.sync.decide.Ends;
import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.LinkState;
import dev.cosell.sync.decide.Pair;
import dev.cosell.sync.decide.Standing;
import dev.cosell.verbs.Hint;
import dev.cosell.verbs.Reason;
import dev.cosell.verbs.Trouble;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the books say of a pair that is parked. */
class ParkingTest extends BooksAtHand {
    private Parking parking;

    @BeforeEach
    void steps() {
        parking = new Parking(CRMS, REFERRALS, MAPPINGS, links,
                new WaitingRelated("partner-center", database, links, hint -> {}, CLOCK), CLOCK);
    }

    @Test
    void a_parked_deal_keeps_what_was_agreed_and_the_reason() {
        Pair pair = reported("crm", joined(), value(100, "\"1\""), amount(300, "8"));
        parking.park(pair, List.of(new Reason(Trouble.REFUSED, "Name is missing")), pair.opportunity().fields(), null,
                pair.referral().fields(), null, null);
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
            links.begin(first.with(new AgreedValues(agreed("Amount", "300.00"))), Map.of());
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

    @Test
    void the_customer_of_a_pushed_lead_was_written_on_its_link_and_outlived_the_leads_text() {
        Map<String, Object> lead = referral(Map.of());
        lead.put("customerProfile", Map.of("name", "Jo Smith"));
        Pair pushed = pair(new Hint(Hint.MARKETPLACE, "r1", null, Hint.Origin.WEBHOOK), null, lead, null);
        parking.park(pushed, List.of(new Reason(Trouble.REFUSED, "Name is missing")), null, null, lead, null, null);
        assertThat(links.findByReferral("crm", "r1").orElseThrow().state()).isEqualTo(LinkState.PARKED);
        assertThat(database.client().sql("SELECT COUNT(*) FROM link WHERE customer IS NULL AND deal_name IS NULL")
                .query(Integer.class).single()).isOne();
    }

    private void park(Pair pair, String reason) {
        parking.park(pair, List.of(new Reason(Trouble.REFUSED, reason)), pair.opportunity().fields(), null,
                pair.referral().fields(), null, null);
    }

    /** Microsoft's referral, for one: our books hold it as nobody's deal. */
    @Test
    void an_opportunity_that_names_no_deal_of_ours_is_parked_alone() {
        Map<String, Object> microsofts = value(100, "\"1\"");
        microsofts.put("organizationId", "msft");
        Pair pair = reported("crm", null, microsofts, amount(300, "8"));
        parking.park(pair, decided(pair).problems(), pair.opportunity().fields(), decided(pair),
                pair.referral().fields(), null, null);
        assertThat(links.findByReferral("crm", "r1")).isEmpty();
        assertThat(links.findByCrmId("crm", "crm-1").orElseThrow().state()).isEqualTo(LinkState.PARKED);
    }

    @Test
    void what_partner_center_took_before_the_crm_refused_is_agreed() {
        Pair pair = reported("crm", joined(), value(100, "\"1\""), amount(300, "8"));
        parking.park(pair, List.of(new Reason(Trouble.REFUSED, "refused")), amount(300, "9"), decided(pair),
                value(300, "\"2\""), null, null);
        assertThat(link().agreed()).isEqualTo(new AgreedValues(agreed("Amount", "300.00")));
        assertThat(seen.contains(SeenVersions.key("crm", "partner-center", "r1", "\"2\""))).as("our own write")
                .isTrue();
        assertThat(new AuditTrail(database).last("crm-1", 1)).singleElement().satisfies(entry -> assertThat(
                entry.detail()).contains("Amount in Partner Center: 100.00 → 300.00", "refused"));
    }

    @Test
    void what_partner_center_took_is_told_later_when_the_crm_refused_the_notice_too() {
        Pair pair = reported("crm", joined(), value(100, "\"1\""), amount(300, "8"));
        parking.park(pair, List.of(new Reason(Trouble.REFUSED, "refused")), pair.opportunity().fields(), decided(pair),
                value(300, "\"2\""), null, null);
        assertThat(decided(reported("crm", link(), value(300, "\"2\""), amount(300, "8"))).story())
                .containsExactly("Amount in Partner Center: 100.00 → 300.00");
    }

    /** No audit named it, and the seller's next edit lost against what had been copied from the CRM. */
    @Test
    void what_partner_center_took_of_a_pair_that_was_never_joined_is_agreed_too() {
        Pair pair = reported("crm", null, value(100, "\"1\""), amount(300, "8"));
        parking.park(pair, List.of(new Reason(Trouble.REFUSED, "refused")), amount(300, "9"), decided(pair),
                value(300, "\"2\""), null, null);
        assertThat(link().state()).isEqualTo(LinkState.CLAIMED);
        assertThat(link().agreed().rows().get("Amount")).isEqualTo(agreed("Amount", "300.00").get("Amount"));
        assertThat(new AuditTrail(database).last("crm-1", 1)).singleElement().satisfies(entry -> assertThat(
                entry.detail()).contains("Amount in Partner Center: 100.00 → 300.00", "refused"));

        for (int look = 0; look < 2; look++) {
            Pair again = reported("crm", link(), value(300, "\"2\""), amount(300, "8"));
            parking.park(again, List.of(new Reason(Trouble.REFUSED, "refused")), again.opportunity().fields(),
                    decided(again), again.referral().fields(), null, null);
        }
        assertThat(audit()).as("at the version that our write has made, and once").hasSize(2);
    }

    /** That a write of the status was noted looked as if the two had agreed on one, and the row's policy opened it. */
    @Test
    void a_won_opportunity_whose_first_write_was_refused_stays_won() {
        Map<String, Object> won = opportunity(Map.of("Stage", "Closed Won", "Version", "8"));
        Pair pair = reported("crm", null, value(100, "\"1\""), won);
        parking.park(pair, List.of(new Reason(Trouble.REFUSED, "refused")), won, decided(pair),
                pair.referral().fields(), null, null);
        assertThat(link().agreed().rows()).containsKey("Stage");
        Decision again = decided(reported("crm", link(), value(100, "\"1\""), won));
        assertThat(again.referralPatch()).containsEntry("substatus", "Won");
        assertThat(again.crmPatch()).doesNotContainKey("Stage");
    }

    @Test
    void a_pair_that_was_parked_as_it_was_being_made_forgot_what_was_written_and_lost_the_next_edit() {
        Link half = stored(Link.of("crm", Ends.deal("r1", "e1", null))
                .with(new AgreedValues(agreed("Amount", "100.00"))));
        Pair pair = reported("partner-center", half, value(300, "\"2\""), amount(100, "7"));
        parking.park(pair, List.of(new Reason(Trouble.REFUSED, "why")), pair.opportunity().fields(), null,
                pair.referral().fields(), null, null);
        assertThat(link().state()).isEqualTo(LinkState.CLAIMED);
        assertThat(link().agreed()).isEqualTo(new AgreedValues(agreed("Amount", "100.00")));
    }

    /**
     * What was noted of the create went with the referral, and the next attempt noted the opportunity's edited value as
     * what the referral had been made with: the edit lost.
     */
    @ParameterizedTest
    @ValueSource(strings = {"partner-center", "crm"})
    void a_claim_whose_other_side_cannot_be_read_stays_one_with_what_was_noted(String system) {
        Link claim = stored(Link.of("crm", Ends.deal("r1", "e1", "crm-1")).with(Standing.of(LinkState.CLAIMED, "odd"))
                .with(new AgreedValues(agreed("Amount", "100.00"))));
        Pair pair = reported(system, claim, null, system.equals("crm") ? amount(300, "8") : null);
        parking.park(pair, List.of(new Reason(Trouble.REFUSED, "denied")), null, null, null, null, null);
        assertThat(link().state()).isEqualTo(LinkState.CLAIMED);
        assertThat(link().crmId()).isEqualTo("crm-1");
        assertThat(link().reason()).contains("denied");
        assertThat(link().agreed()).isEqualTo(new AgreedValues(agreed("Amount", "100.00")));
    }

    /** The two were parked each by itself, and as they were parked together what was noted with one was forgotten. */
    @Test
    void two_that_are_parked_together_keep_what_was_noted_with_either() {
        Link half = stored(Link.of("crm", Ends.deal("r1", "e1", null)).with(Standing.of(LinkState.PARKED, "denied"))
                .with(new AgreedValues(agreed("Amount", "100.00"))));
        Pair pair = reported("crm", null, value(300, "\"2\""), amount(100, "7")).withOther(half);
        parking.park(pair, List.of(new Reason(Trouble.REFUSED, "odd")), pair.opportunity().fields(), null,
                pair.referral().fields(), null, null);
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
        parking.park(pair, List.of(new Reason(Trouble.REFUSED, "refused")), told, decided(pair), written, null, null);
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
        parking.park(pair, why, null, decided(pair), null, new Attempt("crm", "crm-1", true, NOW, NOW), null);
        assertThat(link().state()).isEqualTo(LinkState.PARKED);
        assertThat(link().agreed()).isEqualTo(new AgreedValues(agreed("Amount", "100.00")));
        parking.park(pair, why, null, decided(pair), null, Attempt.first("crm", "crm-1"), null);
        assertThat(link().agreed()).as("refused at once").isEqualTo(AgreedValues.NONE);
    }

    /** That of the earlier attempt was found later, and an edit in the portal lost against what it was made with. */
    @Test
    void a_referral_whose_second_create_was_refused_keeps_what_was_noted_of_the_first() {
        Link half = stored(Link.of("crm", Ends.deal("r1", "e1", null))
                .with(new AgreedValues(agreed("Amount", "100.00"))));
        Pair pair = reported("partner-center", half, without(value(300, "\"2\""), "externalReferenceId"), null);
        Decision made = decided(pair);
        assertThat(made.action()).isEqualTo(Action.CREATE_OPPORTUNITY);
        parking.park(pair, List.of(new Reason(Trouble.REFUSED, "why")), null, made, pair.referral().fields(), null,
                null);
        Link parked = links.findByReferral("crm", "r1").orElseThrow();
        assertThat(parked.state()).isEqualTo(LinkState.PARKED);
        assertThat(parked.agreed()).isEqualTo(new AgreedValues(agreed("Amount", "100.00")));
    }

    /** The help that Microsoft was asked for was refused, and the seller's correction lost against what it corrects. */
    @Test
    void a_referral_that_was_made_before_microsofts_was_refused_keeps_what_was_written() {
        Link half = stored(Link.of("crm", Ends.deal(null, null, "crm-1"))
                .with(new AgreedValues(agreed("Amount", "100.00"))));
        Pair pair = reported("crm", half, null, without(amount(100, "8"), "ReferralId"));
        parking.park(pair, List.of(new Reason(Trouble.REFUSED, "why")), null, decided(pair), null,
                Attempt.first("crm", "crm-1"), value(100, "\"1\""));
        assertThat(link().state()).isEqualTo(LinkState.PARKED);
        assertThat(link().agreed()).isEqualTo(new AgreedValues(agreed("Amount", "100.00")));
    }

    @Test
    void a_parked_pair_that_was_never_joined_is_a_claim_and_one_of_many_holds_itself_alone() {
        Pair pair = reported("crm", null, value(100, "\"1\""), amount(100, "8"));
        parking.park(pair, List.of(new Reason(Trouble.REFUSED, "why")), pair.opportunity().fields(), null,
                pair.referral().fields(), null, null);
        assertThat(link().state()).isEqualTo(LinkState.CLAIMED);
        empty();
        steps();
        Pair several = pair.withRivals(List.of(shown(opportunity(Map.of("Id", "crm-2")))));
        parking.park(several, List.of(new Reason(Trouble.REFUSED, "why")), several.opportunity().fields(), null,
                several.referral().fields(), null, null);
        assertThat(link().state()).isEqualTo(LinkState.PARKED);
        assertThat(link().referralId()).isNull();
    }

    @Test
    void a_hint_that_names_nothing_is_only_logged() {
        parking.park(null, List.of(new Reason(Trouble.REFUSED, "no such record")), null, null, null, null, null);
        assertThat(links.parked("crm", 0, 10)).isEmpty();
    }
}
