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
}
