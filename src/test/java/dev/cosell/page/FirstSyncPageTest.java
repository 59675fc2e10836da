package dev.cosell.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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

    /** It said only that the record would be created, which no sync did. */
    @Test
    void a_preview_promised_a_creation_that_the_first_sync_holds_back() {
        try (World world = world()) {
            Client api = new Client(world.settings().number(Key.MANAGEMENT_PORT)).acting();
            String referralId = world.newDeal(Map.of());
            Map<String, String> ids = Map.of("salesforce", world.crm("salesforce").newOpportunity(Map.of()),
                    "dynamics", world.crm("dynamics").newOpportunity(Map.of()));
            world.settle();

            CRMS.forEach(crm -> {
                assertThat(words(api, referralId, crm)).contains("It would create the opportunity.")
                        .contains("Nothing new from partner-center is written yet");
                assertThat(words(api, ids.get(crm), crm)).contains("It would create the referral.")
                        .contains("Nothing new from " + crm + " is written yet");
                assertThat(Client.sentence(api.send("GET", "/api/deals/" + ids.get(crm), null)))
                        .contains("Nothing is known of a record " + ids.get(crm))
                        .contains("Nothing new from " + crm + " is written yet");
            });
            assertThat(Client.sentence(api.send("GET", "/api/deals/" + referralId, null)))
                    .contains("Nothing new from partner-center is written yet");
            assertThat(Client.sentence(api.send("GET", "/api/deals/nobody", null)))
                    .doesNotContain("is written yet");

            letGo(world, api, "salesforce");
            String joined = words(api, ids.get("salesforce"), "salesforce");
            assertThat(joined).as("it is joined").doesNotContain("is written yet");
            assertThat(words(api, ids.get("dynamics"), "dynamics")).contains("Nothing new from dynamics");
            world.andAgainNothingHappens();
        }
    }

    private static String words(Client api, String id, String crm) {
        for (JsonNode preview : api.get("/api/deals/" + id + "/preview").path("previews")) {
            if (preview.path("crm").asText().equals(crm)) {
                return preview.path("words").toString();
            }
        }
        throw new AssertionError("No preview of " + id + " in " + crm);
    }

    private static void letGo(World world, Client api, String source) {
        String job = "/api/backfill/"
                + api.post("/api/backfill", "{\"source\":\"" + source + "\"}").path("id").asText();
        world.eventually(() -> assertThat(api.get(job).path("phase").asText()).isEqualTo("ASKING"));
        api.post(job + "/go", "{}");
        world.eventually(() -> assertThat(api.get(job).path("phase").asText()).isEqualTo("DONE"));
    }
}
