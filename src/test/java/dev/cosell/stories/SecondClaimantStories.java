package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * A second record says that it belongs to one that is joined already. Nothing of it may arrive anywhere until a person
 * decides.
 */
abstract class SecondClaimantStories extends Stories {
    /**
     * From now on two opportunities may carry the same Referral Identifier, as where an administrator made the field
     * without a key.
     */
    protected abstract void allowTheSameIdentifierTwice();

    /** A copy with every custom field of the original, as the CRM's own button makes it; {@code fields} over them. */
    protected abstract String copyOf(String crmId, Map<String, Object> fields);

    /** The original's identifier, or any other text, in the field Referral Identifier. */
    protected abstract Map<String, Object> identifier(String text);

    /** A field that shows what Microsoft says of the deal. */
    protected abstract Map<String, Object> microsoftsAnswer(String text);

    private record Deal(String referralId, String crmId) {}

    private Deal joined() {
        String referralId = world().newDeal(Map.of());
        String crmId = crm().id(world().opportunityFor(referralId));
        world().eventually(() -> assertThat(world().referral(referralId)).containsEntry("externalReferenceId", crmId));
        world().settle();
        return new Deal(referralId, crmId);
    }

    private void edit(String referralId, Map<String, Object> fields) {
        world().partnerCenter().patch("/sandbox/deals/" + referralId, fields);
        world().settle();
    }

    private static Map<String, Object> value(int value) {
        return Map.of("details", Map.of("dealValue", value));
    }

    private void parkedWith(String recordId, String... words) {
        world().eventually(() -> assertThat(world().parked())
                .anySatisfy(line -> assertThat(line).contains(recordId).contains(words)));
    }

    private void untouched(Deal deal, String value) {
        Map<String, Object> opportunity = crm().opportunity(deal.crmId);
        assertThat(crm().referralId(opportunity)).isEqualTo(deal.referralId);
        assertThat(crm().value(opportunity)).isEqualByComparingTo(value);
        assertThat(crm().lost(opportunity)).isFalse();
        assertThat(crm().audit(opportunity)).doesNotContain("Not synced");
        Map<String, Object> referral = world().referral(deal.referralId);
        assertThat(referral).containsEntry("status", "Active").containsEntry("externalReferenceId", deal.crmId);
        assertThat(world().valueOf(referral)).isEqualByComparingTo(value);
    }

    @Test
    void nothing_of_a_second_referral_that_names_a_joined_opportunity_is_ever_written() {
        Deal deal = joined();
        String value = crm().value(crm().opportunity(deal.crmId)).toPlainString();
        String rival = world().newDeal(Map.of("externalReferenceId", deal.crmId, "name", "Second claimant"));
        parkedWith(rival, "already joined", deal.referralId);
        untouched(deal, value);

        edit(rival, value(7100));
        untouched(deal, value);
        edit(rival, value(7200));
        untouched(deal, value);
        world().operations().retryParked(rival);
        world().settle();
        untouched(deal, value);
        world().restart();
        world().operations().retryParked(rival);
        world().settle();
        untouched(deal, value);
        parkedWith(rival, "already joined", deal.referralId);
        edit(rival, Map.of("status", "Closed", "substatus", "Lost"));
        untouched(deal, value);
        assertThat(world().parked()).as("a deal that has ended is nobody's question").noneMatch(
                line -> line.contains(rival));

        crm().changeValue(deal.crmId, 64000);
        world().eventually(() -> untouched(deal, "64000"));
        edit(deal.referralId, value(65000));
        world().eventually(() -> untouched(deal, "65000"));
        world().andAgainNothingHappens();
        assertThat(world().parked()).noneMatch(line -> line.contains(" " + deal.crmId + ":"));
    }

    /** Nobody has the win in the CRM, so a person is asked for as long as nobody has decided. */
    @Test
    void a_second_referral_that_is_won_stays_a_persons_choice() {
        Deal deal = joined();
        String value = crm().value(crm().opportunity(deal.crmId)).toPlainString();
        String rival = world().newDeal(Map.of("externalReferenceId", deal.crmId, "name", "Won claimant"));
        parkedWith(rival, "already joined", deal.referralId);
        edit(rival, Map.of("status", "Closed", "substatus", "Won"));
        untouched(deal, value);
        parkedWith(rival, "already joined", deal.referralId);
        world().andAgainNothingHappens();
    }

    @Test
    void nothing_of_an_edited_copy_with_the_same_identifier_reaches_the_originals_referral() {
        Deal deal = joined();
        String value = crm().value(crm().opportunity(deal.crmId)).toPlainString();
        allowTheSameIdentifierTwice();
        String copy = copyOf(deal.crmId, Map.of());
        parkedWith(copy, "already joined", deal.crmId);
        untouched(deal, value);
        assertThat(crm().audit(crm().opportunity(copy))).contains("Not synced")
                .contains("clear the Referral Identifier");

        crm().changeValue(copy, 7300);
        world().settle();
        untouched(deal, value);
        crm().changeValue(copy, 7400);
        world().settle();
        untouched(deal, value);
        world().operations().retryParked(copy);
        world().settle();
        untouched(deal, value);
        crm().win(copy);
        world().settle();
        untouched(deal, value);
        world().restart();
        world().operations().retryParked(copy);
        world().settle();
        untouched(deal, value);

        crm().changeValue(deal.crmId, 66000);
        world().eventually(() -> untouched(deal, "66000"));
        world().andAgainNothingHappens();
        assertThat(crm().referralId(crm().opportunity(copy))).as("what is typed there is a person's")
                .isEqualTo(deal.referralId);
    }

