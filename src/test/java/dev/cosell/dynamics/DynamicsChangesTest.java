package dev.cosell.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import dev.cosell.stories.Log;
import dev.cosell.verbs.Changes.Change;
import dev.cosell.verbs.Changes;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Hint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DynamicsChangesTest extends DynamicsVerbStories {
    @Override
    int pageSize() {
        return 2;
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
        assertThat(first.position()).startsWith("all:/opportunities?");
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
        Changes odd = changes(position.replaceFirst("\\$deltatoken=.*", "\\$skiptoken=of-another-time|"));
        assertThat(ids(changes(odd.position()))).containsExactly(a);
    }

    @Test
    void saysWhenChangeTrackingIsOff() {
        people.post("/sandbox/faults",
                Map.of("path", "opportunities", "times", 2, "status", 200, "body", Map.of("value", List.of())));
        assertThatThrownBy(() -> changes(null)).isInstanceOf(Fault.Data.class).hasMessageContaining("change tracking");
    }

    /** One batch that was refused made each poll two calls until the next restart. */
    @Test
    void aBatchThatIsRefusedOnceDoesNotSplitThePollsForGood() {
        String a = deal(true, null);
        try (Log log = Log.from(Level.WARN)) {
            people.post("/sandbox/faults", Map.of("path", "/\\$batch", "times", 1, "status", 403, "body",
                    Map.of("error", Map.of("code", "0x0", "message", "not now"))));
            Changes first = changes(null);
            assertThat(ids(first)).containsExactly(a);
            int before = calls();
            changes(first.position());
            assertThat(calls() - before).as("calls of a poll").isEqualTo(1);
            assertThat(log.lines()).noneMatch(line -> line.contains("$batch"));
        }
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
        await().untilAsserted(() -> assertThat(dynamics.hints).extracting(Hint::id)
                .as("all that are left, and one whose rows are gone")
                .containsExactlyInAnyOrderElementsOf(deals));
        dynamics.stopPolling();
    }

    private Changes all(String from) {
        Changes page = changes(from);
        List<Change> changes = new ArrayList<>(page.changes());
        while (page.more()) {
            page = changes(page.position());
            changes.addAll(page.changes());
        }
        return new Changes(changes, page.position(), false);
    }

    private void pages(int size) throws Exception {
        dynamics.close();
        dynamics = new DynamicsRoutes(dataverse, size);
    }

    @Test
    void aPollThatFindsNothingIsOneCall() throws Exception {
        pages(500);
        deal(true, null);
        String position = all(null).position();
        people.post("/sandbox/stats/reset", null);
        Changes nothing = changes(position);
        assertThat(nothing.changes()).isEmpty();
        assertThat(nothing.more()).isFalse();
        assertThat(calls()).isEqualTo(1);
        assertThat(people.get("/sandbox/stats").json()).containsEntry("writes", 0)
                .containsEntry("calls", Map.of("POST /api/data/v9.2/$batch", 1))
                .containsEntry("inside", Map.of("GET /api/data/v9.2/opportunities", 1,
                        "GET /api/data/v9.2/cosell_partnercentersolutions", 1));
    }

    @Test
    void solutionRowsReportTheirOpportunity() throws Exception {
        pages(500);
        String a = deal(true, null);
        String b = deal(true, null);
        Changes first = all(null);
        assertThat(ids(first)).containsExactly(a, b);
        dynamics.handedOver();
        people.post("cosell_partnercentersolutions",
                Map.of("cosell_solutionid", "S-2", "cosell_name", "Two", "cosell_OpportunityId@odata.bind",
                        "/opportunities(" + a + ")"));
        Changes rows = all(first.position());
        assertThat(rows.changes()).containsExactly(Change.ofParts(a, null));
        people.patch("/sandbox/opportunities/" + a, Map.of("name", "Changed", "solutions", List.of()));
        people.delete("/sandbox/opportunities/" + b);
        String version = (String) people.get("/sandbox/opportunities/" + a).json().get("@odata.etag");
        assertThat(all(rows.position()).changes()).as("each once").containsExactlyInAnyOrder(Change.ofParts(a, version),
                new Change(b, null));
    }

    @Test
    void pagesGoOnAsLongAsEitherTableHasMore() {
        String a = deal(true, null);
        List<Map<String, Object>> many = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            many.add(Map.of("id", "S-" + i, "name", "row " + i));
        }
        String position = all(null).position();
        people.patch("/sandbox/opportunities/" + a, Map.of("solutions", many));
        Changes page = changes(position);
        assertThat(page.more()).isTrue();
        assertThat(page.changes()).hasSize(1);
        String b = deal(true, null);
        assertThat(ids(all(page.position()))).contains(a, b);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 410})
    void aForgottenPositionOfTheRowsReportsEachOfTheirOpportunitiesOnce(int status) throws Exception {
        pages(500);
        String a = deal(true, null);
        String without = deal(true, null);
        String position = all(null).position();
        dynamics.handedOver();
        people.patch("/sandbox/opportunities/" + without, Map.of("solutions", List.of()));
        position = changes(position).position().split("\\|")[0] + position.substring(position.indexOf('|'));
        String rows = "/cosell_partnercentersolutions?$select=_cosell_opportunityid_value&$skiptoken=of-another-time";
        Changes forgotten = changes(position.substring(0, position.indexOf('|') + 1) + rows);
        assertThat(forgotten.more()).isTrue();
        people.post("/sandbox/settings", Map.of("expiredDeltaStatus", status));
        Changes again = all(forgotten.position());
        assertThat(forgotten.changes()).isEmpty();
        assertThat(again.changes()).containsExactly(Change.ofParts(a, null), Change.ofParts(without, null));
        assertThat(changes(again.position()).changes()).isEmpty();
    }

    @Test
    void aTableOfSolutionsWithoutChangeTrackingIsAskedOnce() throws Exception {
        pages(500);
        String a = deal(true, null);
        people.post("/sandbox/faults",
                Map.of("path", "cosell_partnercentersolutions", "times", 2, "status", 400, "body",
                        Map.of("error", Map.of("code", "0x80040203", "message", "Change tracking is not enabled"))));
        Changes first = all(null);
        assertThat(ids(first)).containsExactly(a);
        assertThat(first.position()).endsWith("|");
        people.post("/sandbox/stats/reset", null);
        assertThat(changes(first.position()).changes()).isEmpty();
        assertThat(people.get("/sandbox/stats").json()).containsEntry("calls",
                Map.of("GET /api/data/v9.2/opportunities", 1));
    }

    /** The privilege was there, and was to be added all the same. */
    @ParameterizedTest
    @ValueSource(strings = {"opportunities", "cosell_partnercentersolutions"})
    void aRightToReadItsOwnRowsOnlyIsNamedWithTheLevelThatIsNeeded(String table) {
        people.post("/sandbox/settings", Map.of("ownRowsOnly", List.of(table)));
        assertThatThrownBy(() -> changes(null)).isInstanceOf(Fault.Denied.class)
                .hasMessageContainingAll("prvRead", "below the level Organization, raise it");
    }

    private void untracked(Map<String, Object> firstPage) {
        people.post("/sandbox/faults", Map.of("path", "cosell_partnercentersolutions", "status", 200, "body",
                firstPage));
        people.post("/sandbox/faults", Map.of("path", "cosell_partnercentersolutions", "times", 2, "status", 200,
                "body", Map.of("value", List.of())));
    }

    /** With a single page of rows it was tolerated; with two the changes of the opportunities were lost, each time. */
    @Test
    void aTableOfSolutionsWithoutChangeTrackingThatTakesSeveralPagesHoldsUpNothing() throws Exception {
        pages(500);
        Map<String, Object> page = Map.of("value", List.of(), "@odata.nextLink", dataverse.baseAddress()
                + "/cosell_partnercentersolutions?$select=_cosell_opportunityid_value&$skiptoken=2");
        try (Log log = Log.from(Level.WARN)) {
            Changes since = new Changes(List.of(), null, false);
            for (int hour = 0; hour < 3; hour++) {
                String added = deal(true, null);
                untracked(page);
                since = all(since.position());
                assertThat(ids(since)).containsExactly(added);
                assertThat(since.position()).endsWith("|");
                assertThat(people.get("/sandbox/faults").json()).as("both pages are read").containsEntry("left", 0);
                dataverse.clock().forward(Duration.ofMinutes(61));
            }
            assertThat(log.lines()).filteredOn(line -> line.contains("does not track changes")).hasSize(1);
        }
    }

    /** The changes of the opportunities were lost with those of the rows, at each poll. */
    @ParameterizedTest
    @ValueSource(ints = {400, 404})
    void aTableOfSolutionsThatIsGoneDoesNotHoldUpTheOpportunities(int status) throws Exception {
        pages(500);
        String a = deal(true, null);
        String position = all(null).position();
        dynamics.handedOver();
        String b = deal(true, null);
        people.post("/sandbox/faults", Map.of("path", "cosell_partnercentersolutions", "times", 100, "status", status,
                "body", Map.of("error", Map.of("code", "0x8006088a", "message", "Resource not found"))));
        Changes since = all(position);
        assertThat(ids(since)).containsExactly(b);
        assertThat(all(since.position()).changes()).isEmpty();

        people.delete("/sandbox/faults");
        Changes within = all(since.position());
        assertThat(within.changes()).as("within the hour").isEmpty();
        dataverse.clock().forward(Duration.ofMinutes(61));
        assertThat(all(within.position()).changes()).as("an hour later, when it is there again")
                .contains(Change.ofParts(a, null));
    }

    @Test
    void aRefusalThatIsOverAtOnceLetsTheRowsBeReadAgain() throws Exception {
        pages(500);
        String a = deal(true, null);
        String position = all(null).position();
        dynamics.handedOver();
        people.post("/sandbox/faults", Map.of("path", "cosell_partnercentersolutions", "times", 2, "status", 400,
                "body", Map.of("error", Map.of("code", "0x80060888", "message", "Bad request"))));
        Changes since = all(all(position).position());
        assertThat(since.changes()).containsExactly(Change.ofParts(a, null));
        assertThat(all(since.position()).changes()).isEmpty();
    }

    @Test
    void anEnvironmentThatTracksNothingInABatchIsAskedTwiceFromThenOn() throws Exception {
        pages(500);
        String a = deal(true, null);
        people.post("/sandbox/settings", Map.of("tracksInBatch", false));
        all(null);
        all(null);
        Changes first = all(null);
        assertThat(ids(first)).containsExactly(a);
        people.post("/sandbox/stats/reset", null);
        people.patch("/sandbox/opportunities/" + a, Map.of("solutions", List.of()));
        assertThat(ids(all(first.position()))).containsExactly(a);
        assertThat(people.get("/sandbox/stats").json()).containsEntry("calls",
                Map.of("GET /api/data/v9.2/opportunities", 1, "GET /api/data/v9.2/cosell_partnercentersolutions", 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 405, 501})
    void anEnvironmentWithoutBatchesIsPolledToo(int status) throws Exception {
        pages(500);
        String a = deal(true, null);
        people.post("/sandbox/faults", Map.of("path", "batch", "times", 1000, "status", status, "body",
                Map.of("error", Map.of("code", "", "message", "no"))));
        all(null);
        all(null);
        Changes first = all(null);
        assertThat(ids(first)).containsExactly(a);
        people.post("/sandbox/stats/reset", null);
        assertThat(changes(first.position()).changes()).isEmpty();
        assertThat(calls()).as("the batch is not tried again").isEqualTo(2);
    }

    @Test
    void aBatchThatFailsForAMomentIsTriedAgain() throws Exception {
        pages(500);
        people.post("/sandbox/faults", Map.of("path", "batch", "status", 502));
        assertThatThrownBy(() -> changes(null)).isInstanceOf(Fault.Transient.class);
        people.post("/sandbox/faults",
                Map.of("path", "cosell_partnercentersolutions", "status", 429, "headers", Map.of("Retry-After", "7")));
        Fault.Throttled throttled = catchThrowableOfType(Fault.Throttled.class, () -> changes(null));
        assertThat(throttled.retryAfter()).hasSeconds(7);
        dataverse.clock().forward(Duration.ofSeconds(8));
        people.post("/sandbox/stats/reset", null);
        changes(null);
        assertThat(calls()).isEqualTo(1);
    }

    @Test
    void aPositionFromBeforeTheBarGoesOn() throws Exception {
        pages(500);
        deal(true, null);
        String position = all(null).position();
        String b = deal(true, null);
        assertThat(ids(all(position.substring(0, position.indexOf('|'))))).containsExactly(b);
    }

    @Test
    void readingWithoutHandingOverForgetsNoRowThatMoved() throws Exception {
        pages(500);
        String a = deal(true, null);
        String b = deal(true, null);
        String position = all(null).position();
        dynamics.handedOver();
        String row = (String) people.get("cosell_partnercentersolutions?$filter=_cosell_opportunityid_value eq " + a)
                .value().get(0)
                .get("cosell_partnercentersolutionid");
        people.patch("cosell_partnercentersolutions(" + row + ")",
                Map.of("cosell_OpportunityId@odata.bind", "/opportunities(" + b + ")"));
        assertThat(ids(all(position))).as("to see whether the connection works").contains(a, b);
        assertThat(ids(all(position))).as("the poll itself").contains(a, b);
        dynamics.handedOver();
        assertThat(ids(all(position))).containsExactly(b);
    }

    private int calls() {
        return (Integer) people.get("/sandbox/stats").json().get("total");
    }
}
