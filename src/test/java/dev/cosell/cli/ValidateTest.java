package dev.cosell.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** {@code ./cosell validate}: settings, routes, mappings and examples are tried without any system. */
class ValidateTest {
    @TempDir
    Path folder;
    private Path routes;

    private record Outcome(int code, String out, String err) {}

    @BeforeEach
    void copyOfRoutes() throws IOException {
        Files.createFile(folder.resolve("none"));
        routes = folder.resolve("routes");
        try (Stream<Path> all = Files.walk(Path.of("routes"))) {
            for (Path each : all.toList()) {
                Files.copy(each, folder.resolve(each.toString()));
            }
        }
    }

    private Outcome validate(String... more) {
        List<String> arguments = new ArrayList<>(List.of("validate", "--settings", folder.resolve("none").toString(),
                "--routes", routes.toString()));
        arguments.addAll(List.of(more));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = new CommandLine(new Commands()).setOut(new PrintWriter(out)).setErr(new PrintWriter(err))
                .execute(arguments.toArray(String[]::new));
        return new Outcome(code, out.toString(), err.toString());
    }

    private void edit(String file, String old, String replacement) throws IOException {
        String text = Files.readString(routes.resolve(file));
        assertThat(text).contains(old);
        Files.writeString(routes.resolve(file), text.replace(old, replacement));
    }

    private static List<String> faults(Outcome outcome) {
        return outcome.out().lines().filter(line -> line.startsWith("FAULT")).toList();
    }

    @Test
    void theShippedFilesAndExamplesAreRight() {
        Outcome outcome = validate();
        assertThat(outcome.code()).as(outcome.out() + outcome.err()).isZero();
        assertThat(outcome.out()).containsPattern("salesforce +(\\d\\d) of \\1 as expected")
                .containsPattern("dynamics +(\\d\\d) of \\1 as expected")
                .containsPattern("\\d+ routes").contains("All right.");
    }

    /** Also one of a lead, and one whose faults are expected. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            mapping-salesforce.camel.yaml ; Active/Accepted = Qualification, * ; Active/Accepted = Proposal, * ; salesforce/full-co-sell-deal ; StageName is "Proposal", expected "Qualification"
            mapping-dynamics.camel.yaml   ; Closed/Lost     = 2/4              ; Closed/Lost     = 2/5         ; dynamics/lost                ; statuscode
            mapping-salesforce.camel.yaml ; Closed/Declined = Closed - Not Converted ; Closed/Declined = Closed ; salesforce/lead-declined     ; lead: Status is "Closed"
            mapping-salesforce.camel.yaml ; | country    | create        | create            | crm wins ; | text(80)   | create        | create            | crm wins ; salesforce/odd-values-in-partner-center ; expected
            """)
    void anEditThatChangesWhatBecomesOfADealIsNamed(String file, String old, String edited, String example, String said)
            throws IOException {
        edit(file, old, edited);
        Outcome outcome = validate();
        assertThat(outcome.code()).as(outcome.out()).isEqualTo(1);
        assertThat(faults(outcome)).anyMatch(line -> line.contains(example) && line.contains(said));
    }

    @Test
    void mistakesAreNamedWithFileAndLine() throws IOException {
        edit("mapping-salesforce.camel.yaml", "details.dealValue ", "details.dealvalue ");
        Outcome mapping = validate();
        assertThat(mapping.code()).isEqualTo(1);
        assertThat(faults(mapping)).singleElement()
                .satisfies(line -> assertThat(line).containsPattern("mapping-salesforce.camel.yaml line \\d+"));

        edit("sync.camel.yaml", "id: read-the-other-side, uri: direct:read-other-side",
                "id: read-the-other-side, uri: direct:read-the-other-side");
        assertThat(faults(validate())).hasSize(2).anyMatch(line -> line.contains("read-the-other-side"));

        Files.copy(routes.resolve("schedules.camel.yaml"), routes.resolve("old.camel.yaml"));
        assertThat(faults(validate())).singleElement()
                .satisfies(line -> assertThat(line).contains("more than once", "old.camel.yaml"));
    }

    /** It was all right, and the start ended with this sentence. */
    @Test
    void aCrmWithoutItsConsumerIsNamed() throws IOException {
        edit("salesforce.camel.yaml", "id: sync-salesforce", "id: sync-of-an-earlier-version");
        Outcome outcome = validate();
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(faults(outcome)).singleElement().asString().contains("No route sync-salesforce",
                "the shipped salesforce.camel.yaml");
    }

