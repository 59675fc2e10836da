package dev.cosell.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.stories.World;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** That changes waited too long was told with every cause but the usual one of an import. */
class PaceMatterTest {
    @Test
    void the_pace_of_calls_is_named_when_changes_wait_for_it() throws IOException {
        try (Receiver receiver = new Receiver(); World world = new World(Map.of("alerts.interval", "300ms",
                "alerts.oldest", "3s", "alerts.slack.url", receiver.address("/slack"),
                "partner-center.calls-per-minute", "5"), Path.of("routes"), "salesforce")) {
            IntStream.range(0, 12).forEach(number -> world.newDeal(Map.of()));
            world.eventually(() -> assertThat(receiver.at("/slack")).anySatisfy(post -> assertThat(post.body())
                    .contains("Changes have been waiting too long", "partner-center.calls-per-minute allows")));
        }
    }
}
