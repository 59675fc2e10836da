package dev.cosell.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.settings.Key;
import dev.cosell.stories.Api;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** "A bad edit never breaks a running sync." */
class BadRouteReloadTest extends LiveEdits {
    @ParameterizedTest
    @ValueSource(strings = {
        "- setVariable: { id: decide, name: decision, method: { ref: sync, method: decide } }|- setVariable: { id: "
                + "decide, name: decision, method: { ref: sync, method: decide }",
        "- setVariable: { id: decide, name: decision, method: { ref: sync, method: decide } }|- setVarable: { id: "
                + "decide, name: decision, method: { ref: sync, method: decide } }",
        "- setVariable: { id: decide, name: decision, method: { ref: sync, method: decide } }|- to: { id: decide, "
                + "uri: \"directt:decide\" }",
        "- setVariable: { id: decide, name: decision, method: { ref: sync, method: decide } }|- setVariable: { id: "
                + "decide, name: decision, method: { ref: synk, method: decide } }",
        "simple: \"${variable.decision.action} == 'UPDATE'\"|simple: \"${variable.decision.action == 'UPDATE'\"",
        "direct:read-other-side|direct:{{no.such.setting}}",
        "    id: reconcile|    id: sync"})
    void a_bad_edit_leaves_the_running_route(String change) {
        String before = description("reconcile");
        edit(change);
        assertThat(description("reconcile")).isEqualTo(before);
        assertThat(status("reconcile")).isEqualTo(ServiceStatus.Started);
    }

    /** The consumer was taken away, and what was reported waited in the queue for ever. */
    @Test
    void an_edit_that_loses_the_consumer_of_a_crm_leaves_the_running_one() {
        edit("salesforce.camel.yaml", "id: sync-salesforce", "id: sync-of-an-earlier-version");
        error("salesforce.camel.yaml", "No route sync-salesforce", "the shipped salesforce.camel.yaml");
        assertThat(status("sync-salesforce")).isEqualTo(ServiceStatus.Started);
        syncs();
        world.andAgainNothingHappens();
    }

    private static void edit(String change) {
        String[] parts = change.split("\\|");
        edit("sync.camel.yaml", parts[0], parts[1]);
        error("sync.camel.yaml");
        syncs();
    }

    @Test
    void a_repaired_one_comes_into_force() {
        String before = description("reconcile");
        edit("direct:read-other-side|direct:{{no.such.setting}}");
        write(file("sync.camel.yaml"), read(Path.of("routes/sync.camel.yaml"))
                .replace(RECONCILES, "Repaired, branches"));
        eventuallyDescribed("reconcile", before.replace(RECONCILES, "Repaired, branches"));
        noError();
        syncs();
    }

    /**
     * It began in the place of the shipped one and then kept that from being put back; nothing else of the file ran
     * until a restart. Camel refuses the second route only when it begins, and never looks at one that does not.
     */
    @ParameterizedTest
    @ValueSource(strings = {"", "    autoStartup: true\n"})
    void a_route_with_the_input_of_another_one_leaves_those_that_run(String start) {
        List<String> before = running();
        String hint = "- route:\n    id: hint\n";
        edit("sync.camel.yaml", hint, "- route:\n    id: own-hint\n" + start + "    from:\n      id: own-hint-from\n"
                + "      uri: direct:hint\n      steps:\n        - log: { id: own-hint-log, message: own }\n\n" + hint);
        error("sync.camel.yaml", "hint");
        assertThat(running()).isEqualTo(before);
        syncs();
        write(file("sync.camel.yaml"), read(Path.of("routes/sync.camel.yaml")));
        noError();
        syncs();
        assertThat(running()).isEqualTo(before);
        world.andAgainNothingHappens();
    }

    private static List<String> running() {
        return world.camel().getRoutes().stream().map(Route::getRouteId).filter(id -> status(id).isStarted()).sorted()
                .toList();
    }

    /** As when the database is away: neither the edit nor what was before it began, and nobody tried again. */
    @Test
    void routes_that_could_not_even_be_put_back_are_when_the_cause_is_gone() throws IOException {
        AtomicBoolean away = outside("needsTheDatabase");
        String own = own("own", "needsTheDatabase");
        write(file("own.camel.yaml"), own);
        eventuallyDescribed("own", "Before.");
        away.set(true);
        write(file("own.camel.yaml"), own.replace("Before.", "After."));
        error("own.camel.yaml", "what own needs is away", "its routes do not run");
        assertThat(health()).as("it was healthy without them").contains("what own needs is away");
        assertThat(page("/observe/metrics")).contains("cosell_alarm{check=\"lost-routes\"} 1.0");
        away.set(false);
        eventuallyDescribed("own", "After.");
        noError();
        assertThat(health()).doesNotContain("what own needs is away");
        assertThat(page("/observe/metrics")).contains("cosell_alarm{check=\"lost-routes\"} 0.0");
        syncs();
        Files.delete(file("own.camel.yaml"));
    }

