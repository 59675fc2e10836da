package dev.cosell.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cosell.page.PageUser;
import dev.cosell.settings.Key;
import dev.cosell.stories.Log;
import dev.cosell.stories.World;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/**
 * Questions on the command line to a running application that wants passwords: what is printed, and the exit codes for
 * scripts.
 */
class AskCommandsTest {
    private static World world;
    private static Log log;

    @BeforeAll
    static void start() {
        log = Log.from(Level.WARN);
        world = new World(Map.of("management.users", PageUser.entry("script", "operator", "a password of a script"),
                "sync.due-interval", "200ms",
                "partner-center.irreversible", "after approval"), Path.of("routes"), "salesforce");
    }

    @AfterAll
    static void stop() {
        world.close();
        log.close();
    }

    private record Said(int code, String out, String err) {}

    private static Said runWith(String password, String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        Stream.of("management.port=" + world.settings().number(Key.MANAGEMENT_PORT), "cli.user=script", "cli.password="
                + password)
                .forEach(setting -> all.addAll(List.of("--set", setting)));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = new CommandLine(new Commands()).setOut(new PrintWriter(out)).setErr(new PrintWriter(err))
                .execute(all.toArray(String[]::new));
        return new Said(code, out.toString(), err.toString());
    }

    private static Said run(String... words) {
        return runWith("a password of a script", words);
    }

    /** Twenty faults of a mapping stood in one line. */
    @Test
    void what_needs_a_person_in_several_lines_is_told_in_several() throws Exception {
        StringWriter out = new StringWriter();
        new AskCommands.Status().tell(new ObjectMapper().readTree("""
                {"needsPerson": ["The last edit is not in force. a.yaml line 1: x\\na.yaml line 2: \\u001by", "Another"]}
                """), new PrintWriter(out, true));
        assertThat(out.toString().lines()).containsExactly("What needs a person:",
                "  The last edit is not in force. a.yaml line 1: x", "      a.yaml line 2: \\u001by", "  Another");
    }

    /** They stood on the page alone. While the queue is away, "null waiting" was printed. */
    @Test
    void what_a_crm_tells_of_its_own_means_is_printed() throws Exception {
        StringWriter out = new StringWriter();
        new AskCommands.Status().tell(new ObjectMapper().readTree("""
                {"crms": [{"name": "salesforce", "synced": 1, "notSynced": 0, "parked": 0, "backlog": null, "wrote": 0,
                "told": {"calls": "5 of 20 calls today", "events": "listening\\u001b"}},
                {"name": "dynamics", "synced": 1, "notSynced": 0, "parked": 0, "backlog": 3, "wrote": 0, "told": {}}],
                "needsPerson": []}
                """), new PrintWriter(out, true));
        assertThat(out.toString().lines()).containsExactly(
                "salesforce   1 synced, 0 not synced (0 parked), unknown waiting, 0 written in the last hour",
                "  calls: 5 of 20 calls today", "  events: listening\\u001b",
                "dynamics     1 synced, 0 not synced (0 parked), 3 waiting, 0 written in the last hour",
                "All is well.");
    }

    /** Nobody has to do anything about what goes by itself. */
    @Test
    void a_move_that_waits_for_its_time_asked_for_a_person() throws Exception {
        AskCommands.Why why = new AskCommands.Why();
        String held = """
                {"links": [{"deal": {"reason": null, "held": [{"what": "Closing", "until": %s}]}}]}
                """;
        assertThat(why.needsPerson(new ObjectMapper().readTree(held.formatted("\"2027-01-01T00:00:00Z\"")))).isFalse();
        assertThat(why.needsPerson(new ObjectMapper().readTree(held.formatted("null")))).isTrue();
    }

    @Test
    void a_parked_deal_is_asked_about_and_retried() throws Exception {
        assertThat(run("parked").out()).contains("Nothing is parked.");
        String crmId = world.crm().newOpportunity(world.crm().country("Atlantis"));
        world.eventually(() -> assertThat(world.parked()).anyMatch(line -> line.contains(crmId)));
        world.settle();

        Said status = run("status");
        assertThat(status.code()).isEqualTo(1);
        assertThat(status.out()).contains("1 not synced (1 parked, the last ", "What needs a person", "  calls: ")
                .containsPattern("partner-center +works, answered \\d+ s ago");
        Said why = run("why", crmId);
        assertThat(why.code()).isEqualTo(1);
        assertThat(why.out()).contains("parked", "Atlantis", "BROKEN_RULE → PARK");
        Said preview = run("preview", crmId);
        assertThat(preview.code()).isEqualTo(1);
        assertThat(preview.out()).contains("wrong: ", "Atlantis");
        assertThat(new ObjectMapper().readTree(run("why", crmId, "--format", "json").out()).path("links").get(0)
                .path("deal").path("crmId").asText()).isEqualTo(crmId);
        Said parked = run("parked");
        assertThat(parked.code()).isEqualTo(1);
        String code = new ObjectMapper().readTree(run("why", crmId, "--format", "json").out()).findValue("codes").get(0)
                .asText();
        assertThat(code).isEqualTo("CS-202");
        assertThat(parked.out()).contains("1  CS-202  BillingCountry: ", "Correct the value where it was entered")
                .containsPattern("first .* ago, last .* ago");
        assertThat(List.of(why.out(), preview.out(), world.crm().audit(world.crm().opportunity(crmId)),
                world.parked().toString())).allSatisfy(told -> assertThat(told).contains("(CS-202)"));
        assertThat(log.lines()).filteredOn(line -> line.startsWith("WARN") && line.contains(crmId)).isNotEmpty()
                .allSatisfy(line -> assertThat(line).contains("(CS-202)"));

        world.camel().getRouteController().suspendRoute("salesforce-poll");
        world.crm().mendCountry(crmId);
        assertThat(run("preview", crmId).out()).contains("It would create the referral.",
                "writes partner-center name = ");
        Said retried = run("parked", "--retry");
        assertThat(retried.code()).isZero();
        assertThat(retried.out()).contains("1 parked records are looked at again");
        world.eventually(() -> assertThat(run("why", crmId).code()).isZero());
        assertThat(run("why", crmId).out()).contains("script asked to look again")
                .containsPattern("synced, agreed \\d+ s ago");
        world.camel().getRouteController().resumeRoute("salesforce-poll");
        world.andAgainNothingHappens();
    }

