package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.cosell.stories.OddRecords.Refusal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Records that the CRM refuses, hides, computes, deletes or merges: what becomes of the deal, and what people read. */
abstract class OddRecordStories extends Stories {
    protected abstract OddRecords odd();

    /** Before a deletion that is taken back later. */
    protected abstract void delete(String crmId);

    private record Deal(String referralId, String crmId) {}

    private Deal joined() {
        return joined(world().newDeal(customer("Odd Works " + UUID.randomUUID())));
    }

    private Deal joined(String referralId) {
        String crmId = crm().id(world().opportunityFor(referralId));
        world().eventually(() -> assertThat(world().referral(referralId)).containsEntry("externalReferenceId", crmId));
        world().settle();
        return new Deal(referralId, crmId);
    }

    private static Map<String, Object> customer(String name) {
        return Map.of("customerProfile",
                Map.of("name", name, "address",
                        Map.of("addressLine1", "1 Quay", "city", "Leith", "postalCode", "EH6 6AA",
                                "country", "GB"),
                        "team", List.of(Map.of("firstName", "Moira", "lastName", "Kerr", "email", "m.kerr@odd.example",
                                "phoneNumber", "+44 131 4960000"))));
    }

    private void portal(Deal deal, int value) {
        world().partnerCenter().patch("/sandbox/deals/" + deal.referralId,
                Map.of("details", Map.of("dealValue", value)));
    }

    private void inCrm(Deal deal, int value) {
        world().eventually(() -> assertThat(crm().value(crm().opportunity(deal.crmId)))
                .isEqualByComparingTo(String.valueOf(value)));
    }

    private void inPortal(Deal deal, int value) {
        world().eventually(() -> assertThat(world().valueOf(world().referral(deal.referralId)))
                .isEqualByComparingTo(String.valueOf(value)));
    }

    private void parked(String recordId, List<String> words) {
        world().eventually(() -> assertThat(world().parked())
                .anySatisfy(line -> assertThat(line).contains(recordId).contains(words)));
        assertThat(world().auditTrail(recordId)).anySatisfy(line -> assertThat(line).contains(words));
    }

    // ---- what the CRM refuses
    // ----------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource(names = {"FIELD_SECURITY", "VALIDATION_RULE", "APPROVAL_LOCK", "UNKNOWN_CHOICE"})
    void a_refused_change_parks_its_record_in_the_words_of_the_crm_and_others_go_on(Refusal refusal) {
        Deal refused = joined();
        Deal other = joined();
        try (Log log = Log.from(Level.WARN)) {
            odd().refuseNextWrite(refusal);
            portal(refused, 83000);
            parked(refused.crmId, odd().words(refusal));
            world().eventually(() -> assertThat(crm().audit(crm().opportunity(refused.crmId))).contains("Not synced")
                    .contains(odd().words(refusal)));
            assertThat(log.lines()).anySatisfy(line -> assertThat(line).contains(refused.crmId).contains("not synced")
                    .contains(odd().words(refusal)));
        }
        portal(other, 84000);
        inCrm(other, 84000);
        world().andAgainNothingHappens();

        world().operations().retryParked(refused.crmId);
        inCrm(refused, 83000);
        world().andAgainNothingHappens();
        assertThat(world().parked()).noneMatch(line -> line.contains(refused.crmId));
    }

    @ParameterizedTest
    @EnumSource(names = {"REQUIRED_FIELD", "DUPLICATE_RULE"})
    void a_refused_creation_parks_the_referral_and_makes_nothing_twice_afterwards(Refusal refusal) {
        odd().refuseNextCreate(refusal);
        String referralId = world().newDeal(customer("Refused Works " + UUID.randomUUID()));
        parked(referralId, odd().words(refusal));
        assertThat(crm().opportunitiesOf(referralId)).isEmpty();
        world().andAgainNothingHappens();

        world().operations().retryParked(referralId);
        joined(referralId);
        assertThat(crm().opportunitiesOf(referralId)).hasSize(1);
        world().andAgainNothingHappens();
    }

    @Test
    void a_row_that_is_locked_for_a_moment_parks_nothing() {
        Deal deal = joined();
        odd().refuseNextWrite(Refusal.ROW_LOCK);
        portal(deal, 85000);
        inCrm(deal, 85000);
        assertThat(world().parked()).noneMatch(line -> line.contains(deal.crmId));
        world().andAgainNothingHappens();
    }

    /** The amount goes to Partner Center first; the audit entry of the same sync is what the CRM refuses. */
    @Test
    void what_was_written_to_partner_center_before_the_crm_refused_is_no_edit_of_partner_center() {
        Deal deal = joined();
        odd().refuseNextWrite(Refusal.VALIDATION_RULE);
        crm().changeValue(deal.crmId, 20200);
        inPortal(deal, 20200);
        parked(deal.crmId, odd().words(Refusal.VALIDATION_RULE));
        world().settle();

        portal(deal, 30300);
        inCrm(deal, 30300);
        world().andAgainNothingHappens();
        assertThat(world().valueOf(world().referral(deal.referralId))).isEqualByComparingTo("30300");
        assertThat(world().auditSituations(deal.crmId)).doesNotContain("CONFLICT");
    }

    // ---- what the CRM computes
    // ---------------------------------------------------------------------------------------------

