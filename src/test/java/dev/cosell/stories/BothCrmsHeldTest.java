package dev.cosell.stories;

import static dev.cosell.stories.Api.map;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Moves that wait for approval in two CRMs at once. */
@InWorld(value = {"salesforce", "dynamics"}, settings = {"sync.due-interval=200ms",
        "partner-center.irreversible=after approval"})
class BothCrmsHeldTest {
    private static final String SHARE = "consentToShareReferralWithMicrosoftSellers";
    private static World world;

    private static List<String> audits(Map<CrmDriver, String> deal) {
        return deal.entrySet().stream().map(each -> each.getKey().audit(each.getKey().opportunity(each.getValue())))
                .toList();
    }

    /** The seller of one CRM read that it was cancelled and that nothing was sent, because the other had sent it. */
    @Test
    void showing_a_deal_that_was_wanted_in_both_was_told_as_cancelled_in_one() {
        String referralId = world.newDeal(Map.of("consent", Map.of(SHARE, false)));
        Map<CrmDriver, String> deal = new LinkedHashMap<>();
        List.of(world.crm("salesforce"), world.crm("dynamics"))
                .forEach(crm -> deal.put(crm, crm.id(world.opportunityFor(crm, referralId))));
        world.settle();
        deal.forEach((crm, id) -> crm.api().patch("/sandbox/opportunities/" + id, crm.visibleToMicrosoft()));
        world.eventually(() -> assertThat(audits(deal)).allMatch(
                audit -> audit.contains("Showing the deal to Microsoft's sellers waits for approval")));
        world.settle();
        assertThat(map(world.referral(referralId).get("consent"))).containsEntry(SHARE, false);

        world.operations().approve(referralId);
        world.eventually(() -> assertThat(map(world.referral(referralId).get("consent"))).containsEntry(SHARE, true));
        world.eventually(() -> assertThat(world.operations().getHeld()).isEmpty());
        world.settle();
        assertThat(audits(deal)).noneMatch(audit -> audit.contains("cancelled"));
        assertThat(audits(deal)).as("one has sent it").filteredOn(audit -> audit.contains(
                "Showing the deal to Microsoft's sellers is done already, so it waits no longer")).hasSize(1);
        world.andAgainNothingHappens();
    }
}
