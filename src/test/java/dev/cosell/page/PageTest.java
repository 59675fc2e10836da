package dev.cosell.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.settings.Key;
import dev.cosell.stories.World;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** A person steers the sync by nothing but what the page shows, in a real browser. */
class PageTest {
    private static World world;
    private static Browser browser;

    @BeforeAll
    static void start() {
        world = new World("salesforce", "dynamics");
        browser = new Browser(world.settings().number(Key.MANAGEMENT_PORT));
    }

    @AfterAll
    static void stop() {
        browser.close();
        world.close();
    }

    @Test
    void a_parked_deal_is_found_understood_mended_and_seen_synced() throws Exception {
        String crmId = world.crm("salesforce").newOpportunity(world.crm("salesforce").country("Atlantis"));
        browser.open("");
        browser.sees("What needs a person");
        browser.sees("1 of salesforce parked");
        browser.picture("overview");
        browser.follow("Parked");
        browser.sees("1 parked");
        browser.sees("1 record");
        browser.press("Which?");
        browser.sees("Retail rollout");
        browser.picture("parked");
        browser.open("#deal/" + crmId);
        browser.sees("Why it is parked, and what to do");
        browser.sees("Atlantis");
        browser.sees("It would park the record, because nothing can be created.");
        browser.picture("deal-parked");

        // Nobody but the person notices that it is mended.
        world.camel().getRouteController().suspendRoute("salesforce-poll");
        world.crm("salesforce").mendCountry(crmId);
        browser.press("Compare again");
        browser.sees("It would create the referral.");
        browser.press("Retry");

        browser.sees("It is looked at again in salesforce");
        browser.sees("salesforce: synced");
        browser.sees("Somebody on this machine asked to look again");
        world.camel().getRouteController().resumeRoute("salesforce-poll");
        browser.sees("Both sides agree.");
        browser.sees("mapping-salesforce.camel.yaml line ");
        browser.run("scrollTo(0, 0)");
        browser.picture("deal");
        assertThat(world.crm("salesforce").referralId(world.crm("salesforce").opportunity(crmId))).isNotNull();
        browser.follow("Overview");
        browser.seesNoMore("1 of salesforce parked");
        world.andAgainNothingHappens();
    }

    @Test
    void whatever_stands_in_a_record_is_shown_as_text() {
        String name = "<img src=x onerror=document.title='hacked'><b>deal</b> עסקה \u202egnp.exe";
        String referralId = world.newDeal(Map.of("name", name, "details",
                Map.of("notes", "<script>document.title='hacked'</script>" + "long ".repeat(6000))));
        world.opportunityFor(world.crm("salesforce"), referralId);
        world.settle();
        browser.open("#deals");
        browser.search("img src=x");
        browser.sees("<img src=x onerror=document.title='hacked'><b>deal</b> עסקה");
        browser.sees("\\u202egnp.exe");
        browser.picture("deals");
        browser.open("#deal/" + referralId);
        browser.sees("<script>document.title='hacked'</script>");
        browser.sees("Both sides agree.");
        assertThat(browser.run("return document.title").toString()).contains("<b>deal</b>").doesNotMatch("hacked");
        assertThat((Boolean) browser.run("return document.querySelectorAll('main img, main b, main script').length "
                + "== 0")).isTrue();
        assertThat(browser.complaints()).noneMatch(line -> line.contains("Content Security Policy"));
    }

    @Test
    void each_view_fits_a_telephone_in_light_and_in_dark() {
        String referralId = world.newDeal(Map.of("name", "Narrow"));
        world.opportunityFor(world.crm("dynamics"), referralId);
        world.settle();
        browser.width(360);
        for (String view : List.of("overview", "deals", "deal/" + referralId, "parked", "mapping")) {
            browser.open("#" + view);
            browser.sees(Map.of("overview", "Connections", "deals", "Narrow", "parked", "parked", "mapping",
                    "CloseDate").getOrDefault(view, "Both sides agree."));
            assertThat((Long) browser.run("return document.documentElement.scrollWidth")).as(view)
                    .isLessThanOrEqualTo(360);
            browser.dark(true);
            assertThat(browser.run("return getComputedStyle(document.body).backgroundColor")).as(view)
                    .isEqualTo("rgb(20, 24, 31)");
            browser.picture("narrow-dark-" + view.split("/")[0]);
            browser.dark(false);
        }
        browser.width(1280);
        browser.open("#mapping");
        browser.sees("A deal without a closing date gets the day 90 days ahead");
        browser.picture("mapping");
    }

    @Test
    void the_keyboard_is_enough() {
        browser.open("#overview");
        browser.sees("Connections");
        browser.run("document.activeElement.blur()");
        browser.type(Keys.TAB);
        assertThat(browser.focused()).isEqualTo("To the content");
        browser.type(Keys.TAB);
        browser.type(Keys.TAB);
        assertThat(browser.focused()).isEqualTo("Deals");
        browser.type(Keys.ENTER);
        browser.sees("Name, customer or an id");
        browser.focuses("view");
        browser.type(Keys.TAB);
        browser.type("no such deal", Keys.ENTER);
        browser.sees("No deal fits.");
    }

    @Test
    void a_record_that_nobody_knows_gets_a_sentence() {
        browser.open("#deal/nobody");
        browser.sees("Nothing is known of a record nobody");
    }

    @Test
    void a_page_that_stays_open_comes_back_after_a_restart() {
        browser.open("#overview");
        browser.sees("live");
        world.stopApplication();
        browser.sees("not connected; trying again");
        world.start();
        browser.sees("live");
        world.pauseSync();
        browser.sees("(paused)");
        world.resumeSync();
        browser.seesNoMore("(paused)");
    }
}
