package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.settings.Key;
import java.util.HashMap;
import java.util.List;
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

    /** Waits until it does nothing by itself any more. */
    Map<String, Object> rested(Map<String, Object> job) {
        Map<String, Object> now = new HashMap<>();
        world.eventually(() -> {
            now.putAll(now(job.get("id")));
            assertThat(now.get("phase")).as(now.toString()).isNotIn("COUNTING", "RUNNING");
        });
        return now;
    }

    List<Map<String, Object>> records(Map<String, Object> job, String kind) {
        return Api.list(management().get("/api/backfill/" + job.get("id") + "/records?kind=" + kind).get("records"));
    }

    Map<String, Object> now(Object id) {
        return management().get("/api/backfill/" + id);
    }
}
