package dev.cosell.backfill;

import static dev.cosell.sync.decide.PlainDeals.CRM;
import static dev.cosell.sync.decide.PlainDeals.REFERRALS;
import static dev.cosell.sync.decide.PlainDeals.SIDE;
import static dev.cosell.sync.decide.PlainDeals.TABLE;
import static dev.cosell.sync.decide.PlainDeals.opportunity;
import static dev.cosell.sync.decide.PlainDeals.pair;
import static dev.cosell.sync.decide.PlainDeals.referral;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.backfill.Records.Found;
import dev.cosell.state.Database;
import dev.cosell.sync.books.Finished;
import dev.cosell.sync.books.FirstSync;
import dev.cosell.sync.books.LinkSearch;
import dev.cosell.sync.books.LinkStore;
import dev.cosell.sync.books.SeenVersions;
import dev.cosell.sync.decide.AgreedValues;
import dev.cosell.sync.decide.Ends;
import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.Pair;
import dev.cosell.sync.decide.PlainDeals;
import dev.cosell.sync.steps.PreviewSteps.Foreseen;
import dev.cosell.verbs.Changes;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of the records that agree, those that are closed are counted apart, whichever side is gone through. */
class ClosedRecordsTest {
    private static final Clock CLOCK = Clock.systemUTC();

    @TempDir
    Path folder;
    private Database database;
    private Pages pages;
    private LinkStore links;

    @BeforeEach
    void open() {
        database = Database.open(Database.h2(folder.resolve("cosell").toString()), null, null);
        new FirstSync(database, List.of("crm")).begin(false, false);
        SeenVersions seen = new SeenVersions(database, CLOCK);
        links = new LinkStore(database, seen, CLOCK);
        pages = new Pages(Map.of("crm", CRM), REFERRALS, crm -> SIDE.mapping(), new LinkSearch(database), seen);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static Map<String, Object> referralOf(int deal, String status, String substatus) {
        Map<String, Object> referral = referral(Map.of());
        referral.putAll(Map.of("id", "r" + deal, "status", status, "substatus", substatus, "externalReferenceId",
                "crm-" + deal));
        return referral;
    }

    private static Map<String, Object> opportunityOf(int deal, String stage) {
        return opportunity(Map.of("Id", "crm-" + deal, "ReferralId", "r" + deal, "Stage", stage, "Version", "7"));
    }

    /** Both sides show the same, and the books know. */
    private Link agreed(int deal, Map<String, Object> referral, Map<String, Object> opportunity) {
        links.finish(new Finished(Link.of("crm", Ends.deal("r" + deal, "e" + deal, "crm-" + deal))
                .with(AgreedValues.shown(TABLE.rows(), row -> true, referral, opportunity)).at("\"1\"", "7"), null,
                List.of()));
        return links.findByCrmId("crm", "crm-" + deal).orElseThrow();
    }

    private long closed(List<Found> page) {
        Backfill job = new Jobs(database, CLOCK).begin("crm", null, null, true, "ana", List.of("crm")).orElseThrow();
        Records records = new Records(database, CLOCK);
        records.add(job, page, "end", true);
        assertThat(records.counts(job.id()).found()).isEqualTo(Map.of(Kind.EQUAL, 2L));
        return records.closed(job.id());
    }

    private static Changes page(List<Map<String, Object>> records, String id) {
        return new Changes(records.stream().map(each -> new Changes.Change(each.get(id).toString(), "7")).toList(),
                "end", false, records);
    }

    @Test
    void a_deal_that_agrees_and_is_closed_is_counted_apart_on_the_pages_of_either_side() {
        List<Map<String, Object>> referrals = List.of(referralOf(1, "Active", "Accepted"),
                referralOf(2, "Closed", "Won"));
        List<Map<String, Object>> opportunities = List.of(opportunityOf(1, "Open"), opportunityOf(2, "Closed Won"));
        agreed(1, referrals.get(0), opportunities.get(0));
        agreed(2, referrals.get(1), opportunities.get(1));
        assertThat(closed(pages.found("crm", page(opportunities, "Id")))).isOne();
        database.client().sql("UPDATE backfill SET phase = 'DONE'").update();
        assertThat(closed(pages.found("partner-center", page(referrals, "id")))).isOne();
    }

    @Test
    void one_that_was_looked_at_is_too() {
        for (String status : List.of("Closed/Won", "Active/Accepted")) {
            boolean won = status.startsWith("Closed");
            Map<String, Object> referral = referralOf(1, status.split("/")[0], status.split("/")[1]);
            Map<String, Object> opportunity = new HashMap<>(opportunityOf(1, won ? "Closed Won" : "Open"));
            Link link = Link.of("crm", Ends.deal("r1", "e1", "crm-1"))
                    .with(AgreedValues.shown(TABLE.rows(), row -> true, referral, opportunity)).at("\"1\"", "6");
            Pair pair = pair(PlainDeals.hint("crm"), link, referral, opportunity);
            Prediction prediction = Prediction.of(new Foreseen(PlainDeals.explain(pair), null, List.of()));
            assertThat(prediction.kind()).isEqualTo(Kind.EQUAL);
            assertThat(prediction.closed()).isEqualTo(won);
        }
    }
}
