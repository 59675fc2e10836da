package dev.cosell.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.settings.Key;
import dev.cosell.stories.Api;
import dev.cosell.stories.CrmDriver;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.builder.AdviceWith;
import org.junit.jupiter.api.Test;

/** "Edit a mapping and it is in force at the next sync; a bad edit never breaks a running sync." */
class MappingReloadTest extends LiveEdits {
    private static final String DYNAMICS = "mapping-dynamics.camel.yaml";

    @Test
    void an_edited_row_is_in_force_at_the_next_sync() {
        assertThat(descriptionOfNewDeal("before")).isEqualTo("before");
        edit(MAPPING, DESCRIPTION, DESCRIPTION.replaceFirst("create, update", "-"));
        world.eventually(() -> assertThat(descriptionOfNewDeal("not for the CRM")).isNotEqualTo("not for the CRM"));
        edit(MAPPING, DESCRIPTION.replaceFirst("create, update", "-"), DESCRIPTION.replace("text(32000)", "text(9)"));
        world.eventually(() -> assertThat(descriptionOfNewDeal("a rather long note")).startsWith("a rath")
                .hasSizeLessThanOrEqualTo(9));
    }

    /** The row counted as agreed, so a value that the create had not brought never travelled. */
    @Test
    void a_row_that_is_added_while_an_opportunity_is_made_brings_its_value_too() throws Exception {
        addsARowMeanwhile(MAPPING);
    }

    /** The version of the mapping was that of a file that was not there, and so the same whatever was edited. */
    @Test
    void a_row_that_is_added_meanwhile_to_a_file_with_another_name_brings_its_value_too() throws Exception {
        String own = "own-mapping.camel.yaml";
        Object version = mapping("salesforce");
        Files.move(file(MAPPING), file(own));
        CheckedReload reload = world.camel().hasService(CheckedReload.class);
        world.eventually(() -> assertThat(reload.textsInForce()).containsKey(own).doesNotContainKey(MAPPING));
        assertThat(mapping("salesforce")).as("of the same text").isEqualTo(version);
        try {
            addsARowMeanwhile(own);
            String bad = DESCRIPTION.replace("details.notes ", "details.notse ");
            edit(own, DESCRIPTION, bad);
            error(own + " line " + (read(file(own)).lines().toList().indexOf("          " + bad) + 1), "details.notse");
            assertThat(filesOnThePage()).contains(own).doesNotContain(MAPPING);
            edit(own, bad, DESCRIPTION);
            noError();
        } finally {
            Files.move(file(own), file(MAPPING));
            world.eventually(() -> assertThat(reload.textsInForce()).containsKey(MAPPING).doesNotContainKey(own));
        }
    }

    /** The page showed the file with the opportunities' table alone, and no other could be tried. */
    @Test
    void tables_in_files_of_their_own_were_not_on_the_page() throws Exception {
        String own = "own-accounts.camel.yaml";
        String all = read(file(MAPPING));
        int begin = all.indexOf("    - name: salesforceAccountFields");
        int end = all.indexOf("    # The customer's person");
        String accounts = "- beans:\n" + all.substring(begin, end);
        CheckedReload reload = world.camel().hasService(CheckedReload.class);
        Files.writeString(file(MAPPING), all.substring(0, begin) + all.substring(end));
        Files.writeString(file(own), accounts);
        try {
            world.eventually(() -> assertThat(reload.textsInForce()).containsKey(own));
            world.eventually(() -> assertThat(tablesOnThePage(own)).containsExactly("salesforceAccountFields"));
            assertThat(tablesOnThePage(MAPPING)).contains("salesforceFields", "salesforceContactFields")
                    .doesNotContain("salesforceAccountFields");
            assertThat(triedAnswer(own, accounts.replace("| text(40) ", "| txet(40) ")))
                    .contains(own + " line ", "txet");
            assertThat(triedAnswer("nobodys.camel.yaml", accounts)).contains("Use one of " + MAPPING + ", " + own);
        } finally {
            Files.delete(file(own));
            Files.writeString(file(MAPPING), all);
            world.eventually(() -> assertThat(reload.textsInForce()).doesNotContainKey(own));
        }
        noError();
    }

    private static List<Object> tablesOnThePage(String name) {
        return Api.list(new Api(world.settings().number(Key.MANAGEMENT_PORT)).get("/api/mapping").get("files")).stream()
                .filter(file -> name.equals(file.get("file"))).flatMap(file -> Api.list(file.get("tables")).stream())
                .map(table -> table.get("name")).toList();
    }

    /** What is said of a text that is tried with some deal. */
    private static String triedAnswer(String file, String text) {
        byte[] body = Api.bytes(Map.of("crm", "salesforce", "file", file, "text", text, "id", "x"));
        return new String(new Api(world.settings().number(Key.MANAGEMENT_PORT)).raw("POST", "/api/mapping/try", body,
                Map.of("X-Requested-With", "test", "Content-Type", "application/json")).body(), StandardCharsets.UTF_8);
    }

