package dev.cosell.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.ShippedRoutes;
import dev.cosell.settings.Key;
import dev.cosell.stories.Api;
import dev.cosell.stories.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.camel.Route;
import org.apache.camel.support.RoutePolicySupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A check that has several things to tell was one matter: what came second while the first was open was told to nobody,
 * and the first was over only with the last.
 */
class PartsOfAMatterTest {
    private static final String BRAKE = "Needs a person: The brake has stopped a direction";
    private static final String REFUSED = "Needs a person: The newest edit under routes/ was not taken over, ";
    private static final Map<String, String> OPERATOR = Map.of("Content-Type", "application/json", "X-Requested-With",
            "test");

    private static Map<String, String> settings(Receiver receiver, Map<String, String> more) {
        Map<String, String> values = new HashMap<>(Map.of("alerts.interval", "300ms", "alerts.over-after", "2s",
                "alerts.slack.url", receiver.address("/slack")));
        values.putAll(more);
        return values;
    }

    private static Api management(World world) {
        return new Api(world.settings().number(Key.MANAGEMENT_PORT));
    }

    private static Map<String, Object> act(World world, String path, Map<String, Object> body) {
        var answer = management(world).raw("POST", path, Api.bytes(body), OPERATOR);
        assertThat(answer.statusCode()).as(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo(200);
        return Api.object(answer.body());
    }

    private static List<String> posts(Receiver receiver, String... words) {
        return receiver.at("/slack").stream().map(Receiver.Post::body)
                .filter(body -> List.of(words).stream().allMatch(body::contains)).toList();
    }

    private static void tells(World world, Receiver receiver, String... words) {
        world.eventually(() -> assertThat(receiver.at("/slack")).anySatisfy(post -> assertThat(post.body())
                .contains(words)));
    }

    @Test
    void a_second_direction_that_the_brake_stopped_was_not_told_while_the_first_was() throws IOException {
        try (Receiver receiver = new Receiver(); World world = new World(settings(receiver,
                Map.of("sync.brake-share", "50", "sync.brake-least", "3")), Path.of("routes"), "salesforce")) {
            List<String> referrals = IntStream.range(0, 8).mapToObj(each -> world.newDeal(Map.of())).toList();
            List<String> opportunities = referrals.stream().map(id -> world.crm().id(world.opportunityFor(id)))
                    .toList();
            world.settle();
            opportunities.forEach(id -> world.crm().changeValue(id, 1));
            tells(world, receiver, BRAKE, "./cosell release salesforce to-partner-center");
            referrals.forEach(id -> world.partnerCenter().patch("/sandbox/deals/" + id,
                    Map.of("details", Map.of("closingDateTime", "2027-03-09T00:00:00Z"))));
            tells(world, receiver, BRAKE, "./cosell release salesforce to-crm");

            act(world, "/api/release", Map.of("crm", "salesforce", "direction", "to-partner-center"));
            tells(world, receiver, "Over: The brake has stopped a direction, salesforce to-partner-center");
            world.settle();
            assertThat(posts(receiver, "Over: ", "to-crm")).as("the other one is still stopped").isEmpty();
            assertThat(posts(receiver, BRAKE)).as("each is told once").hasSize(2);
            act(world, "/api/release", Map.of("crm", "salesforce", "direction", "to-crm"));
            tells(world, receiver, "Over: The brake has stopped a direction, salesforce to-crm");
            world.andAgainNothingHappens();
        }
    }

    private static void edit(Path file, String old, String now) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(old);
        Files.writeString(file, text.replace(old, now));
    }

