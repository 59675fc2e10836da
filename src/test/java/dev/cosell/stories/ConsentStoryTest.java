package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.ShippedRoutes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mapping with a row for the customer's consent. */
@InWorld(openedBy = "open")
class ConsentStoryTest {
    @TempDir
    static Path routes;

    private static World world;

    static World open() throws IOException {
        Path mapping = ShippedRoutes.copyTo(routes).resolve("mapping-salesforce.camel.yaml");
        Files.writeString(mapping, Files.readString(mapping).replaceFirst("(?m)^ {10}Description ",
                "          NextStep | consent.consentToContact | flag | - | create | crm wins\n$0"));
        return new World(Map.of(), routes, "salesforce");
    }

    /** Partner Center was told that the people may be contacted, whatever the CRM said. */
    @Test
    void a_deal_whose_people_may_not_be_contacted_waits_for_their_consent() {
        String id = world.crm().newOpportunity(Map.of("NextStep", "false"));
        world.eventually(() -> assertThat(world.crm().audit(world.crm().opportunity(id))).contains(
                "The consent to contact the people on the deal is not given (NextStep): ask for it and enter it there",
                "(CS-301)"));
        world.settle();
        assertThat(world.referralsNaming(id)).isEmpty();

        world.crm().api().patch("/sandbox/opportunities/" + id, Map.of("NextStep", "true"));
        assertThat(Api.map(world.referralFor(id).get("consent"))).containsEntry("consentToContact", true)
                .containsEntry("consentToToShareInfoWithOthers", true);
        world.andAgainNothingHappens();
    }
}
