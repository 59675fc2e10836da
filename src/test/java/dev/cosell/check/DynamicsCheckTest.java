package dev.cosell.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.check.CheckedSandbox.Outcome;
import dev.cosell.crm.dynamics.DynamicsKey;
import dev.cosell.stories.Api;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command {@code check} says of each thing that can be wrong in a Dynamics 365 environment. */
class DynamicsCheckTest {
    private static final String OPPORTUNITY = "/api/data/v9.2/EntityDefinitions(LogicalName='opportunity')";

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

    private static Outcome check(String... more) {
        String[] all = Arrays.copyOf(more, more.length + 1);
        all[more.length] = "crms=dynamics";
        return sandbox.check(all);
    }

    private static void describe(String of, Map<String, Object> properties) {
        sandbox.dynamics.post("/sandbox/settings", Map.of("described", Map.of(of, properties)));
    }

    /** A call of the environment's own administrator. */
    private static int administrator(String method, String path, Map<String, Object> body) {
        byte[] form = ("grant_type=client_credentials&client_id=sandbox&client_secret=sandbox&scope="
                + sandbox.settings.text(DynamicsKey.URL) + "/.default")
                .getBytes(StandardCharsets.UTF_8);
        Object token = Api.object(sandbox.partnerCenter.raw("POST", "/sandbox/oauth2/v2.0/token", form,
                Map.of("Content-Type", "application/x-www-form-urlencoded")).body()).get("access_token");
        return sandbox.dynamics
                .raw(method, path, body == null ? null : Api.bytes(body),
                        Map.of("Authorization", "Bearer " + token, "Content-Type", "application/json"))
                .statusCode();
    }

    /** One fault, and nothing else is wrong. */
    private static void onlyFault(Outcome outcome, String... said) {
        assertThat(outcome.out()).as(outcome.err()).contains(said);
        assertThat(outcome.out().lines().filter(line -> line.startsWith("FAULT"))).hasSize(1);
        assertThat(outcome.code()).isEqualTo(1);
    }

    @Test
    void aColumnIsMissing() {
        assertThat(administrator("DELETE", OPPORTUNITY + "/Attributes(LogicalName='cosell_lossreason')", null))
                .isEqualTo(204);
        onlyFault(check(), "opportunity.cosell_lossreason",
                "does not exist or is hidden from our user; the mapping row cosell_lossreason names it",
                "-> Create the column in Power Apps (Tables, opportunity, Columns)");
    }

    @Test
    void theSalesTeamCannotBeRead() {
        sandbox.dynamics.post("/sandbox/faults", Map.of("path", "/connections", "status", 403, "body",
                Map.of("error", Map.of("code", "0x80040220", "message", "is missing prvReadConnection privilege"))));
        onlyFault(check("dynamics.sales-team=on"), "connections", "cannot be read by our application user (403)",
                "prvReadConnection");
    }

    @Test
    void aColumnIsTooShort() {
        describe("opportunity.cosell_audit", Map.of("MaxLength", 2000));
        onlyFault(check(), "holds 2000 characters, but the setting dynamics.audit-field writes up to 100000",
                "-> Raise the maximum length");
    }

    @Test
    void aColumnHasTheWrongType() {
        describe("opportunity.cosell_syncwithpartnercenter", Map.of("AttributeType", "String"));
        onlyFault(check(), "is of the type String, but the setting dynamics.sync-field needs a yes or no",
                "-> A column's type cannot be changed");
    }

    @Test
    void aColumnOfADateHoldsAMoment() {
        assertThat(check().out()).contains("opportunity.estimatedclosedate", "holds a day, the same for everybody");
        describe("opportunity.estimatedclosedate", Map.of("DateTimeBehavior", Map.of("Value", "UserLocal")));
        Outcome user = check();
        assertThat(user.out()).contains("is of the behaviour User Local, so it holds a moment",
                "takes that of Etc/UTC (the time zone of our application user)",
                "-> Map a column of the behaviour Date Only if you can", "dynamics.time-zone");
        assertThat(user.code()).isZero();
        assertThat(check("dynamics.time-zone=Europe/Berlin").out())
                .contains("takes that of Europe/Berlin (the setting dynamics.time-zone)");
        administrator("PATCH", "/api/data/v9.2/usersettingscollection(75c2dd85-0000-4000-8000-000000000001)",
                Map.of("timezonecode", 7));
        onlyFault(check(), "The time zone of our application user in Dynamics 365 (7) is not known here");
        describe("opportunity.estimatedclosedate", Map.of("DateTimeBehavior", Map.of("Value", "TimeZoneIndependent")));
        assertThat(check().out()).contains("holds date and time without a time zone; its date counts as it stands");
    }

