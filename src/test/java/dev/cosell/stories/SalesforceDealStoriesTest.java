package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The stories of deals that began in the CRM, lived through with Salesforce. */
@InWorld("salesforce")
class SalesforceDealStoriesTest extends DealStories {
    @Override
    protected String addSolutionRow(String crmId, Map<String, Object> solution) {
        Map<String, Object> row = Map.of("Solution_Id__c", solution.get("id"), "Name", solution.get("name"),
                "Opportunity__c", crmId);
        return (String) ((SalesforceDriver) crm())
                .asApplication("POST", "/services/data/v56.0/sobjects/Microsoft_Solution__c", row).get("id");
    }

    @Override
    protected void deleteSolutionRow(String rowId) {
        ((SalesforceDriver) crm()).asApplication("DELETE",
                "/services/data/v56.0/sobjects/Microsoft_Solution__c/" + rowId, null);
    }

    @Override
    protected void writeSolutionId(String rowId, String solutionId) {
        ((SalesforceDriver) crm()).asApplication("PATCH",
                "/services/data/v56.0/sobjects/Microsoft_Solution__c/" + rowId, Map.of("Solution_Id__c", solutionId));
    }

    @Override
    protected Map<String, Object> hidden() {
        return Map.of("Referral_Visibility__c", "Private");
    }

    @Override
    protected Map<String, Object> withoutHelp() {
        return SalesforceDriver.nothing("How_can_Microsoft_help__c");
    }

    @Override
    protected Map<String, Object> account(String name) {
        return Map.of("account", Map.of("Name", name));
    }

    @Override
    protected Map<String, Object> contact() {
        return Map.of("contact", Map.of("FirstName", "Moira", "LastName", "Kerr", "Email", "m.kerr@northshore.example",
                "Phone", "+44 131 4960000"));
    }

    /** It was taken away in Partner Center. */
    @Test
    void a_solution_that_salesforce_shows_on_a_second_page_stays_a_solution_of_the_deal() {
        String id = crm().newOpportunity(Map.of("solutions", List.of(FIRST, SECOND)));
        String referralId = (String) world().referralFor(id).get("id");
        crm().api().post("/sandbox/settings", Map.of("childPage", 1));
        try {
            change(id, Map.of("Amount", 91_000));
            world().eventually(() -> assertThat(world().valueOf(world().referral(referralId)))
                    .isEqualByComparingTo("91000"));
            world().partnerCenter().patch("/sandbox/deals/" + referralId,
                    Map.of("details", Map.of("dealValue", 92_000)));
            world().eventually(() -> assertThat(crm().value(crm().opportunity(id))).isEqualByComparingTo("92000"));
            world().settle();
            assertThat(solutionIds(referralId)).containsExactlyInAnyOrder("SOL-20011-KLM", "SOL-30022-ABC");
            assertThat(world().parked()).noneMatch(line -> line.contains(id));
            world().andAgainNothingHappens();
        } finally {
            crm().api().post("/sandbox/settings", Map.of("childPage", 2000));
        }
    }
}
