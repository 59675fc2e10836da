package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * People type what a query, a batch, an address, a composite or a placeholder would read in its own way. It arrives as
 * it was typed, finds the customer that has that name, and comes back unchanged.
 */
@InWorld({"salesforce", "dynamics"})
class TypedTextTest {
    private static final List<String> TYPED = List.of("O'Neill \"Sons\" ''x", "C:\\deals\\new\\", "\\' OR Id != null",
            "100 % %27 %0d%0a %", "a=b&c=d?e#f+g;h", "' OR Name LIKE '%", "') or 1 eq 1 or ('",
            "{{http.port}} ${body} #{x}", "@{account.id} @{x} {@}", "<b>&amp;</b> é漢\ud83d\ude80",
            "--batch_1-- $1 $batch",
            "null");
    private static final List<String> CRMS = List.of("salesforce", "dynamics");

    private static World world;

    private static String deal(String text, String notes) {
        return world.newDeal(Map.of("name", text + " deal", "customerProfile", Map.of("name", text, "address",
                Map.of("addressLine1", text, "city", "Leith", "postalCode", "EH6 6AA", "country", "GB"), "team",
                List.of(Map.of("firstName", text, "lastName", text, "email", "", "phoneNumber", "+44 131 4960000"))),
                "details", Map.of("dealValue", 50000, "currency", "USD", "closingDateTime", "2027-03-31T00:00:00Z",
                        "notes", notes, "requirements", Map.of("solutions",
                                List.of(Map.of("type", "Name", "id", "SOL-1", "name", text))))));
    }

    private static Object contact(Map<String, Object> opportunity, String salesforce, String dynamics) {
        Map<String, Object> contact = Api
                .map(opportunity.getOrDefault("contact", opportunity.get("parentcontactid")));
        return contact.getOrDefault(salesforce, contact.get(dynamics));
    }

    /** Salesforce keeps a word joiner in what it would read as a reference; nobody sees it. */
    private static Object seen(Object kept) {
        return kept == null ? null : kept.toString().replace("\u2060", "");
    }

    private static Object notes(String referralId) {
        return Api.map(world.referral(referralId).get("details")).get("notes");
    }

    @Test
    void whatever_a_person_types_arrives_as_it_is_finds_its_customer_and_comes_back() {
        Map<String, String> deals = new LinkedHashMap<>();
        TYPED.forEach(text -> deals.put(text, deal(text, text + "\n" + text)));
        for (String name : CRMS) {
            CrmDriver crm = world.crm(name);
            deals.forEach((text, referralId) -> {
                Map<String, Object> opportunity = world.opportunityFor(crm, referralId);
                assertThat(seen(opportunity.get(crm.field(CrmField.NAME)))).as(name).isEqualTo(text + " deal");
                assertThat(seen(opportunity.get(crm.field(CrmField.NOTES)))).as(name).isEqualTo(text + "\n" + text);
                assertThat(seen(crm.accountName(opportunity))).as(name).isEqualTo(text);
                assertThat(seen(contact(opportunity, "FirstName", "firstname"))).as(name).isEqualTo(text);
                assertThat(seen(contact(opportunity, "LastName", "lastname"))).as(name).isEqualTo(text);
            });
        }
        Map<String, String> second = new LinkedHashMap<>();
        TYPED.forEach(text -> second.put(text, deal(text, text)));
        for (String name : CRMS) {
            CrmDriver crm = world.crm(name);
            second.forEach((text, referralId) -> assertThat(crm.accountId(world.opportunityFor(crm, referralId)))
                    .as("the account of " + text + " in " + name)
                    .isEqualTo(crm.accountId(world.opportunityFor(crm, deals.get(text)))));
        }
        world.settle();
        List<Map<String, String>> shared = List.of(deals, second);
        for (int at = 0; at < CRMS.size(); at++) {
            comesBack(world.crm(CRMS.get(at)), shared.get(at));
        }
        assertThat(world.parked()).isEmpty();
        world.andAgainNothingHappens();
    }

    private static void comesBack(CrmDriver crm, Map<String, String> deals) {
        Map<String, String> own = new LinkedHashMap<>();
        deals.forEach((text, referralId) -> {
            String crmId = crm.id(world.opportunityFor(crm, referralId));
            DealField.NOTES.editInCrm(crm, crmId, "back: " + text + "\n\t" + text);
            own.put(text, crm.newOpportunity(Map.of(crm.field(CrmField.NAME), text)));
        });
        deals.forEach((text, referralId) -> world.eventually(() -> assertThat(notes(referralId)).as(crm.name())
                .isEqualTo("back: " + text + "\n\t" + text)));
        own.forEach((text, crmId) -> world.eventually(() -> {
            String referralId = crm.referralId(crm.opportunity(crmId));
            assertThat(referralId).as("the referral of " + text).isNotNull();
            assertThat(world.referral(referralId)).containsEntry("name", text).containsEntry("externalReferenceId",
                    crmId);
        }));
    }
}
