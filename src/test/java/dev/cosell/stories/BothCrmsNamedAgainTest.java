package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.settings.Key;
import dev.cosell.sync.books.Watermarks;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One of two CRMs is taken out of the settings and named again later. A sweep goes back hardly any time by itself. */
@InWorld(value = {"salesforce", "dynamics"}, settings = {"partner-center.sweep-interval=500ms",
        "partner-center.sweep-overlap=1ms"})
class BothCrmsNamedAgainTest {
    private static World world;

    private static CrmDriver salesforce() {
        return world.crm("salesforce");
    }

    private static CrmDriver dynamics() {
        return world.crm("dynamics");
    }

    private static void valueIn(CrmDriver crm, String id, String value) {
        world.eventually(
                () -> assertThat(crm.value(crm.opportunity(id))).as(crm.name()).isEqualByComparingTo(value));
    }

    private static Instant changed(String referralId) {
        return Instant.parse((String) world.referral(referralId).get("updatedDateTime"));
    }

    private static Instant swept() {
        return Instant.parse(world.camel().getRegistry().lookupByNameAndType("watermarks", Watermarks.class)
                .read("partner-center"));
    }

    /** The deal is in Salesforce, and the two know each other. */
    private static void joined(String referralId) {
        String id = salesforce().id(world.opportunityFor(salesforce(), referralId));
        world.eventually(() -> assertThat(world.referral(referralId)).containsEntry("externalReferenceId", id));
    }

    /** It got neither the edit nor the new deal before the next sweep of everything, a day later. */
    @Test
    void what_happens_while_a_crm_is_taken_out_arrives_when_it_is_named_again() {
        String edited = world.newDeal(Map.of());
        joined(edited);
        String inSalesforce = salesforce().id(world.opportunityFor(salesforce(), edited));
        String inDynamics = dynamics().id(world.opportunityFor(dynamics(), edited));
        world.firstReadsAreOver();

        world.restartWith(Map.of("crms", "salesforce"));
        world.partnerCenter().patch("/sandbox/deals/" + edited, Map.of("details", Map.of("dealValue", 31400)));
        valueIn(salesforce(), inSalesforce, "31400");
        String made = world.newDeal(Map.of());
        joined(made);
        joined(world.newDeal(Map.of()));
        world.eventually(() -> assertThat(swept()).isAfter(changed(edited).plusMillis(1))
                .isAfter(changed(made).plusMillis(1)));
        assertThat(dynamics().value(dynamics().opportunity(inDynamics))).isNotEqualByComparingTo("31400");

        world.restartWith(Map.of("crms", "salesforce,dynamics"));
        valueIn(dynamics(), inDynamics, "31400");
        world.opportunityFor(dynamics(), made);
        world.andAgainNothingHappens();
    }
    private static Map<String, Object> asked(String path, Map<String, Object> body) {
        Api page = new Api(world.settings().number(Key.MANAGEMENT_PORT));
        return Api.object(page.raw("POST", path, Api.bytes(body), Map.of("X-Requested-With", "test", "Content-Type",
                "application/json")).body());
    }

    private static List<Object> listed(String id) {
        return Api.list(asked("/api/deals/search", Map.of("text", id)).get("deals")).stream()
                .map(deal -> deal.get("crm")).toList();
    }

    /** The search without a CRM, and so the page, and the issues of a support bundle named deals that nobody syncs. */
    @Test
    void deals_of_a_crm_that_is_taken_out_were_listed_without_a_crm() {
        world.restartWith(Map.of("crms", "salesforce,dynamics"));
        String synced = world.newDeal(Map.of());
        joined(synced);
        world.opportunityFor(dynamics(), synced);
        String parked = world.newDeal(Map.of("details", Map.of("currency", "ZZZ")));
        world.eventually(() -> assertThat(world.parked()).filteredOn(line -> line.contains(parked)).hasSize(2));
        assertThat(listed(synced)).containsExactlyInAnyOrder("salesforce", "dynamics");

        world.restartWith(Map.of("crms", "salesforce"));
        List.of(synced, parked).forEach(id -> assertThat(listed(id)).containsExactly("salesforce"));
        Map<String, Object> bundle = asked("/api/support-bundle", Map.of());
        assertThat(Api.list(bundle.get("issues.json"))).filteredOn("referralId", parked)
                .extracting(issue -> issue.get("crm")).containsExactly("salesforce");

        world.restartWith(Map.of("crms", "salesforce,dynamics"));
        assertThat(listed(parked)).containsExactlyInAnyOrder("salesforce", "dynamics");
        world.andAgainNothingHappens();
    }
}
