package dev.cosell.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.settings.Key;
import dev.cosell.state.Database;
import dev.cosell.stories.World;
import dev.cosell.sync.books.AuditEntry;
import dev.cosell.sync.books.AuditTrail;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A person steers the sync by nothing but what the page shows, in a real browser. */
class PageTest {
    /** In memory and by name, so that a test can put a day's figures there. */
    private static final String DATABASE = "jdbc:h2:mem:page;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;"
            + "DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_DELAY=-1";
    private static World world;
    private static Browser browser;

    @BeforeAll
    static void start() {
        world = new World(Map.of("state.url", DATABASE), Path.of("routes"), "salesforce", "dynamics");
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
        fillTheDay();
        browser.open("");
        browser.sees("What needs a person");
        browser.sees("Changes per minute");
        browser.sees("1 of salesforce parked");
        browser.picture("overview");
        browser.follow("see why under Parked");
        browser.sees("1 parked");
        browser.sees("1 record");
        browser.sees("Retail rollout");
        browser.picture("parked");
        browser.follow("Retail rollout");
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
        browser.follow("This deal in every CRM");
        browser.sees("dynamics: synced");
        assertThat((Long) browser.run("return scrollY")).as("the views stay in sight").isZero();
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
        assertThat(browser.barriers()).isEmpty();
        assertThat(browser.run("return document.title").toString()).contains("<b>deal</b>").doesNotMatch("hacked");
        assertThat((Boolean) browser.run("return document.querySelectorAll('main img, main b, main script').length "
                + "== 0")).isTrue();
        assertThat(browser.complaints()).noneMatch(line -> line.contains("Content Security Policy"));
    }

    /** Every view, as people see it by day and by night, at a desk and on a telephone; axe-core looks too. */
    @Test
    void each_view_fits_a_telephone_and_shuts_nobody_out_in_light_and_in_dark() {
        String referralId = world.newDeal(Map.of("name", "Narrow"));
        world.opportunityFor(world.crm("dynamics"), referralId);
        world.settle();
        Map<String, String> shown = Map.of("overview", "The same as a table", "deals", "Narrow", "parked", "parked",
                "mapping", "CloseDate", "log", "New decisions appear");
        for (int width : List.of(1280, 360)) {
            browser.width(width);
            for (String view : List.of("overview", "deals", "deal/" + referralId, "parked", "mapping", "log")) {
                browser.afresh("#" + view);
                browser.sees(shown.getOrDefault(view, "Both sides agree."));
                browser.run("document.querySelectorAll('details').forEach(each => each.open = true)");
                assertThat((Long) browser.run("return document.documentElement.scrollWidth")).as(view)
                        .isLessThanOrEqualTo(width);
                assertThat(browser.barriers()).as(view + " by day, " + width).isEmpty();
                browser.dark(true);
                assertThat(browser.run("return getComputedStyle(document.body).backgroundColor")).as(view)
                        .isEqualTo("rgb(20, 24, 31)");
                // By night nothing but the colours is another, and a telephone has the same.
                if (width > 360) {
                    assertThat(browser.barriers("color-contrast")).as(view + " by night").isEmpty();
                }
                browser.picture((width == 360 ? "narrow-" : "") + "dark-" + view.split("/")[0]);
                browser.dark(false);
            }
        }
        browser.width(1280);
        browser.run("document.body.append(document.createElement('button'))");
        assertThat(browser.barriers()).as("a button without a name").anyMatch(fault -> fault.startsWith("button-name"));
        browser.afresh("#overview");
    }

    @Test
    void what_is_decided_appears_in_the_log_by_itself_unless_it_is_paused() {
        browser.open("#log");
        browser.sees("New decisions appear by themselves.");
        world.newDeal(Map.of("name", "Logged quay"));
        browser.sees("Logged quay");
        browser.sees("The referral has no opportunity in this CRM yet.");
        browser.picture("log");
        browser.press("Pause");
        browser.sees("Paused");
        world.newDeal(Map.of("name", "Missed pier"));
        browser.sees(" new");
        assertThat(browser.text()).doesNotContain("Missed pier");
        browser.press("Resume");
        browser.sees("Missed pier");
        browser.search("Logged quay");
        browser.seesNoMore("Missed pier");
        browser.sees("Logged quay");
        world.newDeal(Map.of("name", "Later pier"));
        world.newDeal(Map.of("name", "Logged quay of a second deal"));
        browser.sees("of a second deal");
        assertThat(browser.text()).doesNotContain("Later pier");
        theMiddleOfALongDetailIsFound();
        browser.search("create opp");
        browser.sees("Missed pier");
        browser.search("no such thing");
        browser.sees("Nothing that fits was decided lately.");
        world.newDeal(Map.of("name", "<i>", "details", Map.of("notes", "<img src=x> \u202e" + "long ".repeat(6_400))));
        browser.search("");
        browser.sees("<i>");
        assertThat((Boolean) browser.run("return document.querySelectorAll('main img, main i').length == 0")).isTrue();
        world.settle();
    }

    /** It is cut where all decisions are shown. */
    private static void theMiddleOfALongDetailIsFound() {
        try (Database books = Database.visit(world.settings().text(Key.STATE_URL), null, null)) {
            new AuditTrail(books).add(new AuditEntry(Instant.now(), "salesforce", "long", null, "CHANGED", "UPDATE",
                    "word ".repeat(1_000) + "anchorage", "m1", true));
        }
        browser.search("anchorage");
        browser.sees("word word");
    }

