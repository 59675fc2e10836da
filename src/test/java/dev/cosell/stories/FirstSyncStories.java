package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** What happens in the days in which a first sync asks, beside what it asks about. */
@WithSettings({"first-sync=ask", "partner-center.sweep-interval=1s"})
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class FirstSyncStories extends Stories {
    private static final String NOWHERE = "Nowhere";

    private BackfillJob jobs() {
        return new BackfillJob(world());
    }

    private Map<String, Object> backfill(String source, boolean dryRun) {
        return jobs().rested(jobs().act("/api/backfill", Map.of("source", source, "dryRun", dryRun)));
    }

    private List<Map<String, Object>> faulty(Map<String, Object> job) {
        return jobs().records(job, "faulty");
    }

    /** The values that were at fault stayed for a year, though nothing of the record was known. */
    @Test
    @Order(1)
    void what_a_dry_run_quoted_of_a_record_that_is_not_joined_could_not_be_forgotten() {
        String id = crm().newOpportunity(crm().country(NOWHERE));
        String other = crm().newOpportunity(crm().country(NOWHERE));
        world().settle();
        Map<String, Object> counted = backfill(crm().name(), true);
        assertThat(faulty(counted)).hasSize(2).allSatisfy(record ->
                assertThat(record.get("reason").toString()).contains(NOWHERE));

        assertThat(world().operations().forget(id)).isEqualTo("Forgotten what was kept of the people of " + id);
        assertThat(faulty(counted)).anySatisfy(record -> assertThat(record).containsEntry("id", id)
                .containsEntry("reason", null)).anySatisfy(record -> assertThat(record).containsEntry("id", other)
                .extractingByKey("reason").asString().contains(NOWHERE));
        assertThat(world().auditTrail(id)).singleElement().asString().contains("forgotten");
        assertThat(world().operations().forget(id)).as("a second time").startsWith("Forgotten");
        assertThat(world().operations().forget(id + "x")).contains("Nothing is known");
        world().andAgainNothingHappens();
    }

    /** It was said that what is joined is synced live; the answer came when Partner Center was let go, days later. */
    @Test
    @Order(2)
    void microsofts_answer_to_a_deal_that_is_joined_did_not_arrive_before_partner_center_was_let_go() {
        Map<String, Object> counted = backfill(crm().name(), false);
        jobs().rested(jobs().act("/api/backfill/" + counted.get("id") + "/go", Map.of()));
        String id = crm().newOpportunity(crm().askForHelp());
        String referralId = (String) world().referralFor(id).get("id");
        String unknown = world().newDeal(Map.of("name", "Nobody has counted it"));
        world().settle();

        world().partnerCenter().post("/sandbox/microsoft/" + referralId + "/accept", Map.of("msxId", "7-EARLY"));
        world().eventually(() -> assertThat(crm().audit(crm().opportunity(id))).contains("Microsoft accepted the deal",
                "7-EARLY"));
        assertThat(crm().opportunitiesOf(unknown)).as("Partner Center still asks").isEmpty();
        world().andAgainNothingHappens();
    }
}
