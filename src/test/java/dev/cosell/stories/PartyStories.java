package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.ShippedRoutes;
import dev.cosell.TemporaryFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Another rule for accounts and contacts than the shipped one, and lists of values that have drifted away from the
 * CRM's own.
 */
abstract class PartyStories extends Stories {
    protected abstract OddRecords odd();

    /** A currency that the organisation has. */
    protected abstract String currency();

    /** A choice of help that no line of the map names any more, as a field of the opportunity. */
    protected abstract Map<String, Object> unknownHelp();

    /** How the CRM refuses a choice that it does not have. */
    protected abstract List<String> unknownChoice();

    /** The shipped routes with other values in the map of help. */
    static Path drifted(String file, String general, String quotes, String elsewhere) {
        try {
            Path folder = ShippedRoutes.copyTo(TemporaryFolder.named("cosell-routes"));
            Path mapping = folder.resolve(file);
            String text = Files.readString(mapping);
            assertThat(text).contains("GeneralOrOther                   = " + general,
                    "QuotesOrLicensing                = " + quotes);
            Files.writeString(mapping,
                    text.replaceAll(" *GeneralOrOther +=.*\n", "").replace(
                            "QuotesOrLicensing                = " + quotes,
                            "QuotesOrLicensing                = " + elsewhere));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    protected String newDeal(Map<String, Object> fields) {
        Map<String, Object> all = new LinkedHashMap<>(Map.of("details", Map.of("currency", currency())));
        all.putAll(fields);
        return world().newDeal(all);
    }

    private static Map<String, Object> customer(String name) {
        return Map.of("customerProfile",
                Map.of("name", name, "address",
                        Map.of("addressLine1", "1 Quay", "city", "Leith", "postalCode", "EH6 6AA",
                                "country", "GB"),
                        "team", List.of(Map.of("firstName", "Moira", "lastName", "Kerr", "email", "office@odd.example",
                                "phoneNumber", "+44 131 4960000"))));
    }

    protected void parked(String recordId, List<String> words) {
        world().eventually(() -> assertThat(world().parked())
                .anySatisfy(line -> assertThat(line).contains(recordId).contains(words)));
    }

    @Test
    void a_rule_of_ones_own_tells_accounts_and_contacts_apart() {
        String name = "Rule Works " + UUID.randomUUID();
        odd().newAccount(odd().account(name, "EH6 6AA", "Edinburgh"));
        String account = odd().newAccount(odd().account(name, "G1 1AA", "Leith"));
        odd().newContact(account, odd().contact("Moira", "Kerrigan", "office@odd.example"));
        String contact = odd().newContact(account, odd().contact("M.", "Kerr", "office@odd.example"));

        String crmId = crm().id(world().opportunityFor(newDeal(customer(name))));
        assertThat(crm().accountId(crm().opportunity(crmId))).isEqualTo(account);
        assertThat(odd().contactId(crmId)).isEqualTo(contact);
        world().andAgainNothingHappens();
    }

    @Test
    void an_account_without_what_the_rule_compares_is_not_taken() {
        String name = "Bare Works " + UUID.randomUUID();
        String bare = odd().newAccount(new HashMap<>(Map.of(odd().account("", "", "").entrySet().stream()
                .filter(field -> field.getKey().equalsIgnoreCase("name")).findFirst().orElseThrow().getKey(), name)));
        String crmId = crm().id(world().opportunityFor(newDeal(customer(name))));
        assertThat(crm().accountId(crm().opportunity(crmId))).isNotEqualTo(bare);
        world().andAgainNothingHappens();
    }

    @Test
    void a_choice_of_the_crm_that_no_map_names_is_named_and_waits() {
        String id = crm().newOpportunity(unknownHelp());
        String value = unknownHelp().values().iterator().next().toString();
        parked(id, List.of(value));
        world().eventually(() -> assertThat(crm().audit(crm().opportunity(id))).contains("Not synced").contains(value));
        world().andAgainNothingHappens();

        crm().api().patch("/sandbox/opportunities/" + id, crm().askForHelp());
        assertThat(world().microsoftReferralsOf(world().referralFor(id))).hasSize(1);
        world().andAgainNothingHappens();
    }

    @Test
    void a_choice_of_the_map_that_the_crm_does_not_have_parks_the_referral_and_others_go_on() {
        String referralId = newDeal(Map.of("inviteContext", Map.of("assistanceRequestCode", "QuotesOrLicensing")));
        parked(referralId, unknownChoice());
        assertThat(crm().opportunitiesOf(referralId)).isEmpty();
        world().opportunityFor(newDeal(Map.of()));
        world().andAgainNothingHappens();
    }
}
