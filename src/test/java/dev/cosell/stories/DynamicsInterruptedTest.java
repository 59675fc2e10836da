package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The interrupted stories with Dynamics 365. */
@InWorld("dynamics")
class DynamicsInterruptedTest extends InterruptedStories {
    private static World world;

    @Override
    protected Map<String, Object> readCall() {
        return Map.of("method", "GET", "path", "/opportunities\\(");
    }

    @Override
    protected int readsBeforeTheWrite() {
        return 1;
    }

    @Override
    protected Map<String, Object> createCall() {
        return Map.of("method", "PATCH", "path", "/opportunities\\(");
    }

    @Override
    protected void editUnmapped(String crmId) {
        world.crm().api().patch("/sandbox/opportunities/" + crmId, Map.of("stepname", "2-Develop"));
    }

    private static void drop(String path, String when) {
        world.crm().api().post("/sandbox/faults", Map.of("method", "POST", "path", path, "drop", when));
    }

    private static Map<String, Object> stats() {
        return world.crm().api().get("/sandbox/stats");
    }

    @ParameterizedTest
    @ValueSource(strings = {"before", "after"})
    void a_close_whose_answer_is_lost_closes_the_opportunity_once(String when) {
        Deal deal = joined();
        world.crm().api().post("/sandbox/stats/reset", Map.of());
        drop("WinOpportunity", when);
        world.partnerCenter().patch("/sandbox/deals/" + deal.referralId(),
                Map.of("status", "Closed", "substatus", "Won"));

        world.eventually(() -> assertThat(world.crm().won(world.crm().opportunity(deal.crmId()))).isTrue());
        world.settle();
        assertThat(Api.map(stats().get("inside"))).as("asked for again only if nothing came of it")
                .containsEntry("POST /api/data/v9.2/WinOpportunity", when.equals("before") ? 2 : 1);
        assertThat(world.crm().audit(world.crm().opportunity(deal.crmId())).lines()
                .filter(line -> line.contains("Closed/Won"))).hasSize(1);
        assertThat(world.parked()).isEmpty();
        world.andAgainNothingHappens();
    }

    @ParameterizedTest
    @ValueSource(strings = {"before", "after"})
    void a_creation_whose_answer_is_lost_makes_one_account_and_one_opportunity(String when) {
        String customer = "Harbour " + when;
        drop("/accounts", when);
        String referralId = world.newDeal(Map.of("customerProfile",
                Map.of("name", customer, "address", Map.of("addressLine1", "1 Quay", "city", "Hull",
                        "postalCode", "HU1 1AA", "country", "GB"), "team",
                        List.of(Map.of("firstName", "Ada", "lastName", when, "email", when + "@example.org")))));

        Map<String, Object> opportunity = world.opportunityFor(referralId);
        assertThat(world.crm().accountName(opportunity)).isEqualTo(customer);
        world.settle();
        assertThat(world.crm().opportunitiesOf(referralId)).hasSize(1);
        assertThat(Api.list(((DynamicsDriver) world.crm())
                .asApplication("GET", "/api/data/v9.2/accounts?$select=name&$filter=name%20eq%20%27Harbour%20"
                        + when + "%27", null)
                .get("value"))).hasSize(1);
        world.andAgainNothingHappens();
    }

    @ParameterizedTest
    @ValueSource(strings = {"before", "after"})
    void solution_rows_whose_answer_is_lost_are_written_once_together_with_the_columns(String when) {
        Deal deal = joined();
        drop("/cosell_partnercentersolutions", when);
        Map<String, Object> details = new HashMap<>(Api.map(world.referral(deal.referralId()).get("details")));
        details.put("dealValue", 83_000);
        details.put("requirements", Map.of("solutions", List.of(Map.of("id", "SOL-77", "name", "Seventy-seven"),
                Map.of("id", "SOL-78", "name", "Seventy-eight"))));
        world.partnerCenter().patch("/sandbox/deals/" + deal.referralId(), Map.of("details", details));

        world.eventually(
                () -> assertThat(Api.list(world.crm().opportunity(deal.crmId()).get("cosell_opportunity_solutions")))
                        .extracting(row -> row.get("cosell_solutionid")).containsExactlyInAnyOrder("SOL-77", "SOL-78"));
        assertThat(world.crm().value(world.crm().opportunity(deal.crmId()))).as("with the rows, never before")
                .isEqualByComparingTo("83000");
        assertThat(world.parked()).isEmpty();
        world.andAgainNothingHappens();
    }
}
