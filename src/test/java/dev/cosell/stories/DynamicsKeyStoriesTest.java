package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An environment with alternate keys of its own, beside the one on the Referral Identifier. */
@InWorld(value = "dynamics", settings = "leads=leads")
class DynamicsKeyStoriesTest extends Stories {
    private static final String API = "/api/data/v9.2/";

    private DynamicsDriver dynamics() {
        return (DynamicsDriver) crm();
    }

    private void key(String table, String name, String column) {
        String keys = API + "EntityDefinitions(LogicalName='" + table + "')/Keys";
        dynamics().asApplication("POST", keys, Map.of("SchemaName", name, "KeyAttributes", List.of(column)));
        world().eventually(() -> assertThat(Api.list(dynamics().asApplication("GET", keys, null).get("value")))
                .allSatisfy(key -> assertThat(key).containsEntry("EntityKeyIndexStatus", "Active")));
    }

    private void parked(String referralId, String... words) {
        world().eventually(() -> assertThat(world().parked())
                .anySatisfy(line -> assertThat(line).contains(referralId).contains(words)));
    }

    @Test
    void a_customer_whose_name_an_inactive_account_holds_is_parked_and_syncs_when_it_is_free() {
        key("account", "contoso_AccountName", "name");
        Object old = dynamics().created(API + "accounts", Map.of("name", "Held Works")).get("accountid");
        dynamics().asApplication("PATCH", API + "accounts(" + old + ")", Map.of("statecode", 1));
        String referralId = world().newDeal(Map.of("customerProfile", Map.of("name", "Held Works", "address",
                Map.of("addressLine1", "1 Quay", "city", "Leith", "postalCode", "EH6 6AA", "country", "GB"))));
        parked(referralId, "CS-615", "contoso_AccountName", "for name");
        assertThat(crm().opportunitiesOf(referralId)).isEmpty();
        world().andAgainNothingHappens();

        dynamics().asApplication("PATCH", API + "accounts(" + old + ")", Map.of("name", "Held Works (old)"));
        world().partnerCenter().patch("/sandbox/deals/" + referralId, Map.of("details", Map.of("dealValue", 51000)));
        assertThat(crm().accountName(world().opportunityFor(referralId))).isEqualTo("Held Works");
        world().andAgainNothingHappens();
    }

    @Test
    void a_lead_whose_address_another_lead_holds_is_parked_and_syncs_when_it_is_free() {
        key("lead", "contoso_LeadMail", "emailaddress1");
        LeadDriver leads = crm().leads();
        Object other = dynamics().created(API + "leads", Map.of("lastname", "Other", "subject", "Other",
                "emailaddress1", "held@lead.example")).get("leadid");
        String referralId = (String) world().partnerCenter().post("/sandbox/leads", Map.of("customerProfile",
                Map.of("name", "Lead Works", "address", Map.of("addressLine1", "1 Quay", "city", "Leith",
                        "postalCode", "EH6 6AA", "country", "GB"),
                        "team", List.of(Map.of("firstName", "Moira", "lastName", "Kerr", "email", "held@lead.example",
                                "phoneNumber", "+44 131 4960000")))))
                .get("id");
        parked(referralId, "CS-615", "contoso_LeadMail", "new lead for referral");
        assertThat(leads.of(referralId)).isEmpty();
        world().andAgainNothingHappens();

        leads.delete((String) other);
        world().partnerCenter().patch("/sandbox/deals/" + referralId,
                Map.of("details", Map.of("notes", "Once more.")));
        world().eventually(() -> assertThat(leads.of(referralId)).hasSize(1));
        world().andAgainNothingHappens();
    }
}
