package dev.cosell.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cosell.settings.Key;
import dev.cosell.stories.World;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What people ask about deals and do about them, over the API of a running application with both CRMs. */
class ApiTest {
    private static World world;
    private static Client api;

    @BeforeAll
    static void start() {
        world = new World("salesforce", "dynamics");
        api = new Client(world.settings().number(Key.MANAGEMENT_PORT)).acting();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    private static String joined(String name) {
        String referralId = world.newDeal(Map.of("name", name));
        world.opportunityFor(world.crm("salesforce"), referralId);
        world.opportunityFor(world.crm("dynamics"), referralId);
        world.settle();
        return referralId;
    }

    private static List<JsonNode> list(JsonNode array) {
        List<JsonNode> list = new ArrayList<>();
        array.forEach(list::add);
        return list;
    }

    private static JsonNode row(JsonNode preview, String field) {
        return list(preview.path("rows")).stream().filter(row -> row.path("field").asText().equals(field)).findFirst()
                .orElseThrow();
    }

    private static JsonNode preview(String id, String crm) {
        return list(api.get("/api/deals/" + id + "/preview").path("previews")).stream()
                .filter(each -> each.path("crm").asText().equals(crm))
                .findFirst().orElseThrow();
    }

    @Test
    void a_deal_is_found_by_what_people_know_of_it() {
        String referralId = joined("Harbour <b>cranes</b> 100%_telemetry");
        String crmId = world.crm("salesforce").id(world.opportunityFor(world.crm("salesforce"), referralId));

        for (String text : List.of("harbour <B>CRANES", "100%_tele", referralId,
                referralId.toUpperCase(java.util.Locale.ROOT), crmId, crmId.substring(0, 15))) {
            JsonNode found = api.post("/api/deals/search", Client.JSON.createObjectNode().put("text", text)
                    .put("crm", "salesforce").toString());
            assertThat(list(found.path("deals"))).as(text).extracting(deal -> deal.path("referralId").asText())
                    .containsExactly(referralId);
        }
        JsonNode deal = api.post("/api/deals/search", "{\"text\":\"" + referralId + "\",\"state\":\"linked\"}")
                .path("deals").get(0);
        assertThat(deal.path("customer").asText()).isNotEmpty();
        assertThat(list(api.post("/api/deals/search", "{\"text\":\"" + deal.path("customer").asText() + "\"}")
                .path("deals")))
                .extracting(each -> each.path("referralId").asText()).contains(referralId);
        assertThat(api.post("/api/deals/search", "{\"text\":\"1000_tele\"}").path("deals")).isEmpty();
        assertThat(api.post("/api/deals/search", "{\"text\":\"" + referralId + "\",\"state\":\"PARKED\"}")
                .path("deals")).isEmpty();
    }

    @Test
    void pages_go_on_where_the_last_one_ended() {
        List.of("Paged one", "Paged two", "Paged three").forEach(ApiTest::joined);
        List<String> names = new ArrayList<>();
        JsonNode page = api.post("/api/deals/search", "{\"text\":\"paged\",\"crm\":\"dynamics\",\"limit\":2}");
        list(page.path("deals")).forEach(deal -> names.add(deal.path("name").asText()));
        page = api.post("/api/deals/search", "{\"text\":\"paged\",\"crm\":\"dynamics\",\"limit\":2,\"after\":"
                + page.path("next") + "}");
        list(page.path("deals")).forEach(deal -> names.add(deal.path("name").asText()));

        assertThat(names).containsExactly("Paged three", "Paged two", "Paged one");
        assertThat(page.path("next").isNull()).isTrue();
    }

    /** The preview is what the next sync does: it says so before, and it writes nothing. */
    @Test
    void a_preview_tells_row_by_row_what_the_sync_then_does() {
        String referralId = joined("Previewed");
        String crmId = world.crm("salesforce").id(world.opportunityFor(world.crm("salesforce"), referralId));
        world.operations().pause("all");
        world.crm("salesforce").changeValue(crmId, 77000);
        int before = writes();

        JsonNode preview = preview(referralId, "salesforce");

        JsonNode amount = row(preview, "Amount");
        assertThat(preview.path("situation").asText()).isEqualTo("CHANGED");
        assertThat(preview.path("action").asText()).isEqualTo("UPDATE");
        assertThat(amount.path("moved").asText()).isEqualTo("CRM");
        assertThat(amount.path("outcome").asText()).isEqualTo("TO_PARTNER_CENTER");
        assertThat(new BigDecimal(amount.path("crm").asText())).isEqualByComparingTo("77000");
        assertThat(amount.path("agreed").path("crm").asText()).isEqualTo(amount.path("partnerCenter").asText());
        assertThat(new BigDecimal(amount.path("write").path("details.dealValue").asText()))
                .isEqualByComparingTo("77000");
        assertThat(amount.path("rule").path("file").asText()).isEqualTo("mapping-salesforce.camel.yaml");
        assertThat(amount.path("rule").path("text").asText()).startsWith("Amount ");
        assertThat(lineOf("Amount  ")).isEqualTo(amount.path("rule").path("line").asInt());
        assertThat(row(preview, "Name").path("outcome").asText()).isEqualTo("SAME");
        assertThat(list(preview.path("writes"))).extracting(write -> write.path("system").asText() + " "
                + write.path("field").asText())
                .containsExactly("partner-center details.dealValue");
        assertThat(preview(crmId, "salesforce").path("writes")).isEqualTo(preview.path("writes"));
        assertThat(writes()).as("writes by looking").isEqualTo(before);

        world.operations().resume("all");
        world.eventually(() -> assertThat(world.valueOf(world.referral(referralId))).isEqualByComparingTo("77000"));
        world.settle();
        assertThat(row(preview(referralId, "salesforce"), "Amount").path("outcome").asText()).isEqualTo("SAME");
        assertThat(preview(referralId, "salesforce").path("situation").asText()).isEqualTo("AGREED");
        world.andAgainNothingHappens();
    }

    private static int lineOf(String row) {
        try {
            List<String> lines = Files.readAllLines(Path.of("routes/mapping-salesforce.camel.yaml"));
            return 1 + lines.indexOf(lines.stream().filter(line -> line.strip().startsWith(row)).findFirst()
                    .orElseThrow());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static int writes() {
        int writes = (Integer) world.partnerCenter().get("/sandbox/stats").get("writes");
        for (String crm : List.of("salesforce", "dynamics")) {
            writes += (Integer) world.crm(crm).api().get("/sandbox/stats").get("writes");
        }
        return writes;
    }

    /**
     * Parked, explained, mended, retried: all that a person needs to know comes from the API, and who did it is in the
     * audit.
     */
    @Test
    void a_parked_opportunity_is_explained_and_retried() {
        for (String crm : List.of("salesforce", "dynamics")) {
            Map<String, Object> fields = new java.util.LinkedHashMap<>(world.crm(crm).country("Atlantis"));
            String crmId = world.crm(crm).newOpportunity(fields);
            world.eventually(() -> assertThat(api.post("/api/deals/search", "{\"text\":\"" + crmId
                    + "\",\"state\":\"PARKED\"}").path("deals")).hasSize(1));
            world.settle();

            JsonNode why = api.get("/api/deals/" + crmId);
            String reason = why.path("links").get(0).path("deal").path("reason").asText();
            assertThat(reason).contains("Atlantis");
            assertThat(why.path("history").get(0).path("situation").asText()).isEqualTo("BROKEN_RULE");
            JsonNode preview = preview(crmId, crm);
            assertThat(preview.path("action").asText()).isEqualTo("CREATE_REFERRAL");
            assertThat(preview.path("faults").toString()).contains("Atlantis");
            assertThat(preview.path("writes")).isEmpty();
            JsonNode group = list(api.get("/api/issues").path("groups")).stream()
                    .filter(each -> each.path("byCrm").has(crm)
                    && !each.path("reason").asText().isEmpty()).filter(each -> list(api.get("/api/issues/"
                    + each.path("key").asText()).path("deals")).stream()
                    .anyMatch(deal -> deal.path("crmId").asText().equals(crmId))).findFirst().orElseThrow();

            world.crm(crm).mendCountry(crmId);
            assertThat(preview(crmId, crm).path("writes")).isNotEmpty();
            assertThat(api.post("/api/issues/retry", "{\"group\":\"" + group.path("key").asText() + "\"}")
                    .path("sentence").asText()).contains("looked at again");

            world.eventually(() -> assertThat(world.crm(crm).referralId(world.crm(crm).opportunity(crmId)))
                    .isNotNull());
            world.eventually(() -> assertThat(api.get("/api/deals/" + crmId).path("links").get(0).path("deal")
                    .path("state").asText()).isEqualTo("LINKED"));
            assertThat(list(api.get("/api/deals/" + crmId).path("history")))
                    .extracting(entry -> entry.path("detail").asText())
                    .anyMatch(detail -> detail.equals("Somebody on this machine asked to look again"));
        }
        world.andAgainNothingHappens();
    }

    @Test
    void the_overview_says_how_it_is() {
        JsonNode overview = api.get("/api/overview");
        assertThat(list(overview.path("connections"))).extracting(each -> each.path("system").asText())
                .contains("partner-center", "salesforce", "dynamics");
        assertThat(list(overview.path("crms"))).extracting(each -> each.path("name").asText())
                .containsExactly("salesforce", "dynamics");
        assertThat(overview.path("mapping").path("versions").path("salesforce").asText()).isNotEmpty();
        assertThat(overview.path("instances").isArray()).isTrue();
        world.operations().pause("dynamics");
        assertThat(api.get("/api/overview").path("needsPerson").toString()).contains("The sync of dynamics is paused");
        world.operations().resume("dynamics");
    }

    @Test
    void the_mapping_is_shown_as_it_stands_in_the_files() {
        JsonNode table = api.get("/api/mapping").path("files").get(0).path("tables").get(0);
        assertThat(table.path("columns")).hasSize(6);
        JsonNode date = list(table.path("rows")).stream().filter(row -> row.path("cells").get(0).asText()
                .equals("CloseDate")).findFirst().orElseThrow();
        assertThat(date.path("notes").get(0).asText()).startsWith("A deal without a closing date");
        assertThat(date.path("line").asInt()).isEqualTo(lineOf("CloseDate"));
    }

    @Test
    void whoever_asks_wrongly_gets_a_sentence() {
        Map<String, Integer> questions = Map.of("GET /api/deals/nobody", 404, "GET /api/deals/nobody/preview", 404,
                "GET /api/deals/%00", 404,
                "GET /api/issues/none", 404, "GET /api/nothing", 404, "PUT /api/overview", 405,
                "GET /api/deals/x/approve", 405, "GET /api/issues/x?after=y", 404,
                "POST /api/deals/nobody/approve", 404, "POST /api/issues/retry", 400);
        questions.forEach((question, status) -> {
            String[] parts = question.split(" ");
            HttpResponse<String> response = api.send(parts[0], parts[1], parts[0].equals("GET") ? null : "{}");
            assertThat(response.statusCode()).as(question + " " + response.body()).isEqualTo(status);
            assertThat(Client.sentence(response)).as(question).isNotBlank()
                    .doesNotContain("Exception", "at dev.cosell");
        });
        for (String body : List.of("{\"state\":\"odd\"}", "{\"crm\":\"odd\"}", "{\"after\":\"x\"}", "[]", "{",
                "{\"text\":\"" + "x".repeat(300) + "\"}")) {
            HttpResponse<String> response = api.send("POST", "/api/deals/search", body);
            assertThat(response.statusCode()).as(body).isEqualTo(400);
            assertThat(Client.sentence(response)).as(body).isNotBlank();
        }
        assertThat(api.send("POST", "/api/deals/search", "{\"text\":\"" + "x".repeat(100_000) + "\"}").statusCode())
                .isEqualTo(413);
    }
}
