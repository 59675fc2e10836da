package dev.cosell.salesforce.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cosell.verbs.Hint;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What an event means, and which records it asks us to look at. */
class ChangeEventTest {
    private static final String LINKED = "0068d0000000001AAA";
    private static final String OTHER = "0068d0000000002AAA";
    private final ChangeEvents events = new ChangeEvents(Set.of(LINKED)::contains, "Sync__c", "CosellSync");

    private static Map<String, Object> data(String type, String origin, Map<String, Object> fields, Object ids) {
        Map<String, Object> payload = new HashMap<>(fields);
        payload.put("ChangeEventHeader",
                Map.of("entityName", "Opportunity", "recordIds", ids, "changeType", type, "changeOrigin", origin,
                        "commitTimestamp", 1775599141000L));
        return Map.of("schema", "x", "payload", payload, "event", Map.of("replayId", 101L));
    }

    private List<String> ids(String type, String origin, Map<String, Object> fields, String... ids) {
        List<Hint> hints = events.hints(ChangeEvent.of("s", null, data(type, origin, fields, List.of(ids))));
        assertThat(hints).allSatisfy(
                hint -> assertThat(hint).isEqualTo(new Hint("salesforce", hint.id(), null, Hint.Origin.EVENT)));
        return hints.stream().map(Hint::id).toList();
    }

    @Test
    void tellsPositionTimeAndRecords() {
        ChangeEvent event = ChangeEvent.of("s", null,
                data("UPDATE", "", Map.of("Amount", 5), new Object[] {LINKED, OTHER}));
        assertThat(event.position()).isEqualTo("101");
        assertThat(event.committed()).isEqualTo(Instant.parse("2026-04-07T21:59:01Z"));
        assertThat(event.recordIds()).containsExactly(LINKED, OTHER);
        assertThat(event.fields()).containsOnlyKeys("Amount");
    }

    @Test
    void anythingElseIsNoChangeEvent() {
        for (Map<String, Object> other : Arrays.<Map<String, Object>>asList(null, Map.of(),
                Map.of("event", Map.of("replayId", 1L)),
                Map.of("event", Map.of("replayId", 1L), "payload", Map.of("Amount", 1)))) {
            assertThatThrownBy(() -> ChangeEvent.of("s", null, other)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void linkedRecordsAreLookedAtWhateverHappenedToThem() {
        for (String type : List.of("CREATE", "UPDATE", "DELETE", "UNDELETE", "GAP_CREATE", "GAP_UPDATE", "GAP_DELETE",
                "GAP_UNDELETE", "SOMETHING_NEW")) {
            assertThat(ids(type, "", Map.of(), LINKED, OTHER)).as(type).containsExactly(LINKED);
        }
    }

    @Test
    void aRecordThatIsSwitchedOnIsLookedAt() {
        assertThat(ids("UPDATE", "", Map.of("Sync__c", true), OTHER)).containsExactly(OTHER);
        assertThat(ids("CREATE", "", Map.of("Sync__c", false), OTHER)).isEmpty();
        assertThat(ids("UPDATE", "", Map.of("Sync__c", false), LINKED)).as("switched off").containsExactly(LINKED);
    }

    @Test
    void ourOwnWritesAreNoNews() {
        assertThat(ids("UPDATE", "com/salesforce/api/rest/56.0;client=CosellSync", Map.of("Sync__c", true), LINKED))
                .isEmpty();
        assertThat(ids("UPDATE", "com/salesforce/api/rest/56.0;client=CosellSync2", Map.of(), LINKED))
                .containsExactly(LINKED);
        assertThat(ids("UPDATE", "com/salesforce/api/rest/56.0", Map.of(), LINKED)).containsExactly(LINKED);
        assertThat(ids("UPDATE", "com/salesforce/api/soap/56.0;client=SfdcInternalAPI/", Map.of(), LINKED))
                .containsExactly(LINKED);
    }

    @Test
    void whatNamesNoRecordIsLeftToThePoll() {
        assertThat(ids("UPDATE", "", Map.of("Sync__c", true), "006*")).isEmpty();
        assertThat(ids("UPDATE", "", Map.of(), "006*", LINKED)).containsExactly(LINKED);
        assertThat(ids("GAP_OVERFLOW", "", Map.of())).isEmpty();
        assertThat(ChangeEvent.of("s", null, data("GAP_OVERFLOW", "", Map.of(), List.of())).isVague()).isTrue();
        assertThat(ChangeEvent.of("s", null, data("GAP_UPDATE", "", Map.of(), List.of(LINKED))).isVague()).isFalse();
    }
}
