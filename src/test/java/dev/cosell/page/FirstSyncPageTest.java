package dev.cosell.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.settings.Key;
import dev.cosell.stories.World;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is shown of a first sync that was not let go, and how it is let go. */
class FirstSyncPageTest {
    private static final List<String> CRMS = List.of("salesforce", "dynamics");

    private static World world() {
        return new World(Map.of("first-sync", "ask", "partner-center.sweep-interval", "1s"), Path.of("routes"),
                "salesforce", "dynamics");
    }

    /** Nothing was to be handed over, so there was no button, and new records were left alone for good. */
    @Test
    void a_first_sync_that_finds_nothing_is_let_go_on_the_page() {
        try (World world = world(); Browser browser = new Browser(world.settings().number(Key.MANAGEMENT_PORT))) {
            browser.open("");
            browser.open("Go through all records of a system", true);
            for (String source : List.of("partner-center", "salesforce", "dynamics")) {
                browser.sees("Nothing new from " + source + " is written yet");
                browser.run("document.querySelector('[name=source]').value = '" + source + "'");
                browser.press("Count");
                browser.sees("Backfill of " + source + " is counted, nothing was written");
                browser.sees("There is nothing to hand over.");
                browser.press("Let it go");
                browser.agree();
                browser.sees("Backfill of " + source + " is done");
                browser.seesNoMore("Nothing new from " + source + " is written yet");
            }
            CRMS.forEach(crm -> {
                String id = world.crm(crm).newOpportunity(Map.of());
                world.eventually(() -> assertThat(world.crm(crm).referralId(world.crm(crm).opportunity(id)))
                        .as("referral of an opportunity of " + crm).isNotNull());
            });
            String referralId = world.newDeal(Map.of());
            CRMS.forEach(crm -> world.opportunityFor(world.crm(crm), referralId));
            world.andAgainNothingHappens();
        }
    }
}
