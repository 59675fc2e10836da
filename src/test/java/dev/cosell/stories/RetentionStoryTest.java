package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.settings.Key;
import dev.cosell.state.Database;
import dev.cosell.sync.books.Finished;
import dev.cosell.sync.books.LinkStore;
import dev.cosell.sync.books.PushedLeads;
import dev.cosell.sync.books.SeenVersions;
import dev.cosell.sync.books.Watermarks;
import dev.cosell.sync.decide.Ends;
import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.LinkState;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What may not be kept is deleted wherever the application runs, at whatever hours. */
class RetentionStoryTest {
    private String leadId;

    /** The work of the night was done by those alone who ran at seventeen past three. */
    @Test
    void the_personal_data_of_a_delivered_lead_stayed_where_the_machine_is_switched_off_at_night() {
        try (World world = new World(Map.of(), Path.of("routes"), this::oldLead, "salesforce")) {
            PushedLeads leads = world.camel().getRegistry().lookupByNameAndType("pushedLeads", PushedLeads.class);
            world.eventually(() -> assertThat(leads.body(leadId)).isNull());
            world.eventually(() -> assertThat(last(world)).isAfter(Instant.now().minus(Duration.ofMinutes(5))));

            Instant then = last(world);
            world.restart();
            world.firstReadsAreOver();
            assertThat(last(world)).as("once a day is enough").isEqualTo(then);
            world.andAgainNothingHappens();
        }
    }

    /** It was deleted in the CRM, so nothing that happens there changes what was kept any more. */
    @Test
    void what_was_kept_of_a_persons_lead_could_be_erased_nowhere() {
        try (World world = new World(Map.of("leads", "leads"), Path.of("routes"), "salesforce")) {
            Map<String, Object> jo = Map.of("firstName", "Jo", "lastName", "Doe", "email", "jo@doe.example");
            String referralId = (String) world.partnerCenter().post("/sandbox/leads",
                    Map.of("customerProfile", Map.of("name", "Doe Ltd", "team", List.of(jo)))).get("id");
            LeadDriver leads = world.crm().leads();
            world.eventually(() -> assertThat(leads.of(referralId)).hasSize(1));
            world.settle();
            leads.delete(leads.id(leads.of(referralId).get(0)));
            world.partnerCenter().patch("/sandbox/deals/" + referralId, Map.of("details", Map.of("notes", "Jo?")));
            world.settle();
            Link kept = link(world, referralId);
            assertThat(kept.state()).isEqualTo(LinkState.ORPHANED);
            assertThat(kept.agreed().rows()).containsOnlyKeys("Status");

            assertThat(world.operations().forget(referralId)).startsWith("Forgotten");
            assertThat(world.auditTrail(referralId)).filteredOn(Objects::nonNull).singleElement().asString()
                    .contains("had what was kept of its people forgotten");
            assertThat(link(world, referralId)).satisfies(link -> {
                assertThat(link.agreed().rows()).containsOnlyKeys("Status");
                assertThat(link.ends()).isEqualTo(kept.ends());
                assertThat(link.crmVersion()).isEqualTo(kept.crmVersion());
            });
            world.partnerCenter().patch("/sandbox/deals/" + referralId, Map.of("details", Map.of("notes", "Still?")));
            world.andAgainNothingHappens();
            assertThat(leads.of(referralId)).as("it is not made again").isEmpty();
        }
    }

    @Test
    void a_marketplace_lead_that_was_refused_could_not_be_given_up() {
        try (World world = new World(Map.of("marketplace-leads.path-secret", LeadStories.SECRET), Path.of("routes"),
                "salesforce")) {
            LeadDriver leads = world.crm().leads();
            leads.refuseNextWrite();
            push(world);
            world.eventually(() -> assertThat(world.parked()).singleElement().asString().contains("Region is missing"));
            String id = world.parked().get(0).split(" ")[1];

            assertThat(world.operations().forget(id)).startsWith("Forgotten");
            PushedLeads pushed = world.camel().getRegistry().lookupByNameAndType("pushedLeads", PushedLeads.class);
            assertThat(pushed.body(id)).isNull();
            assertThat(world.parked()).isEmpty();
            assertThat(link(world, id).state()).isEqualTo(LinkState.ORPHANED);
            push(world);
            world.andAgainNothingHappens();
            assertThat(leads.withEmail("jo@doe.example")).isEmpty();
        }
    }

    private static void push(World world) {
        assertThat(world.application().raw("POST", "/webhooks/marketplace-leads/" + LeadStories.SECRET,
                LeadStories.push("jo@doe.example"), LeadStories.json()).statusCode()).isEqualTo(200);
    }

    private static Link link(World world, String referralId) {
        List<Link> links = world.operations().links(referralId);
        assertThat(links).hasSize(1);
        return links.get(0);
    }

    private static Instant last(World world) {
        String at = world.camel().getRegistry().lookupByNameAndType("watermarks", Watermarks.class)
                .read("housekeeping");
        return at == null ? Instant.EPOCH : Instant.parse(at);
    }

    /** It came 31 days ago, and the CRM has it. */
    private void oldLead(World world) {
        Clock clock = Clock.offset(Clock.systemUTC(), Duration.ofDays(-31));
        String books = Database.h2(world.settings().path(Key.DATA_DIRECTORY).resolve("cosell").toString());
        try (Database database = Database.open(books, null, null)) {
            PushedLeads leads = new PushedLeads(database, List.of("salesforce"), Duration.ofDays(30), crm -> 0, clock);
            leadId = leads.keep("{\"CustomerDetails\":{\"Email\":\"jo@customer.example\"}}").id();
            assertThat(leads.body(leadId)).contains("jo@customer.example");
            new LinkStore(database, new SeenVersions(database, clock), clock).finish(new Finished(
                    Link.of("salesforce", Ends.lead(leadId, null, "00Q8d000001AAAAAA1")).at("pushed", "1"), null,
                    List.of()));
        }
    }
}