    @Test
    void a_copy_whose_identifier_is_cleared_becomes_a_deal_of_its_own_without_the_originals_marks() {
        Deal deal = joined();
        allowTheSameIdentifierTwice();
        Map<String, Object> microsofts = new HashMap<>(microsoftsAnswer("MSX-4711"));
        crm().api().patch("/sandbox/opportunities/" + deal.crmId, microsofts);
        world().settle();
        String copy = copyOf(deal.crmId, Map.of());
        parkedWith(copy, "already joined");
        crm().api().patch("/sandbox/opportunities/" + copy, identifier(null));

        Map<String, Object> referral = world().referralFor(copy);
        Map<String, Object> opportunity = crm().opportunity(copy);
        assertThat(referral.get("id")).isNotEqualTo(deal.referralId);
        assertThat(crm().referralId(opportunity)).isEqualTo(referral.get("id"));
        microsofts.keySet().forEach(field -> assertThat(opportunity.get(field)).as(field).isNull());
        assertThat(crm().audit(opportunity)).doesNotContain(deal.referralId).containsOnlyOnce("emptied")
                .contains("MSX-4711");
        assertThat(crm().referralLink(opportunity)).doesNotContain(deal.referralId);
        world().andAgainNothingHappens();
        assertThat(world().referralsNaming(copy)).hasSize(1);
    }

    /** A field without a key may hold what the original's does, but most CRMs leave the identifier out of a copy. */
    @Test
    void a_copy_without_identifier_loses_what_belongs_to_the_originals_microsoft_side() {
        Deal deal = joined();
        Map<String, Object> microsofts = microsoftsAnswer("MSX-4712");
        crm().api().patch("/sandbox/opportunities/" + deal.crmId, microsofts);
        world().settle();
        String copy = copyOf(deal.crmId, identifier(null));

        Map<String, Object> referral = world().referralFor(copy);
        Map<String, Object> opportunity = crm().opportunity(copy);
        microsofts.keySet().forEach(field -> assertThat(opportunity.get(field)).as(field).isNull());
        assertThat(crm().audit(opportunity)).doesNotContain(deal.referralId).contains((String) referral.get("id"))
                .containsOnlyOnce("emptied");
        assertThat(crm().opportunity(deal.crmId)).containsAllEntriesOf(microsofts);
        world().andAgainNothingHappens();
    }

    @Test
    void a_person_moves_a_link_and_the_referral_that_loses_it_writes_nothing_any_more() {
        Deal deal = joined();
        String rival = world().newDeal(Map.of("externalReferenceId", deal.crmId, "name", "Successor"));
        parkedWith(rival, "already joined", "join");

        assertThat(world().operations().join(crm().name(), rival, deal.crmId)).contains(rival, deal.crmId);
        world().eventually(() -> assertThat(crm().referralId(crm().opportunity(deal.crmId))).isEqualTo(rival));
        world().settle();
        assertThat(world().auditTrail(rival)).anySatisfy(line -> assertThat(line).contains("by a person"));
        edit(rival, value(71000));
        world().eventually(() -> assertThat(crm().value(crm().opportunity(deal.crmId))).isEqualByComparingTo("71000"));
        edit(deal.referralId, value(1300));
        parkedWith(deal.referralId, "already joined", rival);
        edit(deal.referralId, Map.of("status", "Closed", "substatus", "Lost"));
        assertThat(world().parked()).noneMatch(line -> line.contains(deal.referralId));
        assertThat(crm().value(crm().opportunity(deal.crmId))).isEqualByComparingTo("71000");
        assertThat(crm().lost(crm().opportunity(deal.crmId))).isFalse();
        world().andAgainNothingHappens();
    }

    /** "Nothing is known" of it, and the audit went on showing its values. */
    @Test
    void what_is_kept_of_a_referral_that_has_lost_its_opportunity_could_not_be_forgotten() {
        Deal deal = joined();
        String rival = world().newDeal(Map.of("externalReferenceId", deal.crmId, "name", "Successor"));
        parkedWith(rival, "already joined", "join");
        world().operations().join(crm().name(), rival, deal.crmId);
        world().eventually(() -> assertThat(crm().referralId(crm().opportunity(deal.crmId))).isEqualTo(rival));
        world().settle();

        assertThat(world().operations().forget(deal.referralId))
                .isEqualTo("Forgotten what was kept of the people of " + deal.referralId);
        assertThat(world().auditTrail(deal.referralId)).filteredOn(Objects::nonNull).singleElement().asString()
                .contains("forgotten");
        assertThat(world().auditTrail(rival)).anySatisfy(line -> assertThat(line).contains("by a person"));
        world().andAgainNothingHappens();
    }

    @Test
    void several_opportunities_that_claim_an_unknown_referral_are_a_persons_choice_at_every_look() {
        world().pauseSync();
        String referralId = world().newDeal(Map.of("name", "Claimed twice"));
        allowTheSameIdentifierTwice();
        String first = crm().newOpportunity(crm().shared(true));
        String second = crm().newOpportunity(crm().shared(true));
        List.of(first, second)
                .forEach(each -> crm().api().patch("/sandbox/opportunities/" + each, identifier(referralId)));
        world().resumeSync();
        parkedWith(referralId, first, second);
        edit(referralId, value(8100));
        edit(referralId, value(8200));
        List.of(first, second).forEach(
                each -> assertThat(crm().value(crm().opportunity(each))).as(each).isNotEqualByComparingTo("8200"));

        crm().api().patch("/sandbox/opportunities/" + first, identifier(null));
        world().operations().retryParked(referralId);
        world().eventually(() -> assertThat(world().referral(referralId)).containsEntry("externalReferenceId", second));
        world().settle();
        assertThat(world().parked()).noneMatch(line -> line.contains(referralId));
        world().andAgainNothingHappens();
    }
}
