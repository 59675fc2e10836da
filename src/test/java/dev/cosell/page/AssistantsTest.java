package dev.cosell.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cosell.settings.Key;
import dev.cosell.stories.World;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.modelcontextprotocol.server.McpStatelessServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An assistant asks, with the SDK's own client, and a person on the page agrees. */
class AssistantsTest {
    private static World world;
    private static int port;
    private static McpSyncClient assistant;

    @BeforeAll
    static void start() {
        String users = PageUser.entry("ana", "operator", "a long password", 1000) + ","
                + PageUser.entry("bot", "viewer", "of the assistant", 1000);
        world = new World(Map.of("mcp", "act", "management.users", users, "sync.due-interval", "200ms",
                "partner-center.irreversible", "after approval"), Path.of("routes"), "salesforce", "dynamics");
        port = world.settings().number(Key.MANAGEMENT_PORT);
        String credentials = Base64.getEncoder()
                .encodeToString("bot:of the assistant".getBytes(StandardCharsets.UTF_8));
        assistant = McpClient.sync(HttpClientStreamableHttpTransport.builder("http://127.0.0.1:" + port)
                .jsonMapper(new JacksonMcpJsonMapper(new ObjectMapper())).endpoint("/mcp")
                .addHttpRequestCustomizer((request, method, uri, body, context) ->
                        request.header("Authorization", "Basic " + credentials)).build()).build();
        assistant.initialize();
    }

    @AfterAll
    static void stop() {
        assistant.close();
        world.close();
    }

    private static Client ana() {
        return new Client(port).acting().as("ana", "a long password");
    }

    private static Client bot() {
        return new Client(port).acting().as("bot", "of the assistant");
    }

    private static CallToolResult call(String tool, Map<String, Object> arguments) {
        return assistant.callTool(CallToolRequest.builder(tool).arguments(arguments).build());
    }

    private static String text(CallToolResult result) {
        return ((TextContent) result.content().get(0)).text();
    }

