package dev.cosell.sync.steps;

import static dev.cosell.sync.decide.PlainDeals.REFERRALS;
import static dev.cosell.sync.decide.PlainDeals.agreed;
import static dev.cosell.sync.decide.PlainDeals.hint;
import static dev.cosell.sync.decide.PlainDeals.link;
import static dev.cosell.sync.decide.PlainDeals.opportunity;
import static dev.cosell.sync.decide.PlainDeals.other;
import static dev.cosell.sync.decide.PlainDeals.pair;
import static dev.cosell.sync.decide.PlainDeals.referral;
import static dev.cosell.sync.decide.PlainDeals.shown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cosell.sync.books.Attempt;
import dev.cosell.sync.decide.CheckMark;
import dev.cosell.sync.decide.Decision;
import dev.cosell.sync.decide.LinkState;
import dev.cosell.sync.decide.Pair;
import dev.cosell.sync.decide.Situation;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Reason;
import dev.cosell.verbs.Trouble;
import dev.cosell.verbs.Writes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a decision hands to the writing verbs. */
class WriteStepsTest {
    private final WriteSteps steps = new WriteSteps(BooksAtHand.CRMS, REFERRALS, BooksAtHand.MAPPINGS,
            new CheckMark(true), "", BooksAtHand.CLOCK);

    private static Map<String, Object> deal() {
        Map<String, Object> deal = referral(Map.of("dealValue", 100, "currency", "EUR"));
        deal.put("name", "Deal");
        deal.put("customerProfile", Map.of("name", "Odd Works", "team", List.of(Map.of("lastName", "Reyes"))));
        deal.put("team", List.of(Map.of("email", "ana@partner.example")));
        return deal;
    }

    private static Decision created(Map<String, Object> referral) {
        return Decision.nothing(pair(hint("partner-center"), null, referral, null), Situation.NEW_REFERRAL);
    }

    private static Decision updated(Map<String, Object> opportunity) {
        return BooksAtHand.decided(pair(hint("crm"), link(agreed("Amount", "100.00")),
                referral(Map.of("dealValue", 100)), opportunity));
    }

    @Test
    void a_new_opportunity_has_its_customer_its_ids_and_its_story() {
        Writes.NewOpportunity wanted = steps.newOpportunity(created(deal()));
        assertThat(wanted.fields()).containsEntry("ReferralId", "r1").containsEntry("Sync", true).containsEntry("Name",
                "\u2714 Deal");
        assertThat(wanted.fields().get("Audit").toString()).contains("Created from referral r1");
        assertThat(wanted.account()).containsEntry("Name", "Odd Works");
        assertThat(wanted.contact()).containsEntry("LastName", "Reyes");
        assertThat(wanted.team()).containsExactly("ana@partner.example");
    }

    @Test
    void all_faults_of_a_new_opportunity_are_told_at_once() {
        Map<String, Object> odd = deal();
        odd.put("status", "Paused");
        odd.put("details", Map.of("dealValue", "a lot", "currency", "EUR"));
        assertThatThrownBy(() -> steps.newOpportunity(created(odd))).isInstanceOfSatisfying(Fault.Data.class,
                fault -> assertThat(fault.faults()).hasSizeGreaterThanOrEqualTo(2));
    }

    @Test
    void a_new_referral_names_the_opportunity_and_its_customer() {
        Map<String, Object> opportunity = opportunity(
                Map.of("Amount", 100, "account", Map.of("Name", "Odd Works"), "contact", Map.of("LastName", "Reyes")));
        Pair pair = pair(hint("crm"), null, null, opportunity);
        Writes.NewReferral wanted = steps.newReferral(Decision.nothing(pair, Situation.NEW_OPPORTUNITY), List.of(),
                Attempt.first("crm", "crm-1"));
        assertThat(wanted.document()).containsEntry("externalReferenceId", "crm-1");
        assertThat(wanted.document().get("customerProfile").toString()).contains("Odd Works", "Reyes");
        assertThat(wanted.retry()).isFalse();
    }

    @Test
    void an_update_carries_the_version_it_was_computed_from_and_the_audit() {
        Decision decision = updated(opportunity(Map.of("Amount", 300, "Name", "Deal", "Version", "7")));
        assertThat(steps.referralUpdate(decision).version()).isEqualTo("\"1\"");
        assertThat(steps.referralUpdate(decision).patch()).containsKey("details.dealValue");
        Writes.Update update = steps.opportunityUpdate(decision);
        assertThat(update.version()).isEqualTo("7");
        assertThat(update.patch()).containsEntry("Name", "\u2714 Deal").hasEntrySatisfying("Audit",
                text -> assertThat(text.toString()).contains("Amount"));
    }

