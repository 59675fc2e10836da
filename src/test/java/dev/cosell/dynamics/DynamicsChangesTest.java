package dev.cosell.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.cosell.sandbox.dataverse.DataverseClient;
import dev.cosell.sandbox.dataverse.RunningDataverse;
import dev.cosell.sync.Changes;
import dev.cosell.sync.Changes.Change;
import dev.cosell.sync.Fault;
import dev.cosell.sync.Hint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DynamicsChangesTest {
    @RegisterExtension
    static final RunningDataverse dataverse = new RunningDataverse();

    private final DataverseClient people = dataverse.client();
    private DynamicsRoutes dynamics;

    @BeforeEach
    void start() throws Exception {
        dynamics = new DynamicsRoutes(dataverse, 2);
    }

    @AfterEach
    void stop() {
        dynamics.close();
    }

    private String deal(boolean sync, String referralId) {
        Map<String, Object> body = referralId == null ? Map.of("cosell_syncwithpartnercenter", sync)
                : Map.of("cosell_syncwithpartnercenter", sync, "cosell_referralidentifier", referralId);
        return (String) people.post("/sandbox/opportunities", body).json().get("opportunityid");
    }

    private Changes changes(String position) {
        return dynamics.verb("changes", position);
    }

    private static List<String> ids(Changes changes) {
        return changes.changes().stream().map(Change::id).toList();
    }

    @Test
    void followsPagesAndThenTheDeltaLink() {
        String a = deal(true, null);
        deal(false, null);
        String c = deal(false, "r-1");
        Changes first = changes(null);
        assertThat(ids(first)).containsExactly(a);
        assertThat(first.more()).isTrue();
        assertThat(first.position()).startsWith("/opportunities?");
        Changes last = changes(first.position());
        assertThat(ids(last)).containsExactly(c);
        assertThat(last.more()).isFalse();

        people.patch("/sandbox/opportunities/" + a, Map.of("name", "Changed"));
        people.delete("/sandbox/opportunities/" + c);
        Changes delta = changes(last.position());
        String version = (String) people.get("/sandbox/opportunities/" + a).json().get("@odata.etag");
        assertThat(delta.changes()).containsExactly(new Change(a, version), new Change(c, null));
        assertThat(changes(delta.position()).changes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 410})
    void startsOverWhenTheDeltaLinkHasExpired(int status) {
        String a = deal(true, null);
        String position = changes(null).position();
        people.post("/sandbox/settings", Map.of("deltaExpired", true, "expiredDeltaStatus", status));
        Changes forgotten = changes(position);
        assertThat(forgotten.more()).isTrue();
        assertThat(ids(changes(forgotten.position()))).contains(a);
        Changes odd = changes("/opportunities?$select=name&$skiptoken=of-another-time|");
        assertThat(ids(changes(odd.position()))).containsExactly(a);
    }

    @Test
    void saysWhenChangeTrackingIsOff() {
        people.post("/sandbox/faults", Map.of("path", "opportunities", "times", 2, "status", 200, "body", Map.of("value", List.of())));
        assertThatThrownBy(() -> changes(null)).isInstanceOf(Fault.Data.class).hasMessageContaining("change tracking");
    }

    @Test
    void pollHandsOverHintsAndMovesThePositionLast() throws Exception {
        List<String> deals = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            deals.add(deal(true, null));
        }
        dynamics.refuseHints = true;
        dynamics.startPolling();
        await().until(() -> calls() >= 2);
        assertThat(dynamics.watermarks.history).isEmpty();

        dynamics.refuseHints = false;
        await().until(() -> dynamics.hints.stream().map(Hint::id).toList().containsAll(deals));
        await().until(() -> dynamics.watermarks.history.size() >= 3);
        assertThat(dynamics.watermarks.history.get(2)).startsWith("/opportunities?").contains("$deltatoken=");
        assertThat(dynamics.hints.get(0).origin()).isEqualTo(Hint.Origin.POLL);
        assertThat(dynamics.hints.get(0).version()).startsWith("W/");

        dynamics.hints.clear();
        people.patch("/sandbox/opportunities/" + deals.get(3), Map.of("name", "Changed"));
        await().until(() -> dynamics.hints.size() == 1);
        assertThat(dynamics.hints.get(0).id()).isEqualTo(deals.get(3));

        dynamics.hints.clear();
        people.post("/sandbox/settings", Map.of("deltaExpired", true));
        people.delete("/sandbox/opportunities/" + deals.get(4));
        await().until(() -> dynamics.hints.size() >= 4);
        await().untilAsserted(() -> assertThat(dynamics.hints).extracting(Hint::id).as("all that are left, and one whose rows are gone")
                .containsExactlyInAnyOrderElementsOf(deals));
        dynamics.stopPolling();
    }

    private int calls() {
        return (Integer) people.get("/sandbox/stats").json().get("total");
    }
}
