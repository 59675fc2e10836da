package dev.cosell.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
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
}
