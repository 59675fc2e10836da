package dev.cosell.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.settings.Key;
import dev.cosell.stories.Api;
import dev.cosell.stories.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A check that has several things to tell was one matter: what came second while the first was open was told to nobody,
 * and the first was over only with the last.
 */
class PartsOfAMatterTest {
    private static final String BRAKE = "Needs a person: The brake has stopped a direction";
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
            tells(world, receiver, "The backfill of salesforce waits for a person. 2 of 3 records were handed");
            act(world, "/api/backfill/" + id + "/go", Map.of());
            tells(world, receiver, "Over: Soon to be looked at: first sync, salesforce");
            assertThat(posts(receiver, "Over: Soon to be looked at: first sync, partner-center")).isEmpty();
            world.andAgainNothingHappens();
        }
    }
}
