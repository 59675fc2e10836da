package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.settings.Key;
import dev.cosell.state.Database;
import dev.cosell.sync.books.LinkStore.Finished;
import dev.cosell.sync.books.LinkStore;
import dev.cosell.sync.books.PushedLeads;
import dev.cosell.sync.books.SeenVersions;
import dev.cosell.sync.books.Watermarks;
import dev.cosell.sync.decide.Ends;
import dev.cosell.sync.decide.Link;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
