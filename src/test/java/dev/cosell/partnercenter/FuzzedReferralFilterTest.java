package dev.cosell.partnercenter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.cosell.fuzz.Mutator;
import dev.cosell.sandbox.partnercenter.PartnerCenterClient;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whatever stands in a CRM id stays one literal of a filter, and the stand-in finds by it the referral that has it. */
class FuzzedReferralFilterTest {
    @Test
    void the_stand_in_finds_by_it_what_has_that_id_and_nothing_else() {
        int found = 0;
        try (PartnerCenterFixture fixture = new PartnerCenterFixture()) {
            Mutator texts = new Mutator(2, List.of("O'Neill & Sons", "100 % \"sure\"", "{3F5C2A10}", "a+b=c?d#e;f",
                    "' and direction eq 'Outgoing"));
            PartnerCenterClient client = fixture.client;
            while (texts.goesOn()) {
                String id = texts.next();
                Map<String, Object> made = client.deal("{\"externalReferenceId\":" + TextNode.valueOf(id) + "}");
                if (id.equals(client.control("GET", "deals/" + made.get("id"), null).json()
                        .get("externalReferenceId"))) {
                    assertThat(client.value(client.api("GET", "?$filter=externalReferenceId%20eq%20"
                            + Calls.literal(id), null))).as(id).isNotEmpty()
                            .allSatisfy(each -> assertThat(each).containsEntry("externalReferenceId", id))
                            .anySatisfy(each -> assertThat(each).containsEntry("id", made.get("id")));
                    found++;
                }
            }
        }
        assertThat(found).isPositive();
    }
}
