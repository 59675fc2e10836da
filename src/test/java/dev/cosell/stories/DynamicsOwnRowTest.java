package dev.cosell.stories;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** Rows of a customer's own, lived through with Dynamics 365. */
@InWorld(openedBy = "open")
class DynamicsOwnRowTest extends OwnRowStories {
    private static final Names NAMES = new Names("contoso_engagement", "contoso_short", "contoso_status",
            "salutation");

    @TempDir
    static Path routes;

    static World open() {
        return open(routes, "dynamics", "solutions", "transactioncurrencyid", "jobtitle", NAMES,
                DynamicsOwnRowTest::prepare);
    }

    private static void prepare(World world) {
        List.of(NAMES.engagement(), NAMES.shortEngagement(), NAMES.status()).forEach(name ->
                ((DynamicsDriver) world.crm()).asApplication("POST",
                        "/api/data/v9.2/EntityDefinitions(LogicalName='opportunity')/Attributes",
                        Map.of("@odata.type", "Microsoft.Dynamics.CRM.StringAttributeMetadata", "AttributeType",
                                "String", "SchemaName", name, "MaxLength", 100)));
    }

    @Override
    protected Names names() {
        return NAMES;
    }

    @Override
    protected Map<String, Object> contact(Map<String, Object> opportunity) {
        return Api.map(opportunity.get("parentcontactid"));
    }
}
