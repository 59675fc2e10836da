package dev.cosell.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cosell.settings.Key;
import dev.cosell.state.Database;
import dev.cosell.stories.World;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Ten thousand parked records: the page asks as few questions as with ten, and one click retries a reason. */
class ManyParkedTest {
    private static final int MANY = 10_000;
    /** Parked ones of a CRM that was enabled once. They were counted in the list, and nowhere else. */
    private static final int OF_ANOTHER = 12;
    private static final int OF_A_CAUSE = MANY / 2;
    /** A question for each record of a page, of which there are fifty, would be more. */
    private static final int QUESTIONS = 45;
    private static final int OF_A_PAGE = 400;
    private static final String LINK = "INSERT INTO link (crm, referral_id, crm_id, agreed, state, reason, "
            + "updated_at, writes_in_window, deal_name, causes)"
            + " VALUES (?, NULL, ?, '{}', 'PARKED', ?, ?, 0, ?, ?)";

    /** In memory and by name, so that a test can fill it and ask it what it was asked. */
    private final String url = "jdbc:h2:mem:many" + System.nanoTime() + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;"
            + "DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_DELAY=-1";
    private static final String ROWS_READ = "SELECT COALESCE(SUM(max_row_count), 0) FROM"
            + " information_schema.query_statistics WHERE sql_statement NOT LIKE '%query_statistics%'";
    private static final String ASKED = ROWS_READ.replace("SUM(max_row_count)", "SUM(execution_count)");

    private final JdbcTemplate beside = new JdbcTemplate(new DriverManagerDataSource(url));

    private static String reason(int number) {
        return switch (number % 4) {
            case 0 -> "The opportunity has no amount above 0 (Amount): enter the estimated deal value of " + number;
            case 1 -> "BillingCountry: \"Country " + number + "\" is no two-letter country code";
            case 2 -> "Opportunity 006" + String.format("%012d", number) + "AAA is claimed by "
                    + new UUID(number, number);
            default -> "Description is too long: " + "long ".repeat(number < 400 ? 3_900 : 60) + number;
        };
    }

    /** Null for the half that an earlier version parked. */
    private static String causes(int number) {
        return number < MANY / 2 ? null : number % 2 == 0 ? "CS-301 Amount" : "CS-301 Amount\nCS-202 BillingCountry";
    }

    private void fill() {
        try (Database database = Database.open(url, null, null)) {
            List<Object[]> rows = new ArrayList<>();
            for (int i = 0; i < MANY; i++) {
                rows.add(new Object[] {"salesforce", "006" + String.format("%012d", i) + "AAA", reason(i),
                        Timestamp.from(Instant.now().minusSeconds(i)), "Deal " + i, causes(i)});
            }
            for (int i = 0; i < OF_ANOTHER; i++) {
                rows.add(new Object[] {"dynamics", new UUID(0, i).toString(), reason(i), Timestamp.from(Instant.now()),
                        "Other " + i, causes(i)});
            }
            database.inTransaction(statements -> statements.batchUpdate(LINK, rows));
        }
    }

    @Test
    void each_view_asks_few_questions_and_a_reason_is_retried_with_progress() {
        fill();
        try (World world = new World(Map.of("state.url", url), Path.of("routes"), "salesforce");
             Browser browser = new Browser(world.settings().number(Key.MANAGEMENT_PORT))) {
            Client api = new Client(world.settings().number(Key.MANAGEMENT_PORT)).acting();
            JsonNode parked = api.get("/api/issues");
            assertThat(parked.path("count").asInt()).isEqualTo(MANY);
            assertThat(api.get("/api/overview").path("crms").findValues("parked")).singleElement()
                    .satisfies(count -> assertThat(count.asInt()).isEqualTo(MANY));
            assertThat(parked.path("groups")).hasSizeBetween(6, 7);
            JsonNode largest = parked.path("groups").get(0);
            assertThat(largest.path("code").asText() + " " + largest.path("about").asText()).isEqualTo("CS-301 Amount");
            assertThat(largest.path("count").asInt()).isEqualTo(OF_A_CAUSE);
            assertThat(largest.path("remedy").asText()).contains("Enter it");
            // Each of them once, because the reasons of an earlier version are grouped by what they have in common.
            asksFew("parked", () -> api.get("/api/issues"), MANY + OF_ANOTHER + OF_A_PAGE);
            // However many records there are: a page of them.
            asksFew("overview", () -> api.get("/api/overview"), OF_A_PAGE);
            asksFew("deals", () -> api.post("/api/deals/search", "{\"state\":\"PARKED\"}"), OF_A_PAGE);
            asksFew("log", () -> api.post("/api/log", "{}"), OF_A_PAGE);

            browser.open("#parked");
            browser.sees(MANY + " parked");
            String key = parked.path("groups").get(0).path("key").asText();
            JsonNode first = api.get("/api/issues/" + key);
            assertThat(first.path("deals")).hasSize(50);
            assertThat(api.get("/api/issues/" + key + "?after=" + first.path("next").asText()).path("deals").get(0))
                    .isNotEqualTo(first.path("deals").get(0));
            api.post("/api/issues/retry", "{\"group\":\"" + key + "\"}");
            browser.sees("of " + OF_A_CAUSE);
            assertThat(Client.sentence(api.send("POST", "/api/issues/retry", "{\"all\":true}")))
                    .startsWith("Another retry is under way").contains("of " + OF_A_CAUSE + " are handed over");
            world.eventually(() -> assertThat(api.get("/api/issues").path("retry").path("done").asInt())
                    .isGreaterThan(0));
        }
    }

    /** The application's own jobs ask beside it; the quietest of some times counts. */
    private void asksFew(String view, Runnable question, int rows) {
        int fewest = Integer.MAX_VALUE;
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            beside.execute("SET QUERY_STATISTICS FALSE");
            beside.execute("SET QUERY_STATISTICS TRUE");
            question.run();
            fewest = Math.min(fewest, beside.queryForObject(ASKED, Integer.class));
            least = Math.min(least, beside.queryForObject(ROWS_READ, Integer.class));
        }
        assertThat(fewest).as("questions of " + view).isBetween(1, QUESTIONS);
        assertThat(least).as("rows for " + view).isLessThanOrEqualTo(rows);
    }
}
