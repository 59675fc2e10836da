package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rules and lists of one's own, lived through with Salesforce; the organisation has one currency only. */
@InWorld(openedBy = "open")
class SalesforcePartyTest extends PartyStories {
    private static World world;

    static World open() {
        return new World(
                Map.of("salesforce.account-match", "Name + BillingCity", "salesforce.contact-match", "Email + LastName",
                        "salesforce.currency", "EUR"),
                drifted("mapping-salesforce.camel.yaml", "General or other", "Quotes or licensing", "Licence desk"),
                ready -> ready.crm().api().post("/sandbox/settings", Map.of("multiCurrency", false)), "salesforce");
    }

    @Override
    protected OddRecords odd() {
        return new SalesforceOddRecords((SalesforceDriver) crm());
    }

    @Override
    protected String currency() {
        return "EUR";
    }

    @Override
    protected Map<String, Object> unknownHelp() {
        return Map.of("How_can_Microsoft_help__c", "General or other");
    }

    @Override
    protected List<String> unknownChoice() {
        return List.of("bad value for restricted picklist field: Licence desk", "correct the value map");
    }

    @Test
    void a_deal_of_an_organisation_with_one_currency_has_that_currency() {
        String id = crm().newOpportunity(Map.of());
        Map<String, Object> referral = world.referralFor(id);
        assertThat(Api.map(referral.get("details"))).containsEntry("currency", "EUR");
        crm().changeValue(id, 91500);
        world.eventually(() -> assertThat(world.valueOf(world.referral((String) referral.get("id"))))
                .isEqualByComparingTo("91500"));
        world.andAgainNothingHappens();
    }

    @Test
    void a_deal_in_another_currency_waits_until_it_has_the_one_of_the_organisation() {
        String referralId = newDeal(Map.of("details", Map.of("currency", "GBP")));
        parked(referralId, List.of("GBP", "EUR only", "salesforce.currency"));
        assertThat(crm().opportunitiesOf(referralId)).isEmpty();
        world.andAgainNothingHappens();

        world.partnerCenter().patch("/sandbox/deals/" + referralId, Map.of("details", Map.of("currency", "EUR")));
        String crmId = crm().id(world.opportunityFor(referralId));
        world.settle();
        world.partnerCenter().patch("/sandbox/deals/" + referralId,
                Map.of("details", Map.of("currency", "CHF", "dealValue", 92500)));
        parked(crmId, List.of("CHF", "EUR only"));
        world.eventually(() -> assertThat(crm().audit(crm().opportunity(crmId))).contains("CHF", "EUR only"));
        world.partnerCenter().patch("/sandbox/deals/" + referralId, Map.of("details", Map.of("currency", "EUR")));
        world.eventually(() -> assertThat(crm().value(crm().opportunity(crmId))).isEqualByComparingTo("92500"));
        world.andAgainNothingHappens();
        assertThat(world.parked()).noneMatch(line -> line.contains(crmId));
    }
}
