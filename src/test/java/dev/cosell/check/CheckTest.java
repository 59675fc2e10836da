package dev.cosell.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cosell.check.CheckedSandbox.Outcome;
import dev.cosell.crm.Crms;
import dev.cosell.entra.SignIn;
import dev.cosell.entra.SignInStore;
import dev.cosell.operations.PartnerCenterSignIn;
import dev.cosell.settings.Key;
import dev.cosell.settings.Settings;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The command {@code check}: an installation that is right, one that cannot be looked at, and faults of Partner Center
 * and of the machine.
 */
class CheckTest {
    @TempDir
    static Path folder;

    private static CheckedSandbox sandbox;

    @BeforeAll
    static void start() {
        sandbox = new CheckedSandbox(folder);
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @BeforeEach
    void reset() {
        sandbox.reset();
    }

    private static void fault(Outcome outcome, String... said) {
        assertThat(outcome.out()).as(outcome.err()).contains(said).contains("FAULT");
        assertThat(outcome.code()).isEqualTo(1);
    }

    @Test
    void findsNothingWrongWithBothSandboxesAndLeadsAndChangesNothing() {
        Outcome outcome = sandbox.check("leads=leads", "webhook.public-url=http://localhost:1/webhooks/partner-center");

        assertThat(outcome.out()).doesNotContain("FAULT").contains("All right, 1 warning.", "nothing is registered yet",
                "Lead.Referral_Identifier__c",
                "lead.cosell_referralidentifier", "goes with partner-center, salesforce, dynamics",
                "will be made at the first start", "changes are tracked");
        assertThat(outcome.code()).isZero();
        for (var server : new dev.cosell.stories.Api[] {sandbox.partnerCenter, sandbox.salesforce, sandbox.dynamics}) {
            assertThat(server.get("/sandbox/stats")).containsEntry("writes", 0);
        }
    }

    @Test
    void tellsProgramsTheSame() throws IOException {
        sandbox.partnerCenter.post("/sandbox/settings", Map.of("withoutRole", true));
        Outcome outcome = sandbox.check("crms=salesforce", "--format=json");

        Map<?, ?> json = new ObjectMapper().readValue(outcome.out(), Map.class);
        assertThat(json.get("allRight")).isEqualTo(false);
        assertThat(json.get("faults")).isEqualTo(1);
        assertThat(outcome.out()).contains("\"state\" : \"fault\"",
                "\"remedy\" : \"Give the user of ./cosell login the role Referrals admin");
        assertThat(outcome.code()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"no.such=thing, no.such", "crms=sap, must name salesforce", "--routes=nowhere, --routes"})
    void saysWhyItCannotRun(String argument, String why) {
        Outcome outcome = sandbox.check(argument);
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains(why).doesNotContain("Exception");
    }

    @Test
    void startsItsOwnSandboxWhenNoneRuns() {
        Outcome outcome = sandbox.check("sandbox=auto", "sandbox.partner-center-port=" + free(),
                "sandbox.dynamics-port=" + free(),
                "sandbox.salesforce-port=" + free(), "data.directory=" + folder.resolve("own"));
        assertThat(outcome.out()).contains("sandbox servers are started for this check alone", "All right");
        assertThat(outcome.code()).isZero();
    }

    /** Typed in a shell without the credentials, it replaced the sign-in of the installation with the sandbox's. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void leavesTheRealSignInOfTheSameFolderAlone(boolean named) {
        Settings real = Crms.SHIPPED.settings(folder.resolve("none"), Map.of(), Map.of("crms", "salesforce",
                "data.directory", folder.resolve("data").toString(), "partner-center.tenant", "contoso",
                "partner-center.client-id", "app", "salesforce.login-url", "https://contoso.my.salesforce.com",
                "salesforce.client-id", "app", "salesforce.client-secret", "secret"));
        signIn(real).signedIn("the real one", "ana@contoso.example");
        List<String> settings = new ArrayList<>(List.of("crms=salesforce"));
        if (named) {
            settings.add("partner-center.sign-in-file=" + real.path(Key.PARTNER_CENTER_SIGN_IN_FILE));
        }

        assertThat(sandbox.check(settings.toArray(String[]::new)).code()).isZero();

        assertThat(signIn(real).signIn()).get().extracting(SignIn::refreshToken, SignIn::user)
                .containsExactly("the real one", "ana@contoso.example");
        assertThat(sandbox.settings.path(Key.PARTNER_CENTER_SIGN_IN_FILE)).as("the sandbox's").exists();
    }

    private static SignInStore signIn(Settings settings) {
        return PartnerCenterSignIn.store(settings, null, Clock.systemUTC());
    }

    private static String free() {
        Map<String, String> values = new java.util.HashMap<>();
        dev.cosell.app.FreePorts.give(values, dev.cosell.settings.Key.HTTP_PORT);
        return values.values().iterator().next();
    }

    // ---- Partner Center
    // ----------------------------------------------------------------------------------------------------

    @Test
    void namesAMissingRoleInPartnerCenter() {
        sandbox.partnerCenter.post("/sandbox/settings", Map.of("withoutRole", true));
        fault(sandbox.check("crms=salesforce"), "referrals are denied to the user (403)",
                "the role Referrals admin in Partner Center");
    }

    /** In which part of the answer Partner Center says it is not documented, nor whether this host says it at all. */
    @ParameterizedTest
    @CsvSource({"header", "body"})
    void tellsWhetherTheUserSignedInWithASecondFactor(String where) {
        sandbox.partnerCenter.post("/sandbox/settings", Map.of("mfaAnswer", where));
        assertThat(sandbox.check("crms=salesforce").out())
                .contains("the user signed in with multi-factor authentication");
        sandbox.partnerCenter.post("/sandbox/settings", Map.of("withoutMfa", true, "enforceMfa", false));
        Outcome tolerated = sandbox.check("crms=salesforce");
        assertThat(tolerated.out()).contains("warning", "without multi-factor authentication",
                "./cosell login and pass the second factor");
        assertThat(tolerated.code()).isZero();
        sandbox.partnerCenter.post("/sandbox/settings", Map.of("mfaAnswer", "none"));
        assertThat(sandbox.check("crms=salesforce").out()).doesNotContain("multi-factor");
        sandbox.partnerCenter.post("/sandbox/settings", Map.of("enforceMfa", true));
        fault(sandbox.check("crms=salesforce"), "401, 900421", "./cosell login and pass the second factor",
                "Do that, or correct the settings");
    }

    @Test
    void namesTheRolesThatMayRegisterForNotifications() {
        String ours = "webhook.public-url=http://localhost:1/webhooks/partner-center";
        sandbox.partnerCenter.post("/sandbox/settings",
                Map.of("registrationDeniedTo", "referrals.sync@tidewater.example"));
        fault(sandbox.check("crms=salesforce", ours), "the role for it is missing",
                "Global admin, Admin agent, Sales agent, Helpdesk agent or Billing admin",
                "which the role Referrals admin does not include", "webhook.sign-in = app");
        assertThat(sandbox.check("crms=salesforce", ours, "webhook.sign-in=app").code()).as("an app needs no role")
                .isZero();
        fault(sandbox.check("crms=salesforce", ours, "webhook.sign-in=own-user"), "Nobody has signed in",
                "./cosell login --webhooks");
    }

    @ParameterizedTest
    @CsvSource({"partner-center.client-secret, partner-center", "salesforce.client-secret, salesforce",
            "dynamics.client-secret, dynamics"})
    void namesAWrongSecretAndGoesOnWithTheOtherSystems(String key, String system) {
        Outcome outcome = sandbox.checkAsReal(key + "=wrong");
        fault(outcome, "the settings " + system + ".*");
        assertThat(outcome.out().lines().filter(line -> line.startsWith("FAULT"))).hasSize(1)
                .allMatch(line -> line.contains(system));
        assertThat(outcome.out()).contains("sign-in", "works").doesNotContain("=wrong");
    }

    @Test
    void namesTheProductThatHoldsTheWebhookRegistration() {
        sandbox.partnerCenter.raw("PUT", "/sandbox/registration", "{\"url\":\"https://other.example/hook\"}".getBytes(),
                Map.of());
        String ours = "webhook.public-url=http://localhost:1/webhooks/partner-center";
        fault(sandbox.check("crms=salesforce", ours), "belongs to another product at other.example",
                "set webhook.overwrite-existing = true to take it over");
        assertThat(sandbox.check("crms=salesforce", ours, "webhook.overwrite-existing=true").code()).isZero();
        String secret = "webhook.path-secret=0123456789abcdef0123456789abcdef";
        assertThat(sandbox.check("crms=salesforce", ours, "webhook.overwrite-existing=true", secret).out())
                .contains("webhook.public-url does not hold it", "Write {path-secret} at the end");
        assertThat(sandbox.check("crms=salesforce", ours + "/{path-secret}", "webhook.overwrite-existing=true", secret)
                .out()).doesNotContain("does not hold it");
    }

    // ---- the machine
    // -------------------------------------------------------------------------------------------------------

    @Test
    void noticesThatTheClocksDoNotGoTogether() {
        sandbox.salesforce.post("/sandbox/clock", Map.of("advanceSeconds", 7200));
        fault(sandbox.check("crms=salesforce"), "behind the clock of salesforce",
                "Switch on time synchronisation (NTP)");
        sandbox.salesforce.post("/sandbox/reset", Map.of());
        sandbox.partnerCenter.post("/sandbox/faults", Map.of("path", "/referrals$", "status", 401, "headers",
                Map.of("Date", "Sun, 01 Feb 2026 10:00:00 GMT")));
        fault(sandbox.check("crms=salesforce"), "ahead of the clock of partner-center");
    }

    @Test
    void noticesADataFolderThatCannotBeWrittenTo() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        fault(sandbox.check("crms=salesforce", "data.directory=" + file.resolve("data")), "cannot be written to",
                "name another folder in data.directory");
    }

