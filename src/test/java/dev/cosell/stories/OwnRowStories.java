package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.ShippedRoutes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Rows of a customer's own: some go one way only, and some show in another field what a shipped row shows already. */
abstract class OwnRowStories extends Stories {
    /** API names of fields that are the customer's own, the last one of the contact. */
    record Names(String engagement, String shortEngagement, String status, String written) {}

    protected abstract Names names();

    /** The primary contact of an opportunity. */
    protected abstract Map<String, Object> contact(Map<String, Object> opportunity);

    /** The shipped routes with such rows below a row of the deals and one of the contacts. */
    static World open(Path folder, String crm, String deals, String currency, String contacts, Names names,
            Consumer<World> before) {
        Path mapping = ShippedRoutes.copyTo(folder).resolve("mapping-" + crm + ".camel.yaml");
        String shown = crm + "Microsoft";
        below(mapping, deals,
                names.engagement() + " | engagementId | id(100) | create, update | - | partner-center wins",
                names.shortEngagement() + " | engagementId | id(20) | create, update | - | partner-center wins",
                names.status() + " | status + substatus | " + shown + " | create, update | - | partner-center wins",
                currency + " | referralProgram | code | - | create, update | crm wins");
        below(mapping, contacts, names.written() + " | email | text(80) | create | - | crm wins");
        return new World(Map.of(), folder, before, crm);
    }

    private static void below(Path mapping, String field, String... rows) {
        try {
            String text = Files.readString(mapping);
            String row = text.lines().filter(line -> line.strip().startsWith(field + " ")).findFirst().orElseThrow();
            Files.writeString(mapping, text.replace(row, row + "\n          " + String.join("\n          ", rows)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String joined(String referralId) {
        String crmId = crm().id(world().opportunityFor(referralId));
        world().eventually(() -> assertThat(world().referral(referralId)).containsEntry("externalReferenceId", crmId));
        world().settle();
        return crmId;
    }

    private void toldOnce(String crmId) {
        world().andAgainNothingHappens();
        assertThat(crm().audit(crm().opportunity(crmId))).containsOnlyOnce("the CRM field holds 20");
        assertThat(world().parked()).noneMatch(line -> line.contains(crmId));
    }

    // ---- to the CRM alone

    /** Both sides counted as agreed, and the value of the engagement never changes. */
    @Test
    void a_field_that_only_shows_partner_centers_value_stayed_empty_on_a_deal_shared_from_the_crm() {
        String crmId = crm().newOpportunity(Map.of());
        Map<String, Object> referral = world().referralFor(crmId);
        world().eventually(() -> assertThat(crm().opportunity(crmId))
                .containsEntry(names().engagement(), referral.get("engagementId"))
                .containsEntry(names().status(), "Active"));
        world().eventually(() -> assertThat(crm().audit(crm().opportunity(crmId))).contains("the CRM field holds 20"));
        assertThat(crm().opportunity(crmId).get(names().shortEngagement())).as("an id is never cut").isNull();
        toldOnce(crmId);
    }

    // ---- to Partner Center alone

    /** What no creation had brought there counted as agreed, though it was never sent. */
    @Test
    void a_field_that_only_goes_to_partner_center_was_never_sent_for_a_deal_that_came_from_there() {
        String referralId = world().newDeal(Map.of());
        String crmId = joined(referralId);
        Object currency = Api.map(world().referral(referralId).get("details")).get("currency");
        world().eventually(() -> assertThat(world().referral(referralId)).containsEntry("referralProgram", currency));
        toldOnce(crmId);
    }

    @Test
    void such_a_field_was_not_sent_either_when_a_deal_that_came_from_microsoft_was_accepted() {
        String referralId = (String) world().partnerCenter().post("/sandbox/microsoft/deals", Map.of()).get("id");
        String crmId = crm().id(world().opportunityFor(referralId));
        toldOnce(crmId);
        assertThat(world().referral(referralId).get("referralProgram")).as("nobody has accepted it").isNull();
        crm().work(crmId);
        Object currency = Api.map(world().referral(referralId).get("details")).get("currency");
        world().eventually(() -> assertThat(world().referral(referralId)).containsEntry("referralProgram", currency));
        toldOnce(crmId);
    }

    // ---- one value in two fields

    /** A field that cannot hold the value kept it from the one that can. */
    @Test
    void an_id_that_is_too_long_for_one_field_was_lost_to_the_other_too() {
        String referralId = world().newDeal(Map.of());
        Map<String, Object> opportunity = crm().opportunity(joined(referralId));
        assertThat(opportunity).containsEntry(names().engagement(), world().referral(referralId).get("engagementId"));
        assertThat(opportunity.get(names().shortEngagement())).isNull();
        toldOnce(crm().id(opportunity));
    }

    @Test
    void a_text_that_is_no_address_was_lost_to_a_field_that_takes_any_text() {
        Map<String, Object> person = Map.of("firstName", "Noor", "lastName", "Haddad", "email", "n/a", "phoneNumber",
                "+44 131 4960000");
        String referralId = world().newDeal(Map.of("customerProfile",
                Map.of("name", "Own Rows " + UUID.randomUUID(), "address",
                        Map.of("addressLine1", "1 Quay", "city", "Leith", "postalCode", "EH6 6AA", "country", "GB"),
                        "team", List.of(person))));
        String crmId = joined(referralId);
        assertThat(contact(crm().opportunity(crmId))).containsEntry(names().written(), "n/a");
        assertThat(crm().audit(crm().opportunity(crmId))).containsOnlyOnce("\"n/a\" is no e-mail address");
        toldOnce(crmId);
    }
}