    @Test
    void aColumnHoldsHtmlOrARowWritesItIntoAPlainOne() throws IOException {
        describe("opportunity.description", Map.of("FormatName", Map.of("Value", "RichText")));
        assertThat(check().out()).contains("opportunity.description",
                "holds HTML (rich text), but the mapping row description copies it as it is, tags included",
                "-> Write richText, with the length of the field in brackets");
        Path routes = sandbox.routes("mapping-dynamics.camel.yaml",
                "description                   | details.notes                                      | text(2000)       "
                        + " ",
                "description                   | details.notes                                      | richText(2000)   "
                        + " ");
        assertThat(check("--routes=" + routes).out()).doesNotContain("rich text");
        describe("opportunity.description", Map.of("FormatName", Map.of("Value", "TextArea")));
        assertThat(check("--routes=" + routes).out()).contains(
                "is no rich text field, but the mapping row description writes HTML into it",
                "-> Write text into the converter");
    }

    /** It works, and "A column's type cannot be changed" was said of it. */
    @Test
    void aChoiceOfSeveralValuesWasNamedAsAFault() {
        describe("opportunity.cosell_lossreason", Map.of("AttributeType", "Virtual", "AttributeTypeName",
                Map.of("Value", "MultiSelectPicklistType")));
        Outcome outcome = check();
        assertThat(outcome.out()).as(outcome.err()).doesNotContain("FAULT");
        assertThat(outcome.code()).isZero();
    }

    /** "does not exist" was said of the name that works, and nothing of the one that does not. */
    @Test
    void aLookupIsReadByTheNameOfItsId() throws IOException {
        String row = " | campaignId | text | - | create | crm wins\n          solutions  ";
        Path routes = sandbox.routes("mapping-dynamics.camel.yaml", "          solutions  ",
                "          _parentcontactid_value" + row);
        Outcome right = check("--routes=" + routes);
        assertThat(right.out()).as(right.err()).doesNotContain("FAULT");
        routes = sandbox.routes("mapping-dynamics.camel.yaml", "          solutions  ",
                "          parentcontactid" + row);
        onlyFault(check("--routes=" + routes), "opportunity.parentcontactid",
                "is a lookup, whose row shows it as _parentcontactid_value alone",
                "all reads with the mapping row parentcontactid would be refused",
                "-> Write _parentcontactid_value in its place");
        routes = sandbox.routes("mapping-dynamics.camel.yaml", "          solutions  ",
                "          _parentcontactid_value" + row.replace("| - |", "| create |"));
        onlyFault(check("--routes=" + routes), "opportunity._parentcontactid_value",
                "cannot be written into new records", "let the row travel to Partner Center only");
    }

    @Test
    void aColumnIsReadOnly() {
        describe("opportunity.estimatedvalue", Map.of("IsValidForUpdate", false));
        onlyFault(check(),
                "cannot be written after the create by our user, but the mapping row estimatedvalue writes it",
                "-> Calculated, rollup and system columns cannot be written");
    }

    @Test
    void aColumnHasColumnSecurity() {
        describe("opportunity.estimatedvalue", Map.of("IsSecured", true));
        Outcome outcome = check();
        assertThat(outcome.out()).contains("opportunity.estimatedvalue", "has column security",
                "-> Put the application user into a column security profile");
        assertThat(outcome.code()).isZero();
    }

    @Test
    void aChoiceLacksAValueAndHasOneThatNoLineNames() throws IOException {
        Path routes = sandbox.routes("mapping-dynamics.camel.yaml", "727000005", "727000009");
        Outcome outcome = check("--routes=" + routes);
        assertThat(outcome.out()).contains("has no value \"727000009\", which the value map writes for GeneralOrOther",
                "-> Add the choice 727000009 in Power Apps",
                "has the value \"727000005\", which no line of the value map names: a deal with it would be parked");
        assertThat(outcome.code()).isEqualTo(1);
    }