    private static String health() {
        return page("/observe/health");
    }

    private static String page(String path) {
        return new String(new Api(world.settings().number(Key.MANAGEMENT_PORT)).raw("GET", path, null, Map.of())
                .body(), StandardCharsets.UTF_8);
    }

    /** All that the edit had touched was stopped with it, and what Camel came to first began and ended for ever. */
    @Test
    void one_route_that_cannot_begin_again_does_not_stop_those_of_other_files() throws IOException {
        AtomicBoolean away = outside("needsTheShare");
        String name = "a-own.camel.yaml";
        write(file(name), own("own-share", "needsTheShare").replace("    routePolicy",
                "    routeConfigurationId: reading\n    routePolicy"));
        eventuallyDescribed("own-share", "Before.");
        away.set(true);
        edit("failures.camel.yaml", "tries again at its next turn", "tries once more at its next turn");
        error(name + ": its routes do not run", "what own-share needs is away");
        world.eventually(() -> assertThat(reload().inForce("failures.camel.yaml")).contains("tries once more"));
        world.eventually(() -> assertThat(operations.getMappingError().lines()).singleElement().asString()
                .startsWith(name));
        assertThat(status("sync-salesforce")).isEqualTo(ServiceStatus.Started);
        Route running = world.camel().getRoute("sync-salesforce");
        syncs();
        assertThat(world.camel().getRoute("sync-salesforce")).as("was let alone meanwhile").isSameAs(running);
        away.set(false);
        eventuallyDescribed("own-share", "Before.");
        noError();
        Files.delete(file(name));
        world.andAgainNothingHappens();
    }

    /** As after a failover of the database. It waited for another edit or a restart. */
    @Test
    void a_right_edit_that_could_not_begin_does_when_what_it_needs_is_there_again() throws IOException {
        AtomicBoolean away = outside("needsTheServer");
        away.set(true);
        write(file("own-new.camel.yaml"), own("own-new", "needsTheServer"));
        error("own-new.camel.yaml", "what own-new needs is away");
        assertThat(operations.getMappingError()).doesNotContain("do not run");
        away.set(false);
        eventuallyDescribed("own-new", "Before.");
        noError();
        Files.delete(file("own-new.camel.yaml"));
    }

    /** Page, commands and assistants had an error instead of an overview. */
    @Test
    void the_overview_says_that_the_routes_of_a_crm_do_not_run() {
        AtomicBoolean away = outside("needsTheVault");
        edit("salesforce.camel.yaml", SYNC, own("own-vault", "needsTheVault") + SYNC);
        eventuallyDescribed("own-vault", "Before.");
        away.set(true);
        edit("salesforce.camel.yaml", "description: Before.", "description: After.");
        error("salesforce.camel.yaml: its routes do not run");
        Map<String, Object> overview = new Api(world.settings().number(Key.MANAGEMENT_PORT)).get("/api/overview");
        assertThat(overview.get("needsPerson").toString()).contains("salesforce.camel.yaml: its routes do not run");
        assertThat(overview.get("crms").toString()).doesNotContain("paused=true");
        away.set(false);
        eventuallyDescribed("own-vault", "After.");
        noError();
        syncs();
        world.andAgainNothingHappens();
    }

    /** It ended all looking, so that no later edit came into force, and nothing said so. */
    @Test
    void a_bean_whose_class_cannot_be_used_does_not_end_the_looking() throws IOException {
        write(file("own-bean.camel.yaml"), "- beans:\n    - name: unusable\n      type: "
                + Unusable.class.getName() + "\n");
        error("own-bean.camel.yaml");
        String before = description("reconcile");
        edit("sync.camel.yaml", RECONCILES, "Edited, branches");
        eventuallyDescribed("reconcile", before.replace(RECONCILES, "Edited, branches"));
        assertThat(operations.getMappingError()).contains("own-bean.camel.yaml").doesNotContain("sync.camel.yaml");
        Files.delete(file("own-bean.camel.yaml"));
        noError();
        syncs();
    }

    /** Its initialiser fails with an {@link Error}. */
    public static final class Unusable {
        static final int NUMBER = Integer.parseInt("none");
    }
}
