package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.settings.Key;
import java.util.Map;

/** What an operator does about a backfill by the API of the operator page. */
record BackfillJob(World world) {
    static final Map<String, String> OPERATOR = Map.of("Content-Type", "application/json", "X-Requested-With",
            "test");

    private Api management() {
        return new Api(world.settings().number(Key.MANAGEMENT_PORT));
    }

    Map<String, Object> act(String path, Map<String, Object> body) {
        var answer = management().raw("POST", path, Api.bytes(body), OPERATOR);
        assertThat(answer.statusCode()).as(new String(answer.body())).isEqualTo(200);
        return Api.object(answer.body());
    }

    Map<String, Object> now(Object id) {
        return management().get("/api/backfill/" + id);
    }
}