    @Test
    void what_is_held_back_is_approved() {
        String referralId = world.newDeal(Map.of("consent", Map.of("consentToShareReferralWithMicrosoftSellers",
                false)));
        String crmId = world.crm().id(world.opportunityFor(referralId));
        world.settle();
        assertThat(run("approve", crmId).err()).contains("Nothing is held back under " + crmId);
        assertThat(run("approve", crmId).code()).isEqualTo(2);
        world.crm().win(crmId);
        world.eventually(() -> assertThat(run("why", crmId).out())
                .contains("Closing as won in Partner Center waits for approval"));

        Said approved = run("approve", referralId);

        assertThat(approved.code()).isZero();
        assertThat(approved.out()).contains("Approved: Closing as won in Partner Center");
        world.eventually(() -> assertThat(world.referral(referralId)).containsEntry("substatus", "Won"));
        world.settle();
        assertThat(run("why", crmId).out()).contains("script approved: Closing as won in Partner Center");
        world.andAgainNothingHappens();
    }

    @Test
    void what_is_kept_of_the_people_of_a_deal_is_erased_and_the_deal_goes_on() {
        String referralId = world.newDeal(Map.of());
        String crmId = world.crm().id(world.opportunityFor(referralId));
        world.settle();
        Said forgotten = run("forget", crmId);
        assertThat(forgotten.code()).isZero();
        assertThat(forgotten.out()).contains("Forgotten what was kept of the people of " + crmId);
        assertThat(run("why", crmId).out()).contains("script had what was kept of its people forgotten")
                .doesNotContain("Created from referral");
        world.andAgainNothingHappens();
        world.partnerCenter().patch("/sandbox/deals/" + referralId, Map.of("details", Map.of("dealValue", 4711)));
        world.eventually(() -> assertThat(run("why", crmId).out()).contains("4711"));
        world.andAgainNothingHappens();
        assertThat(run("forget", "nobody").err()).contains("Nothing is known of a record nobody");
    }

    /** Nobody saw that it was the job of another day, with another condition. */
    @Test
    void a_backfill_that_is_let_go_is_named_with_what_it_goes_through() {
        world.crm().newOpportunity(Map.of());
        world.settle();
        assertThat(run("backfill", "salesforce", "--dry-run", "--since", "2026-01-31", "--where", "Amount > 1").code())
                .isZero();

        Said said = run("backfill", "salesforce", "--go");

        assertThat(said.code()).as(said.toString()).isZero();
        assertThat(said.err()).containsPattern("Let go: backfill \\d+ of salesforce, begun \\d+ s ago"
                + " \\(20.*Z\\) by script, of records that changed since 2026-01-31T00:00:00Z where Amount > 1;"
                + " 0 to hand over");
        world.andAgainNothingHappens();
    }

    @Test
    void who_cannot_be_answered_gets_a_sentence_and_another_exit_code() {
        assertThat(run("why", "nobody")).satisfies(said -> {
            assertThat(said.code()).isEqualTo(2);
            assertThat(said.err()).contains("Nothing is known of a record nobody");
        });
        assertThat(runWith("wrong", "status")).satisfies(said -> {
            assertThat(said.code()).isEqualTo(2);
            assertThat(said.err()).contains("cli.password");
        });
        assertThat(run("status", "--url", "http://127.0.0.1:1")).satisfies(said -> {
            assertThat(said.code()).isEqualTo(2);
            assertThat(said.err()).contains("does not answer at http://127.0.0.1:1");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:1", "sync.example.com", "http://::1:9080", ""})
    void what_is_no_address_gets_a_sentence_and_no_stack_trace(String url) {
        Said said = run("status", "--url", url);
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err().strip()).isEqualTo((url + " is no address; write it as http://host:9080").strip());
    }

    @Test
    void an_address_of_ipv6_is_asked_as_one() {
        Said said = run("status", "--set", "management.host=::1");
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err()).contains("does not answer at http://[::1]:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"::", "[::]", "0.0.0.0", "127.0.0.1"})
    void the_health_of_what_listens_on_all_addresses_is_asked_here(String host) {
        assertThat(run("health", "--set", "management.host=" + host).code()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"management.host=::1", "management.host=no_host at all",
            "webhook.overwrite-existing=maybe"})
    void a_health_that_cannot_be_asked_is_a_sentence(String setting) {
        Said said = run("health", "--set", setting);
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err()).as("picocli prints a stack trace here").isEmpty();
    }
}
