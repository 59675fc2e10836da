package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An import, a first start, a busy morning: two dozen deals at once of a customer whom the CRM does not know. */
class ManyDealsOfOneCustomerTest {
    private static final int DEALS = 24;
    private static final Duration LONG = Duration.ofMinutes(3);

    private static Customer someone(String where) {
        return new Customer("From " + where + " " + UUID.randomUUID());
    }

    @Test
    void many_deals_at_once_make_one_account_and_one_contact_in_each_crm() {
        eachCustomerIsThereOnce(10);
    }

    @Test
    @Tag("long")
    void many_deals_at_once_and_two_consumers_make_one_account_and_one_contact_in_each_crm() {
        eachCustomerIsThereOnce(2);
    }

    private static void eachCustomerIsThereOnce(int consumers) {
        try (World world = new World(Map.of("sync.consumers", String.valueOf(consumers)), Path.of("routes"),
                "salesforce", "dynamics")) {
            CrmDriver salesforce = world.crm("salesforce");
            CrmDriver dynamics = world.crm("dynamics");
            List<Customer> customers = List.of(someone("the portal"), someone("Salesforce"), someone("Dynamics"));

            customers.get(0).dealsInPortal(world.partnerCenter(), DEALS);
            customers.get(1).opportunitiesIn(salesforce, DEALS);
            customers.get(2).opportunitiesIn(dynamics, DEALS);

            world.eventually(LONG, () -> {
                assertThat(world.parked()).isEmpty();
                customers.forEach(customer -> {
                    customer.isThereOnce(salesforce, DEALS);
                    customer.isThereOnce(dynamics, DEALS);
                });
            });
            Customer.microsoftWasAskedOnce(world.partnerCenter());
            List.of(salesforce, dynamics).forEach(crm -> customers.get(0).isNamedInTheAudit(world, crm));
            customers.get(1).isNamedInTheAudit(world, dynamics);
            customers.get(2).isNamedInTheAudit(world, salesforce);
            world.andAgainNothingHappens();
            assertThat(world.parked()).isEmpty();
        }
    }

    /**
     * A lead holds its company as text; the account is made with the opportunity, and here twelve are accepted at once.
     */
    @Test
    void accepted_leads_of_one_customer_make_one_account_and_one_contact() {
        try (World world = new World(Map.of("leads", "leads"), Path.of("routes"), "salesforce", "dynamics")) {
            Customer customer = someone("inquiries");
            world.pauseSync();
            customer.acceptedLeads(world.partnerCenter(), 12);
            world.resumeSync();
            world.eventually(LONG, () -> {
                assertThat(world.parked()).isEmpty();
                customer.isThereOnce(world.crm("salesforce"), 12);
                customer.isThereOnce(world.crm("dynamics"), 12);
            });
            world.andAgainNothingHappens();
        }
    }
}
