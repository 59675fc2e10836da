package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Values that people and other programs put into fields and that the other side cannot take: the deal goes on, and they
 * are named once.
 */
@WithSettings("leads=leads")
abstract class OddValueStories extends Stories {
    private static final String LONG_EMAIL = "a".repeat(90) + "@contoso.example";
    private static final String LONG_PHONE = "+44 131 4960000 " + "extension 12 ".repeat(5);

    /** API names of a contact's and a lead's fields. */
    record Names(String firstName, String lastName, String email, String phone, String closeDate) {}

    protected abstract Names names();

    /** The primary contact of an opportunity. */
    protected abstract Map<String, Object> contact(Map<String, Object> opportunity);

    private LeadDriver leads() {
        return crm().leads();
    }

    private static Map<String, Object> customer(Map<String, Object> person) {
        return customer("Odd Values " + UUID.randomUUID(), person);
    }

    private static Map<String, Object> customer(String name, Map<String, Object> person) {
        return Map.of("customerProfile",
                Map.of("name", name, "address",
                        Map.of("addressLine1", "1 Quay", "city", "Leith", "postalCode", "EH6 6AA",
                                "country", "GB"),
                        "team", List.of(person)));
    }

    private static Map<String, Object> noor(String email, String phone) {
        return Map.of("firstName", "Noor", "lastName", "Haddad", "email", email, "phoneNumber", phone);
    }

    private Map<String, Object> joined(String referralId) {
        String crmId = crm().id(world().opportunityFor(referralId));
        world().eventually(() -> assertThat(world().referral(referralId)).containsEntry("externalReferenceId", crmId));
        world().settle();
        return crm().opportunity(crmId);
    }

    private Map<String, Object> arrivedLead(Map<String, Object> fields) {
        String referralId = (String) world().partnerCenter().post("/sandbox/leads", fields).get("id");
        world().eventually(() -> assertThat(leads().of(referralId)).hasSize(1));
        world().settle();
        return leads().of(referralId).get(0);
    }

    private void nothingMoreIsTold(Map<String, Object> opportunity) {
        world().andAgainNothingHappens();
        assertThat(crm().audit(crm().opportunity(crm().id(opportunity)))).isEqualTo(crm().audit(opportunity));
        assertThat(world().parked()).noneMatch(line -> line.contains(crm().id(opportunity)));
    }

    // ---- many solutions
    // -----------------------------------------------------------------------------------------------------

    private static Map<String, Object> solutions(int from, int to) {
        return Map.of("details",
                Map.of("dealValue", 50000, "currency", "USD", "closingDateTime", "2027-03-31T00:00:00Z", "requirements",
                        Map.of("solutions",
                                IntStream.range(from, to)
                                        .mapToObj(number -> Map.of("type", "Name", "id", "SOL-" + number, "name",
                                                "Solution " + number + " " + "with a long name ".repeat(7)))
                                        .toList())));
    }

    /** Partner Center's own bulk form has fifty. */
    @Test
    void fifty_solutions_with_long_names_arrive_and_change_with_the_deal() {
        String referralId = world().newDeal(solutions(0, 50));
        String crmId = crm().id(joined(referralId));
        assertThat(solutionsOf(crm().opportunity(crmId))).hasSize(50);
        world().andAgainNothingHappens();

        world().partnerCenter().patch("/sandbox/deals/" + referralId, solutions(25, 60));
        world().eventually(() -> assertThat(solutionsOf(crm().opportunity(crmId))).hasSize(35));
        world().andAgainNothingHappens();
        assertThat(world().parked()).noneMatch(line -> line.contains(crmId) || line.contains(referralId));
    }

    private List<?> solutionsOf(Map<String, Object> opportunity) {
        return (List<?>) opportunity.getOrDefault("solutions", opportunity.get("cosell_opportunity_solutions"));
    }

    // ---- e-mail addresses and phone numbers
    // --------------------------------------------------------------------------------

    @Test
    void an_address_is_taken_out_of_the_text_around_it_and_finds_the_same_person() {
        String name = "Odd Values " + UUID.randomUUID();
        Map<String, Object> first = joined(world().newDeal(customer(name, noor("Noor <noor@contoso.example>", "1"))));
        Map<String, Object> second = joined(world().newDeal(customer(name, noor("noor@contoso.example", "1"))));
        assertThat(contact(first)).containsEntry(names().email(), "noor@contoso.example");
        assertThat(contact(second)).isEqualTo(contact(first));
        assertThat(arrivedLead(customer(noor("mailto <noor@contoso.example>", "1")))).containsEntry(names().email(),
                "noor@contoso.example");
        nothingMoreIsTold(first);
    }

