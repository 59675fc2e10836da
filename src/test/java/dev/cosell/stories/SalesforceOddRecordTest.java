package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Odd records, lived through with Salesforce. */
@InWorld("salesforce")
class SalesforceOddRecordTest extends OddRecordStories {
    private static World world;

    @Override
    protected OddRecords odd() {
        return new SalesforceOddRecords((SalesforceDriver) crm());
    }

    @Override
    protected void delete(String crmId) {
        crm().api().delete("/sandbox/opportunities/" + crmId);
    }

    /** Field-level security hides a field so completely that no opportunity can be read with it. */
    @Test
    void a_field_that_the_user_may_not_see_parks_what_is_looked_at_with_the_fields_name() {
        String referralId = world.newDeal(Map.of());
        String crmId = crm().id(world.opportunityFor(referralId));
        world.settle();
        crm().api().post("/sandbox/settings", Map.of("hiddenFields", List.of("Opportunity.Loss_Reason__c")));
        try {
            world.partnerCenter().patch("/sandbox/deals/" + referralId, Map.of("details", Map.of("dealValue", 81000)));
            world.eventually(() -> assertThat(world.parked())
                    .anySatisfy(line -> assertThat(line).contains(crmId).contains("No such column 'Loss_Reason__c'",
                            "Create the field, give the integration user access to it")));
        } finally {
            crm().api().post("/sandbox/settings", Map.of("hiddenFields", List.of()));
        }
        world.operations().retryAllParked();
        world.eventually(() -> assertThat(crm().value(crm().opportunity(crmId))).isEqualByComparingTo("81000"));
        world.andAgainNothingHappens();
    }

    /** Salesforce names the trigger then, and the lock in its words only: the deal was parked. */
    @Test
    void a_row_that_a_trigger_found_locked_for_a_moment_parks_nothing() {
        String referralId = world.newDeal(Map.of());
        String crmId = crm().id(world.opportunityFor(referralId));
        world.settle();
        crm().api().post("/sandbox/settings", Map.of("failWrites", Map.of("errorCode",
                "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", "message",
                "AccountTotals: execution of AfterUpdate caused by: System.DmlException: Update failed. First exception "
                        + "on row 0 with id 0018d0000000001AAA; first error: UNABLE_TO_LOCK_ROW, unable to obtain "
                        + "exclusive access to this record or 1 records: 0018d0000000001AAA: []",
                "times", 1)));
        world.partnerCenter().patch("/sandbox/deals/" + referralId, Map.of("details", Map.of("dealValue", 85000)));

        world.eventually(() -> assertThat(crm().value(crm().opportunity(crmId))).isEqualByComparingTo("85000"));
        assertThat(world.parked()).noneMatch(line -> line.contains(crmId));
        assertThat(world.auditSituations(crmId)).as("nor was it before").doesNotContain("BROKEN_RULE");
        world.andAgainNothingHappens();
    }

    /** Of two writers of a new key Salesforce cannot name to the second what the first has not committed yet. */
    @Test
    void a_creation_that_met_another_one_under_way_parks_nothing_and_makes_nothing_twice() {
        crm().api().post("/sandbox/settings", Map.of("failWrites", Map.of("errorCode", "DUPLICATE_VALUE", "message",
                "duplicate value found: <unknown> duplicates value on record with id: <unknown>", "times", 2)));
        String referralId = world.newDeal(Map.of());

        String crmId = crm().id(world.opportunityFor(referralId));
        world.eventually(() -> assertThat(world.referral(referralId)).containsEntry("externalReferenceId", crmId));
        world.andAgainNothingHappens();
        assertThat(crm().opportunitiesOf(referralId)).hasSize(1);
        assertThat(world.parked()).noneMatch(line -> line.contains(referralId));
        assertThat(world.auditSituations(referralId)).doesNotContain("BROKEN_RULE");
    }
}
