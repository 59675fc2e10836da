package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.operations.SyncOperations;
import dev.cosell.settings.Key;
import dev.cosell.state.Database;
import dev.cosell.sync.books.Finished;
import dev.cosell.sync.books.Label;
import dev.cosell.sync.books.LinkStore;
import dev.cosell.sync.books.PushedLeads;
import dev.cosell.sync.books.SeenVersions;
import dev.cosell.sync.decide.Agreed;
import dev.cosell.sync.decide.AgreedValues;
import dev.cosell.sync.decide.Ends;
import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.LinkState;
import dev.cosell.sync.decide.Standing;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing compares these records, so what was kept of their people would have stayed for ever. */
class ForgottenPeopleTest {
    private static final Path ROUTES = Path.of("routes");

    @ParameterizedTest
    @ValueSource(strings = {"dynamics", "salesforce"})
    void what_was_agreed_of_a_deal_that_is_switched_off_stayed_though_it_was_said_to_be_forgotten(String crm) {
        try (World world = new World(crm)) {
            String referralId = world.newDeal(Map.of());
            String crmId = world.crm().id(world.opportunityFor(referralId));
            world.settle();
            assertThat(world.operations().forget(crmId)).contains("stays while they are synced", crm + " " + crmId);
            assertThat(link(world, referralId).agreed().rows()).isNotEmpty();

            world.settle();
            world.crm().api().patch("/sandbox/opportunities/" + crmId, world.crm().shared(false));
            world.settle();
            assertThat(world.operations().forget(referralId)).contains("switched off it goes with the look");
            world.eventually(() -> assertThat(link(world, referralId).agreed().rows()).isEmpty());
            assertThat(world.auditSituations(referralId)).contains("SWITCHED_OFF");
            assertThat(link(world, referralId).state()).isEqualTo(LinkState.LINKED);
            assertThat(world.operations().forget(referralId))
                    .isEqualTo("Forgotten what was kept of the people of " + referralId);
            world.settle();

            world.crm().api().patch("/sandbox/opportunities/" + crmId, world.crm().shared(true));
            world.eventually(() -> assertThat(link(world, referralId).agreed().rows()).isNotEmpty());
            world.andAgainNothingHappens();
            world.crm().changeValue(crmId, 4711);
            world.eventually(() -> assertThat(world.valueOf(world.referral(referralId))).isEqualByComparingTo("4711"));
            world.andAgainNothingHappens();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dynamics", "salesforce"})
    void what_was_agreed_of_leads_stayed_where_leads_are_not_synced_any_more(String crm) {
        try (World world = new World(Map.of("leads", "leads"), ROUTES, crm)) {
            LeadDriver leads = world.crm().leads();
            String referralId = newLead(world);
            world.eventually(() -> assertThat(leads.of(referralId)).hasSize(1));
            world.settle();

            world.restartWith(Map.of("leads", "off"));
            assertThat(world.operations().forget(referralId))
                    .isEqualTo("Forgotten what was kept of the people of " + referralId);
            assertThat(link(world, referralId).agreed().rows()).containsOnlyKeys(status(crm));

            leads.rename(leads.id(leads.of(referralId).get(0)), "The seller's name");
            world.restartWith(Map.of("leads", "leads"));
            world.partnerCenter().patch("/sandbox/deals/" + referralId, Map.of("details", Map.of("notes", "Jo?")));
            world.eventually(() -> assertThat(link(world, referralId).agreed().rows()).hasSizeGreaterThan(1));
            assertThat(leads.lastName(leads.of(referralId).get(0))).as("a lead keeps what it shows")
                    .isEqualTo("The seller's name");
            world.andAgainNothingHappens();
        }
    }

    /** By the id of the one, the name and the texts of the other stayed; of one taken out, nothing was known. */
    @Test
    void what_another_crm_had_of_the_deal_stayed() {
        try (World world = new World("dynamics", "salesforce")) {
            String referralId = world.newDeal(Map.of());
            String inDynamics = id(world, "dynamics", referralId);
            String inSalesforce = id(world, "salesforce", referralId);
            world.settle();

            world.pauseSync();
            assertThat(world.operations().forget(inSalesforce)).contains(inDynamics, inSalesforce);
            assertThat(labels(world)).as("until the next sync reads them").isZero();
            assertThat(world.auditTrail(referralId)).filteredOn(detail -> detail != null)
                    .allMatch(detail -> detail.contains("forgotten")).hasSize(2);
            world.resumeSync();
            world.andAgainNothingHappens();

            world.restartWith(Map.of("crms", "salesforce"));
            assertThat(world.operations().forget(inDynamics)).contains(inSalesforce)
                    .doesNotContain("dynamics " + inDynamics);
            assertThat(agreed(world, "dynamics", referralId)).isEmpty();
            assertThat(agreed(world, "salesforce", referralId)).isNotEmpty();

            world.restartWith(Map.of("crms", "dynamics,salesforce"));
            world.firstReadsAreOver();
            world.operations().lookAgain(world.operations().links(referralId), "Ana");
            world.eventually(() -> assertThat(agreed(world, "dynamics", referralId)).isNotEmpty());
            world.andAgainNothingHappens();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dynamics", "salesforce"})
    void a_marketplace_lead_that_waited_could_not_be_forgotten_and_was_delivered_later(String crm) {
        try (World world = new World(Map.of("marketplace-leads.path-secret", LeadStories.SECRET), ROUTES, crm)) {
            world.firstReadsAreOver();
            world.pauseSync();
            byte[] lead = LeadStories.push("waits@lead.example");
            push(world, lead);
            PushedLeads pushed = world.camel().getRegistry().lookupByNameAndType("pushedLeads", PushedLeads.class);
            String id = pushed.keep(new String(lead, StandardCharsets.UTF_8)).id();

            assertThat(world.operations().forget(id)).isEqualTo("Forgotten what was kept of the people of " + id);
            assertThat(pushed.body(id)).isNull();
            assertThat(world.auditTrail(id)).singleElement().asString().contains("forgotten");
            world.resumeSync();
            world.settle();
            push(world, lead);
            world.andAgainNothingHappens();
            assertThat(world.crm().leads().withEmail("waits@lead.example")).isEmpty();
            assertThat(world.parked()).isEmpty();
        }
    }

    /** Nobody looked at them again, because their versions were known. */
    @ParameterizedTest
    @ValueSource(strings = {"dynamics", "salesforce"})
    void what_an_earlier_version_kept_of_ended_leads_stayed(String crm) {
        Consumer<World> before = world -> {
            keep(world, crm, "closed", Standing.LINKED);
            keep(world, crm, "deleted", Standing.of(LinkState.ORPHANED, "the lead was deleted in the CRM"));
            keep(world, crm, "open", Standing.LINKED);
            keep(world, crm, "marketplace-1", Standing.LINKED);
        };
        try (World world = new World(Map.of("leads", "leads"), ROUTES, before, crm)) {
            world.eventually(() -> assertThat(List.of("closed", "deleted")).allSatisfy(id -> assertThat(
                    link(world, id).agreed().rows()).containsOnlyKeys(status(crm))));
            assertThat(link(world, "open").agreed().rows()).containsOnlyKeys(status(crm), "Last name");
            world.eventually(() -> assertThat(labels(world)).as("but that of the marketplace").isEqualTo(3));
        }
    }

    private static void keep(World world, String crm, String referralId, Standing standing) {
        inBooks(world, database -> {
            Map<String, Agreed> agreed = new HashMap<>(Map.of("Last name", Agreed.on("Doe", "Doe")));
            agreed.put(status(crm), Agreed.on("New", "New"));
            store(database).finish(new Finished(Link.of(crm, Ends.lead(referralId, null, "lead-" + referralId))
                    .at("1", "1").with(standing).with(new AgreedValues(agreed)), null, List.of())
                            .called(new Label("Doe", "Doe")));
            return database.client().sql("INSERT INTO referral_index (referral_id, closed) VALUES (?, ?)")
                    .param(referralId).param(referralId.equals("closed")).update();
        });
    }

    private static String newLead(World world) {
        Map<String, Object> jo = Map.of("firstName", "Jo", "lastName", "Doe", "email", "jo@doe.example");
        return (String) world.partnerCenter().post("/sandbox/leads",
                Map.of("customerProfile", Map.of("name", "Doe Ltd", "team", List.of(jo)))).get("id");
    }

    private static void push(World world, byte[] lead) {
        assertThat(world.application().raw("POST", "/webhooks/marketplace-leads/" + LeadStories.SECRET, lead,
                LeadStories.json()).statusCode()).isEqualTo(200);
    }

    private static String id(World world, String crm, String referralId) {
        return world.crm(crm).id(world.opportunityFor(world.crm(crm), referralId));
    }

    /** The row of a lead's status, as shipped. */
    private static String status(String crm) {
        return Map.of("dynamics", "statecode + statuscode", "salesforce", "Status").get(crm);
    }

    /** The books beside the running application. */
    private static <T> T inBooks(World world, Function<Database, T> work) {
        String books = Database.h2(world.settings().path(Key.DATA_DIRECTORY).resolve("cosell").toString());
        try (Database database = Database.visit(books, null, null)) {
            return work.apply(database);
        }
    }

    private static Set<String> agreed(World world, String crm, String referralId) {
        return inBooks(world, database -> store(database).findByReferral(crm, referralId).orElseThrow().agreed().rows()
                .keySet());
    }

    private static LinkStore store(Database database) {
        return new LinkStore(database, new SeenVersions(database, Clock.systemUTC()), Clock.systemUTC());
    }

    /** Of how many links the books know a name. */
    private static int labels(World world) {
        return inBooks(world, database -> database.client().sql("SELECT COUNT(*) FROM link WHERE deal_name IS NOT NULL"
                + " OR customer IS NOT NULL").query(Integer.class).single());
    }

    private static Link link(World world, String referralId) {
        SyncOperations operations = world.operations();
        assertThat(operations.links(referralId)).hasSize(1);
        return operations.links(referralId).get(0);
    }
}
