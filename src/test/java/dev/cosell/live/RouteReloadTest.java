package dev.cosell.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.stories.World;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.camel.ServiceStatus;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** "Edit a file under routes/ and it is in force without a restart." */
class RouteReloadTest extends LiveEdits {
    @ParameterizedTest
    @ValueSource(strings = {"sync", "dynamics, failures, partner-center, partner-center-create, salesforce"})
    void an_edit_of_each_route_file_comes_into_force(String names) {
        List<String> ids = Stream.of(names.split(", ")).map(name -> file(name + ".camel.yaml"))
                .flatMap(RouteReloadTest::edited).toList();
        assertThat(ids).isNotEmpty();
        ids.forEach(id -> eventuallyDescribed(id, "Edited."));
        noError();
        syncs();
        world.settle();
    }

    /** Describes each route of a file in another way. @return those of them that run */
    private static Stream<String> edited(Path file) {
        String text = read(file);
        write(file, text.replaceAll("(?m)^    description: .*$", "    description: Edited."));
        return text.lines().filter(line -> line.startsWith("    id: ")).map(line -> line.substring(8))
                .filter(RouteReloadTest::isRunning);
    }

    /** Not a policy, and not the route of events that are switched off. */
    private static boolean isRunning(String id) {
        return world.camel().getRoute(id) != null && status(id).isStarted();
    }

    @Test
    void a_route_that_is_renamed_or_removed_does_not_run_on() {
        edit("sync.camel.yaml", "    id: hint\n", "    id: hint-renamed\n");
        world.eventually(() -> {
            assertThat(world.camel().getRoute("hint")).isNull();
            assertThat(world.camel().getRoute("hint-renamed")).isNotNull();
        });
        noError();
        syncs();
    }

    /** Each file alone was wrong, with the other as it was in force, and stayed refused when both were saved. */
    @Test
    void a_route_that_moves_to_another_file_comes_into_force_when_both_are_saved() {
        takeHintOut();
        error("sync.camel.yaml");
        putHintElsewhere();
        noError();
        hintMoved();
    }

    /** It waited for the bad one, and went on to wait when that was taken back. */
    @Test
    void a_route_that_moves_to_another_file_does_not_wait_for_a_third_one_that_is_bad() {
        edit("salesforce.camel.yaml", "id: sync-salesforce", "id: sync-of-an-earlier-version");
        error("salesforce.camel.yaml");
        takeHintOut();
        error("sync.camel.yaml");
        putHintElsewhere();
        world.eventually(() -> assertThat(description("hint")).startsWith("Moved. Puts a hint"));
        error("salesforce.camel.yaml");
        edit("salesforce.camel.yaml", "id: sync-of-an-earlier-version", "id: sync-salesforce");
        noError();
        hintMoved();
    }

    /** Each was refused with the bad ones as they were, and stayed so when those were as before again. */
    @Test
    void a_route_that_moves_to_another_file_comes_into_force_when_bad_ones_are_taken_back() {
        edit("salesforce.camel.yaml", "id: sync-salesforce", "id: sync-of-an-earlier-version");
        edit("dynamics.camel.yaml", "id: sync-dynamics", "id: sync-of-an-earlier-version");
        takeHintOut();
        putHintElsewhere();
        error("salesforce.camel.yaml", "dynamics.camel.yaml", "sync.camel.yaml", "schedules.camel.yaml");
        edit("salesforce.camel.yaml", "id: sync-of-an-earlier-version", "id: sync-salesforce");
        edit("dynamics.camel.yaml", "id: sync-of-an-earlier-version", "id: sync-dynamics");
        noError();
        hintMoved();
    }

    private static void takeHintOut() {
        write(file("sync.camel.yaml"), read(file("sync.camel.yaml")).replace(hint(), ""));
    }

    private static void putHintElsewhere() {
        write(file("schedules.camel.yaml"), read(file("schedules.camel.yaml")) + "\n"
                + hint().replace("Puts a hint", "Moved. Puts a hint"));
    }

    /** As it is shipped. */
    private static String hint() {
        String sync = read(Path.of("routes/sync.camel.yaml"));
        String hint = sync.substring(sync.indexOf("- route:\n    id: hint\n"));
        return hint.substring(0, hint.indexOf("\n- route:") + 1);
    }

    private static void hintMoved() {
        world.eventually(() -> assertThat(description("hint")).startsWith("Moved. Puts a hint"));
        assertThat(status("hint").isStarted()).isTrue();
        syncs();
    }

    /** What a tool over JMX shows of a route is what runs, not what an editor has left on the disk. */
    @Test
    void the_text_of_a_route_is_the_one_in_force() {
        edit("sync.camel.yaml", "Puts a hint", "Edited. Puts a hint");
        world.eventually(() -> assertThat(shown("hint"))
                .startsWith("- route:\n    id: hint\n    description: Edited. Puts a hint"));
        edit("sync.camel.yaml", "method: offer", "method: offer, nothing: at all");
        error("sync.camel.yaml");
        assertThat(shown("hint")).contains("method: offer }").doesNotContain("at all");
    }