    @Test
    void aStatusReasonIsNotThere() throws IOException {
        Path routes = sandbox.routes("mapping-dynamics.camel.yaml", "New/Pending     = 0/2", "New/Pending     = 0/7");
        onlyFault(check("--routes=" + routes), "opportunity.statecode + statuscode",
                "has no value \"0/7\", which the value map writes for New/Pending");
    }

    @Test
    void theReferralIdentifierIsNoAlternateKey() {
        assertThat(administrator("DELETE", OPPORTUNITY + "/Keys(LogicalName='cosell_referralkey')", null))
                .isEqualTo(204);
        onlyFault(check(), "is no alternate key, so a repeated create would make a second record",
                "-> Create a key of this one column");
    }

    @Test
    void theAlternateKeyIsNotActiveBecauseTwoRowsHaveTheSameValue() {
        administrator("DELETE", OPPORTUNITY + "/Keys(LogicalName='cosell_referralkey')", null);
        sandbox.dynamics.post("/sandbox/opportunities", Map.of("cosell_referralidentifier", "twice"));
        sandbox.dynamics.post("/sandbox/opportunities", Map.of("cosell_referralidentifier", "twice"));
        assertThat(
                administrator("POST", OPPORTUNITY + "/Keys", Map.of("SchemaName", "cosell_ReferralKey", "KeyAttributes",
                        List.of("cosell_referralidentifier"))))
                .isEqualTo(204);
        Awaitility.await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> onlyFault(check(), "which is not active (Failed): two rows have the same value",
                        "-> Clear the value on all rows but one, then reactivate the key"));
    }

    @Test
    void changesAreNotTracked() {
        describe("opportunity", Map.of("ChangeTrackingEnabled", false));
        onlyFault(check(), "has no change tracking, so changes cannot be polled", "-> Turn on Track changes");
    }

    @Test
    void theSolutionRowsAreSomewhereElse() {
        onlyFault(check("dynamics.solution-set=nothing"), "nothing", "is no table of the environment",
                "name yours in dynamics.solution-set");
        onlyFault(check("dynamics.solution-opportunity-nav=cosell_opportunityid"),
                "has no relationship to the opportunity by cosell_opportunityid",
                "-> Set dynamics.solution-opportunity-nav = cosell_OpportunityId and "
                        + "dynamics.opportunity-solutions-nav = cosell_opportunity_solutions");
    }

    @Test
    void ourApplicationIsNoUserOfTheEnvironment() {
        sandbox.dynamics.post("/sandbox/settings", Map.of("withoutApplicationUser", true));
        onlyFault(check(), "does not know our application (403)", "Create an application user for dynamics.client-id");
    }

    @Test
    void aSecurityRoleLacksATable() {
        sandbox.dynamics.post("/sandbox/faults", Map.of("path", "/accounts$", "status", 403, "body",
                Map.of("error", Map.of("message", "missing prvReadAccount"))));
        onlyFault(check(), "cannot be read by our application user (403): missing prvReadAccount",
                "-> Give the application user a security role");
    }

    /** The check was green, and every look at a deal was refused. */
    @Test
    void aSecurityRoleLacksTheTableOfSolutionRows() {
        sandbox.dynamics.post("/sandbox/faults", Map.of("path", "/cosell_partnercentersolutions$", "status", 403,
                "body", Map.of("error", Map.of("message", "missing prvReadcosell_partnercentersolution"))));
        onlyFault(check(), "cosell_partnercentersolutions",
                "cannot be read by our application user (403): missing prvReadcosell_partnercentersolution",
                "-> Give the application user a security role");
    }

    /** The check was green, and each poll failed. */
    @ParameterizedTest
    @ValueSource(strings = {"opportunities", "cosell_partnercentersolutions"})
    void aSecurityRoleReadsItsOwnRowsOnly(String table) {
        assertThat(check().out()).contains("and what changed of opportunities and cosell_partner");
        sandbox.dynamics.post("/sandbox/settings", Map.of("ownRowsOnly", List.of(table)));
        onlyFault(check(), table, "does not show its changes to our application user (403)",
                "-> Raise the right to read the table to the level Organization");
    }

    @Test
    void eachCallOfTheCheckSaysWhichODataItSpeaks() {
        sandbox.dynamics.post("/sandbox/settings", Map.of("requireODataVersion", true));
        assertThat(check().code()).isZero();
    }
}
