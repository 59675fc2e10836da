package dev.cosell.stories;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Second claimants, lived through with Dynamics 365. */
class DynamicsSecondClaimantTest extends SecondClaimantStories {
    private static final String DATA = "/api/data/v9.2/";

    private World world;

    @BeforeEach
    void start() {
        world = new World("dynamics");
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Override
    protected World world() {
        return world;
    }

    private DynamicsDriver dynamics() {
        return (DynamicsDriver) crm();
    }

    @Override
    protected void allowTheSameIdentifierTwice() {
        String keys = DATA + "EntityDefinitions(LogicalName='opportunity')/Keys";
        Api.list(dynamics().asApplication("GET", keys, null).get("value")).forEach(key ->
                dynamics().asApplication("DELETE", keys + "(LogicalName='" + key.get("LogicalName") + "')", null));
    }

    @Override
    protected String copyOf(String crmId, Map<String, Object> fields) {
        Map<String, Object> original = crm().opportunity(crmId);
        Map<String, Object> copy = new HashMap<>();
        original.forEach((name, value) -> {
            if (name.startsWith("cosell_") && !name.contains("solution")) {
                copy.put(name, value);
            }
        });
        copy.put("name", original.get("name") + " (copy)");
        copy.put("estimatedvalue", original.get("estimatedvalue"));
        copy.put("estimatedclosedate", original.get("estimatedclosedate"));
        copy.put("transactioncurrencyid@odata.bind",
                "/transactioncurrencies(" + original.get("_transactioncurrencyid_value") + ")");
        copy.put("parentaccountid@odata.bind", "/accounts(" + original.get("_parentaccountid_value") + ")");
        copy.put("parentcontactid@odata.bind", "/contacts(" + original.get("_parentcontactid_value") + ")");
        copy.put("cosell_opportunity_solutions",
                Api.list(original.get("cosell_opportunity_solutions")).stream().map(solution -> Map.of(
                        "cosell_solutionid", solution.get("cosell_solutionid"), "cosell_name",
                        solution.get("cosell_name"))).toList());
        copy.putAll(fields);
        return (String) Api.object(crm().api().raw("POST", "/sandbox/seller/opportunities", Api.bytes(copy),
                Map.of("Prefer", "return=representation")).body()).get("opportunityid");
    }

    @Override
    protected Map<String, Object> identifier(String text) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("cosell_referralidentifier", text);
        return fields;
    }

    @Override
    protected Map<String, Object> microsoftsAnswer(String text) {
        return Map.of("cosell_microsoftcrmidentifier", text, "cosell_microsoftsellers", "Ms. Seller");
    }
}
