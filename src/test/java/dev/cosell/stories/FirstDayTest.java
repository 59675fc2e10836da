package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.app.FreePorts;
import dev.cosell.app.SandboxPlan;
import dev.cosell.cli.Commands;
import dev.cosell.crm.Crms;
import dev.cosell.crm.dynamics.DynamicsKey;
import dev.cosell.crm.salesforce.SalesforceKey;
import dev.cosell.sandbox.Sandbox;
import dev.cosell.settings.Key;
import dev.cosell.settings.Settings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * An administrator's first day with a CRM that nobody has customized: check, set-up, check, run, and the first deals;
 * all by the command line.
 */
class FirstDayTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(500);

    @TempDir
    Path folder;

    private final Map<String, String> values = new HashMap<>();
    private Settings settings;
    private Sandbox sandbox;
    private Api portal;
    private CrmDriver crm;

    private record Said(int code, String text) {
        List<String> faults() {
            return text.lines().filter(line -> line.startsWith("FAULT")).toList();
        }
    }

    private void begin(String name) {
        values.putAll(Map.of("sandbox", "external", "crms", name, name + ".poll-interval", POLL.toMillis() + "ms",
                "data.directory",
                folder.resolve("data").toString()));
        FreePorts.give(values, Key.HTTP_PORT, Key.MANAGEMENT_PORT, Key.SANDBOX_PARTNER_CENTER_PORT,
                DynamicsKey.SANDBOX_PORT,
                SalesforceKey.SANDBOX_PORT);
        settings = Crms.SHIPPED.settings(Path.of("application.properties"), Map.of(), values);
        sandbox = Sandbox.start(SandboxPlan.of(settings, true));
        portal = new Api(settings.number(Key.SANDBOX_PARTNER_CENTER_PORT));
        crm = Drivers.of(name, settings);
        crm.api().post("/sandbox/bare", Map.of());
    }

    @AfterEach
    void end() {
        sandbox.close();
    }

    /** {@code ./cosell} with these words and the settings of the day. */
    private Said cosell(String... words) {
        List<String> line = new ArrayList<>(List.of(words));
        values.forEach((key, value) -> line.addAll(List.of("--set", key + "=" + value)));
        StringWriter out = new StringWriter();
        PrintWriter writer = new PrintWriter(out, true);
        int code = new CommandLine(new Commands()).setOut(writer).setErr(writer).execute(line.toArray(String[]::new));
        return new Said(code, out.toString());
    }

    private int writes() {
        return (Integer) crm.api().get("/sandbox/stats").get("writes");
    }

    @Test
    void salesforce_is_checked_set_up_and_synced_and_the_stage_that_a_person_adds_is_asked_for_until_it_is_there() {
        begin("salesforce");
        setUp("Opportunity.Referral_Identifier__c", "Create it in Setup, Object Manager, Opportunity, Fields",
                "Microsoft_Solution__c");

        Said almost = cosell("check");
        assertThat(almost.faults()).as(almost.text()).singleElement()
                .satisfies(line -> assertThat(line).contains("Opportunity.StageName",
                        "has no value \"On Hold\"", "a deal with it would be parked"));
        assertThat(almost.code()).isEqualTo(1);
        assertThat(cosell("setup", "salesforce").text()).contains("Nothing to do", "Add the stage \"On Hold\"",
                "./cosell check names it as a fault");
        crm.api().post("/sandbox/stages", Map.of("name", "On Hold"));

        green();
        firstDeals();
    }

    @Test
    void dynamics_is_checked_set_up_and_synced() {
        begin("dynamics");
        setUp("opportunity.cosell_referralidentifier", "Power Apps", "cosell_partnercentersolutions");
        green();
        firstDeals();
    }

    private void setUp(String missing, String remedy, String missingTable) {
        Said bare = cosell("check");
        assertThat(bare.code()).as(bare.text()).isEqualTo(1);
        assertThat(bare.faults()).hasSizeGreaterThan(5).anyMatch(line -> line.contains(missing))
                .anyMatch(line -> line.contains(missingTable));
        assertThat(bare.text()).contains("-> ", remedy, "./cosell setup " + crm.name());

        Said dry = cosell("setup", crm.name(), "--dry-run");
        assertThat(dry.code()).as(dry.text()).isZero();
        assertThat(dry.text()).contains("Plan:", "Dry run: nothing was changed.");
        assertThat(cosell("setup", crm.name(), "--dry-run")).isEqualTo(dry);
        assertThat(writes()).isZero();

        Said real = cosell("setup", crm.name());
        assertThat(real.code()).as(real.text()).isZero();
        int done = writes();
        assertThat(done).isPositive();
        Said again = cosell("setup", crm.name());
        assertThat(again.code()).isZero();
        assertThat(again.text()).contains("Nothing to do");
        assertThat(writes()).isEqualTo(done);
    }

    private void green() {
        Said green = cosell("check");
        assertThat(green.faults()).as(green.text()).isEmpty();
        assertThat(green.code()).isZero();
        assertThat(green.text()).contains("All right");
    }

    /** One deal in each direction, and a change of it back. */
    private void firstDeals() {
        try (ChildApplication application = new ChildApplication(values, settings, folder)) {
            application.start();
            application.awaitReady();
            String inbound = (String) portal.post("/sandbox/deals", Map.of()).get("id");
            Awaitility.await("the opportunity of the first deal").atMost(PATIENCE)
                    .until(() -> crm.opportunitiesOf(inbound).size() == 1);
            crm.changeValue(crm.id(crm.opportunitiesOf(inbound).get(0)), 61000);
            eventually(() -> assertThat(dealValue(inbound)).isEqualByComparingTo("61000"));

            String outbound = crm.newOpportunity(crm.askForHelp());
            eventually(() -> assertThat(crm.referralId(crm.opportunity(outbound))).isNotNull());
            String referralId = crm.referralId(crm.opportunity(outbound));
            portal.patch("/sandbox/deals/" + referralId, Map.of("details", Map.of("dealValue", 62000)));
            eventually(() -> assertThat(crm.value(crm.opportunity(outbound))).isEqualByComparingTo("62000"));
            new Silence(portal, new Api(settings.number(Key.HTTP_PORT)), crm.api(), POLL)
                    .andAgainNothingHappens(List.of(inbound, referralId));
        }
    }

    private BigDecimal dealValue(String referralId) {
        return new BigDecimal(
                Api.map(portal.get("/sandbox/deals/" + referralId).get("details")).get("dealValue").toString());
    }

    private static void eventually(ThrowingRunnable assertion) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).untilAsserted(assertion);
    }
}
