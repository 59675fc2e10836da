package dev.cosell.setup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.crm.dynamics.DynamicsKey;
import dev.cosell.crm.salesforce.SalesforceKey;
import dev.cosell.settings.Key;
import dev.cosell.stories.Api;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command {@code setup} against environments that nobody has customized, and against such that somebody has. */
class SetupTest extends BareCrms {
    private static final Path ROUTES = Path.of("routes");

    private static SetupRun run(String crm, String... options) {
        return SetupRun.of(crm, settings, ROUTES, Map.of(), options);
    }

    private Path edited(String crm, String from, String to) throws IOException {
        return edited(crm, Map.of(from, to));
    }

    /** The route files with the mapping edited, as a customer would. */
    private Path edited(String crm, Map<String, String> edits) throws IOException {
        String name = "mapping-" + crm + ".camel.yaml";
        String text = Files.readString(ROUTES.resolve(name));
        assertThat(text).contains(edits.keySet());
        Pattern any = Pattern.compile(edits.keySet().stream().map(Pattern::quote).collect(Collectors.joining("|")));
        Files.writeString(folder.resolve(name), any.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(edits.get(found.group()))));
        return folder;
    }

    /** The edit that gives the row of a field another converter. */
    private static Map<String, String> converterOf(String crm, String field, String converter) throws IOException {
        Matcher row = Pattern.compile("(?m)^( +" + field + " +\\| \\S+ +\\| )\\S+ +\\|")
                .matcher(Files.readString(ROUTES.resolve("mapping-" + crm + ".camel.yaml")));
        assertThat(row.find()).isTrue();
        return Map.of(row.group(), row.group(1) + converter + " |");
    }

    @ParameterizedTest
    @ValueSource(strings = {"salesforce", "dynamics"})
    void a_dry_run_shows_the_plan_and_changes_nothing(String crm) {
        SetupRun dry = run(crm, "--dry-run");
        assertThat(dry.code()).as(dry.out()).isZero();
        assertThat(dry.out()).contains("Dry run: nothing was changed.").doesNotContain(": done");
        assertThat(api(crm).get("/sandbox/stats")).containsEntry("writes", 0);

        SetupRun real = run(crm);
        assertThat(real.code()).as(real.out()).isZero();
        assertThat(real.plan()).isEqualTo(dry.plan()).hasSizeGreaterThan(15);
        assertThat(real.out().lines().filter(line -> line.endsWith(": done"))).hasSameSizeAs(dry.plan());
        assertThat(run(crm).out()).contains("Nothing to do");
    }

    @Test
    void each_call_to_dynamics_says_which_odata_it_speaks_and_the_rights_that_polls_need_are_named() {
        api("dynamics").post("/sandbox/settings", Map.of("requireODataVersion", true));
        SetupRun all = run("dynamics");
        assertThat(all.code()).as(all.out()).isZero();
        assertThat(all.byHand()).anyMatch(line -> line.contains(
                "on it and on the opportunity read on the whole organisation (the level Organization)"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"salesforce", "dynamics"})
    void an_environment_that_has_everything_needs_no_field(String crm) {
        api(crm).post("/sandbox/reset", Map.of());
        assertThat(run(crm, "--dry-run").plan())
                .noneMatch(line -> line.startsWith("Create the field") || line.startsWith("Create the column")
                        || line.startsWith("Create the object") || line.startsWith("Create the table")
                        || line.startsWith("Add to"));
    }

    @ParameterizedTest
    @CsvSource({"salesforce, /tooling/sobjects/CustomField", "dynamics, /Attributes"})
    void a_failure_in_the_middle_is_told_and_the_next_run_goes_on_from_there(String crm, String path) {
        api(crm).post("/sandbox/faults",
                Map.of("method", "POST", "path", path, "skip", 3, "status", 503, "body", "away"));
        SetupRun first = run(crm);
        assertThat(first.code()).isEqualTo(1);
        assertThat(first.out()).contains("refused:", "not tried", "Remove the cause and run the same command again");
        long done = first.out().lines().filter(line -> line.endsWith(": done")).count();
        assertThat(done).isPositive();

        SetupRun second = run(crm);
        assertThat(second.code()).as(second.out()).isZero();
        assertThat(second.plan()).hasSizeLessThan(first.plan().size()).isSubsetOf(first.plan());
        assertThat(run(crm).out()).contains("Nothing to do");
    }

    @Test
    void a_publishing_that_failed_is_left_to_people_because_the_next_run_has_nothing_to_do() {
        api("dynamics").post("/sandbox/faults",
                Map.of("method", "POST", "path", "/PublishXml$", "status", 503, "body", "away"));
        SetupRun first = run("dynamics");
        assertThat(first.code()).isEqualTo(1);
        assertThat(first.out()).contains("Publish: refused:", "1 of " + first.plan().size() + " steps are not done");
        assertThat(first.byHand()).anyMatch(line -> line.contains("Publish all customizations in Power Apps"));

        SetupRun second = run("dynamics");
        assertThat(second.out()).contains("Nothing to do");
        assertThat(second.byHand()).anyMatch(line -> line.contains("Publish all customizations in Power Apps"));
    }

    @ParameterizedTest
    @CsvSource({"salesforce, /tooling/sobjects/CustomField", "dynamics, /Attributes"})
    void a_lost_answer_makes_nothing_twice(String crm, String path) {
        api(crm).post("/sandbox/faults", Map.of("method", "POST", "path", path, "skip", 2, "drop", "after"));
        SetupRun first = run(crm);
        assertThat(first.code()).isEqualTo(1);
        assertThat(first.out()).contains("there was no answer", "it may have been done");
        SetupRun second = run(crm);
        assertThat(second.code()).as(second.out()).isZero();
    }

    @Test
    void salesforce_tells_who_may_not_customize_what_to_do() {
        api("salesforce").post("/sandbox/settings", Map.of("customizeApplication", false));
        SetupRun refused = run("salesforce");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.out()).contains("INSUFFICIENT_ACCESS", "Customize Application", "setup.salesforce")
                .contains("left out, because it needs")
                .doesNotContain(": done");
        api("salesforce").post("/sandbox/settings", Map.of("customizeApplication", true));
        assertThat(run("salesforce").code()).isZero();
    }

    @Test
    void dynamics_tells_which_privilege_is_missing() {
        api("dynamics").post("/sandbox/faults",
                Map.of("method", "POST", "path", "/Attributes$", "times", 20, "status", 403, "body", Map.of("error",
                        Map.of("code", "0x80040220", "message",
                                "Principal user (Id=1, type=8) is missing prvCreateAttribute privilege"))));
        SetupRun refused = run("dynamics");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.out()).contains("lacks prvCreateAttribute", "System Customizer", "setup.dynamics.client-id")
                .contains(
                        "Create the table cosell_partnercentersolution (Microsoft Solution) with change tracking: done")
                .contains(
                        "Create the alternate key on opportunity.cosell_referralidentifier and wait until it is "
                                + "active: left out, because it needs");
    }

    @Test
    void wrong_credentials_are_told_before_anything_is_tried() {
        String salesforce = "http://localhost:" + settings.number(SalesforceKey.SANDBOX_PORT);
        SetupRun wrong = SetupRun.of("salesforce", settings, ROUTES,
                withRealSettings(Map.of("salesforce.login-url", salesforce,
                        "setup.salesforce.client-id", "nobody", "setup.salesforce.client-secret", "wrong-secret")));
        assertThat(wrong.code()).isEqualTo(1);
        assertThat(wrong.out()).contains("refused the login", "setup.salesforce").doesNotContain("wrong-secret");
        Map<String, String> dynamics = new HashMap<>(Map.of("sandbox", "off", "crms", "dynamics",
                "partner-center.tenant", "sandbox",
                "partner-center.client-id", "sandbox", "dynamics.tenant", "sandbox", "dynamics.client-id", "sandbox",
                "dynamics.client-secret", "sandbox",
                "dynamics.url", "http://localhost:" + settings.number(DynamicsKey.SANDBOX_PORT), "dynamics.login-url",
                "http://localhost:" + settings.number(Key.SANDBOX_PARTNER_CENTER_PORT), "setup.dynamics.client-id",
                "sandbox"));
        assertThat(SetupRun.of("dynamics", settings, ROUTES, dynamics).out())
                .contains("setup.dynamics.client-secret is not");
        dynamics.put("setup.dynamics.client-secret", "wrong-secret");
        SetupRun unknown = SetupRun.of("dynamics", settings, ROUTES, dynamics);
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.out()).contains("setup.dynamics.client-secret").doesNotContain("wrong-secret");
    }

    @Test
    void a_refusal_of_the_integration_user_names_its_settings_and_not_the_administrators() {
        String salesforce = "http://localhost:" + settings.number(SalesforceKey.SANDBOX_PORT);
        SetupRun wrong = SetupRun.of("salesforce", settings, ROUTES,
                withRealSettings(Map.of("salesforce.login-url", salesforce, "salesforce.client-secret", "wrong-secret",
                        "setup.salesforce.client-id", "sandbox", "setup.salesforce.client-secret", "sandbox")));
        assertThat(wrong.code()).isEqualTo(1);
        assertThat(wrong.out()).contains("refused the login", "salesforce.client-secret", salesforce)
                .doesNotContain("setup.salesforce", "wrong-secret");
    }

    @Test
    void a_salesforce_that_is_away_or_busy_is_not_told_as_a_refused_login() throws IOException {
        String nobody;
        try (ServerSocket free = new ServerSocket(0)) {
            nobody = "http://localhost:" + free.getLocalPort();
        }
        SetupRun away = SetupRun.of("salesforce", settings, ROUTES,
                withRealSettings(Map.of("salesforce.login-url", nobody)));
        assertThat(away.code()).isEqualTo(1);
        assertThat(away.out()).contains("gave no answer for the login").doesNotContain("refused the login")
                .doesNotContainIgnoringCase("credentials");

        api("salesforce").post("/sandbox/faults",
                Map.of("method", "POST", "path", "/services/oauth2/token", "status", 503, "body", "away"));
        SetupRun busy = run("salesforce");
        assertThat(busy.code()).isEqualTo(1);
        assertThat(busy.out()).contains("answered 503 to the login").doesNotContain("refused the login")
                .doesNotContainIgnoringCase("credentials");
    }

    @Test
    void an_administrators_own_credentials_are_used_for_the_set_up_alone() {
        String salesforce = "http://localhost:" + settings.number(SalesforceKey.SANDBOX_PORT);
        SetupRun run = SetupRun.of("salesforce", settings, ROUTES,
                withRealSettings(Map.of("salesforce.login-url", salesforce,
                        "setup.salesforce.client-id", "sandbox", "setup.salesforce.client-secret", "sandbox",
                        "setup.salesforce.user-name", "sandbox",
                        "setup.salesforce.password", "sandbox")));
        assertThat(run.code()).as(run.out()).isZero();
        assertThat(Api.map(api("salesforce").get("/sandbox/stats").get("calls")))
                .containsEntry("POST /services/oauth2/token", 2);
    }

    /** As with real systems, which are the sandbox in truth. */
    private static Map<String, String> withRealSettings(Map<String, String> more) {
        Map<String, String> values = new HashMap<>(Map.of("sandbox", "off", "crms", "salesforce",
                "partner-center.tenant", "sandbox", "partner-center.client-id",
                "sandbox", "salesforce.client-id", "sandbox", "salesforce.client-secret", "sandbox"));
        values.putAll(more);
        return values;
    }

    @ParameterizedTest
    @CsvSource({"salesforce, Loss_Reason__c, Why_We_Lost__c, Create the field Opportunity.Why_We_Lost__c (text of 255)",
            "dynamics, cosell_lossreason, cosell_whywelost, Create the column opportunity.cosell_whywelost (text of "
                    + "255)"})
    void a_field_that_the_mapping_renames_is_made_under_its_new_name(String crm, String from, String to, String step)
            throws IOException {
        SetupRun run = SetupRun.of(crm, settings, edited(crm, from + " ", to + " "), Map.of(), "--dry-run");
        assertThat(run.plan()).contains(step).noneMatch(line -> line.contains(from));
    }

    @ParameterizedTest
    @CsvSource({"salesforce, Referral_Visibility__c, salesforceVisibility, Seen__c, "
            + "Create the field Opportunity.Seen__c (checkbox)",
            "dynamics, cosell_referralvisibility, dynamicsVisibility, cosell_seen, "
                    + "Create the column opportunity.cosell_seen (yes/no)"})
    void a_flag_in_place_of_a_value_map_is_made_as_a_switch(String crm, String from, String map, String to, String step)
            throws IOException {
        Path routes = edited(crm, Map.of(from + " ", to + " ", "| " + map + " ", "| flag "));
        SetupRun run = SetupRun.of(crm, settings, routes, Map.of());
        assertThat(run.code()).as(run.out()).isZero();
        assertThat(run.plan()).contains(step);
        assertThat(SetupRun.of(crm, settings, routes, Map.of()).out()).contains("Nothing to do");
    }

    @ParameterizedTest
    @CsvSource({"salesforce, text(100), text of 100", "salesforce, text(1000), long text area of 1000",
            "dynamics, text(100), text of 100", "dynamics, text(1000), multiline text of 1000"})
    void a_text_is_made_as_long_as_its_converter_writes(String crm, String converter, String words) throws IOException {
        String from = crm.equals("salesforce") ? "Loss_Reason__c" : "cosell_lossreason";
        Path routes = edited(crm, converterOf(crm, from, converter));
        SetupRun run = SetupRun.of(crm, settings, routes, Map.of());
        assertThat(run.code()).as(run.out()).isZero();
        assertThat(run.plan()).anyMatch(line -> line.endsWith(from + " (" + words + ")"));
        SetupRun second = SetupRun.of(crm, settings, routes, Map.of());
        assertThat(second.out()).contains("Nothing to do");
        assertThat(second.byHand()).noneMatch(line -> line.contains(from));
    }

    @Test
    void a_picklist_that_a_value_map_fills_is_left_alone_and_never_called_a_wrong_type() throws IOException {
        assertThat(run("salesforce").code()).isZero();
        Map<String, String> edits = new HashMap<>(Map.of("Referral_Visibility__c ", "Spare__c "));
        converterOf("salesforce", "Loss_Reason__c", "salesforceHelp").forEach((from, to) -> edits.put(from,
                to.replace("Loss_Reason__c", "Referral_Visibility__c")));
        SetupRun there = SetupRun.of("salesforce", settings, edited("salesforce", edits), Map.of(), "--dry-run");
        assertThat(there.byHand()).noneMatch(line -> line.contains("Referral_Visibility__c"));
        assertThat(there.out()).doesNotContain("Delete it");
    }

    @Test
    void a_text_in_place_of_a_choice_is_made_as_a_text() throws IOException {
        SetupRun run = SetupRun.of("dynamics", settings,
                edited("dynamics", converterOf("dynamics", "cosell_howcanmicrosofthelp", "text(80)")), Map.of());
        assertThat(run.code()).as(run.out()).isZero();
        assertThat(run.plan()).contains("Create the column opportunity.cosell_howcanmicrosofthelp (text of 80)");
    }

    @Test
    void a_line_of_our_own_in_a_value_map_is_a_value_of_the_picklist() throws IOException {
        SetupRun run = SetupRun.of("salesforce", settings,
                edited("salesforce", "= General or other", "= General or other\n          Brand_New = Something new"),
                Map.of(), "--dry-run");
        assertThat(run.plan())
                .contains("Create the field Opportunity.How_can_Microsoft_help__c (picklist with 7 values)");
    }

    @ParameterizedTest
    @CsvSource({"salesforce, salesforce.sync-field, Shared__c, Create the field Opportunity.Shared__c (checkbox)",
            "dynamics, dynamics.referral-link-field, cosell_deallink, Create the column opportunity.cosell_deallink "
                    + "(URL of 400)",
            "dynamics, dynamics.solution-set, cosell_dealparts, Create the table cosell_dealpart (Microsoft Solution) "
                    + "with change tracking"})
    void names_come_from_the_settings(String crm, String key, String name, String step) {
        assertThat(SetupRun.of(crm, settings, ROUTES, Map.of(key, name), "--dry-run").plan()).contains(step);
    }

    @ParameterizedTest
    @CsvSource({"salesforce, Partner_Role__c, Opportunity.Partner_Role__c",
            "dynamics, cosell_partnerrole, opportunity.cosell_partnerrole"})
    void a_field_whose_type_nobody_can_tell_is_left_to_people(String crm, String name, String fullName)
            throws IOException {
        Path routes = edited(crm, "          solutions  ",
                "          " + name + " | mpnId | text(40) | create | - | crm wins\n          solutions  ");
        SetupRun run = SetupRun.of(crm, settings, routes, Map.of(), "--dry-run");
        assertThat(run.plan()).noneMatch(line -> line.contains(name));
        assertThat(run.byHand()).anyMatch(
                line -> line.contains(fullName) && line.contains("mpnId") && line.contains("type is not known"));
    }

    @Test
    void a_prefix_of_somebody_else_is_left_to_people() throws IOException {
        SetupRun run = SetupRun.of("dynamics", settings,
                edited("dynamics", "cosell_lossreason ", "contoso_lossreason "), Map.of(), "--dry-run");
        assertThat(run.byHand())
                .anyMatch(line -> line.contains("opportunity.contoso_lossreason") && line.contains("prefix"));
    }

    @Test
    void a_key_on_a_column_with_a_prefix_of_somebody_else_is_left_to_people() {
        assertThat(run("dynamics").code()).isZero();
        SetupRun run = SetupRun.of("dynamics", settings, ROUTES, withAnotherPrefix(), "--dry-run");
        assertThat(run.plan()).noneMatch(line -> line.contains("cosell_lossreason"));
        assertThat(run.byHand()).anyMatch(line -> line.startsWith(
                "Create an alternate key on the one column opportunity.cosell_lossreason in Power Apps"));
        assertThat(SetupRun.of("dynamics", settings, ROUTES, Map.of("dynamics.sync-field", "contoso_shared"),
                "--dry-run").byHand()).noneMatch(line -> line.contains("alternate key"));
    }

    @Test
    void a_key_that_failed_is_built_anew_whatever_its_prefix_is() {
        assertThat(run("dynamics").code()).isZero();
        Map<String, Object> same = Map.of("cosell_lossreason", "same");
        api("dynamics").post("/sandbox/opportunities", same);
        String second = (String) api("dynamics").post("/sandbox/opportunities", same).get("opportunityid");
        assertThat(SetupRun.of("dynamics", settings, ROUTES, Map.of("dynamics.referral-id-field", "cosell_lossreason"))
                .out()).contains("several rows hold the same value");
        api("dynamics").delete("/sandbox/opportunities/" + second);
        SetupRun mended = SetupRun.of("dynamics", settings, ROUTES, withAnotherPrefix());
        assertThat(mended.code()).as(mended.out()).isZero();
        assertThat(mended.out()).contains("Build the alternate key on opportunity.cosell_lossreason anew: done");
    }

    /** A column without a key stands for the referral's id, and the prefix of the set-up is not its own. */
    private static Map<String, String> withAnotherPrefix() {
        return Map.of("dynamics.sync-field", "contoso_shared", "dynamics.referral-id-field", "cosell_lossreason",
                "setup.dynamics.solution", "ContosoSync");
    }

    @Test
    void a_field_of_a_package_is_left_to_people() {
        SetupRun run = SetupRun.of("salesforce", settings, ROUTES, Map.of("salesforce.audit-field", "msft__Audit__c"));
        assertThat(run.code()).as(run.out()).isZero();
        assertThat(run.plan()).noneMatch(line -> line.contains("msft__Audit__c"));
        assertThat(run.byHand())
                .anyMatch(line -> line.contains("Install the package") && line.contains("msft__Audit__c"));
    }

    @Test
    void change_data_capture_is_left_to_people_and_only_named_when_events_are_wanted() {
        assertThat(run("salesforce", "--dry-run").byHand()).noneMatch(line -> line.contains("Change Data Capture"));
        assertThat(
                SetupRun.of("salesforce", settings, ROUTES, Map.of("salesforce.streaming", "on"), "--dry-run").byHand())
                .anyMatch(line -> line.contains("Change Data Capture, select Opportunity"));
    }

    @Test
    void a_stage_of_the_mapping_that_is_missing_is_left_to_people() {
        assertThat(run("salesforce", "--dry-run").byHand()).anyMatch(line -> line.contains("Add the stage \"On Hold\""))
                .noneMatch(line -> line.contains("\"Qualification\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"salesforce", "dynamics"})
    void a_value_that_the_mapping_has_got_is_added_to_the_picklist(String crm) throws IOException {
        assertThat(run(crm).code()).isZero();
        boolean salesforce = crm.equals("salesforce");
        Path routes = salesforce ? edited(crm, "= General or other", "= Something else")
                : edited(crm, "= 727000005", "= 727000009");
        assertThat(SetupRun.of(crm, settings, routes, Map.of()).plan()).hasSizeBetween(1, 2).first().asString()
                .startsWith("Add to the ")
                .endsWith(salesforce ? "Something else" : "727000009 General or other");
        assertThat(SetupRun.of(crm, settings, routes, Map.of()).out()).contains("Nothing to do");
    }

    @ParameterizedTest
    @CsvSource({"salesforce, Audit__c, Sync_with_Partner_Center__c, salesforce.sync-field, a yes/no field",
            "dynamics, cosell_audit, cosell_syncwithpartnercenter, dynamics.sync-field, a yes/no field"})
    void a_field_of_another_type_is_named_with_its_remedy(String crm, String other, String field, String key,
            String wanted) {
        assertThat(run(crm).code()).isZero();
        SetupRun run = SetupRun.of(crm, settings, ROUTES, Map.of(key, other), "--dry-run");
        assertThat(run.byHand()).anyMatch(line -> line.contains(other) && line.contains("the sync needs " + wanted));
    }

    @Test
    void a_key_that_duplicates_keep_from_being_built_is_named_and_built_when_they_are_gone() {
        assertThat(run("dynamics").code()).isZero();
        Map<String, String> settingsOf = Map.of("dynamics.referral-id-field", "cosell_lossreason");
        Map<String, Object> same = Map.of("cosell_lossreason", "same");
        api("dynamics").post("/sandbox/opportunities", same);
        String second = (String) api("dynamics").post("/sandbox/opportunities", same).get("opportunityid");
        SetupRun failed = SetupRun.of("dynamics", settings, ROUTES, settingsOf);
        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.out()).contains("several rows hold the same value");

        api("dynamics").delete("/sandbox/opportunities/" + second);
        SetupRun mended = SetupRun.of("dynamics", settings, ROUTES, settingsOf);
        assertThat(mended.out()).contains("Build the alternate key on opportunity.cosell_lossreason anew: done");
    }

    @Test
    void a_right_that_is_missing_is_given_and_what_is_allowed_beyond_is_not_taken_away() {
        assertThat(run("salesforce").code()).isZero();
        allow("Microsoft_Solution__c", Map.of("PermissionsDelete", false));
        allow("Account", Map.of("PermissionsDelete", true, "PermissionsCreate", false));
        allow("Contact", Map.of("PermissionsDelete", true));

        SetupRun run = run("salesforce");
        assertThat(run.code()).as(run.out()).isZero();
        assertThat(run.plan()).containsExactly("Allow Cosell_Sync to read, create and edit Account",
                "Allow Cosell_Sync to read, create, edit and delete Microsoft_Solution__c");
        assertThat(rights("Microsoft_Solution__c")).containsEntry("PermissionsDelete", true);
        assertThat(rights("Account")).containsEntry("PermissionsCreate", true).containsEntry("PermissionsDelete", true);
        assertThat(run("salesforce").out()).contains("Nothing to do");
    }

    /** As an administrator does who edits the permission set. */
    private static void allow(String object, Map<String, Object> rights) {
        assertThat(salesforce("PATCH", "sobjects/ObjectPermissions/" + rights(object).get("Id"), rights)).isEmpty();
    }

    private static Map<String, Object> rights(String object) {
        return Api.list(salesforce("GET", "query?q=" + URLEncoder.encode(
                "SELECT Id, PermissionsCreate, PermissionsDelete FROM ObjectPermissions WHERE SobjectType = '" + object
                        + "'", StandardCharsets.UTF_8), null).get("records")).get(0);
    }

    private static Map<String, Object> salesforce(String method, String path, Map<String, Object> body) {
        String token = (String) Api.object(api("salesforce").raw("POST", "/services/oauth2/token",
                "grant_type=client_credentials&client_id=sandbox&client_secret=sandbox"
                        .getBytes(StandardCharsets.UTF_8),
                Map.of("Content-Type", "application/x-www-form-urlencoded")).body()).get("access_token");
        byte[] answer = api("salesforce").raw(method, "/services/data/v56.0/" + path,
                body == null ? null : Api.bytes(body),
                Map.of("Authorization", "Bearer " + token, "Content-Type", "application/json")).body();
        return answer.length == 0 ? Map.of() : Api.object(answer);
    }

    @Test
    void a_text_field_becomes_an_external_id_when_it_is_none() {
        assertThat(run("salesforce").code()).isZero();
        Map<String, String> settingsOf = Map.of("salesforce.referral-id-field", "Loss_Reason__c");
        assertThat(SetupRun.of("salesforce", settings, ROUTES, settingsOf).plan())
                .containsExactly("Make Opportunity.Loss_Reason__c a unique external id");
        assertThat(SetupRun.of("salesforce", settings, ROUTES, settingsOf).out()).contains("Nothing to do");
    }

    @Test
    void throttling_is_waited_out() {
        api("dynamics").post("/sandbox/faults", Map.of("method", "POST", "path", "/Attributes$", "skip", 1, "status",
                429, "headers", Map.of("Retry-After", "1")));
        assertThat(run("dynamics").code()).isZero();
    }

    @Test
    void a_folder_without_mapping_is_told() {
        SetupRun run = SetupRun.of("salesforce", settings, folder, Map.of());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("mapping-salesforce.camel.yaml", "--routes");
    }

    /** It said that there was no file. */
    @Test
    void tables_in_a_file_with_another_name_are_found() throws IOException {
        SetupRun nowhere = SetupRun.of("salesforce", settings, folder, Map.of(), "--dry-run");
        assertThat(nowhere.code()).isNotZero();
        assertThat(nowhere.out()).contains("holds the field tables of salesforce", "--routes");
        Files.copy(ROUTES.resolve("mapping-salesforce.camel.yaml"), folder.resolve("own-mapping.camel.yaml"));
        SetupRun renamed = SetupRun.of("salesforce", settings, folder, Map.of(), "--dry-run");
        assertThat(renamed.code()).isZero();
        assertThat(renamed.plan()).isNotEmpty()
                .isEqualTo(SetupRun.of("salesforce", settings, ROUTES, Map.of(), "--dry-run").plan());
    }

    /** It ended at a bean that only the running application has, or ran the route, in a dry run, too. */
    @Test
    void routes_beside_a_value_map_are_not_run() throws IOException {
        String shipped = Files.readString(ROUTES.resolve("mapping-salesforce.camel.yaml"));
        int map = shipped.indexOf("    # May Microsoft's sellers see the deal?");
        Files.writeString(folder.resolve("mapping-salesforce.camel.yaml"), shipped.substring(0, map));
        String pager = Files.readAllLines(ROUTES.resolve("alerts.camel.yaml")).stream()
                .dropWhile(line -> !line.startsWith("#   - route:")).takeWhile(line -> line.startsWith("#"))
                .map(line -> line.substring(4)).collect(Collectors.joining("\n"));
        Files.writeString(folder.resolve("own.camel.yaml"), pager + "\n- route:\n    id: own\n    from:\n"
                + "      uri: timer:own?delay=-1\n      steps:\n        - setBody: { constant: ran }\n"
                + "        - to: { uri: \"file:" + folder + "?fileName=ran\" }\n- beans:\n" + shipped.substring(map));
        SetupRun beside = SetupRun.of("salesforce", settings, folder, Map.of(), "--dry-run");
        assertThat(beside.code()).as(beside.out()).isZero();
        assertThat(beside.plan()).isNotEmpty()
                .isEqualTo(SetupRun.of("salesforce", settings, ROUTES, Map.of(), "--dry-run").plan());
        assertThat(folder.resolve("ran")).doesNotExist();
    }
}