    /** Cut to make room for the mark, it came back as an edit and shortened the name in Partner Center. */
    @Test
    void a_name_that_leaves_no_room_for_the_mark_is_left_alone() {
        String whole = "x".repeat(117) + "\uD83D\uDEA2z";
        Map<String, Object> opportunity = opportunity(Map.of("Amount", 300, "Name", whole));
        assertThat(steps.opportunityUpdate(updated(opportunity)).patch()).containsKey("Audit")
                .doesNotContainKey("Name");
        Pair pair = pair(hint("crm"), null, null, opportunity);
        assertThat(steps.parkedNotice(pair, List.of(new Reason(Trouble.REFUSED, "odd")), null, null).patch())
                .containsKey("Audit").doesNotContainKey("Name");
        Map<String, Object> deal = deal();
        deal.put("name", whole);
        assertThat(steps.newOpportunity(created(deal)).fields()).containsEntry("Name", whole);
    }

    @Test
    void a_cross_goes_also_where_there_is_no_room_for_the_mark_that_follows() {
        String whole = "x".repeat(119);
        assertThat(steps.opportunityUpdate(updated(opportunity(Map.of("Amount", 300, "Name", "\u2716" + whole))))
                .patch()).containsEntry("Name", whole);
        String room = "x".repeat(118);
        assertThat(steps.opportunityUpdate(updated(opportunity(Map.of("Amount", 300, "Name", "\u2716 " + room))))
                .patch()).containsEntry("Name", "\u2714 " + room);
    }

    @Test
    void an_opportunity_that_has_nothing_to_be_told_is_not_written() {
        assertThat(steps.opportunityUpdate(updated(opportunity(Map.of("Amount", 100))))).isNull();
    }

    @Test
    void a_created_opportunity_is_named_in_an_open_referral_that_names_none() {
        Map<String, Object> unnamed = deal();
        unnamed.put("externalReferenceId", null);
        assertThat(steps.nameOpportunity(created(unnamed), opportunity(Map.of())).patch())
                .containsExactlyEntriesOf(Map.of("externalReferenceId", "crm-1"));
        assertThat(steps.nameOpportunity(created(deal()), opportunity(Map.of()))).as("something else stands there")
                .isNull();
        unnamed.put("status", "Closed");
        assertThat(steps.nameOpportunity(created(unnamed), opportunity(Map.of()))).isNull();
    }

    /** The product's own audit told it, and the seller read of the refusal alone. */
    @Test
    void a_notice_tells_what_partner_center_took_before_the_crm_refused_its_part() {
        Decision decision = updated(opportunity(Map.of("Amount", 300)));
        Map<String, Object> written = new HashMap<>(referral(Map.of("dealValue", 300)));
        written.put("eTag", "\"2\"");
        List<Reason> refused = List.of(new Reason(Trouble.REFUSED, "A flow says no"));
        assertThat(steps.parkedNotice(decision.pair(), refused, decision, written).patch().get("Audit").toString())
                .contains("Amount in Partner Center: 100.00 → 300.00; Not synced: A flow says no");
        assertThat(steps.parkedNotice(decision.pair(), refused, decision, decision.pair().referral().fields()).patch()
                .get("Audit").toString()).as("nothing was written").doesNotContain("in Partner Center");
    }

    @Test
    void a_notice_is_written_once_and_never_because_of_a_second_claimant() {
        Pair pair = pair(hint("crm"), null, null, opportunity(Map.of("Name", "Deal")));
        Map<String, Object> patch = steps.parkedNotice(pair, List.of(new Reason(Trouble.REFUSED, "Name is too long")),
                null, null).patch();
        assertThat(patch.get("Audit").toString()).contains("Not synced: Name is too long");
        assertThat(patch).containsEntry("Name", "\u2716 Deal");
        Map<String, Object> told = opportunity(Map.of("Name", "\u2716 Deal", "Audit", patch.get("Audit")));
        assertThat(steps.parkedNotice(pair.withOpportunity(shown(told)),
                List.of(new Reason(Trouble.REFUSED, "Name is too long")), null, null)).isNull();
        Pair second = pair(hint("partner-center"), null, referral(Map.of()), opportunity(Map.of()))
                .withOther(other(LinkState.LINKED));
        assertThat(steps.parkedNotice(second, List.of(new Reason(Trouble.REFUSED, "taken")), null, null)).isNull();
        assertThat(new Notices(BooksAtHand.CRMS, BooksAtHand.CLOCK).notice("crm", told, "The deal was registered")
                .patch().get("Audit").toString())
                .contains("The deal was registered");
        assertThat(new Notices(BooksAtHand.CRMS, BooksAtHand.CLOCK).notice("crm", null, "nobody")).isNull();
    }
}
