package dev.cosell.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.settings.Key;
import dev.cosell.state.ReadyDatabase;
import dev.cosell.stories.World;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A question with a character that PostgreSQL cannot hold was answered as if the database were away. */
class UnstorableQuestionTest {
    private static final List<String> ASKED = List.of("/api/deals/a%00b", "/api/deals/a%00b/preview",
            "/api/issues/a%00b");
    private static final Map<String, String> SENT = Map.of("/api/deals/search", "text", "/api/log", "text",
            "/api/deals/a%00b/look-again", "crm", "/api/deals/a/retry", "crm", "/api/deals/a%00b/approve", "crm",
            "/api/deals/a%00b/forget", "none", "/api/issues/retry", "group", "/api/mapping/try", "text");
    private static final String NUL = "a\\u0000b";

    private static Map<String, String> settings(String database) throws Exception {
        return database.equals("h2") ? Map.of() : Map.of("state.url", ReadyDatabase.postgres());
    }

    private static void isRefused(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as("%s: %s", answer.uri(), answer.body()).isEqualTo(400);
        assertThat(Client.sentence(answer)).contains("U+0000", "leave them out");
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "h2"})
    void a_question_that_no_database_can_hold_is_refused_with_a_sentence(String database) throws Exception {
        try (World world = new World(settings(database), Path.of("routes"), "salesforce", "dynamics")) {
            Client api = new Client(world.settings().number(Key.MANAGEMENT_PORT)).acting();
            ASKED.forEach(path -> isRefused(api.send("GET", path, null)));
            SENT.forEach((path, field) -> isRefused(api.send("POST", path, "{\"" + field + "\":\"" + NUL + "\"}")));
            isRefused(api.send("POST", "/api/backfill", "{\"source\":\"salesforce\",\"where\":\"" + NUL + "\"}"));
            HttpResponse<String> ages = api.send("POST", "/api/backfill",
                    "{\"source\":\"salesforce\",\"since\":\"+300000-01-01\"}");
            assertThat(ages.statusCode()).isEqualTo(400);
            assertThat(Client.sentence(ages)).contains("since has to be a day");
            String id = api.post("/api/backfill", "{\"source\":\"salesforce\",\"dryRun\":true}").path("id").asText();
            isRefused(api.send("GET", "/api/backfill/" + id + "/records?after=a%00b", null));
            assertThat(api.get("/api/backfill/" + id + "/records?after=").path("records").isArray()).isTrue();
            world.andAgainNothingHappens();
        }
    }
}