    private static List<Object> filesOnThePage() {
        return Api.list(new Api(world.settings().number(Key.MANAGEMENT_PORT)).get("/api/mapping").get("files")).stream()
                .map(file -> Api.map(file).get("file")).toList();
    }

    private static void addsARowMeanwhile(String file) throws Exception {
        String without = "# " + DESCRIPTION;
        edit(file, DESCRIPTION, without);
        world.eventually(() -> assertThat(descriptionOfNewDeal("not yet mapped")).isNotEqualTo("not yet mapped"));
        world.settle();
        // A poll would join the two meanwhile, by the mapping that is in force until then.
        world.camel().getRouteController().suspendRoute("salesforce-poll");
        CountDownLatch made = new CountDownLatch(1);
        CountDownLatch edited = new CountDownLatch(1);
        AdviceWith.adviceWith(world.camel(), "create-opportunity",
                route -> route.weaveById("create-it").after().process(exchange -> {
            if ("salesforce".equals(exchange.getVariable("crm"))) {
                made.countDown();
                edited.await();
            }
        }));
        String deal = world.newDeal(Map.of("details", Map.of("notes", "mapped meanwhile")));
        made.await();
        Object version = mapping("salesforce");
        edit(file, without, DESCRIPTION);
        world.eventually(() -> assertThat(mapping("salesforce")).isNotEqualTo(version));
        edited.countDown();
        world.camel().getRouteController().resumeRoute("salesforce-poll");

        world.eventually(() -> assertThat(world.crm("salesforce").opportunitiesOf(deal)).singleElement()
                .extracting("Description").isEqualTo("mapped meanwhile"));
        noError();
        world.andAgainNothingHappens();
    }

    /** The version in force. */
    private static Object mapping(String crm) {
        return Api.map(Api.map(new Api(world.settings().number(Key.MANAGEMENT_PORT)).get("/api/overview")
                .get("mapping")).get("versions")).get(crm);
    }

    @Test
    void a_bad_row_leaves_the_table_in_force_and_says_why() {
        edit(MAPPING, DESCRIPTION, DESCRIPTION.replace("details.notes ", "details.notse "));
        int line = read(file(MAPPING)).lines().toList()
                .indexOf("          " + DESCRIPTION.replace("details.notes ", "details.notse ")) + 1;
        error(MAPPING + " line " + line, "details.notse", "details.notes");
        assertThat(descriptionOfNewDeal("still there")).isEqualTo("still there");
        syncs();

        edit(MAPPING, "details.notse ", "details.notes ");
        noError();
        syncs();
    }

    /** The line was counted as if each row of the table stood in one line of the file. */
    @Test
    void a_bad_row_is_found_after_an_editor_has_folded_the_table() {
        String shipped = read(file(MAPPING));
        int end = shipped.indexOf("    # The customer: the opportunity's account.");
        String folded = shipped.substring(0, end).replace("rows: |", "rows: >")
                .replaceAll("(?m)^( {10}\\S+) +([|].*)", "$1\n          $2")
                .replaceAll("(?m)^ {10}(\\S.* (wins|changed)|# (?!S).*)$", "$0\n") + shipped.substring(end);
        write(file(MAPPING), folded.replaceFirst("details.notes", "details.notse"));
        int line = read(file(MAPPING)).lines().toList().indexOf("          Description") + 1;
        error(MAPPING + " line " + line + ":", "details.notse", "details.notes");
        assertThat(operations.getMappingError().lines()).hasSize(1);
        write(file(MAPPING), folded);
        noError();
        syncs();
    }

    @Test
    void an_unknown_converter_names_the_nearest() {
        edit(MAPPING, "| salesforceStage      |", "| salesforceStgae      |");
        error(MAPPING + " line ", "salesforceStgae", "salesforceStage");
        syncs();
    }

    @Test
    void a_bad_line_of_a_value_map_leaves_the_map_in_force() {
        edit(MAPPING, "Closed/Won      = Closed Won", "Closed/Won      Closed Won");
        error(MAPPING, "Closed/Won");
        syncs();
    }

    /** The table stayed in force, and the log said that the file was in force as edited. */
    @Test
    void a_table_that_was_deleted_is_no_longer_in_force() {
        Object version = mapping("dynamics");
        String text = read(file(DYNAMICS));
        int table = text.indexOf("    - name: dynamicsWonFields");
        write(file(DYNAMICS), text.substring(0, table) + text.substring(text.indexOf("    - name:", table + 1)));
        world.eventually(() -> assertThat(mapping("dynamics")).isNotEqualTo(version));

        CrmDriver dynamics = world.crm("dynamics");
        String id = dynamics.newOpportunity(Map.of("estimatedvalue", 120000));
        world.eventually(() -> assertThat(dynamics.referralId(dynamics.opportunity(id))).isNotNull());
        String deal = dynamics.referralId(dynamics.opportunity(id));
        world.settle();
        dynamics.api().post("/sandbox/opportunities/" + id + "/win", Map.of("actualrevenue", 118250.5));
        world.eventually(() -> assertThat(world.referral(deal)).containsEntry("substatus", "Won"));
        assertThat(world.valueOf(world.referral(deal))).isEqualByComparingTo("120000");
        noError();
        world.andAgainNothingHappens();
    }