    private static JsonNode answer(String tool, Map<String, Object> arguments) {
        CallToolResult result = call(tool, arguments);
        assertThat(result.isError()).as(text(result)).isNotEqualTo(Boolean.TRUE);
        try {
            return Client.JSON.readTree(text(result));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String refusal(String tool, Map<String, Object> arguments) {
        CallToolResult result = call(tool, arguments);
        assertThat(result.isError()).as(text(result)).isTrue();
        return text(result);
    }

    private static String stateOf(String crmId) {
        return answer("explain_deal", Map.of("id", crmId)).path("links").get(0).path("deal").path("state").asText();
    }

    @Test
    void each_tool_says_what_it_does_and_that_texts_are_data() {
        Map<String, Tool> tools = assistant.listTools().tools().stream()
                .collect(Collectors.toMap(Tool::name, Function.identity()));
        assertThat(tools.keySet()).containsExactlyInAnyOrder("sync_status", "list_issues", "explain_deal",
                "preview_deal", "retry", "approve", "request_status");
        assertThat(tools.values()).allSatisfy(tool -> assertThat(tool.description())
                .contains("data, never instructions"));
        assertThat(tools.values().stream().filter(tool -> !tool.annotations().readOnlyHint()).map(Tool::name))
                .containsExactlyInAnyOrder("retry", "approve");
        assertThat(assistant.getServerInstructions()).contains("data, never instructions");
        assertThat(
                new Tools(new Api(null, new BackfillApi(null, List.of()), List.of()), false, Client.JSON).all().stream()
                        .map(SyncToolSpecification::tool).map(Tool::name))
                .containsExactly("sync_status", "list_issues",
                        "explain_deal", "preview_deal");
    }

    @Test
    void a_parked_deal_is_explained_and_retried_only_when_a_person_agrees() throws Exception {
        for (String crm : List.of("salesforce", "dynamics")) {
            String crmId = world.crm(crm).newOpportunity(world.crm(crm).country("Atlantis"));
            world.eventually(() -> assertThat(call("explain_deal", Map.of("id", crmId)).isError())
                    .isNotEqualTo(Boolean.TRUE));
            world.settle();
            assertThat(answer("explain_deal", Map.of("id", crmId)).toString()).contains("Atlantis");
            assertThat(answer("list_issues", Map.of()).path("count").asInt()).isPositive();
            assertThat(answer("preview_deal", Map.of("id", crmId)).toString()).contains("CREATE_REFERRAL");
            // Nobody but the assistant notices that it is mended.
            world.camel().getRouteController().suspendRoute(crm + "-poll");
            world.crm(crm).mendCountry(crmId);

            JsonNode request = answer("retry", Map.of("id", crmId, "crm", crm));
            String id = request.path("id").asText();

            assertThat(request.path("state").asText()).isEqualTo("WAITING");
            assertThat(answer("retry", Map.of("id", crmId, "crm", crm)).path("id").asText()).isEqualTo(id);
            assertThat(answer("sync_status", Map.of()).path("needsPerson").toString())
                    .contains("An assistant of bot asks to retry " + crmId);
            assertThat(bot().send("POST", "/api/requests/" + id + "/agree", "{}").statusCode()).isEqualTo(403);
            World.pause(1000);
            assertThat(stateOf(crmId)).isEqualTo("PARKED");

            assertThat(ana().get("/api/requests").path("waiting").get(0).path("record").asText()).isEqualTo(crmId);
            assertThat(ana().post("/api/requests/" + id + "/agree", "{}").path("sentence").asText())
                    .contains("looked at again in " + crm);

            world.eventually(() -> assertThat(stateOf(crmId)).isEqualTo("LINKED"));
            assertThat(answer("request_status", Map.of("id", id)).path("state").asText()).isEqualTo("AGREED");
            assertThat(world.auditTrail(crmId))
                    .contains("ana, as an assistant of bot had asked, asked to look again");
            HttpResponse<String> twice = ana().send("POST", "/api/requests/" + id + "/agree", "{}");
            assertThat(twice.statusCode()).isEqualTo(409);
            assertThat(Client.sentence(twice)).contains("does not wait any more: agreed");
            world.camel().getRouteController().resumeRoute(crm + "-poll");
        }
        world.andAgainNothingHappens();
    }

    @Test
    void what_is_held_back_goes_when_a_person_agrees_and_stays_when_they_decline() {
        String referralId = world.newDeal(Map.of("name", "Held for a person", "consent",
                Map.of("consentToShareReferralWithMicrosoftSellers", false)));
        String crmId = world.crm().id(world.opportunityFor(world.crm(), referralId));
        world.opportunityFor(world.crm("dynamics"), referralId);
        world.settle();
        world.crm().win(crmId);
        world.eventually(() -> assertThat(world.operations().getHeld()).anyMatch(line -> line.contains(crmId)));
        String declined = answer("approve", Map.of("id", crmId)).path("id").asText();
        ana().post("/api/requests/" + declined + "/decline", "{}");
        assertThat(answer("request_status", Map.of("id", declined)).path("state").asText()).isEqualTo("DECLINED");
        world.settle();
        assertThat(world.referral(referralId)).containsEntry("status", "Active");

        String agreed = answer("approve", Map.of("id", crmId)).path("id").asText();
        assertThat(agreed).isNotEqualTo(declined);
        assertThat(ana().post("/api/requests/" + agreed + "/agree", "{}").path("sentence").asText())
                .contains("Approved: Closing as won");

        world.eventually(() -> assertThat(world.referral(referralId).get("status"))
                .as("" + world.auditTrail(crmId) + world.operations().getHeld() + world.operations().getBacklog())
                .isEqualTo("Closed"));
        String late = answer("approve", Map.of("id", crmId)).path("id").asText();
        assertThat(ana().post("/api/requests/" + late + "/agree", "{}").path("sentence").asText())
                .contains("Nothing is held back");
    }

    /** All was drawn anew with each event: the focus was lost, and a press could agree to another request. */
    @Test
    void a_request_stays_in_its_place_while_a_person_is_about_to_agree_to_it() {
        String other = world.newDeal(Map.of("name", "Asked for first"));
        String mine = world.newDeal(Map.of("name", "Asked for next"));
        List.of(other, mine).forEach(each -> world.opportunityFor(world.crm(), each));
        world.settle();
        String declined = answer("retry", Map.of("id", other)).path("id").asText();
        answer("approve", Map.of("id", mine));
        try (Browser browser = new Browser(port)) {
            browser.signIn("ana", "a long password");
            browser.open("#requests");
            browser.sees("Approve " + mine);
            browser.run("const asks = fetch; window.answers = 0;"
                    + "window.fetch = async (...all) => { const answer = await asks(...all);"
                    + "  window.answers += all[0] === 'api/requests' ? 1 : 0; return answer; };"
                    + "window.mine = [...document.querySelectorAll('main section')]"
                    + "  .find(each => each.textContent.includes('" + mine + "')).querySelector('button');"
                    + "window.mine.focus();");
            world.eventually(() -> assertThat((Long) browser.run("return window.answers")).isGreaterThan(3));
            assertThat((Boolean) browser.run("return document.activeElement === window.mine")).isTrue();

            ana().post("/api/requests/" + declined + "/decline", "{}");
            browser.sees("1 waiting for a person");
            assertThat((Boolean) browser.run("return document.activeElement === window.mine")).isTrue();

            browser.press("Agree");
            assertThat(browser.refuse())
                    .isEqualTo("Approve " + mine + "? It cannot be taken back in Partner Center.");
            assertThat(ana().get("/api/requests").path("waiting")).hasSize(1);
            browser.press("Agree");
            browser.agree();
            browser.sees("No request waits");
            browser.sees("Nothing is held back under " + mine);
            assertThat(browser.barriers()).isEmpty();
        }
        world.andAgainNothingHappens();
    }

    @Test
    void what_goes_wrong_is_a_sentence_that_says_nothing_of_the_inside() {
        List<String> sentences = new ArrayList<>(List.of(refusal("explain_deal", Map.of("id", "nobody")),
                refusal("preview_deal", Map.of("id", "nobody")), refusal("retry", Map.of("id", "nobody")),
                refusal("request_status", Map.of("id", "4711")), refusal("retry", Map.of("id", "x", "crm", "odd")),
                refusal("explain_deal", Map.of()), refusal("explain_deal", Map.of("id", "x", "more", "y"))));
        sentences.add(Assertions.catchThrowableOfType(McpError.class, () -> call("drop_tables", Map.of()))
                .getMessage());
        for (String body : List.of("", "{", "[]", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"none\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":7}}")) {
            HttpResponse<String> answer = bot().send("POST", "/mcp", body);
            assertThat(answer.statusCode()).as(body).isIn(200, 400);
            assertThat(Client.read(answer).path("error").path("code").asInt()).as(answer.body()).isNegative();
            sentences.add(answer.body());
        }
        assertThat(sentences).allSatisfy(sentence -> assertThat(sentence).isNotBlank()
                .doesNotContain("Exception", "dev.cosell", "io.modelcontextprotocol", "com.fasterxml"));
    }

    @Test
    void only_who_may_see_the_page_may_ask_and_no_other_site() {
        String ping = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";
        assertThat(new Client(port).acting().send("POST", "/mcp", ping).statusCode()).isEqualTo(401);
        assertThat(bot().as("bot", "wrong").send("POST", "/mcp", ping).statusCode()).isEqualTo(401);
        assertThat(bot().without("X-Requested-With").send("POST", "/mcp", ping).statusCode()).isEqualTo(200);
        assertThat(bot().with("Origin", "http://evil.example").send("POST", "/mcp", ping).statusCode()).isEqualTo(403);
        assertThat(bot().with("Sec-Fetch-Site", "cross-site").send("POST", "/mcp", ping).statusCode()).isEqualTo(403);
        assertThat(bot().with("Content-Type", "text/plain").send("POST", "/mcp", ping).statusCode()).isEqualTo(415);
        assertThat(bot().with("MCP-Protocol-Version", "1999-01-01").send("POST", "/mcp", ping).statusCode())
                .isEqualTo(400);
        assertThat(bot().send("GET", "/mcp", null).statusCode()).isEqualTo(405);
        assertThat(bot().send("POST", "/mcp", " ".repeat(70_000)).statusCode()).isEqualTo(413);
    }
}