    @Test
    void what_is_no_address_and_what_does_not_fit_whole_is_left_out_and_named_once() {
        Map<String, Object> opportunity = joined(world().newDeal(customer(noor("n/a", LONG_PHONE))));
        assertThat(contact(opportunity)).containsEntry(names().email(), null).containsEntry(names().phone(), null)
                .containsEntry(names().lastName(), "Haddad");
        assertThat(crm().audit(opportunity)).containsOnlyOnce("\"n/a\" is no e-mail address")
                .containsOnlyOnce("+44 131 4960000").containsOnlyOnce("customerProfile.team.phoneNumber");
        nothingMoreIsTold(opportunity);

        Map<String, Object> other = joined(world().newDeal(customer(noor(LONG_EMAIL, "1"))));
        assertThat(contact(other)).containsEntry(names().email(), null).containsEntry(names().phone(), "1");
        assertThat(crm().audit(other)).containsOnlyOnce("has 106 characters");
    }

    @Test
    void a_lead_goes_without_an_address_until_there_is_one_and_keeps_it_then() {
        Map<String, Object> lead = arrivedLead(customer(noor("n/a", LONG_PHONE)));
        String id = leads().referralId(lead);
        assertThat(lead).containsEntry(names().email(), null).containsEntry(names().phone(), null);
        assertThat(leads().audit(lead)).containsOnlyOnce("\"n/a\" is no e-mail address")
                .containsOnlyOnce("contact.phoneNumber");
        world().andAgainNothingHappens();

        world().partnerCenter().patch("/sandbox/deals/" + id, customer(noor("noor@contoso.example", LONG_PHONE)));
        world().eventually(
                () -> assertThat(leads().of(id).get(0)).containsEntry(names().email(), "noor@contoso.example"));
        world().settle();
        world().partnerCenter().patch("/sandbox/deals/" + id, customer(noor("asked twice", LONG_PHONE)));
        world().eventually(() -> assertThat(leads().audit(leads().of(id).get(0)))
                .contains("\"asked twice\" is no e-mail address"));
        assertThat(leads().of(id).get(0)).containsEntry(names().email(), "noor@contoso.example");
        world().andAgainNothingHappens();
    }

    /** Microsoft wants to reach the contact, so here the deal waits; who mends it has to know what was left out. */
    protected void toMicrosoft(String typed) {
        Map<String, Object> contact = Map.of(names().firstName(), "Noor", names().lastName(), "Haddad", names().email(),
                typed, names().phone(), "+44 131 4960000");
        String asked = crm().newOpportunity(Map.of("contact", contact));
        world().referralFor(asked);
        crm().api().patch("/sandbox/opportunities/" + asked, crm().askForHelp());
        Map<String, Object> fields = new LinkedHashMap<>(crm().askForHelp());
        fields.put("contact", contact);
        for (String crmId : List.of(asked, crm().newOpportunity(fields))) {
            world().eventually(
                    () -> assertThat(crm().audit(crm().opportunity(crmId))).contains("Not synced",
                            "the primary contact has no e-mail address ("
                                    + names().email() + ": \"" + typed + "\" is no e-mail address",
                            "enter it on the contact"));
        }
        world().andAgainNothingHappens();
    }

    /** Only a CRM whose field takes any text holds such a value. */
    protected void toPartnerCenter(String typed, String arrives) {
        Map<String, Object> contact = new LinkedHashMap<>(
                Map.of(names().firstName(), "Noor", names().lastName(), "Haddad", names().email(), typed));
        String crmId = crm().newOpportunity(Map.of("contact", contact));
        Map<String, Object> referral = world().referralFor(crmId);
        assertThat(Api.map(Api.list(Api.map(referral.get("customerProfile")).get("team")).get(0)).get("email"))
                .isEqualTo(arrives);
        assertThat(crm().audit(crm().opportunity(crmId)).contains("\"" + typed + "\" is no e-mail address"))
                .isEqualTo(arrives == null);
        nothingMoreIsTold(crm().opportunity(crmId));
    }