    @Test
    void a_second_edit_that_was_refused_was_not_told_while_the_first_was(@TempDir Path routes) throws IOException {
        Path sync = ShippedRoutes.copyTo(routes).resolve("sync.camel.yaml");
        Path leads = routes.resolve("leads.camel.yaml");
        try (Receiver receiver = new Receiver();
             World world = new World(settings(receiver, Map.of()), routes, "salesforce")) {
            edit(sync, "direct:read-other-side", "direct:{{no.such.setting}}");
            tells(world, receiver, REFUSED + "sync.camel.yaml (CS-803)", "the text before goes on working");
            edit(leads, "direct:read-lead", "direct:{{no.such.setting}}");
            tells(world, receiver, REFUSED + "leads.camel.yaml (CS-803)");
            edit(sync, "direct:{{no.such.setting}}", "direct:read-other-side");
            tells(world, receiver, "Over: The newest edit under routes/ was not taken over, sync.camel.yaml");
            world.settle();
            assertThat(posts(receiver, "Over: ", "leads.camel.yaml")).as("the other one is still refused").isEmpty();
            assertThat(posts(receiver, REFUSED)).as("each is told once").hasSize(2);
            edit(leads, "direct:{{no.such.setting}}", "direct:read-lead");
            tells(world, receiver, "Over: The newest edit under routes/ was not taken over, leads.camel.yaml");
            world.andAgainNothingHappens();
        }
    }

    /** They were told as an edit of which the text before went on working. */
    @Test
    void routes_that_do_not_run_are_told_as_that(@TempDir Path routes) throws IOException {
        ShippedRoutes.copyTo(routes);
        Path own = Files.writeString(routes.resolve("own.camel.yaml"), "- route:\n    id: own\n"
                + "    description: Before.\n    routePolicy: needsTheShare\n    from:\n      id: own-from\n"
                + "      uri: direct:own\n      steps:\n        - log: { id: own-log, message: own }\n"
                + "- beans:\n    - name: needsTheShare\n      type: " + Share.class.getName() + "\n");
        try (Receiver receiver = new Receiver();
             World world = new World(settings(receiver, Map.of()), routes, "salesforce")) {
            Share.away = true;
            edit(own, "Before.", "After.");
            tells(world, receiver, "Routes do not run, own.camel.yaml (CS-809)", "the share is away",
                    "the routes begin by themselves then");
            assertThat(posts(receiver, "goes on working")).isEmpty();
            Share.away = false;
            tells(world, receiver, "Over: Routes do not run, own.camel.yaml");
            tells(world, receiver, "Over: The newest edit under routes/ was not taken over, own.camel.yaml");
            world.andAgainNothingHappens();
        }
    }

    /** Another team's, without which a route of one's own does not begin. */
    public static final class Share extends RoutePolicySupport {
        private static volatile boolean away;

        @Override
        public void onStart(Route route) {
            if (away) {
                throw new IllegalStateException("the share is away");
            }
        }
    }

    @Test
    void a_backfill_that_asked_again_was_not_told_while_the_first_sync_of_another_system_waited() throws IOException {
        try (Receiver receiver = new Receiver(); World world = new World(settings(receiver,
                Map.of("first-sync", "ask", "first-sync-limit", "2")), Path.of("routes"), "salesforce")) {
            tells(world, receiver, "Soon to be looked at: first sync",
                    "Nothing new from partner-center is written yet");
            IntStream.range(0, 3).forEach(each -> world.crm().newOpportunity(Map.of()));
            Object id = act(world, "/api/backfill", Map.of("source", "salesforce")).get("id");
            tells(world, receiver, "The backfill of salesforce waits for a person. Nothing new from salesforce was");
            act(world, "/api/backfill/" + id + "/go", Map.of());
            tells(world, receiver, "The backfill of salesforce waits for a person. 2 of 3 records, a record once for"
                    + " each CRM, were handed");
            act(world, "/api/backfill/" + id + "/go", Map.of());
            tells(world, receiver, "Over: Soon to be looked at: first sync, salesforce");
            assertThat(posts(receiver, "Over: Soon to be looked at: first sync, partner-center")).isEmpty();
            world.andAgainNothingHappens();
        }
    }
}
