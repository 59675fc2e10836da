package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Any part of a referral may be null. Nothing is wrong with such a deal, but a change within the part may be refused. */
abstract class MissingPartStories extends Stories {
    private static final Map<String, Object> WITHOUT_CONSENT = Collections.singletonMap("consent", null);
    private static final Map<String, Object> WITHOUT_DETAILS = Collections.singletonMap("details", null);
    private static final Map<String, Object> WITHOUT_REQUIREMENTS =
            Map.of("details", Collections.singletonMap("requirements", null));

    private record Deal(String referralId, String crmId) {}

    private Deal joined(Map<String, Object> fields) {
        String referralId = world().newDeal(fields);
        String crmId = crm().id(world().opportunityFor(referralId));
        world().eventually(() -> assertThat(world().referral(referralId)).containsEntry("externalReferenceId", crmId));
        world().settle();
        return new Deal(referralId, crmId);
    }

    private void loses(Deal deal, Map<String, Object> part) {
        world().partnerCenter().patch("/sandbox/deals/" + deal.referralId, part);
        world().settle();
    }

    private void change(Deal deal, Map<String, Object> fields) {
        crm().api().patch("/sandbox/opportunities/" + deal.crmId, fields);
    }

    private String audit(Deal deal) {
        return crm().audit(crm().opportunity(deal.crmId));
    }

    private void isToldOnceAndNotParked(Deal deal, String part) {
        String sentence = "Partner Center shows no \"" + part + "\" of this deal";
        world().eventually(() -> assertThat(audit(deal)).contains(sentence));
        String told = audit(deal);
        world().andAgainNothingHappens();
        assertThat(audit(deal)).isEqualTo(told);
        assertThat(world().auditTrail(deal.referralId)).filteredOn(line -> line.contains(sentence)).hasSize(1);
        assertThat(world().parked()).noneMatch(line -> line.contains(deal.crmId));
    }

    private void goesOn(Deal deal, int value) {
        crm().changeValue(deal.crmId, value);
        world().eventually(() -> assertThat(world().valueOf(world().referral(deal.referralId)))
                .isEqualByComparingTo(String.valueOf(value)));
        world().andAgainNothingHappens();
    }

    @Test
    void a_new_deal_without_consents_and_requirements_becomes_an_opportunity() {
        Map<String, Object> fields = new LinkedHashMap<>(WITHOUT_CONSENT);
        fields.putAll(WITHOUT_REQUIREMENTS);
        Deal deal = joined(fields);
        assertThat(world().referral(deal.referralId)).containsEntry("consent", null);
        goesOn(deal, 61000);
        assertThat(world().parked()).noneMatch(line -> line.contains(deal.crmId));
    }

    /** It was parked in Partner Center's words (CS-314). */
    @Test
    void a_deal_without_consents_was_parked_when_its_seller_wanted_it_shared_with_microsoft() {
        Deal deal = joined(WITHOUT_CONSENT);
        change(deal, crm().visibleToMicrosoft());
        isToldOnceAndNotParked(deal, "consent");
        goesOn(deal, 62000);
    }

    /** Nobody says whether Partner Center makes a part when a field of it is written. */
    @Test
    void a_part_that_partner_center_makes_itself_takes_the_change() {
        world().partnerCenter().post("/sandbox/settings", Map.of("makeNullParts", true));
        try {
            Deal deal = joined(WITHOUT_CONSENT);
            change(deal, crm().visibleToMicrosoft());
            world().eventually(() -> assertThat(Api.map(world().referral(deal.referralId).get("consent")))
                    .containsEntry("consentToShareReferralWithMicrosoftSellers", true));
            loses(deal, WITHOUT_DETAILS);
            crm().changeValue(deal.crmId, 66000);
            world().eventually(() -> assertThat(world().referral(deal.referralId).get("details")).isNotNull());
            goesOn(deal, 66500);
            assertThat(audit(deal)).doesNotContain("Partner Center shows no");
        } finally {
            world().partnerCenter().post("/sandbox/settings", Map.of("makeNullParts", false));
        }
    }

    @Test
    void a_deal_without_consents_was_parked_when_help_was_asked_for() {
        Deal deal = joined(WITHOUT_CONSENT);
        change(deal, crm().askForHelp());
        isToldOnceAndNotParked(deal, "consent");
        goesOn(deal, 63000);
    }

    @Test
    void a_linked_deal_was_parked_when_an_amount_changed_after_it_had_lost_its_details() {
        Deal deal = joined(Map.of());
        loses(deal, WITHOUT_DETAILS);
        crm().changeValue(deal.crmId, 64000);
        isToldOnceAndNotParked(deal, "details");
        assertThat(crm().value(crm().opportunity(deal.crmId))).isEqualByComparingTo("64000");
    }

    @Test
    void a_linked_deal_was_parked_when_a_solution_was_added_after_it_had_lost_its_requirements() {
        Deal deal = joined(Map.of());
        loses(deal, WITHOUT_REQUIREMENTS);
        change(deal, Map.of("solutions", List.of(Map.of("id", "SOL-30022-ABC", "name", "Dock Planner"))));
        isToldOnceAndNotParked(deal, "details.requirements");
        goesOn(deal, 65000);
    }
}
