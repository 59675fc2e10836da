package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.cosell.state.ReadyDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Pasted text may hold characters that PostgreSQL, XML or JSON cannot carry. PostgreSQL is the strictest place they
 * would come to.
 */
@InWorld(openedBy = "open")
class UnstorableTextTest {
    /** NUL, a control character that no XML holds, half a character, and a code point that is none. */
    private static final String UNSTORABLE = "\u0000\u0008\ud83d\uffff";

    private static final String SECRET = "a-long-word-in-the-path-of-the-door";

    private World world;

    static World open() throws Exception {
        return new World(Map.of("state.url", ReadyDatabase.postgres(), "leads", "leads",
                "marketplace-leads.path-secret", SECRET), Path.of("routes"), "salesforce", "dynamics");
    }

    /** Before, the sentence that parks the deal could not be stored either, and the hint came again for ever. */
    @ParameterizedTest
    @ValueSource(strings = {"salesforce", "dynamics"})
    void a_nul_character_in_a_country_nobody_knows_parks_the_deal(String crm) {
        try (Log log = Log.from(Level.WARN)) {
            String crmId = world.crm(crm).newOpportunity(world.crm(crm).country("Nowhere\u0000land"));
            world.eventually(() -> assertThat(world.parked())
                    .anySatisfy(line -> assertThat(line).contains(crmId).contains("Nowhereland")));
            assertThat(world.auditTrail(crmId)).anySatisfy(line -> assertThat(line).contains("Nowhereland"));
            assertThat(log.lines()).filteredOn(
                    line -> line.startsWith("WARN " + crm) && line.contains("ountry holds") && line.contains("U+0000"))
                    .hasSize(1);
            assertThat(log.lines()).noneMatch(line -> line.startsWith("ERROR"));

            world.crm(crm).mendCountry(crmId);
            world.operations().retryParked(crmId);
            world.eventually(() -> assertThat(world.referralsNaming(crmId)).hasSize(1));
        }
        world.settle();
    }

    @Test
    void what_no_side_can_hold_is_left_out_of_a_deal_of_the_portal_and_named_once() {
        try (Log log = Log.from(Level.WARN)) {
            String customer = "Gap Works " + UUID.randomUUID();
            String referralId = world.newDeal(Map.of("name", "Crane" + UNSTORABLE + "s \ud83d\ude80", "customerProfile",
                    Map.of("name", customer + UNSTORABLE,
                            "address",
                            Map.of("addressLine1", "1 Quay", "city", "Le\u0000ith", "postalCode", "EH6 6AA", "country",
                                    "GB"),
                            "team", List.of(Map.of("firstName", "Moira", "lastName", "Kerr", "email",
                                    "m.kerr@gap.example", "phoneNumber", "+44 131 4960000")))));
            for (String crm : List.of("salesforce", "dynamics")) {
                Map<String, Object> opportunity = world.opportunityFor(world.crm(crm), referralId);
                assertThat(opportunity.toString()).contains("Cranes \ud83d\ude80");
                assertThat(world.crm(crm).accountName(opportunity)).isEqualTo(customer);
            }
            world.andAgainNothingHappens();
            assertThat(log.lines()).filteredOn(line -> line.contains(referralId) && line.contains(" name "))
                    .singleElement().asString()
                    .contains("U+0000", "U+0008", "U+D83D", "U+FFFF");
            assertThat(log.lines()).anySatisfy(line -> assertThat(line).contains("customerProfile.address.city"));
            assertThat(world.auditTrail(referralId)).isNotEmpty();
            assertThat(log.lines()).noneMatch(line -> line.startsWith("ERROR"));
        }
    }