    /** The edit came into force without the table, and without a word. */
    @Test
    void a_table_that_is_misspelt_stays_in_force() {
        edit(DYNAMICS, "name: dynamicsWonFields\n", "name: dynamicsWonfields\n");
        error(DYNAMICS + " line ", "\"dynamicsWonfields\"", "did you mean \"dynamicsWonFields\"?");
        assertThat(triedAnswer(MAPPING, read(file(MAPPING)).replace("name: salesforceTeamFields\n",
                "name: salesforceTeamField\n"))).contains("did you mean", "salesforceTeamFields");
        syncs();
    }

    /** The slash made three parts of two fields, and no line, not even a star, helped: the deal was parked. */
    @Test
    void a_stage_with_a_slash_beside_another_field_travels_by_its_line_and_by_a_star() {
        Object version = mapping("salesforce");
        write(file(MAPPING), read(file(MAPPING)).replace("          StageName   ", "          StageName + NextStep   ")
                .replaceAll("(?m)^( +(?:New|Active|Closed)/\\w+ += (?:On Hold|Qualification|Closed Lost))", "$1/empty")
                .replace("Closed/Won      = Closed Won",
                        "Closed/Won = Closed Won/empty, \"Negotiation/Review\"/signed"));
        world.eventually(() -> assertThat(mapping("salesforce")).isNotEqualTo(version));
        CrmDriver salesforce = world.crm("salesforce");
        String id = salesforce.newOpportunity(Map.of());
        world.eventually(() -> assertThat(salesforce.referralId(salesforce.opportunity(id))).isNotNull());
        String deal = salesforce.referralId(salesforce.opportunity(id));
        world.settle();

        String opportunity = "/sandbox/opportunities/" + id;
        salesforce.api().patch(opportunity, Map.of("StageName", "Proposal/Price Quote", "Description", "By a star."));
        world.eventually(() -> assertThat(world.referral(deal).toString()).contains("By a star."));
        assertThat(world.referral(deal)).containsEntry("status", "Active");
        salesforce.api().patch(opportunity, Map.of("StageName", "Negotiation/Review", "NextStep", "signed"));
        world.eventually(() -> assertThat(world.referral(deal)).containsEntry("substatus", "Won"));
        assertThat(world.parked()).noneMatch(line -> line.contains(id));
        world.andAgainNothingHappens();
    }

    /** It was found under its old name until the next start, which then failed. */
    @Test
    void a_value_map_that_is_renamed_without_its_row_is_refused() {
        edit(MAPPING, "name: salesforceStage\n", "name: salesforceStages\n");
        error(MAPPING + " line ", "\"salesforceStage\" is unknown", "salesforceStages");
        syncs();
    }

    /** The map of the file that was edited last served both CRMs, without a word. */
    @Test
    void a_value_map_with_the_name_of_one_in_another_file_is_refused() {
        edit(DYNAMICS, "dynamicsMicrosoft", "salesforceMicrosoft");
        error(DYNAMICS, "declared more than once", "salesforceMicrosoft (" + DYNAMICS + ", " + MAPPING + ")");
        syncs();
        world.andAgainNothingHappens();
    }

    /**
     * One CRM's bad file must not hold up the other one's good edit; with it the version of the bad one was shown as if
     * it were in force.
     */
    @Test
    void a_bad_file_does_not_hold_up_an_edit_of_another_file() {
        Object version = mapping("dynamics");
        edit(DYNAMICS, "| dynamicsStatus     |", "| dynamicsSttaus     |");
        error(DYNAMICS + " line ", "dynamicsSttaus");
        edit(MAPPING, DESCRIPTION, DESCRIPTION.replaceFirst("create, update", "-"));
        world.eventually(() -> assertThat(descriptionOfNewDeal("not for the CRM")).isNotEqualTo("not for the CRM"));
        assertThat(operations.getMappingError()).contains(DYNAMICS + " line ", "dynamicsSttaus")
                .doesNotContain(MAPPING);
        assertThat(mapping("dynamics")).as("version in force").isEqualTo(version);
        String before = description("reconcile");
        edit("sync.camel.yaml", RECONCILES, "Edited, branches");
        eventuallyDescribed("reconcile", before.replace(RECONCILES, "Edited, branches"));
        assertThat(operations.getMappingError()).as("the earlier fault is still there").contains("dynamicsSttaus")
                .doesNotContain("sync.camel.yaml");
        syncs();
    }
}
