package dev.cosell.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cosell.operations.AlarmCheck;
import dev.cosell.settings.Key;
import dev.cosell.stories.World;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.spi.RouteController;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What people ask about deals and do about them, over the API of a running application with both CRMs. */
class ApiTest {
    private static World world;
    private static Client api;

    @BeforeAll
    static void start() {
        world = new World(Map.of("leads", "leads", "check.at-start", "true"), Path.of("routes"), "salesforce",
                "dynamics");
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
        assertThat(needed()).contains("The sync of dynamics is paused").doesNotContain("The route ");
        world.operations().resume("dynamics");
    }

    /** Used-up calls, an event stream that is deaf and a channel of alerts that fails were told elsewhere alone. */
    @Test
    void a_check_of_health_that_the_overview_does_not_know_is_told_all_the_same() {
        AtomicReference<String> alarm = new AtomicReference<>("The tide is out");
        new AlarmCheck("tide", alarm::get, health -> health.detail("warning", "The tide turns soon"))
                .register(world.camel());
        assertThat(list(api.get("/api/overview").path("needsPerson"))).extracting(JsonNode::asText)
                .contains("The tide is out", "The tide turns soon");
        alarm.set("");
        assertThat(needed()).doesNotContain("The tide is out");
        world.andAgainNothingHappens();
    }

    /** The overview answered 500, and so did the page of health. */
    @Test
    void a_check_of_health_that_cannot_be_made_is_told_and_hides_nothing_else() {
        AtomicBoolean broken = new AtomicBoolean(true);
        new AlarmCheck("gauge", () -> {
            if (broken.get()) {
                throw new IllegalStateException("the gauge is broken");
            }
            return "";
        }, health -> { }).register(world.camel());
        assertThat(needed()).contains("The check gauge could not be made: the gauge is broken");
        assertThat(api.send("GET", "/observe/health", null).statusCode()).isEqualTo(200);
        broken.set(false);
        assertThat(needed()).doesNotContain("gauge");
        world.andAgainNothingHappens();
    }

    /** Health was DOWN, and the overview said that all is well. */
    @Test
    void a_poll_that_somebody_has_suspended_or_stopped_is_told() throws Exception {
        RouteController routes = world.camel().getRouteController();
        assertThat(needed()).doesNotContain("The route ");
        routes.suspendRoute("dynamics-poll");
        routes.stopRoute("salesforce-poll");
        assertThat(needed()).contains("The route dynamics-poll is suspended on this instance; resume it over JMX",
                "The route salesforce-poll is stopped on this instance; start it over JMX");
        routes.resumeRoute("dynamics-poll");
        routes.startRoute("salesforce-poll");
        assertThat(needed()).doesNotContain("The route ");
        world.andAgainNothingHappens();
    }