    @Test
    void a_value_that_products_own_goes_to_partner_center_only_and_that_is_told_once() {
        Deal deal = joined();
        odd().addProducts(deal.crmId);
        world().settle();
        String before = crm().value(crm().opportunity(deal.crmId)).toPlainString();
        portal(deal, 86000);

        world().eventually(() -> assertThat(crm().audit(crm().opportunity(deal.crmId))).contains("stays different")
                .contains("computes"));
        world().settle();
        String told = crm().audit(crm().opportunity(deal.crmId));
        assertThat(crm().value(crm().opportunity(deal.crmId))).isEqualByComparingTo(before);
        world().andAgainNothingHappens();
        assertThat(crm().audit(crm().opportunity(deal.crmId))).isEqualTo(told).containsOnlyOnce("computes");
        assertThat(world().parked()).noneMatch(line -> line.contains(deal.crmId));

        crm().changeValue(deal.crmId, 87000);
        inPortal(deal, 87000);
        world().andAgainNothingHappens();
    }

    // ---- what is deleted or merged
    // -------------------------------------------------------------------------------------------

    @Test
    void an_opportunity_that_comes_back_from_the_recycle_bin_is_synced_again() {
        Deal deal = joined();
        delete(deal.crmId);
        world().eventually(() -> assertThat(world().auditSituations(deal.crmId)).contains("OPPORTUNITY_GONE"));
        portal(deal, 88000);
        world().settle();

        odd().undelete(deal.crmId);
        inCrm(deal, 88000);
        world().settle();
        crm().changeValue(deal.crmId, 88100);
        inPortal(deal, 88100);
        world().settle();

        delete(deal.crmId);
        world().eventually(() -> assertThat(world().auditSituations(deal.crmId).get(0)).as("deleted a second time")
                .isEqualTo("OPPORTUNITY_GONE"));
        portal(deal, 88200);
        world().settle();
        odd().undelete(deal.crmId);
        inCrm(deal, 88200);
        world().andAgainNothingHappens();
    }

    @Test
    void several_accounts_that_fit_are_named_and_none_is_taken_until_people_merge_them() {
        String name = "Twin Works " + UUID.randomUUID();
        Deal first = joined(world().newDeal(customer(name)));
        String old = crm().accountId(crm().opportunity(first.crmId));
        String winner = odd().newAccount(odd().account(name, "EH6 6AA", "Edinburgh"));
        String referralId = world().newDeal(customer(name));
        parked(referralId, List.of("2 accounts", name + ", Leith (" + old + ")", name + ", Edinburgh (" + winner + ")",
                "account-match"));
        assertThat(crm().opportunitiesOf(referralId)).isEmpty();
        world().andAgainNothingHappens();
        Object writes = world().partnerCenter().get("/sandbox/stats").get("writes");

        odd().mergeAccounts(winner, old);
        world().settle();
        assertThat(crm().accountId(crm().opportunity(first.crmId))).as("the merge moves opportunities")
                .isEqualTo(winner);
        assertThat(world().partnerCenter().get("/sandbox/stats").get("writes")).isEqualTo(writes);
        world().operations().retryParked(referralId);
        assertThat(crm().accountId(crm().opportunity(joined(referralId).crmId))).isEqualTo(winner);
        world().andAgainNothingHappens();
    }

    @Test
    void several_contacts_that_fit_are_named_and_none_is_taken_until_people_merge_them() {
        String name = "Pair Works " + UUID.randomUUID();
        String account = odd().newAccount(odd().account(name, "EH6 6AA", "Leith"));
        String winner = odd().newContact(account, odd().contact("Moira", "Kerr", "m.kerr@odd.example"));
        String loser = odd().newContact(account, odd().contact("M.", "Kerr", "m.kerr@odd.example"));
        String referralId = world().newDeal(customer(name));
        parked(referralId, List.of("2 contacts", "Moira Kerr, m.kerr@odd.example (" + winner + ")",
                "M. Kerr, m.kerr@odd.example (" + loser + ")"));
        world().andAgainNothingHappens();

        odd().mergeContacts(winner, loser);
        world().operations().retryParked(referralId);
        assertThat(odd().contactId(joined(referralId).crmId)).isEqualTo(winner);
        world().andAgainNothingHappens();
    }

    // ---- what is late
    // --------------------------------------------------------------------------------------------------------

    /** Three hints in a row: the first reads and handles what the second only announces. */
    @Test
    void a_hint_of_a_version_that_was_overtaken_is_delivered_once() {
        Deal deal = joined();
        try (Log log = Log.from(Level.WARN)) {
            world().pauseSync();
            portal(deal, 89000);
            world().eventually(() -> assertThat(world().backlog()).isEqualTo(1));
            crm().changeValueAndDate(deal.crmId, 89500, "2027-06-30");
            world().eventually(() -> assertThat(world().backlog()).isGreaterThanOrEqualTo(2));
            World.pause(1100);
            crm().changeValueAndDate(deal.crmId, 89900, "2027-07-31");
            World.pause(1100);
            world().resumeSync();
            inPortal(deal, 89900);
            world().settle();
            assertThat(log.lines()).noneMatch(line -> line.contains("as it was before its last known change"));
        }
        world().andAgainNothingHappens();
    }
}