    @Test
    void takesADatabaseThatARunningApplicationHoldsAsRight() throws IOException {
        Path data = Files.createDirectories(folder.resolve("held"));
        try (var database = dev.cosell.state.Database
                .open(dev.cosell.state.Database.h2(data.resolve("cosell").toString()), null, null)) {
            assertThat(database).isNotNull();
        }
        try (FileChannel channel = FileChannel.open(data.resolve("cosell.mv.db"), StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            assertThat(lock.isValid()).isTrue();
            Outcome outcome = sandbox.check("crms=salesforce", "data.directory=" + data);
            assertThat(outcome.out()).contains("is in use by a running application");
            assertThat(outcome.code()).isZero();
        }
    }

    @Test
    void namesADatabaseAndABrokerThatDoNotAnswer() {
        fault(sandbox.check("crms=salesforce", "state.url=jdbc:postgresql://localhost:1/cosell", "state.password=hush",
                "broker.url=tcp://localhost:1"),
                "jdbc:postgresql://localhost:1/cosell cannot be reached", "Check state.url",
                "tcp://localhost:1 cannot be reached", "Check broker.url");
    }

    @Test
    void namesAMappingThatDoesNotCompileAndChecksTheRest() throws IOException {
        Path routes = sandbox.routes("mapping-salesforce.camel.yaml", "| money  ", "| mony   ");
        fault(sandbox.check("crms=salesforce", "--routes=" + routes), "mapping-salesforce.camel.yaml line",
                "\"mony\" is unknown", "docs/mapping.md",
                "is a unique external id");
    }

    /** The check found all right, and the start ended with this sentence. */
    @Test
    void namesARuleForAccountsThatNoRowServes() {
        fault(sandbox.check("crms=salesforce", "salesforce.account-match=Name + VAT_Number__c"),
                "salesforce.account-match compares VAT_Number__c", "salesforceAccountFields");
    }

    /** The check found all right, and the start ended with this sentence. */
    @Test
    void namesACrmWhoseHintsNoRouteTakesAndChecksTheRest() throws IOException {
        Path routes = sandbox.routes("salesforce.camel.yaml", "id: sync-salesforce", "id: sync-of-an-earlier-version");
        fault(sandbox.check("crms=salesforce", "--routes=" + routes), "No route sync-salesforce",
                "is a unique external id");
    }

    /** The check found all right, and syncs were parked as defects. */
    @Test
    void namesACallOfARouteThatIsNotThereAndChecksTheRest() throws IOException {
        Path routes = sandbox.routes("partner-center.camel.yaml", "uri: direct:partner-center-turn\n",
                "uri: direct:of-an-earlier-release\n");
        fault(sandbox.check("crms=salesforce", "--routes=" + routes), "No route begins with direct:partner-center-turn",
                "the step turn-at-partner-center of the route sync in sync.camel.yaml", "is a unique external id");
    }

    /** The check found all right: only a person who compared every file would have noticed. */
    @Test
    void warnsOfWhatAnEditedCopyLacksOfThisRelease() throws IOException {
        Path routes = sandbox.routes("sync.camel.yaml", "id: same-organization", "id: own-step");
        Outcome outcome = sandbox.check("crms=salesforce", "--routes=" + routes);
        assertThat(outcome.out()).contains("sync.camel.yaml lacks of version", "in sync the step same-organization",
                "the files can be used", "routes.left-out");
        assertThat(outcome.code()).isZero();
        assertThat(sandbox.check("crms=salesforce", "routes.left-out=same-organization", "--routes=" + routes).out())
                .doesNotContain("lacks");
    }

    /** Nothing could be checked; and two of which neither starts by its settings are right. */
    @Test
    void namesRoutesThatBeginWithTheSameNameAndChecksTheRest() throws IOException {
        Path routes = sandbox.routes("alerts.camel.yaml", "- route:\n    id: alert-to-slack\n", """
                - route:
                    id: alert-to-pager
                    autoStartup: "{{alerts.slack.enabled}}"
                    from:
                      uri: direct:alert-to-slack
                      steps:
                        - to: { id: alert-pager-post, uri: direct:alert-post }

                - route:
                    id: alert-to-slack
                """);
        assertThat(sandbox.check("crms=salesforce", "--routes=" + routes).out()).contains("the files can be used");
        fault(sandbox.check("crms=salesforce", "--routes=" + routes,
                "alerts.slack.url=https://hooks.slack.com/services/T0/B0/x"), "alert-to-pager and alert-to-slack",
                "begin with direct:alert-to-slack", "is a unique external id");
    }

    @Test
    void namesARouteFileThatDoesNotLoad() throws IOException {
        Path routes = sandbox.routes("sync.camel.yaml", "- route:", "- roote:");
        Outcome outcome = sandbox.check("crms=salesforce", "--routes=" + routes);
        fault(outcome, "routes and mapping", "roote");
    }
}
