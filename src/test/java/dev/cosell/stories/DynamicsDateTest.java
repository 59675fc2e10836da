package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Days in columns that hold moments, lived through with Dynamics 365. The mapping comes to name them while the application runs. */
class DynamicsDateTest extends DateStories {
    private static final String API = "/api/data/v9.2/";
    private static final int BERLIN = 110;

    @TempDir
    static Path routes;
    private static World world;

    @BeforeAll
    static void start() {
        world = new World(Map.of(), routes(routes), DynamicsDateTest::prepare, "dynamics");
        remap(routes.resolve("mapping-dynamics.camel.yaml"), "estimatedclosedate",
                "contoso_closing | details.closingDateTime | date | create, update | create, update | crm wins",
                "contoso_deadline | details.closingDateTime | date | create, update | - | partner-center wins");
        new DynamicsDateTest().inForce();
    }

    private static void prepare(World world) {
        DynamicsDriver dynamics = (DynamicsDriver) world.crm();
        dynamics.asApplication("POST", API + "EntityDefinitions(LogicalName='opportunity')/Attributes", column("contoso_Closing", "UserLocal"));
        dynamics.asApplication("POST", API + "EntityDefinitions(LogicalName='opportunity')/Attributes", column("contoso_Deadline", "TimeZoneIndependent"));
        Object user = dynamics.asApplication("GET", API + "WhoAmI", null).get("UserId");
        dynamics.asApplication("PATCH", API + "usersettingscollection(" + user + ")", Map.of("timezonecode", BERLIN));
    }

    private static Map<String, Object> column(String name, String behaviour) {
        return Map.of("@odata.type", "Microsoft.Dynamics.CRM.DateTimeAttributeMetadata", "AttributeType", "DateTime", "SchemaName", name, "Format",
                "DateOnly", "DateTimeBehavior", Map.of("Value", behaviour));
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Override
    protected World world() {
        return world;
    }

    @Override
    protected String field() {
        return "contoso_closing";
    }

    @Override
    protected String shown(String moment) {
        return moment;
    }

    @Override
    protected Map<String, Object> askedForFields() {
        return Map.of("path", "/EntityDefinitions");
    }

    @Test
    void days_and_times_without_a_zone_are_not_converted() {
        String crmId = joined(dealOf("2027-09-30T00:00:00Z"));
        assertThat(kept(crmId, "estimatedclosedate")).isEqualTo("2027-09-30");
        assertThat(kept(crmId, "contoso_deadline")).isEqualTo("2027-09-30T00:00:00Z");
        world.andAgainNothingHappens();
    }
}