    /** Nothing in the moment between the old route and the new one. */
    private static String shown(String id) {
        RouteDefinition route = ((ModelCamelContext) world.camel()).getRouteDefinition(id);
        try {
            return route == null ? ""
                    : PluginHelper.getModelToYAMLDumper(world.camel()).dumpModelAsYaml(world.camel(), route);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** A policy in failures.camel.yaml governs routes of other files. */
    @Test
    void an_edited_failure_policy_governs_the_routes_that_name_it() {
        edit("failures.camel.yaml", "message: \"${routeId} tries again at its next turn: ${exception.message}\"",
                "message: \"edited\"");
        edit("failures.camel.yaml", "name: problems, simple: \"${exception.faults}\" }",
                "name: problems, method: { ref: sync, method: defect } }");
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
            edit("salesforce.camel.yaml", "Takes the hints that concern Salesforce",
                    "Edited. Takes the hints that concern Salesforce");
            world.eventually(() -> assertThat(description("sync-salesforce")).startsWith("Edited."));
            world.eventually(() -> assertThat(status("sync-salesforce")).isEqualTo(ServiceStatus.Suspended));
            String referralId = world.newDeal(Map.of());
            world.eventually(() -> assertThat(operations.getBacklog().get("salesforce")).isPositive());
            // What a consumer had taken all the same would be done by then.
            World.pause(500);
            assertThat(world.crm("salesforce").opportunitiesOf(referralId)).isEmpty();
        } finally {
            world.resumeSync();
        }
    }

    private static void loseSalesforce(AtomicBoolean away) {
        edit("salesforce.camel.yaml", SYNC, own("own-vault", "needsTheVault") + SYNC);
        eventuallyDescribed("own-vault", "Before.");
        away.set(true);
        edit("salesforce.camel.yaml", "description: Before.", "description: After.");
        error("salesforce.camel.yaml: its routes do not run");
    }

    /** It ran for up to a second when its routes were put back. */
    @Test
    void a_paused_sync_stays_paused_when_its_lost_routes_are_put_back() {
        AtomicBoolean away = outside("needsTheVault");
        world.pauseSync();
        try {
            loseSalesforce(away);
            String referralId = world.newDeal(Map.of());
            world.eventually(() -> assertThat(operations.getBacklog().get("salesforce")).isPositive());
            away.set(false);
            eventuallyDescribed("own-vault", "After.");
            world.eventually(() -> assertThat(status("sync-salesforce")).isEqualTo(ServiceStatus.Suspended));
            assertThat(world.crm("salesforce").opportunitiesOf(referralId)).isEmpty();
        } finally {
            world.resumeSync();
        }
    }

    /** Nobody could tell the route, because it was not there. */
    @Test
    void a_sync_that_is_resumed_while_its_routes_are_lost_runs_when_they_are_put_back() {
        AtomicBoolean away = outside("needsTheVault");
        world.pauseSync();
        try {
            loseSalesforce(away);
        } finally {
            world.resumeSync();
        }
        away.set(false);
        eventuallyDescribed("own-vault", "After.");
        world.eventually(() -> assertThat(status("sync-salesforce")).isEqualTo(ServiceStatus.Started));
        syncs();
    }

    /** A pause when the old route was gone and the new one not there yet was lost: the new one ran. */
    @Test
    void a_sync_that_is_paused_while_its_file_is_taken_over_is_paused_afterwards() throws Exception {
        MidstOfReload midst = new MidstOfReload("sync-salesforce");
        world.camel().getManagementStrategy().addEventNotifier(midst);
        midst.start();
        try {
            edit("salesforce.camel.yaml", "Takes the hints that concern Salesforce",
                    "Edited. Takes the hints that concern Salesforce");
            midst.during(world::pauseSync);
            world.eventually(() -> assertThat(description("sync-salesforce")).startsWith("Edited."));
            world.eventually(() -> assertThat(status("sync-salesforce")).isEqualTo(ServiceStatus.Suspended));
        } finally {
            world.camel().getManagementStrategy().removeEventNotifier(midst);
            world.resumeSync();
        }
    }

    /** Holds a reload up for a moment when it has removed a route. */
    private static final class MidstOfReload extends EventNotifierSupport {
        private final String route;
        private final CountDownLatch removed = new CountDownLatch(1);
        private final CountDownLatch done = new CountDownLatch(1);

        MidstOfReload(String route) {
            this.route = route;
        }

        /** What this does may have to wait for the reload itself, so that is not held up for long. */
        @Override
        public void notify(CamelEvent event) throws InterruptedException {
            if (event instanceof CamelEvent.RouteRemovedEvent gone && gone.getRoute().getRouteId().equals(route)) {
                removed.countDown();
                done.await(300, TimeUnit.MILLISECONDS);
            }
        }

        void during(Runnable action) throws InterruptedException {
            assertThat(removed.await(30, TimeUnit.SECONDS)).as(route + " was removed").isTrue();
            action.run();
            done.countDown();
        }
    }
}
