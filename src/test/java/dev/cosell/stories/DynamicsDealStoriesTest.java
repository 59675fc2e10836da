package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The stories of deals that began in the CRM, lived through with Dynamics 365. */
@InWorld("dynamics")
class DynamicsDealStoriesTest extends DealStories {
    @Override
    protected String addSolutionRow(String crmId, Map<String, Object> solution) {
        Map<String, Object> row = Map.of("cosell_solutionid", solution.get("id"), "cosell_name", solution.get("name"),
                "cosell_OpportunityId@odata.bind", "/opportunities(" + crmId + ")");
        return (String) ((DynamicsDriver) crm()).created("/api/data/v9.2/cosell_partnercentersolutions", row)
                .get("cosell_partnercentersolutionid");
    }

    @Override
    protected void deleteSolutionRow(String rowId) {
        ((DynamicsDriver) crm()).asApplication("DELETE", "/api/data/v9.2/cosell_partnercentersolutions(" + rowId + ")",
                null);
    }

    @Override
    protected void writeSolutionId(String rowId, String solutionId) {
        ((DynamicsDriver) crm()).asApplication("PATCH", "/api/data/v9.2/cosell_partnercentersolutions(" + rowId + ")",
                Map.of("cosell_solutionid", solutionId));
    }

    private void state(String rowId, int state) {
        ((DynamicsDriver) crm()).asApplication("PATCH", "/api/data/v9.2/cosell_partnercentersolutions(" + rowId + ")",
                Map.of("statecode", state));
    }

    /** Sellers of many organisations may deactivate and not delete; the row went on counting. */
    @Test
    void a_solution_row_that_is_deactivated_counts_no_more_and_counts_again_when_it_is_active() {
        String id = crm().newOpportunity(Map.of("solutions", List.of(FIRST)));
        String referralId = (String) world().referralFor(id).get("id");
        String row = addSolutionRow(id, SECOND);
        world().eventually(() -> assertThat(solutionIds(referralId)).hasSize(2));
        world().settle();
        state(row, 1);
        world().eventually(() -> assertThat(solutionIds(referralId)).containsExactly("SOL-20011-KLM"));
        world().andAgainNothingHappens();

        state(row, 0);
        world().eventually(() -> assertThat(solutionIds(referralId)).hasSize(2));
        world().andAgainNothingHappens();
    }

    @Override
    protected Map<String, Object> hidden() {
        return Map.of("cosell_referralvisibility", 727000000);
    }

    @Override
    protected Map<String, Object> withoutHelp() {
        return SalesforceDriver.nothing("cosell_howcanmicrosofthelp");
    }

    @Override
    protected Map<String, Object> account(String name) {
        Object id = ((DynamicsDriver) crm()).created("/api/data/v9.2/accounts", Map.of("name", name)).get("accountid");
        return Map.of("parentaccountid@odata.bind", "/accounts(" + id + ")");
    }

    @Override
    protected Map<String, Object> contact() {
        Map<String, Object> person = Map.of("firstname", "Moira", "lastname", "Kerr", "emailaddress1",
                "m.kerr@northshore.example", "telephone1",
                "+44 131 4960000");
        Object id = ((DynamicsDriver) crm()).created("/api/data/v9.2/contacts", person).get("contactid");
        return Map.of("parentcontactid@odata.bind", "/contacts(" + id + ")");
    }
}