    @Test
    void another_mapping_is_tried_on_the_page_with_a_real_deal() {
        String referralId = world.newDeal(Map.of("name", "Tried"));
        world.opportunityFor(world.crm("salesforce"), referralId);
        world.settle();
        browser.open("#mapping");
        browser.sees("A deal without a closing date gets the day 90 days ahead");
        browser.picture("mapping");
        browser.open("#deal/" + referralId);
        browser.follow("Try another mapping with this deal");
        browser.sees("Mapping file: edit it");
        assertThat(browser.content("id")).isEqualTo(referralId);
        String text = browser.content("text");
        browser.paste("text", text.replace("| money ", "| mony "));
        browser.press("Try it");
        browser.sees("mapping-salesforce.camel.yaml line ");
        browser.sees("\"mony\"");
        browser.paste("text", text.replaceFirst("(?m)^( *)(CloseDate .*)$", "$1NextStep | engagementId | id(100) | "
                + "create, update | - | partner-center wins\n$1$2"));
        browser.press("Try it");
        browser.sees("With this text; nothing was written.");
        browser.sees("NextStep");
        browser.sees("goes to the CRM");
        browser.run("document.querySelector('main details').scrollIntoView()");
        browser.picture("mapping-try");
        browser.open("#deal/" + referralId);
        browser.sees("Both sides agree.");
        assertThat(browser.text()).doesNotContain("NextStep");
        world.andAgainNothingHappens();
    }

    @Test
    void all_records_are_counted_let_go_stopped_and_let_go_on_by_what_the_overview_offers() throws Exception {
        world.camel().getRouteController().suspendRoute("salesforce-poll");
        String crmId = world.crm("salesforce").newOpportunity(Map.of());
        browser.afresh("#overview");
        browser.open("Go through all records of a system", true);
        browser.run("document.querySelector('[name=source]').value = 'salesforce'");
        browser.press("Count");
        browser.sees("Backfill of salesforce is counted, nothing was written");
        browser.sees("1 to create");
        assertThat(world.crm("salesforce").referralId(world.crm("salesforce").opportunity(crmId))).isNull();
        browser.run("document.querySelector('[aria-label=Backfill]').scrollIntoView()");
        browser.picture("backfill");

        world.pauseSync();
        browser.press("Let it go");
        browser.agree();
        browser.sees("Backfill of salesforce hands records to the sync");
        browser.press("Stop");
        browser.sees("Stopped by Somebody on this machine");
        browser.press("Go on");
        browser.agree();
        world.resumeSync();
        browser.sees("Backfill of salesforce is done");
        assertThat(world.crm("salesforce").referralId(world.crm("salesforce").opportunity(crmId))).isNotNull();
        world.camel().getRouteController().resumeRoute("salesforce-poll");
        world.andAgainNothingHappens();
    }

    private static void fillTheDay() {
        JdbcTemplate statements = new JdbcTemplate(new DriverManagerDataSource(DATABASE));
        List<Object[]> rows = new ArrayList<>();
        Instant now = Instant.now().truncatedTo(ChronoUnit.MINUTES);
        for (int i = 2; i < 1_440; i++) {
            for (String crm : List.of("salesforce", "dynamics")) {
                int wave = (int) Math.round(6 + 6 * Math.sin(i / (crm.equals("dynamics") ? 160.0 : 90.0)));
                rows.add(new Object[] {crm, now.minus(i, ChronoUnit.MINUTES).atOffset(ZoneOffset.UTC),
                        Math.max(0, wave - i % 5), i % 400 < 60 ? 60 - i % 400 : 0});
            }
        }
        statements.update("DELETE FROM minute_figure");
        statements.batchUpdate("INSERT INTO minute_figure (crm, minute_at, changes, backlog, audit_id) VALUES"
                + " (?, ?, ?, ?, 0)", rows);
    }

    @Test
    void the_last_day_is_drawn_and_told_in_a_table() {
        fillTheDay();
        browser.open("#overview");
        browser.sees("Changes per minute");
        assertThat(browser.run("return document.querySelector('svg').getAttribute('aria-labelledby').split(' ')"
                + ".map(id => document.getElementById(id).textContent).join(' ')").toString())
                .contains("over the last day", "salesforce: at most 12");
        assertThat(browser.run("return getComputedStyle(document.querySelector('path.line-1')).stroke").toString())
                .isNotEqualTo("none");
        browser.open("The same as a table", false);
        browser.sees("salesforce: most that waited");
        assertThat(browser.complaints()).noneMatch(line -> line.contains("Content Security Policy"));
    }

    @Test
    void the_keyboard_is_enough() {
        browser.afresh("#overview");
        browser.sees("Connections");
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
        browser.follow("Look for it by its name");
        browser.sees("Name, customer or an id");
    }

    /** As after a machine in between is gone: nothing comes, and nothing breaks off. */
    @Test
    void a_page_that_hears_nothing_any_more_says_since_when() {
        browser.afresh("#overview");
        browser.sees("live");
        browser.sees("Connections");
        browser.run("JSON.parse = () => { throw new Error('Nothing came'); }");
        browser.sees("no news since");
        browser.afresh("#overview");
        browser.sees("live");
    }

    @Test
    void a_page_that_stays_open_comes_back_after_a_restart() {
        browser.open("#overview");
        browser.sees("live");
        world.stopApplication();
        browser.sees("not connected; trying again");
        world.start();
        browser.sees("live");
        browser.seesNoMore("not connected");
        world.pauseSync();
        browser.sees("(paused)");
        world.resumeSync();
        browser.seesNoMore("(paused)");

        browser.open("#log");
        browser.sees("New decisions appear by themselves.");
        world.stopApplication();
        browser.sees("not connected; trying again");
        world.newDeal(Map.of("name", "While it was away"));
        world.start();
        browser.sees("While it was away");
        world.settle();
    }
}