    /** It was all right: the schedule never ran, and the first day asked nobody. */
    @Test
    void whatAnEditedCopyLacksOfThisReleaseIsAWarningUntilItIsLeftOutByAWord() throws IOException {
        edit("schedules.camel.yaml", "id: parked-again\n", "id: of-an-earlier-release\n");
        edit("sync.camel.yaml", "id: first-sync-was-not-let-go", "id: own-filter");
        Outcome outcome = validate();
        assertThat(outcome.code()).as(outcome.out()).isZero();
        assertThat(outcome.out().lines().filter(line -> line.startsWith("warning"))).hasSize(2)
                .anyMatch(line -> line.contains("schedules.camel.yaml") && line.contains("the route parked-again"))
                .anyMatch(line -> line.contains("sync.camel.yaml")
                        && line.contains("in sync the step first-sync-was-not-let-go"));
        assertThat(outcome.out()).contains("routes.left-out", "CHANGELOG.md");

        assertThat(validate("--set", "routes.left-out=parked-again, first-sync-was-not-let-go").out())
                .contains("All right.");
        assertThat(faults(validate("--set", "routes.left-out=parked-agian"))).singleElement().asString()
                .contains("routes.left-out", "it has no parked-agian");
    }

    @Test
    void whatIsOfACrmThatIsNotSyncedIsNotMissed() throws IOException {
        Files.delete(routes.resolve("dynamics.camel.yaml"));
        assertThat(validate("--set", "crms=salesforce").out()).contains("All right.");
    }

    /** Everything was all right, and no alert was ever sent. */
    @Test
    void aChannelOfAlertsThatIsSetAndHasNoRouteIsNamed() throws IOException {
        Files.delete(routes.resolve("alerts.camel.yaml"));
        Outcome outcome = validate("--set", "alerts.teams.url=https://contoso.webhook.office.com/x", "--set",
                "routes.left-out=alerts.camel.yaml");
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(faults(outcome)).singleElement().asString().contains("alerts.teams.*", "no route alert-to-teams");
    }

    /** It was all right, and the next start ended: that its start is a matter of settings is copied with it. */
    @Test
    void aCopiedAlertChannelThatListensWhereTheOriginalDoesIsNamedWhenBothStart() throws IOException {
        Files.writeString(routes.resolve("pager.camel.yaml"), """
                - route:
                    id: alert-to-pager
                    autoStartup: "{{alerts.slack.enabled}}"
                    from:
                      uri: direct:alert-to-slack
                      steps:
                        - to: { id: alert-pager-post, uri: direct:alert-post }
                """);
        assertThat(validate().code()).as("neither starts").isZero();
        Outcome outcome = validate("--set", "alerts.slack.url=https://hooks.slack.com/services/T0/B0/x");
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(faults(outcome)).singleElement().asString().contains("alert-to-pager", "alert-to-slack",
                "begin with direct:alert-to-slack");
    }

    /** Only that some file could not be read was said, and "Input length = 1". */
    @Test
    void aFileThatIsNotUtf8IsNamed() throws IOException {
        Path file = routes.resolve("leads.camel.yaml");
        Files.write(file, ("# für Köln\n" + Files.readString(file)).getBytes(StandardCharsets.ISO_8859_1));
        Outcome outcome = validate();
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(faults(outcome)).singleElement().asString().contains("leads.camel.yaml is not UTF-8 (line 1)");
    }

    /** As editors of Windows save UTF-8. */
    @Test
    void filesWithAMarkInFrontOfThemAreAllRight() throws IOException {
        for (String file : List.of("leads.camel.yaml", "mapping-salesforce.camel.yaml",
                "mapping-dynamics.camel.yaml")) {
            Files.writeString(routes.resolve(file), "\ufeff" + Files.readString(routes.resolve(file)));
        }
        Outcome outcome = validate();
        assertThat(outcome.code()).as(outcome.out() + outcome.err()).isZero();
    }