    // ---- a person with one name only
    // ---------------------------------------------------------------------------------------

    @Test
    void a_person_with_one_name_gets_a_last_name_that_stands_in_and_never_goes_back() {
        String name = "Odd Values " + UUID.randomUUID();
        Map<String, Object> person = Map.of("firstName", "Suharto", "phoneNumber", "+62 21 5550100");
        Map<String, Object> opportunity = joined(world().newDeal(customer(name, person)));
        assertThat(contact(opportunity)).containsEntry(names().firstName(), "Suharto").containsEntry(names().lastName(),
                "[not provided]");
        assertThat(crm().audit(opportunity)).containsOnlyOnce("so [not provided] is used; it is not sent there");
        assertThat(contact(joined(world().newDeal(customer(name, person))))).as("the same person")
                .isEqualTo(contact(opportunity));
        nothingMoreIsTold(opportunity);
        Map<String, Object> unknown = joined(world().newDeal(customer(name, Map.of("phoneNumber", "+62 21 5550199"))));
        assertThat(contact(unknown)).as("somebody else").containsEntry(names().phone(), "+62 21 5550199");

        Map<String, Object> empty = Map.of("firstName", "Sukarno", "lastName", "", "phoneNumber", "+62 21 5550101");
        assertThat(contact(joined(world().newDeal(customer(name, empty))))).as("an empty text is no last name")
                .containsEntry(names().firstName(), "Sukarno").containsEntry(names().lastName(), "[not provided]");

        String crmId = crm().newOpportunity(
                Map.of("contact", Map.of(names().firstName(), "Suharto", names().lastName(), "[not provided]")));
        Map<String, Object> referral = world().referralFor(crmId);
        assertThat(Api.map(Api.list(Api.map(referral.get("customerProfile")).get("team")).get(0)))
                .containsEntry("firstName", "Suharto")
                .doesNotContainEntry("lastName", "[not provided]");
    }

    // ---- dates
    // -------------------------------------------------------------------------------------------------------------

    private static Map<String, Object> closing(String date) {
        return Map.of("details", Map.of("closingDateTime", date));
    }

    @Test
    void a_date_that_says_none_counts_as_absent() {
        String standIn = LocalDate.now(ZoneOffset.UTC).plusDays(90).toString();
        Map<String, Object> opportunity = joined(world().newDeal(closing("0001-01-01T00:00:00Z")));
        assertThat(opportunity).containsEntry(names().closeDate(), standIn);
        assertThat(crm().audit(opportunity)).containsOnlyOnce("no closing date in Partner Center");
        nothingMoreIsTold(opportunity);

        String referralId = crm().referralId(opportunity);
        world().partnerCenter().patch("/sandbox/deals/" + referralId, closing("2027-08-31T00:00:00Z"));
        world().eventually(
                () -> assertThat(crm().closeDate(crm().opportunity(crm().id(opportunity)))).isEqualTo("2027-08-31"));
        world().partnerCenter().patch("/sandbox/deals/" + referralId, closing("0001-01-01T00:00:00Z"));
        world().andAgainNothingHappens();
        assertThat(crm().closeDate(crm().opportunity(crm().id(opportunity)))).isEqualTo("2027-08-31");
    }

    @Test
    void a_date_that_the_crm_cannot_hold_is_left_out_and_named_once() {
        String standIn = LocalDate.now(ZoneOffset.UTC).plusDays(90).toString();
        Map<String, Object> opportunity = joined(world().newDeal(closing("1066-10-14T00:00:00Z")));
        assertThat(opportunity).containsEntry(names().closeDate(), standIn);
        assertThat(crm().audit(opportunity)).containsOnlyOnce("\"1066-10-14T00:00:00Z\" lies outside the years");
        nothingMoreIsTold(opportunity);

        world().partnerCenter().patch("/sandbox/deals/" + crm().referralId(opportunity),
                closing("1655-05-01T00:00:00Z"));
        world().eventually(() -> assertThat(crm().audit(crm().opportunity(crm().id(opportunity))))
                .contains("\"1655-05-01T00:00:00Z\" lies outside the years"));
        nothingMoreIsTold(crm().opportunity(crm().id(opportunity)));
        assertThat(crm().closeDate(crm().opportunity(crm().id(opportunity)))).isEqualTo(standIn);
    }
}
