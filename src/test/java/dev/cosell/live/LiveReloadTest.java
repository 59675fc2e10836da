package dev.cosell.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.operations.SyncMXBean;
import dev.cosell.operations.SyncOperations;
import dev.cosell.stories.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.management.JMX;
import javax.management.ObjectName;
import org.apache.camel.ServiceStatus;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** "Edit a file under routes/ and it is in force without a restart; a bad edit never breaks a running sync." */
class LiveReloadTest {
    private static final String MAPPING = "mapping-salesforce.camel.yaml";
    private static final String DESCRIPTION = "Description                 | details.notes                                      | text(32000)          | create, update | create, update    | newest wins";

    @TempDir
    static Path routes;
    private static World world;
    private static SyncMXBean operations;

    @BeforeAll
    static void start() throws Exception {
        for (Path file : shipped()) {
            Files.copy(file, routes.resolve(file.getFileName()));
        }
        world = new World(Map.of(), routes, "salesforce", "dynamics");
        operations = JMX.newMXBeanProxy(ManagementFactory.getPlatformMBeanServer(), new ObjectName(SyncOperations.NAME), SyncMXBean.class);
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @AfterEach
    void mend() {
        shipped().forEach(file -> {
            if (!read(file).equals(read(file(file)))) {
                write(file(file), read(file));
            }
        });
        noError();
        shipped().forEach(file -> shippedDescriptions(read(file)));
        world.eventually(() -> assertThat(world.camel().getRoute("hint-renamed")).isNull());
        syncs();
    }

    private static void shippedDescriptions(String text) {
        Matcher route = Pattern.compile("(?m)^- route:\\R    id: (.*)\\R    description: (.*)$").matcher(text);
        while (route.find()) {
            String id = route.group(1);
            String description = route.group(2);
            world.eventually(() -> assertThat(description(id)).as(id).isEqualTo(description));
        }
    }

    private static List<Path> shipped() {
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path file(Path shipped) {
        return routes.resolve(shipped.getFileName());
    }

    private static Path file(String name) {
        return routes.resolve(name);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void edit(String name, String old, String replacement) {
        String text = read(file(name));
        assertThat(text).contains(old);
        write(file(name), text.replace(old, replacement));
    }

    private static void noError() {
        world.eventually(() -> assertThat(operations.getMappingError()).isEmpty());
    }

    private static void error(String... parts) {
        world.eventually(() -> assertThat(operations.getMappingError()).contains(parts));
    }

    /** A new deal arrives in both CRMs and a change of it travels. */
    private static void syncs() {
        String referralId = world.newDeal(Map.of());
        for (String crm : List.of("salesforce", "dynamics")) {
            world.opportunityFor(world.crm(crm), referralId);
        }
        world.partnerCenter().patch("/sandbox/deals/" + referralId, Map.of("details", Map.of("dealValue", 83000)));
        for (String crm : List.of("salesforce", "dynamics")) {
            world.eventually(() -> assertThat(world.crm(crm).value(world.opportunityFor(world.crm(crm), referralId))).isEqualByComparingTo("83000"));
        }
    }

    private static String descriptionOfNewDeal(String notes) {
        String referralId = world.newDeal(Map.of("details", Map.of("notes", notes)));
        return String.valueOf(world.opportunityFor(world.crm("salesforce"), referralId).get("Description"));
    }

    private static String description(String routeId) {
        return world.camel().getRoute(routeId) == null ? null : world.camel().getRoute(routeId).getDescription();
    }

    private static ServiceStatus status(String routeId) {
        return world.camel().getRouteController().getRouteStatus(routeId);
    }

    private static void eventuallyDescribed(String routeId, String text) {
        world.eventually(() -> {
            assertThat(description(routeId)).isEqualTo(text);
            assertThat(status(routeId)).isEqualTo(ServiceStatus.Started);
        });
    }

    // ---- the mapping -----------------------------------------------------------------------------------------------------

    @Test
    void an_edited_row_is_in_force_at_the_next_sync() {
        assertThat(descriptionOfNewDeal("before")).isEqualTo("before");
        edit(MAPPING, DESCRIPTION, DESCRIPTION.replaceFirst("create, update", "-"));
        world.eventually(() -> assertThat(descriptionOfNewDeal("not for the CRM")).isNotEqualTo("not for the CRM"));
        edit(MAPPING, DESCRIPTION.replaceFirst("create, update", "-"), DESCRIPTION.replace("text(32000)", "text(9)"));
        world.eventually(() -> assertThat(descriptionOfNewDeal("a rather long note")).startsWith("a rath").hasSizeLessThanOrEqualTo(9));
    }

    @Test
    void a_bad_row_leaves_the_table_in_force_and_says_why() {
        edit(MAPPING, DESCRIPTION, DESCRIPTION.replace("details.notes ", "details.notse "));
        int line = read(file(MAPPING)).lines().toList().indexOf("          " + DESCRIPTION.replace("details.notes ", "details.notse ")) + 1;
        error(MAPPING + " line " + line, "details.notse", "details.notes");
        assertThat(descriptionOfNewDeal("still there")).isEqualTo("still there");
        syncs();

        edit(MAPPING, "details.notse ", "details.notes ");
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

    /** One CRM's bad file must not hold up the other one's good edit. */
    @Test
    void a_bad_file_does_not_hold_up_an_edit_of_another_file() {
        edit("mapping-dynamics.camel.yaml", "| dynamicsStatus     |", "| dynamicsSttaus     |");
        error("mapping-dynamics.camel.yaml line ", "dynamicsSttaus");
        edit(MAPPING, DESCRIPTION, DESCRIPTION.replaceFirst("create, update", "-"));
        world.eventually(() -> assertThat(descriptionOfNewDeal("not for the CRM")).isNotEqualTo("not for the CRM"));
        assertThat(operations.getMappingError()).contains("mapping-dynamics.camel.yaml line ", "dynamicsSttaus").doesNotContain(MAPPING);
        edit("sync.camel.yaml", "description: Reads the other side, decides, and branches on the decision.", "description: Edited.");
        eventuallyDescribed("reconcile", "Edited.");
        assertThat(operations.getMappingError()).as("the earlier fault is still there").contains("dynamicsSttaus").doesNotContain("sync.camel.yaml");
        syncs();
    }

    // ---- routes ----------------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(strings = {"dynamics", "failures", "hints", "partner-center", "salesforce", "sync"})
    void an_edit_of_each_route_file_comes_into_force(String name) {
        Path file = file(name + ".camel.yaml");
        List<String> ids = read(file).lines().filter(line -> line.startsWith("    id: ")).map(line -> line.substring(8)).filter(LiveReloadTest::isRoute).toList();
        write(file, read(file).replaceAll("(?m)^    description: .*$", "    description: Edited."));
        ids.forEach(id -> eventuallyDescribed(id, "Edited."));
        noError();
        syncs();
        world.settle();
    }

    private static boolean isRoute(String id) {
        return world.camel().getRoute(id) != null;
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "- bean: { id: decide, ref: sync, method: decide }|- bean: { id: decide, ref: sync, method: decide",
        "- bean: { id: decide, ref: sync, method: decide }|- baen: { id: decide, ref: sync, method: decide }",
        "- bean: { id: decide, ref: sync, method: decide }|- to: { id: decide, uri: \"directt:decide\" }",
        "- bean: { id: decide, ref: sync, method: decide }|- bean: { id: decide, ref: synk, method: decide }",
        "simple: \"${body.action} == 'UPDATE'\"|simple: \"${body.action == 'UPDATE'\"",
        "direct:read-other-side|direct:{{no.such.setting}}",
        "    id: reconcile|    id: sync"})
    void a_bad_edit_leaves_the_running_route_and_a_repaired_one_comes_into_force(String change) {
        String[] parts = change.split("\\|");
        String before = description("reconcile");
        edit("sync.camel.yaml", parts[0], parts[1]);
        error("sync.camel.yaml");
        syncs();
        assertThat(description("reconcile")).isEqualTo(before);
        assertThat(status("reconcile")).isEqualTo(ServiceStatus.Started);

        write(file("sync.camel.yaml"), read(Path.of("routes/sync.camel.yaml")).replace("Reads the other side, decides, and branches", "Repaired, branches"));
        eventuallyDescribed("reconcile", "Repaired, branches on the decision.");
        noError();
        syncs();
    }

    @Test
    void a_route_that_is_renamed_or_removed_does_not_run_on() {
        edit("hints.camel.yaml", "    id: hint\n", "    id: hint-renamed\n");
        world.eventually(() -> {
            assertThat(world.camel().getRoute("hint")).isNull();
            assertThat(world.camel().getRoute("hint-renamed")).isNotNull();
        });
        noError();
        syncs();
    }

    /** A policy in failures.camel.yaml governs routes of other files. */
    @Test
    void an_edited_failure_policy_governs_the_routes_that_name_it() {
        edit("failures.camel.yaml", "message: \"${routeId} tries again at its next turn: ${exception.message}\"", "message: \"edited\"");
        edit("failures.camel.yaml", "- setVariable: { name: problems, simple: \"${exception.faults}\" }", "- setVariable: { name: problems, method: { ref: sync, method: defect } }");
        String id = world.crm("salesforce").newOpportunity(world.crm("salesforce").country("GBR"));
        world.eventually(() -> {
            world.crm("salesforce").changeValue(id, 1000 + (int) (System.nanoTime() % 100_000));
            assertThat(String.valueOf(world.parked())).contains("please report it");
        });
    }

    @Test
    void a_paused_sync_stays_paused_when_its_file_is_edited() {
        world.pauseSync();
        try {
            edit("sync.camel.yaml", "Takes the hints that concern Salesforce", "Edited. Takes the hints that concern Salesforce");
            world.eventually(() -> assertThat(description("sync-salesforce")).startsWith("Edited."));
            world.eventually(() -> assertThat(status("sync-salesforce")).isEqualTo(ServiceStatus.Suspended));
            String referralId = world.newDeal(Map.of());
            world.eventually(() -> assertThat(operations.getBacklog().get("salesforce")).isPositive());
            assertThat(world.crm("salesforce").opportunitiesOf(referralId)).isEmpty();
        } finally {
            world.resumeSync();
        }
    }

    // ---- how editors write -------------------------------------------------------------------------------------------------

    /** Many editors write a new file and rename it over the old one. */
    @Test
    void a_file_that_is_replaced_by_rename_comes_into_force() throws IOException {
        Path fresh = Files.writeString(routes.resolve(".sync.camel.yaml.swp"), read(file("sync.camel.yaml"))
                .replace("Reads the other side, decides, and branches", "Renamed, branches"));
        Files.move(fresh, file("sync.camel.yaml"), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        eventuallyDescribed("reconcile", "Renamed, branches on the decision.");
        syncs();
    }

    /** Others empty the file and write it piece by piece: no piece alone may come into force. */
    @Test
    void a_file_that_is_written_in_pieces_comes_into_force_as_a_whole() throws IOException {
        String text = read(file(MAPPING)).replace(DESCRIPTION, DESCRIPTION.replace("text(32000)", "text(9)"));
        Files.writeString(file(MAPPING), "");
        for (int at = 0; at < text.length(); at += 1500) {
            Files.writeString(file(MAPPING), text.substring(at, Math.min(text.length(), at + 1500)), StandardOpenOption.APPEND);
            Awaitility.await().pollDelay(Duration.ofMillis(40)).until(() -> true);
        }
        world.eventually(() -> assertThat(descriptionOfNewDeal("a rather long note")).hasSizeLessThanOrEqualTo(9));
        noError();
    }

    @Test
    void a_file_that_is_gone_leaves_its_routes() throws IOException {
        Files.delete(file("hints.camel.yaml"));
        syncs();
        assertThat(world.camel().getRoute("hint")).isNotNull();
        write(file("hints.camel.yaml"), read(Path.of("routes/hints.camel.yaml")).replace("ends when it is on disk", "Back"));
        eventuallyDescribed("hint", "Puts a hint (\"look at this record\") on the queue of every CRM it concerns; Back.");
    }

    @Test
    void an_emptied_file_leaves_its_routes() {
        write(file("sync.camel.yaml"), "");
        error("sync.camel.yaml", "empty");
        syncs();
    }

}
