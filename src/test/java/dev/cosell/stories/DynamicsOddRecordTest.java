package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Odd records, lived through with Dynamics 365. */
@InWorld("dynamics")
class DynamicsOddRecordTest extends OddRecordStories {
    @Override
    protected OddRecords odd() {
        return new DynamicsOddRecords((DynamicsDriver) crm());
    }

    private Map<String, Object> customerOf(String id, Map<String, Object> instead) {
        DynamicsDriver dynamics = (DynamicsDriver) crm();
        dynamics.asApplication("PATCH", "/api/data/v9.2/opportunities(" + id + ")", instead);
        dynamics.api().patch("/sandbox/opportunities/" + id, dynamics.shared(true));
        return Api.map(world().referralFor(id).get("customerProfile"));
    }

    private static Map<String, Object> binding(String none, String navigation, Object target) {
        Map<String, Object> body = new HashMap<>();
        body.put(none + "@odata.bind", null);
        body.put(navigation + "@odata.bind", target);
        return body;
    }

    /**
     * Dynamics 365 keeps the customer in two places, and other programs often fill only the one that may be an account
     * or a contact.
     */
    @Test
    void an_account_or_a_contact_that_is_only_the_potential_customer_is_the_customer() {
        String ofAccount = crm().newOpportunity(crm().shared(false));
        String account = crm().accountName(crm().opportunity(ofAccount));
        Map<String, Object> customer = customerOf(ofAccount, binding("parentaccountid", "customerid_account",
                "/accounts(" + crm().accountId(crm().opportunity(ofAccount)) + ")"));
        assertThat(customer).containsEntry("name", account);

        String ofContact = crm().newOpportunity(crm().shared(false));
        Object contact = crm().opportunity(ofContact).get("_parentcontactid_value");
        Map<String, Object> person = customerOf(ofContact,
                binding("parentcontactid", "customerid_contact", "/contacts(" + contact + ")"));
        assertThat(Api.list(person.get("team"))).singleElement()
                .satisfies(member -> assertThat(member.get("email")).isNotNull());
        world().andAgainNothingHappens();
    }

    @Override
    protected void delete(String crmId) {
        new DynamicsOddRecords((DynamicsDriver) crm()).remember(crmId);
        crm().api().delete("/sandbox/opportunities/" + crmId);
    }
}
