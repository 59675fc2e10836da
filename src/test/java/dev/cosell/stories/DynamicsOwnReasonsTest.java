package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.ShippedRoutes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An environment whose administrator has added status reasons, of which the value map names some. */
@InWorld(openedBy = "open")
class DynamicsOwnReasonsTest extends Stories {
    private static final int SIGNED = 727000001;
    private static final int NO_BUDGET = 727000002;
    private static final int TOO_LATE = 727000003;

    @TempDir
    static Path routes;

    static World open() throws IOException {
        Path mapping = ShippedRoutes.copyTo(routes).resolve("mapping-dynamics.camel.yaml");
        Files.writeString(mapping, Files.readString(mapping)
                .replace("Closed/Won      = 1/3, 1/*", "Closed/Won      = 1/" + SIGNED + ", 1/*")
                .replace("Closed/Lost     = 2/4, 2/*", "Closed/Lost     = 2/" + NO_BUDGET + ", 2/*"));
        return new World(Map.of(), routes, DynamicsOwnReasonsTest::prepare, "dynamics");
    }

    private static void prepare(World world) {
        added(world, SIGNED, 1, "Signed");
        added(world, NO_BUDGET, 2, "No budget");
        added(world, TOO_LATE, 2, "Too late");
    }

    private static void added(World world, int value, int state, String label) {
        Map<String, Object> answer = ((DynamicsDriver) world.crm()).asApplication("POST",
                "/api/data/v9.2/InsertStatusValue", Map.of("EntityLogicalName", "opportunity", "AttributeLogicalName",
                        "statuscode", "Value", value, "StateCode", state, "Label",
                        Map.of("LocalizedLabels", List.of(Map.of("Label", label, "LanguageCode", 1033)))));
        assertThat(answer).containsEntry("NewOptionValue", value);
    }

    private String joined(String referralId) {
        String crmId = crm().id(world().opportunityFor(referralId));
        world().eventually(() -> assertThat(world().referral(referralId)).containsEntry("externalReferenceId", crmId));
        world().settle();
        return crmId;
    }

    @ParameterizedTest
    @CsvSource({"Won, 1, 727000001", "Lost, 2, 727000002"})
    void a_close_in_the_portal_closes_with_the_reason_that_the_value_map_names(String end, int state, int status) {
        String referralId = world().newDeal(Map.of());
        String crmId = joined(referralId);
        world().partnerCenter().patch("/sandbox/deals/" + referralId, Map.of("status", "Closed", "substatus", end));

        world().eventually(() -> assertThat(crm().opportunity(crmId)).containsEntry("statecode", state)
                .containsEntry("statuscode", status));
        world().andAgainNothingHappens();
        assertThat(world().parked()).isEmpty();
    }

    @Test
    void a_reason_that_the_value_map_does_not_name_is_one_of_its_state_and_stays() {
        String referralId = world().newDeal(Map.of());
        String crmId = joined(referralId);
        crm().api().post("/sandbox/opportunities/" + crmId + "/lose", Map.of("statuscode", TOO_LATE));

        world().eventually(() -> assertThat(world().referral(referralId)).containsEntry("status", "Closed")
                .containsEntry("substatus", "Lost"));
        world().andAgainNothingHappens();
        assertThat(crm().opportunity(crmId)).containsEntry("statuscode", TOO_LATE);
    }
}