    /** It was all right, also for the check and for live reload, and then nothing could be read any more. */
    @ParameterizedTest
    @CsvSource({"mapping-salesforce.camel.yaml,Description ,Account.Industry ",
        "mapping-dynamics.camel.yaml,description ,parentaccountid.industrycode "})
    void aFieldOfAnotherRecordInTheCrmColumnIsNamedWithItsLine(String file, String old, String edited)
            throws IOException {
        String text = Files.readString(routes.resolve(file));
        Files.writeString(routes.resolve(file), text.replaceFirst(old, edited));
        Outcome outcome = validate();
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(faults(outcome)).singleElement().asString().containsPattern(file + " line \\d+")
                .contains(edited.strip(), "has a point", "account table");
    }

    /** One of the two maps served both CRMs, and which one it was changed with a restart or an edited comment. */
    @Test
    void aValueMapOfTheSameNameInTheFilesOfBothCrmsIsNamed() throws IOException {
        edit("mapping-dynamics.camel.yaml", "dynamicsStatus", "leadSource");
        edit("mapping-salesforce.camel.yaml", "salesforceStage ", "leadSource ");
        edit("mapping-salesforce.camel.yaml", "name: salesforceStage\n", "name: leadSource\n");
        Outcome outcome = validate();
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(faults(outcome)).singleElement().asString().contains("declared more than once",
                "leadSource (mapping-dynamics.camel.yaml, mapping-salesforce.camel.yaml)", "a name of its own");
    }

    /** Without a word it was no table at all: the estimate went to Partner Center, and no owner. */
    @ParameterizedTest
    @CsvSource({"dynamics, dynamicsWonFields, dynamicsWonfields", "dynamics, dynamicsTeamFields, dynamicsTeamField",
        "salesforce, salesforceTeamFields, salesforceTeamsFields"})
    void aMisspeltTableThatMayBeLeftOutIsNamed(String crm, String table, String misspelt) throws IOException {
        edit("mapping-" + crm + ".camel.yaml", "name: " + table + "\n", "name: " + misspelt + "\n");
        for (String crms : List.of("salesforce", "dynamics", "salesforce,dynamics")) {
            Outcome outcome = validate("--set", "crms=" + crms);
            assertThat(outcome.code()).isEqualTo(1);
            assertThat(faults(outcome)).singleElement().asString()
                    .containsPattern("mapping-" + crm + ".camel.yaml line \\d+")
                    .contains("nothing reads the field table \"" + misspelt + "\"", "did you mean \"" + table + "\"?");
        }
    }

    @Test
    void aRowOfWhatADealWasWonWithThatNeverTravelsIsNamed() throws IOException {
        edit("mapping-dynamics.camel.yaml", "| money     | -               | update            |",
                "| money     | -               | create            |");
        assertThat(faults(validate())).singleElement().asString().contains("mapping-dynamics.camel.yaml",
                "the row actualvalue of dynamicsWonFields never travels", "write update into the column");
    }

    @Test
    void settingsAreFoundWrongToo() {
        Outcome outcome = validate("--set", "sync.consumers=none", "--set", "crms=siebel");
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(faults(outcome)).hasSize(2).anyMatch(line -> line.contains("sync.consumers"))
                .anyMatch(line -> line.contains("crms"));
    }

    @Test
    void noDatabaseAndNoBrokerIsAsked() {
        Outcome outcome = validate("--set", "state.url=jdbc:postgresql://localhost:1/none", "--set",
                "broker.url=tcp://localhost:1",
                "--set", "sandbox=off", "--set", "partner-center.url=http://localhost:1", "--set",
                "partner-center.tenant=t",
                "--set", "partner-center.client-id=c", "--set", "partner-center.client-secret=s", "--set",
                "crms=salesforce",
                "--set", "salesforce.login-url=http://localhost:1", "--set", "salesforce.client-id=c", "--set",
                "salesforce.client-secret=s",
                "--set", "partner-center.sign-in-key=" + "0".repeat(43) + "=");
        assertThat(outcome.code()).as(outcome.out() + outcome.err()).isZero();
    }