    private static String needed() {
        return api.get("/api/overview").path("needsPerson").toString();
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

    private static String mapping(String crm) {
        return list(api.get("/api/mapping").path("files")).stream().filter(file -> file.path("crm").asText()
                .equals(crm)).findFirst().orElseThrow().path("text").asText();
    }

    private static String trial(String crm, String text, String id) {
        return Client.JSON.createObjectNode().put("crm", crm).put("text", text).put("id", id).toString();
    }

    /** A row that is not in force reads its field and says what it would write; the sync goes on by the file. */
    @Test
    void another_mapping_is_tried_with_a_real_deal_and_nothing_is_written() {
        String referralId = joined("Tried");
        for (String crm : List.of("salesforce", "dynamics")) {
            boolean salesforce = crm.equals("salesforce");
            String crmId = world.crm(crm).id(world.opportunityFor(world.crm(crm), referralId));
            String added = salesforce ? "LeadSource" : "currentsituation";
            String above = salesforce ? "Amount  " : "estimatedvalue  ";
            String text = mapping(crm);
            String before = text.lines().filter(line -> line.strip().startsWith(above)).findFirst().orElseThrow();
            String tried = text.replace(before, before.substring(0, before.indexOf(above.strip())) + added
                    + " | engagementId | id(100) | create, update | - | partner-center wins\n" + before);
            int writes = writes();

            for (String id : List.of(referralId, crmId)) {
                JsonNode preview = api.post("/api/mapping/try", trial(crm, tried, id)).path("previews").get(0);
                assertThat(preview.path("crm").asText()).isEqualTo(crm);
                assertThat(preview.path("faults")).as(preview.toString()).isEmpty();
                JsonNode row = row(preview, added);
                assertThat(row.path("rule").path("text").asText()).startsWith(added);
                assertThat(row.path("outcome").asText()).isEqualTo("TO_CRM");
                assertThat(row.path("write").path(added)).isEqualTo(row.path("partnerCenter"));
            }
            assertThat(list(preview(referralId, crm).path("rows"))).extracting(row -> row.path("field").asText())
                    .doesNotContain(added);
            assertThat(mapping(crm)).isEqualTo(text);
            assertThat(writes()).isEqualTo(writes);
        }
        world.andAgainNothingHappens();
    }

    @Test
    void a_wrong_mapping_gets_file_and_line_and_nothing_but_tables_is_made_of_a_text() {
        String text = mapping("salesforce");
        int amount = 1 + text.lines().map(String::strip).toList().indexOf(text.lines().map(String::strip)
                .filter(line -> line.startsWith("Amount ")).findFirst().orElseThrow());
        Map<String, String> wrong = new java.util.LinkedHashMap<>();
        wrong.put(text.replace("| money ", "| mony "), "mapping-salesforce.camel.yaml line " + amount + ": ");
        wrong.put(text + "\n  - broken: [", "mapping-salesforce.camel.yaml line ");
        wrong.put(text.replaceFirst("(?m)^    - name: salesforceStage$", "    - name: evil\n      type: "
                + "javax.script.ScriptEngineManager\n    - name: salesforceStage"), "evil: only field tables");
        wrong.put(text.replaceFirst("within: customerProfile\n", "within: \"{{partner-center.client-secret}}\"\n"),
                "placeholders are not filled in here");
        wrong.put("- beans: []", "there is no field table \"salesforceFields\"");
        wrong.forEach((tried, sentence) -> {
            HttpResponse<String> refused = api.send("POST", "/api/mapping/try", trial("salesforce", tried, "x"));
            assertThat(refused.statusCode()).as(sentence).isEqualTo(400);
            assertThat(Client.sentence(refused)).contains(sentence);
        });
        assertThat(api.send("POST", "/api/mapping/try", trial("salesforce", text, "nobody")).statusCode())
                .isEqualTo(404);
        assertThat(api.send("POST", "/api/mapping/try", trial("odd", text, "x")).statusCode()).isEqualTo(400);
        assertThat(api.send("POST", "/api/mapping/try", "{}").statusCode()).isEqualTo(400);
    }

    /** Before, a preview said of a lead only that it was one. */
    @Test
    void a_lead_is_previewed_like_a_deal_row_by_row() {
        world.operations().pause("all");
        Map<String, Object> complete = Map.of("details", Map.of("dealValue", 15000, "closingDateTime",
                "2027-02-28T00:00:00Z"));
        String referralId = (String) world.partnerCenter().post("/sandbox/leads", complete).get("id");
        int before = writes();
        for (String crm : List.of("salesforce", "dynamics")) {
            JsonNode preview = preview(referralId, crm);
            assertThat(preview.path("action").asText()).isEqualTo("CREATE_LEAD");
            assertThat(preview.path("writes")).isNotEmpty().allSatisfy(write ->
                    assertThat(write.path("system").asText()).isEqualTo(crm));
            assertThat(row(preview, salesforceOr(crm, "LastName", "lastname")).path("partnerCenter").asText())
                    .isNotEmpty();
        }
        assertThat(writes()).as("writes by looking").isEqualTo(before);

        world.operations().resume("all");
        world.eventually(() -> assertThat(list(api.get("/api/deals/" + referralId).path("links")))
                .extracting(link -> link.path("deal").path("type").asText()).containsExactly("lead", "lead"));
        world.settle();
        world.operations().pause("all");
        JsonNode agreed = preview(referralId, "salesforce");
        assertThat(agreed.path("writes")).isEmpty();
        assertThat(row(agreed, "LastName").path("outcome").asText()).isEqualTo("SAME");
        world.partnerCenter().post("/sandbox/leads/" + referralId + "/accept", Map.of());
        for (String crm : List.of("salesforce", "dynamics")) {
            JsonNode accepted = preview(referralId, crm);
            assertThat(accepted.path("action").asText()).isEqualTo("CREATE_OPPORTUNITY");
            assertThat(list(accepted.path("writes"))).extracting(write -> write.path("field").asText())
                    .contains(salesforceOr(crm, "Amount", "estimatedvalue"));
        }
        String worthless = (String) world.partnerCenter().post("/sandbox/leads", Map.of()).get("id");
        world.partnerCenter().post("/sandbox/leads/" + worthless + "/accept", Map.of());
        assertThat(preview(worthless, "salesforce").path("faults")).isNotEmpty();
        world.operations().resume("all");
        world.opportunityFor(world.crm("salesforce"), referralId);
        world.settle();
        world.andAgainNothingHappens();
    }

    private static String salesforceOr(String crm, String one, String other) {
        return crm.equals("salesforce") ? one : other;
    }

    @Test
    void the_log_shows_what_was_decided_about_all_deals() {
        String referralId = joined("Logged");
        JsonNode lines = api.post("/api/log", "{\"crm\":\"dynamics\",\"text\":\"" + referralId + "\"}").path("lines");
        assertThat(list(lines)).isNotEmpty().allSatisfy(line -> {
            assertThat(line.path("entry").path("crm").asText()).isEqualTo("dynamics");
            assertThat(line.path("entry").path("referralId").asText()).isEqualTo(referralId);
        });
        assertThat(api.post("/api/log", "{\"text\":\"no such word\"}").path("lines")).isEmpty();
        assertThat(api.send("POST", "/api/log", "{\"crm\":\"odd\"}").statusCode()).isEqualTo(400);
    }

    @Test
    void the_rows_show_what_the_last_check_found_and_the_overview_what_a_crm_has_left() {
        world.eventually(() -> assertThat(api.get("/api/mapping").path("checked").asText()).isNotEmpty());
        assertThat(list(api.get("/api/overview").path("crms")).get(0).path("told").path("calls").asText())
                .contains("calls today");
        JsonNode figures = api.get("/api/figures");
        assertThat(figures.path("crms").get(0).path("changes")).hasSize(figures.path("minutes").asInt());
    }

    @Test
    void whoever_asks_wrongly_gets_a_sentence() {
        Map<String, Integer> questions = Map.of("GET /api/deals/nobody", 404, "GET /api/deals/nobody/preview", 404,
                "GET /api/deals/%00", 400,
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
        assertThat(api.send("POST", "/api/deals/x/forget", "{\"crm\":\"salesforce\"}")).satisfies(response -> {
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(Client.sentence(response)).contains("in all CRMs");
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
