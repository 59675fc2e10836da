package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.ShippedRoutes;
import dev.cosell.TemporaryFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An org that has switched on state and country picklists: the seller chooses a country by its name. */
@InWorld(openedBy = "open")
class SalesforceCountryPicklistTest extends Stories {
    private static final Map<String, Object> CUSTOMER = Map.of("Name", "Listed Retail", "BillingCountry",
            "United Kingdom");
    private static World world;
    private static Path routes;

    static World open() {
        routes = ShippedRoutes.copyTo(TemporaryFolder.named("cosell-routes"));
        return new World(Map.of(), routes,
                ready -> ready.crm().api().post("/sandbox/settings", Map.of("countryPicklists", true)), "salesforce");
    }

    /** The advice was to write GB, which nobody can who chooses from a list, or to correct a converter. */
    @Test
    void a_customer_of_either_side_waits_until_the_code_is_mapped_as_the_advice_says() throws IOException {
        String crmId = crm().newOpportunity(Map.of("account", CUSTOMER));
        String referralId = world.newDeal(Map.of());
        parked(crmId, "BillingCountry", "Write GB instead", "map the field of its code");
        parked(referralId, "FIELD_INTEGRITY_EXCEPTION", "map BillingCountryCode in place of BillingCountry");
        assertThat(crm().opportunitiesOf(referralId)).isEmpty();

        Path mapping = routes.resolve("mapping-salesforce.camel.yaml");
        Files.writeString(mapping, Files.readString(mapping).replace("BillingCountry     |", "BillingCountryCode |"));
        world.restart();
        List.of(crmId, referralId).forEach(world.operations()::retryParked);

        Map<String, Object> customer = Api.map(world.referralFor(crmId).get("customerProfile"));
        assertThat(Api.map(customer.get("address"))).containsEntry("country", "GB");
        assertThat(Api.map(world.opportunityFor(referralId).get("account"))).containsEntry("BillingCountry",
                "United Kingdom");
        world.andAgainNothingHappens();
        assertThat(world.parked()).isEmpty();
    }

    private static void parked(String recordId, String... words) {
        world.eventually(() -> assertThat(world.parked())
                .anySatisfy(line -> assertThat(line).contains(recordId).contains(words)));
    }
}