    /** A field that is left out was named as a difference from an empty one, although neither side would be written. */
    @ParameterizedTest
    @CsvSource({"salesforce, Description", "dynamics, description"})
    void anEmptyTextInAnExampleWasNamedAsADifference(String crm, String field) throws IOException {
        String text = "\"Pilot agreed for Q3.\"";
        edit("examples/" + crm + "/won/referral.json", text, "\"\"");
        edit("examples/" + crm + "/won/opportunity.json", "\"" + field + "\": " + text + ",", "");
        edit("examples/" + crm + "/lost/referral.json", text, "\" \"");
        edit("examples/" + crm + "/lost/opportunity.json", text, "\"\"");
        edit("examples/" + crm + "/declined/referral.json", "\"notes\": " + text + ",", "");
        edit("examples/" + crm + "/declined/opportunity.json", text, "null");
        edit("examples/" + crm + "/lead-inquiry/referral.json", "\"Please call me about a pilot.\"", "null");
        edit("examples/" + crm + "/lead-inquiry/lead.json", "\"Please call me about a pilot.\"", "\"\"");
        assertThat(faults(validate())).isEmpty();

        edit("examples/" + crm + "/no-deal-value/opportunity.json", text, "\"\"");
        assertThat(faults(validate())).isNotEmpty()
                .allMatch(line -> line.contains(crm + "/no-deal-value") && line.contains(text));
    }

    /** The row of the manual, and what the status row writes was "expected nothing", whatever the example said. */
    @ParameterizedTest
    @CsvSource({"salesforce, StageName, Qualification", "dynamics, statuscode, 1"})
    void aSalesStageBelowTheStatusCouldMeetNoExample(String crm, String field, String value) throws IOException {
        String mapping = "mapping-" + crm + ".camel.yaml";
        String text = Files.readString(routes.resolve(mapping));
        Files.writeString(routes.resolve(mapping), text.replaceFirst("(?m)^( +)(\\S.*\\| status \\+ substatus .*)$",
                "$1$2\n$1" + field + " | salesStage | salesStages | - | create, update | crm wins") + """
                    - name: salesStages
                      type: dev.cosell.mapping.ValueMap
                      properties:
                        values: |
                          20 = %s
                """.formatted(value));
        String example = "full-co-sell-deal";
        Path examples = routes.resolve("examples/" + crm);
        try (Stream<Path> all = Files.walk(examples).sorted(Comparator.reverseOrder())) {
            for (Path each : all.filter(each -> !each.equals(examples)).toList()) {
                if (!each.startsWith(examples.resolve(example))) {
                    Files.delete(each);
                }
            }
        }
        edit("examples/" + crm + "/" + example + "/referral.json", "\"substatus\": \"Accepted\",",
                "\"substatus\": \"Accepted\", \"salesStage\": \"20\",");
        assertThat(faults(validate("--set", "crms=" + crm))).isEmpty();

        edit("examples/" + crm + "/" + example + "/opportunity.json", "\"" + field + "\": ", "\"elsewhere\": ");
        assertThat(faults(validate("--set", "crms=" + crm))).as("what is written is compared still")
                .anyMatch(line -> line.contains("in the CRM: " + field));
    }

    @Test
    void anExampleThatIsNoJsonIsNamedWithItsLine() throws IOException {
        Files.writeString(routes.resolve("examples/dynamics/won/referral.json"), "{\n\"name\": Harbour}");
        assertThat(faults(validate())).singleElement()
                .satisfies(
                        line -> assertThat(line).contains("dynamics/won", "referral.json is no JSON object", "line 2"));
    }

    @Test
    void programsReadTheSame() throws IOException {
        Map<?, ?> json = new ObjectMapper().readValue(validate("--format", "json", "--set", "crms=dynamics").out(),
                Map.class);
        assertThat(json.get("allRight")).isEqualTo(true);
        List<Object> what = ((List<?>) json.get("findings")).stream().<Object>map(row -> ((Map<?, ?>) row).get("what"))
                .toList();
        assertThat(what).contains("dynamics").doesNotContain("salesforce");
    }

    @Test
    void aFolderThatIsNotThereIsSaid() {
        routes = folder.resolve("elsewhere");
        Outcome outcome = validate();
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains("elsewhere", "--routes").hasLineCount(1);
    }
}
