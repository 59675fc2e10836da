package dev.cosell.setup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.stories.Api;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the command {@code setup} does for rows that a customer has added to the mapping. */
class OwnFieldsSetUpTest extends BareCrms {
    private static final String WON_TABLE = """

                - name: salesforceWonFields
                  type: dev.cosell.mapping.FieldTable
                  properties:
                    rows: |
                      Signed_Value__c | details.dealValue | money | - | update | crm wins
            """;

    /** @param rows of the opportunity, above the first of the mapping @param end what stands behind the last bean */
    private SetupRun run(String crm, String rows, String end, String... options) throws IOException {
        String name = "mapping-" + crm + ".camel.yaml";
        String text = Files.readString(Path.of("routes", name));
        Files.writeString(folder.resolve(name), text.replaceFirst("(?m)^( +)(Name|name) ", rows.isEmpty() ? "$0"
                : "$1" + rows + "\n$0") + end);
        return SetupRun.of(crm, settings, folder, Map.of(), options);
    }

    /** As the administrator of the org does it by hand: nobody is allowed to see it. */
    private static void makeField(String name, Map<String, Object> metadata) {
        byte[] form = "grant_type=client_credentials&client_id=sandbox&client_secret=sandbox"
                .getBytes(StandardCharsets.UTF_8);
        Object token = Api.object(api("salesforce").raw("POST", "/services/oauth2/token", form,
                Map.of("Content-Type", "application/x-www-form-urlencoded")).body()).get("access_token");
        Map<String, Object> all = new HashMap<>(metadata);
        all.put("label", "Own");
        assertThat(api("salesforce").raw("POST", "/services/data/v56.0/tooling/sobjects/CustomField",
                Api.bytes(Map.of("FullName", "Opportunity." + name, "Metadata", all)),
                Map.of("Authorization", "Bearer " + token, "Content-Type", "application/json")).statusCode())
                .isEqualTo(201);
    }

    /** The check said that the set-up gives the access, and the set-up said that there is nothing to do. */
    @Test
    void aFieldOfTheCustomersOwnStayedHiddenFromTheIntegrationUser() throws IOException {
        String rows = "Partner_Role__c | mpnId | text(40) | create | create | crm wins\n"
                + "          Their_Stage__c | salesStage | text | - | update | crm wins\n"
                + "          Always__c | campaignId | text | create | - | crm wins";
        makeField("Partner_Role__c", Map.of("type", "Text", "length", 40));
        makeField("Their_Stage__c", Map.of("type", "Text", "length", 40));
        makeField("Always__c", Map.of("type", "Text", "length", 40, "required", true));
        SetupRun first = run("salesforce", rows, "");
        assertThat(first.code()).as(first.out()).isZero();
        assertThat(first.plan()).anyMatch(line -> line.endsWith(" to read and edit Opportunity.Partner_Role__c"))
                .anyMatch(line -> line.endsWith(" to read Opportunity.Their_Stage__c"))
                .as("Salesforce takes no rights on what everybody sees").noneMatch(line -> line.contains("Always__c"));
        assertThat(run("salesforce", rows, "").out()).contains("Nothing to do");
    }

    @Test
    void aFieldOfWhatADealWasWonWithWasNeitherNamedNorGranted() throws IOException {
        assertThat(run("salesforce", "", WON_TABLE, "--dry-run").byHand())
                .anyMatch(line -> line.startsWith("Create the field Opportunity.Signed_Value__c, which the mapping "
                        + "reads for Partner Center's details.dealValue"))
                .anyMatch(line -> line.contains("run this command again"));
        makeField("Signed_Value__c", Map.of("type", "Currency", "precision", 18, "scale", 2));
        SetupRun made = run("salesforce", "", WON_TABLE);
        assertThat(made.plan()).anyMatch(line -> line.endsWith(" to read Opportunity.Signed_Value__c"));
        assertThat(made.byHand()).noneMatch(line -> line.contains("run this command again"));

        Path dynamics = folder.resolve("mapping-dynamics.camel.yaml");
        Files.writeString(dynamics, Files.readString(Path.of("routes", "mapping-dynamics.camel.yaml"))
                .replace("          actualvalue  ", "          cosell_signedvalue  "));
        assertThat(SetupRun.of("dynamics", settings, folder, Map.of(), "--dry-run").byHand())
                .anyMatch(line -> line.startsWith("Create the field opportunity.cosell_signedvalue, which the"));
    }

    /** Each value of its map was named as a stage that the org lacks. */
    @Test
    void aFieldThatOnlyShowsTheStatusHasNoStages() throws IOException {
        SetupRun run = run("salesforce", "Theirs__c | status + substatus | salesforceMicrosoft | create, update | - |"
                + " crm wins", "", "--dry-run");
        assertThat(run.byHand()).noneMatch(line -> line.contains("Add the stage \"Pending\""))
                .anyMatch(line -> line.contains("Add the stage \"On Hold\""))
                .anyMatch(line -> line.startsWith("Create the field Opportunity.Theirs__c, which the mapping fills"));
    }
}
