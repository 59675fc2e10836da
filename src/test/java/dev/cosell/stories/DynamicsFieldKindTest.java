package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Moments and HTML, lived through with Dynamics 365. The mapping comes to name the columns while the application runs.
 */
@InWorld(openedBy = "open")
class DynamicsFieldKindTest extends FieldKindStories {
    private static final String API = "/api/data/v9.2/";
    private static final int BERLIN = 110;

    @TempDir
    static Path routes;

    static World open() {
        return new World(Map.of(), routes(routes), DynamicsFieldKindTest::prepare, "dynamics");
    }

    @BeforeAll
    static void name(World world) {
        remap(routes.resolve("mapping-dynamics.camel.yaml"), "estimatedclosedate", "description",
                "contoso_notes | details.notes | richText(2000) | create, update | create, update | newest wins",
                "contoso_closing | details.closingDateTime | date | create, update | create, update | crm wins",
                "contoso_deadline | details.closingDateTime | date | create, update | - | partner-center wins");
        inForce(world, "contoso_closing");
    }

    private static void prepare(World world) {
        DynamicsDriver dynamics = (DynamicsDriver) world.crm();
        dynamics.asApplication("POST", API + "EntityDefinitions(LogicalName='opportunity')/Attributes",
                column("contoso_Closing", "UserLocal"));
        dynamics.asApplication("POST", API + "EntityDefinitions(LogicalName='opportunity')/Attributes",
                column("contoso_Deadline", "TimeZoneIndependent"));
        dynamics.asApplication("POST", API + "EntityDefinitions(LogicalName='opportunity')/Attributes",
                Map.of("@odata.type",
                        "Microsoft.Dynamics.CRM.MemoAttributeMetadata", "AttributeType", "Memo", "SchemaName",
                        "contoso_Notes", "MaxLength", 2000, "FormatName",
                        Map.of("Value", "RichText")));
        Object user = dynamics.asApplication("GET", API + "WhoAmI", null).get("UserId");
        dynamics.asApplication("PATCH", API + "usersettingscollection(" + user + ")", Map.of("timezonecode", BERLIN));
    }

    private static Map<String, Object> column(String name, String behaviour) {
        return Map.of("@odata.type", "Microsoft.Dynamics.CRM.DateTimeAttributeMetadata", "AttributeType", "DateTime",
                "SchemaName", name, "Format",
                "DateOnly", "DateTimeBehavior", Map.of("Value", behaviour));
    }

    @Override
    protected String field() {
        return "contoso_closing";
    }

    @Override
    protected String richField() {
        return "contoso_notes";
    }

    @Override
    protected String sanitized(String html) {
        return html;
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
        world().andAgainNothingHappens();
    }
}