    /** The audit told the first 77 units of the notes, the last of which is half of the rocket. */
    @Test
    void notes_that_are_told_in_part_leave_no_half_character_in_the_audit_field() {
        String referralId = world.newDeal(Map.of());
        List<String> crms = List.of("salesforce", "dynamics");
        crms.forEach(crm -> world.opportunityFor(world.crm(crm), referralId));
        world.settle();
        world.partnerCenter().patch("/sandbox/deals/" + referralId, Map.of("details",
                Map.of("notes", "a".repeat(76) + "\ud83d\ude80" + "b".repeat(20))));
        crms.forEach(crm -> world.eventually(() -> assertThat(
                world.crm(crm).audit(world.opportunityFor(world.crm(crm), referralId)))
                .contains("a".repeat(76) + "…")));
        world.andAgainNothingHappens();
    }

    @Test
    void an_engagement_whose_name_is_too_long_for_the_books_parks_its_deal() {
        try (Log log = Log.from(Level.WARN)) {
            String referralId = world.newDeal(Map.of("name", "Long engagement", "engagementId", "e".repeat(120)));
            world.eventually(() -> assertThat(world.parked())
                    .anySatisfy(line -> assertThat(line).contains(referralId).contains("database")));
            world.settle();
            assertThat(log.lines()).noneMatch(line -> line.startsWith("ERROR"));
        }
        world.andAgainNothingHappens();
    }

    @Test
    void a_lead_of_the_marketplace_arrives_without_them() {
        byte[] lead = Api.bytes(Map.of("LeadSource", "AzureMarketplace-Create|Crane Insight", "UserDetails",
                Map.of("FirstName", "Ni\u0000na",
                        "LastName", "Gap" + UNSTORABLE, "Email", "nina@gap.example", "Country", "GB", "Company",
                        "Gap\u0000 Leads")));
        assertThat(
                world.application()
                        .raw("POST", "/webhooks/marketplace-leads/" + SECRET, lead,
                                Map.of("Content-Type", "application/json"))
                        .statusCode())
                .isEqualTo(200);
        world.eventually(() -> assertThat(world.crm("salesforce").api().get("/sandbox/leads/latest"))
                .containsEntry("Company", "Gap Leads")
                .containsEntry("LastName", "Gap"));
        world.settle();
        assertThat(world.parked()).noneMatch(line -> line.contains("marketplace-"));
    }

    /** Before, whoever named a deal could write lines of the log and of the Audit field. */
    @Test
    void a_line_break_in_a_name_makes_no_second_line_anywhere() {
        String forged = "12:00:00.000 INFO  salesforce: all is well";
        try (Log log = Log.from(Level.INFO)) {
            String referralId = world.newDeal(Map.of("name", "Crane\n" + forged + "\u001b[2J"));
            String crmId = world.crm("salesforce").newOpportunity(Map.of("Name", "Tower\n" + forged));
            String guid = world.crm("dynamics").newOpportunity(Map.of("name", "Bridge\n" + forged));
            for (String crm : List.of("salesforce", "dynamics")) {
                Map<String, Object> opportunity = world.opportunityFor(world.crm(crm), referralId);
                world.partnerCenter().patch("/sandbox/deals/" + referralId,
                        Map.of("details", Map.of("notes", "Crane " + crm + "\n" + forged)));
                world.eventually(() -> assertThat(
                        world.crm(crm).audit(world.crm(crm).opportunity(world.crm(crm).id(opportunity))))
                        .contains("Crane " + crm));
                assertThat(world.crm(crm).audit(world.crm(crm).opportunity(world.crm(crm).id(opportunity))).lines())
                        .noneMatch(line -> line.startsWith("12:00"));
            }
            world.eventually(() -> assertThat(log.written())
                    .anyMatch(line -> line.contains(crmId) && line.contains("Tower\\n12:00"))
                    .anyMatch(line -> line.contains(guid) && line.contains("Bridge\\n12:00")));
            assertThat(log.written()).noneMatch(line -> line.startsWith(forged))
                    .noneMatch(line -> line.contains("\u001b"));
            assertThat(world.auditTrail(referralId)).isNotEmpty()
                    .allSatisfy(detail -> assertThat(detail).doesNotContain("\n"));
        }
        world.andAgainNothingHappens();
    }
}
