package dev.cosell.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.check.CheckedSandbox.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command {@code check} says of each thing that can be wrong in a Salesforce org. */
class SalesforceCheckTest {
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
        String[] all = java.util.Arrays.copyOf(more, more.length + 1);
        all[more.length] = "crms=salesforce";
        return sandbox.check(all);
    }

    private static void describe(String field, Map<String, Object> properties) {
        sandbox.salesforce.post("/sandbox/settings", Map.of("described", Map.of(field, properties)));
    }

    /** One fault, and nothing else is wrong. */
    private static void onlyFault(Outcome outcome, String... said) {
        assertThat(outcome.out()).as(outcome.err()).contains(said);
        assertThat(outcome.out().lines().filter(line -> line.startsWith("FAULT"))).hasSize(1);
        assertThat(outcome.code()).isEqualTo(1);
    }

    @Test
    void aFieldIsMissingOrHidden() {
        sandbox.salesforce.post("/sandbox/settings", Map.of("hiddenFields", List.of("Opportunity.Loss_Reason__c")));
        onlyFault(check(), "Opportunity.Loss_Reason__c",
                "does not exist or is hidden from our user; the mapping row Loss_Reason__c names it",
                "-> Create it in Setup, Object Manager, Opportunity, Fields", "field-level security",
                "./cosell setup salesforce gives the access, and creates those fields whose type it knows");
    }

    @Test
    void aFieldOfTheSettingsIsMissing() {
        onlyFault(check("salesforce.sync-field=Shared__c"), "Opportunity.Shared__c",
                "or correct the setting salesforce.sync-field");
    }

    @Test
    void aFieldIsSpelledDifferently() {
        onlyFault(check("salesforce.audit-field=audit__c"), "Opportunity.audit__c", "is spelled Audit__c in Salesforce",
                "-> Write Audit__c in the setting salesforce.audit-field");
    }

    @Test
    void theOpportunityTeamIsWantedWhereTheOrgHasNone() {
        assertThat(check("salesforce.sales-team=on").code()).isZero();
        sandbox.salesforce.post("/sandbox/bare", Map.of());
        assertThat(check("salesforce.sales-team=on").out()).contains("OpportunityTeamMember",
                "the setting salesforce.sales-team reads it",
                "-> Switch on Opportunity Teams in Setup");
        assertThat(check().out()).doesNotContain("OpportunityTeamMember");
    }

    @Test
    void aFieldIsTooShort() {
        describe("Opportunity.Audit__c", Map.of("length", 255));
        onlyFault(check(), "holds 255 characters, but the setting salesforce.audit-field writes up to 100000",
                "-> Lengthen it in Setup, Object Manager, Opportunity");
    }

    @Test
    void aFieldHasTheWrongType() {
        describe("Opportunity.Sync_with_Partner_Center__c", Map.of("type", "string"));
        onlyFault(check(), "is of the type string, but the setting salesforce.sync-field needs a yes or no",
                "-> Change its type in Setup");
    }

    @Test
    void aFieldOfADateHoldsAMoment() {
        assertThat(check().out()).contains("Opportunity.CloseDate", "holds a day, the same for everybody");
        describe("Opportunity.CloseDate", Map.of("type", "datetime"));
        Outcome org = check();
        assertThat(org.out()).contains("is of the type Date/Time, so it holds a moment",
                "takes that of GMT (the default time zone of the organisation)",
                "-> Map a field of the type Date if you can", "salesforce.time-zone");
        assertThat(org.code()).isZero();
        assertThat(check("salesforce.time-zone=Europe/Berlin").out())
                .contains("takes that of Europe/Berlin (the setting salesforce.time-zone)");
    }

    /** Such a deal stayed open in Partner Center, and the check said that all stages fit. */
    @Test
    void aClosedStageThatTheValueMapReadsAsOpenIsNamed() throws IOException {
        assertThat(check().out()).contains("open, won and lost ones fit the value map").doesNotContain("reads it as");
        Path routes = sandbox.routes("mapping-salesforce.camel.yaml", "= Closed Lost", "= Closed Won");
        assertThat(check("--routes=" + routes).out()).contains("stage Closed Lost",
                "is closed in Salesforce, but the value map reads it as open", "-> Add a line for it");
    }

    @Test
    void aFieldHoldsHtmlOrARowWritesItIntoAPlainOne() throws IOException {
        Path routes = sandbox.routes("mapping-salesforce.camel.yaml",
                "| details.notes                                      | text(32000)    ",
                "| details.notes                                      | richText(32000)");
        assertThat(check("--routes=" + routes).out()).contains(
                "is no rich text field, but the mapping row Description writes HTML into it",
                "-> Write text into the converter");
        describe("Opportunity.Description", Map.of("htmlFormatted", true));
        assertThat(check("--routes=" + routes).out()).doesNotContain("rich text");
        assertThat(check().out()).contains("Opportunity.Description",
                "holds HTML (rich text), but the mapping row Description copies it as it is, tags included",
                "-> Write richText, with the length of the field in brackets");
    }

    @Test
    void aFieldIsReadOnlyForOurUser() {
        describe("Opportunity.Amount", Map.of("createable", false, "updateable", false));
        onlyFault(check(), "Opportunity.Amount", "cannot be written by our user, but the mapping row Amount writes it",
                "-> Give the integration user edit access to Opportunity.Amount");
    }

    @Test
    void aPicklistLacksAValueAndHasOneThatNoLineNames() {
        describe("Opportunity.Referral_Visibility__c",
                Map.of("picklistValues", List.of(Map.of("active", true, "value", "Private"),
                        Map.of("active", false, "value", "Visible to Microsoft sellers"),
                        Map.of("active", true, "value", "Open to all"))));
        Outcome outcome = check();
        assertThat(outcome.out()).contains(
                "has no value \"Visible to Microsoft sellers\", which the value map writes for true",
                "-> Add it to the picklist in Setup",
                "has the value \"Open to all\", which no line of the value map names: a deal with it would be parked",
                "-> Write it into a line of the value map");
        assertThat(outcome.code()).isEqualTo(1);
    }

    /** Both work, and were faults: the type of the one, and each value of the other. */
    @Test
    void aLookupAndAChoiceOfSeveralValuesWereNamedAsFaults() {
        sandbox.salesforce.post("/sandbox/settings", Map.of("described", Map.of(
                "Opportunity.Loss_Reason__c", Map.of("type", "reference", "length", 18),
                "Opportunity.How_can_Microsoft_help__c", Map.of("type", "multipicklist", "picklistValues",
                        List.of(Map.of("active", true, "value", "Elsewhere"))))));
        Outcome outcome = check();
        assertThat(outcome.out()).as(outcome.err()).contains("All right").doesNotContain("FAULT", "Elsewhere");
        assertThat(outcome.code()).isZero();
    }

    /** The stages were compared with the first of the rows alone, and the deal was parked. */
    @Test
    void aStageThatTheValueMapOfTheSalesStageLacksIsNamed() throws IOException {
        Path routes = sandbox.routes("mapping-salesforce.camel.yaml", "          solutions  ",
                "          StageName | salesStage | salesStages | - | create, update | crm wins\n"
                        + "          solutions  ");
        Path file = routes.resolve("mapping-salesforce.camel.yaml");
        Files.writeString(file, Files.readString(file) + """
                    - name: salesStages
                      type: dev.cosell.mapping.ValueMap
                      properties:
                        values: |
                          20 = Qualification
                """);
        assertThat(check("--routes=" + routes).out()).contains("Opportunity.StageName for salesStage",
                "has the value \"Closed Won\", which no line of the value map names");
    }

    @Test
    void aStageBesideAnotherFieldIsARowWithAValueMap() throws IOException {
        Path routes = sandbox.routes("mapping-salesforce.camel.yaml", "          StageName      ",
                "          StageName + Loss_Reason__c");
        Path file = routes.resolve("mapping-salesforce.camel.yaml");
        Files.writeString(file, Files.readString(file)
                .replaceFirst("(?m)^ +Loss_Reason__c .*\\n", "")
                .replaceAll("(?m)^( +(?:New|Active|Closed)/\\w+ += (?:On Hold|Qualification|Closed Won|Closed Lost))",
                        "$1/none"));
        assertThat(check("--routes=" + routes).out()).contains("the mapping row StageName + Loss_Reason__c has other")
                .doesNotContain("the mapping has no row StageName");
    }

    @Test
    void theReferralIdentifierIsNoExternalId() {
        describe("Opportunity.Referral_Identifier__c", Map.of("externalId", false));
        onlyFault(check(), "is no external id, so a repeated create would make a second record",
                "-> Tick External ID and Unique");
        describe("Opportunity.Referral_Identifier__c", Map.of("unique", false));
        onlyFault(check(), "is an external id but not unique");
    }

    @Test
    void aStageIsWonWhereTheStatusIsLost() throws IOException {
        Path routes = sandbox.routes("mapping-salesforce.camel.yaml", "Closed/Lost     = Closed Lost",
                "Closed/Lost     = Closed Won");
        onlyFault(check("--routes=" + routes), "stage Closed Won",
                "is won in Salesforce, but the value map writes it for Closed/Lost, which is lost",
                "-> Write another stage into that line of the value map");
    }

    @Test
    void theOrgHasOneCurrency() throws IOException {
        sandbox.salesforce.post("/sandbox/settings", Map.of("multiCurrency", false));
        onlyFault(check(), "the org has one currency (no field CurrencyIsoCode), but the mapping has a row for it",
                "-> Delete the row CurrencyIsoCode");
        Path routes = sandbox.routes("mapping-salesforce.camel.yaml", "          CurrencyIsoCode   ",
                "          # CurrencyIsoCode ");
        Outcome without = check("--routes=" + routes);
        assertThat(without.out()).contains("deals shared from Salesforce carry no currency code",
                "All right, 1 warning");
        assertThat(without.code()).isZero();
    }

    @Test
    void aCurrencyThatTheSettingsNameIsRightInAnOrgOfOneAndWrongInAnOrgOfSeveral() {
        onlyFault(check("salesforce.currency=USD"), "makes every deal one in USD",
                "-> Leave salesforce.currency empty");
        sandbox.salesforce.post("/sandbox/settings", Map.of("multiCurrency", false));
        Outcome named = check("salesforce.currency=USD");
        assertThat(named.out()).contains("which the setting salesforce.currency names: USD", "All right");
        assertThat(named.code()).isZero();
    }

    /** Every customer was parked, inbound and outbound, and the check said that all is right. */
    @Test
    void statesAndCountriesAreChosenFromLists() throws IOException {
        sandbox.salesforce.post("/sandbox/settings", Map.of("countryPicklists", true));
        Outcome shipped = check();
        assertThat(shipped.out()).as(shipped.err()).contains("Account.BillingCountry", "state and country picklists",
                "-> Write BillingCountryCode in its place", "Account.BillingState", "-> Write BillingStateCode",
                "All right, 2 warnings");
        assertThat(shipped.code()).isZero();
        Path routes = sandbox.routes("mapping-salesforce.camel.yaml", "          BillingCountry     |",
                "          BillingCountryCode |");
        assertThat(check("--routes=" + routes).out()).contains("All right, 1 warning")
                .doesNotContain("Account.BillingCountry");
        routes = sandbox.routes("mapping-salesforce.camel.yaml",
                "address.state                               | text(80)   | create        |",
                "address.state                               | text(80)   | -             |");
        assertThat(check("--routes=" + routes).out()).contains("All right, 1 warning")
                .doesNotContain("Account.BillingState");
    }

    @Test
    void theSolutionsAreSomewhereElse() {
        onlyFault(check("salesforce.solution-object=Nothing__c"), "Nothing__c",
                "does not exist, or our user may not see it",
                "-> Create the object, or name yours in salesforce.solution-object");
        onlyFault(check("salesforce.solution-relationship=Solutions__r"),
                "is not the name under which an opportunity shows its solution rows; that is Microsoft_Solutions__r",
                "-> Set salesforce.solution-relationship = Microsoft_Solutions__r");
    }

    @Test
    void ourUserMayNotDoWithAnObjectWhatTheSyncDoes() {
        describe("Contact", Map.of("createable", false));
        onlyFault(check(), "Contact", "records may not be created by our user",
                "-> Give the integration user Read, Create and Edit on the object Contact");
        describe("Microsoft_Solution__c", Map.of("deletable", false));
        onlyFault(check(), "rows may not be deleted by our user",
                "-> Give the integration user Delete on the object Microsoft_Solution__c");
    }

    @Test
    void ourUserMayNotReadOpportunities() {
        sandbox.salesforce.post("/sandbox/faults", Map.of("path", "/query", "status", 403, "body",
                List.of(Map.of("errorCode", "INSUFFICIENT_ACCESS", "message", "no access"))));
        onlyFault(check(), "Salesforce denies the integration user", "-> Give the integration user that right");
    }

    @Test
    void salesforceIsAway() {
        onlyFault(check("salesforce.poll-interval=1h", "sandbox.salesforce-port=1"), "Salesforce gave no answer",
                "-> See that the address in the settings is right");
    }

    @Test
    void opportunitiesAreNotSelectedForChangeDataCapture() {
        String on = "salesforce.streaming=on";
        onlyFault(check(on), "Opportunity is not selected, so Salesforce sends no events",
                "-> In Salesforce open Setup, Change Data Capture, select Opportunity");
        assertThat(check().out()).as("nobody wants events").doesNotContain("Change Data Capture");
        sandbox.salesforce.post("/sandbox/settings", Map.of("changeDataCapture", List.of("Account", "Opportunity")));
        Outcome selected = check(on);
        assertThat(selected.out()).contains("Change Data Capture", "Opportunity is selected", "All right.");
        assertThat(selected.code()).isZero();
        sandbox.salesforce.post("/sandbox/settings", Map.of("changeDataChannel", "Somebodys__chn"));
        assertThat(check(on).out()).contains("a channel of somebody's own only (Somebodys__chn)",
                "All right, 1 warning");
    }

    /** What Salesforce answers to a user without the right is not documented. */
    @Test
    void whoMayNotSeeTheSetUpIsToldToLookThere() {
        String on = "salesforce.streaming=on";
        sandbox.salesforce.post("/sandbox/settings", Map.of("viewSetup", false));
        Outcome hidden = check(on);
        assertThat(hidden.out()).contains("cannot be seen by our user",
                "PlatformEventChannelMember' is not supported",
                "-> See for yourself in Setup, Change Data Capture", "All right, 1 warning");
        assertThat(hidden.code()).isZero();
        sandbox.salesforce.post("/sandbox/faults", Map.of("path", "/tooling/query", "status", 403, "body",
                List.of(Map.of("errorCode", "INSUFFICIENT_ACCESS", "message", "no access"))));
        assertThat(check(on).out()).contains("cannot be seen by our user", "no access", "View Setup and Configuration");
    }

    /** The component reads no errors of a raw call, so the day's last call counted as a right that is missing. */
    @Test
    void aSpentCallLimitIsNoMissingRight() {
        sandbox.salesforce.post("/sandbox/faults", Map.of("path", "/tooling/query", "status", 403, "body",
                List.of(Map.of("errorCode", "REQUEST_LIMIT_EXCEEDED", "message", "TotalRequests Limit exceeded."))));
        assertThat(check("salesforce.streaming=on").out()).contains("Salesforce's call limit is used up")
                .doesNotContain("cannot be seen by our user");
    }

    @Test
    void aPasswordIsWhatSalesforceWillNotTakeMuchLonger() {
        Outcome outcome = sandbox.checkAsReal("crms=salesforce", "salesforce.user-name=sandbox",
                "salesforce.password=sandbox", "setup.salesforce.client-id=sandbox",
                "setup.salesforce.client-secret=hush", "setup.salesforce.user-name=ana",
                "setup.salesforce.password=hush");
        assertThat(outcome.out()).contains(
                "sign-in with user name and password (salesforce.password, setup.salesforce.password) on 20 February "
                        + "2027",
                "External Client App with a run-as user").doesNotContain("hush");
        assertThat(outcome.code()).isZero();
        assertThat(sandbox.checkAsReal("crms=salesforce").out()).doesNotContain("20 February 2027");
    }
}
