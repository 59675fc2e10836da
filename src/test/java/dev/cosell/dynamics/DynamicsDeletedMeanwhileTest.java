package dev.cosell.dynamics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.verbs.Changes.Change;
import dev.cosell.verbs.Changes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Opportunities without solution rows that were deleted while no position was kept, which no page tells. */
class DynamicsDeletedMeanwhileTest extends DynamicsVerbStories {
    private final List<String> deals = new ArrayList<>();

    @Override
    int pageSize() {
        return 2;
    }

    @BeforeEach
    void fiveDealsAreJoined() {
        for (int each = 0; each < 5; each++) {
            deals.add((String) people.post("/sandbox/opportunities", Map.of("solutions", List.of())).json()
                    .get("opportunityid"));
        }
        dynamics.joined.addAll(deals);
    }

    private List<Change> gone(Changes changes) {
        return changes.changes().stream().filter(change -> change.version() == null).toList();
    }

    /** @param from where to begin; null for a read of all */
    private Changes all(String from) {
        Changes page = dynamics.verb("changes", from);
        List<Change> changes = new ArrayList<>(page.changes());
        while (page.more()) {
            page = dynamics.verb("changes", page.position());
            assertThat(page.changes()).hasSizeLessThanOrEqualTo(2 * pageSize());
            changes.addAll(page.changes());
        }
        return new Changes(changes, page.position(), false);
    }

    private void restart() throws Exception {
        List<String> joined = List.copyOf(dynamics.joined);
        dynamics.close();
        dynamics = new DynamicsRoutes(dataverse, pageSize());
        dynamics.joined.addAll(joined);
    }

    /** The deal stayed as it was until its referral changed. */
    @Test
    void oneIsToldBehindTheReadOfAll() {
        String position = all(null).position();
        people.post("/sandbox/settings", Map.of("deltaExpired", true));
        people.delete("/sandbox/opportunities/" + deals.get(3));
        Changes again = all(position);
        assertThat(gone(again)).containsExactly(new Change(deals.get(3), null));
        assertThat(again.position()).startsWith("/opportunities?");
        assertThat(all(again.position()).changes()).isEmpty();
    }

    @Test
    void whatIsThereAndWhatNobodyJoinedIsNotTold() {
        people.delete("/sandbox/opportunities/" + deals.get(0));
        dynamics.joined.remove(deals.get(0));
        people.patch("/sandbox/opportunities/" + deals.get(1), Map.of("cosell_syncwithpartnercenter", false));
        assertThat(gone(all(null))).isEmpty();
    }

    @Test
    void manyAreToldInTurns() {
        List<String> many = Stream.generate(() -> UUID.randomUUID().toString()).limit(7).toList();
        dynamics.joined.addAll(many);
        Changes all = all(null);
        assertThat(gone(all)).extracting(Change::id).containsExactlyInAnyOrderElementsOf(many);
        assertThat(all(all.position()).changes()).isEmpty();
    }

    /** A page is read again when its hints could not be handed over. */
    @Test
    void aTurnThatIsReadAgainTellsTheSame() {
        dynamics.joined.addAll(Stream.generate(() -> UUID.randomUUID().toString()).limit(3).toList());
        Changes page = dynamics.verb("changes", null);
        while (gone(page).isEmpty() && page.more()) {
            page = dynamics.verb("changes", page.position());
        }
        String turn = page.position();
        assertThat(turn).startsWith("all:").contains("$deltatoken=");
        Changes last = dynamics.verb("changes", turn);
        assertThat(gone(last)).hasSize(1);
        assertThat(((Changes) dynamics.verb("changes", turn)).changes()).isEqualTo(last.changes());
    }

    @Test
    void aProcessThatDidNotReadTheBeginningReadsAllOnceMore() throws Exception {
        people.delete("/sandbox/opportunities/" + deals.get(0));
        Changes first = dynamics.verb("changes", null);
        assertThat(first.more()).isTrue();
        restart();
        Changes rest = all(first.position());
        assertThat(gone(rest)).containsExactly(new Change(deals.get(0), null));
        assertThat(rest.changes()).filteredOn(change -> change.id().equals(deals.get(4))).as("read twice").hasSize(2);
        assertThat(all(rest.position()).changes()).isEmpty();
    }
}
