package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A referral named the wrong opportunity, and somebody corrects it in Partner Center. The opportunity that was parked
 * for it was looked at only when an operator asked for it.
 */
@WithSettings({"sync.due-interval=200ms", "partner-center.sweep-interval=1s"})
abstract class CorrectedNameStories extends Stories {
    private String made(boolean shared, Map<String, Object> fields) {
        Map<String, Object> all = new HashMap<>(fields);
        all.putAll(crm().shared(shared));
        return crm().newOpportunity(all);
    }

    private Map<String, Object> identifier(String text) {
        return Map.of(crm().field(CrmField.REFERRAL_IDENTIFIER), text);
    }

    private void share(String crmId) {
        crm().api().patch("/sandbox/opportunities/" + crmId, crm().shared(true));
    }

    private String naming(String crmId) {
        return world().newDeal(Map.of("externalReferenceId", crmId));
    }

    private void correct(String referralId, String named) {
        world().partnerCenter().patch("/sandbox/deals/" + referralId, Map.of("externalReferenceId", named));
    }

    private void joined(String crmId, String referralId) {
        world().eventually(() -> assertThat(world().auditTrail(crmId)).as("audit of " + crmId)
                .anySatisfy(line -> assertThat(line).contains("Joined with referral " + referralId)));
    }

    private void parked(String recordId, String... words) {
        world().eventually(() -> assertThat(world().parked())
                .anySatisfy(line -> assertThat(line).contains(recordId).contains(words)));
    }

    private void notParked(String recordId) {
        world().eventually(() -> assertThat(world().parked())
                .noneSatisfy(line -> assertThat(line).contains(recordId)));
    }

    @Test
    void the_opportunity_that_was_named_by_mistake_becomes_a_deal_of_its_own_by_itself() {
        String named = made(false, Map.of());
        String referralId = naming(named);
        String identified = made(true, identifier(referralId));
        joined(identified, referralId);
        share(named);
        parked(named, identified, "correct the CRM id of referral " + referralId);
        world().settle();

        correct(referralId, identified);
        assertThat(world().referralFor(named).get("id")).isNotEqualTo(referralId);
        notParked(named);
        world().andAgainNothingHappens();
        assertThat(world().referral(referralId)).containsEntry("externalReferenceId", identified);
    }

    @ParameterizedTest(name = "the second has ended: {0}")
    @ValueSource(booleans = {false, true})
    void of_two_referrals_that_named_an_opportunity_the_other_is_joined_when_one_goes_away(boolean ended) {
        String crmId = made(false, Map.of());
        String first = naming(crmId);
        String second = naming(crmId);
        world().settle();
        share(crmId);
        parked(crmId, "several referrals", first, second);
        world().settle();

        if (ended) {
            world().partnerCenter().patch("/sandbox/deals/" + second,
                    Map.of("status", "Closed", "substatus", "Declined"));
        } else {
            correct(second, "PO-4711");
        }
        joined(crmId, first);
        notParked(crmId);
        world().andAgainNothingHappens();
        assertThat(crm().opportunitiesOf(first)).hasSize(1);
        assertThat(crm().opportunitiesOf(second)).hasSize(ended ? 0 : 1);
    }

    /** Nobody was asked any more what the opportunity's own identifier means. */
    @ParameterizedTest(name = "the right one has the sync on: {0}")
    @ValueSource(booleans = {true, false})
    void an_opportunity_that_a_parked_referral_names_no_longer_is_parked_for_its_own_reason(boolean shared) {
        String wrong = made(true, identifier(UUID.randomUUID().toString()));
        parked(wrong, "Partner Center shows no referral");
        String referralId = naming(wrong);
        parked(referralId, "names opportunity " + wrong);
        world().pausePolls(crm());
        String right = made(shared, Map.of());
        correct(referralId, right);
        if (shared) {
            joined(right, referralId);
        }
        parked(wrong, "Partner Center shows no referral");
        notParked(referralId);
        world().resumePolls(crm());
        world().andAgainNothingHappens();
        parked(wrong, "Partner Center shows no referral");
        assertThat(crm().opportunitiesOf(referralId)).hasSize(shared ? 1 : 0);
    }
}
