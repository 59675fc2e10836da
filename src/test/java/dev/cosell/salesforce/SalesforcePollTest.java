package dev.cosell.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cosell.verbs.Hint;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SalesforcePollTest {
    private RunningVerbs verbs;

    @BeforeEach
    void start() throws Exception {
        verbs = new RunningVerbs(null, true);
        await().until(() -> verbs.positions.positions.containsKey("salesforce"));
    }

    @AfterEach
    void stop() {
        verbs.close();
    }

    private int polls() {
        return verbs.salesforce.count("POST /services/data/composite");
    }

    private void awaitPolls(int more) {
        int before = polls();
        await().until(() -> polls() >= before + more);
    }

    private void handedOver(int hints) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(verbs.handled.hints).hasSize(hints));
    }

    @Test
    void handsEveryChangeOverOnceThroughAllPages() {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 2 * RunningVerbs.PAGE + 1; i++) {
            ids.add(verbs.salesforce.opportunity("{}"));
        }
        await().until(() -> verbs.handled.hints.size() >= ids.size());
        awaitPolls(2 * RunningVerbs.PAGE);

        assertThat(verbs.handled.hints).doesNotHaveDuplicates().extracting(Hint::id)
                .containsOnly(ids.toArray(String[]::new));
        assertThat(verbs.handled.hints).allSatisfy(hint -> {
            assertThat(hint.system()).isEqualTo("salesforce");
            assertThat(hint.origin()).as("with or before their solution rows").isIn(Hint.Origin.POLL,
                    Hint.Origin.PARTS);
        });
    }

    @Test
    void noticesEditsAndDeletions() {
        String id = verbs.salesforce.opportunity("{}");
        handedOver(1);
        awaitPolls(3);
        verbs.salesforce.control("PATCH", "opportunities/" + id, "{\"Amount\":1}");
        handedOver(2);
        verbs.salesforce.clock.advance(Duration.ofSeconds(1));
        verbs.salesforce.control("DELETE", "opportunities/" + id, null);
        handedOver(3);
        awaitPolls(3);

        assertThat(verbs.handled.hints).hasSize(3).extracting(Hint::id).containsOnly(id);
    }

    @Test
    void costsOneCallWhenNothingChanged() {
        awaitPolls(1);
        verbs.salesforce.control("POST", "stats/reset", null);
        awaitPolls(2);

        assertThat(verbs.salesforce.control("GET", "stats", null).body().get("calls")).hasSize(1);
    }

    @Test
    void readsAPageAgainThatWasNotHandedOver() {
        String before = verbs.positions.read("salesforce");
        verbs.handled.failing = true;
        String id = verbs.salesforce.opportunity("{}");
        awaitPolls(3);
        assertThat(verbs.positions.read("salesforce")).isEqualTo(before);

        verbs.handled.failing = false;
        await().until(() -> !verbs.handled.hints.isEmpty());
        assertThat(verbs.handled.hints).extracting(Hint::id).containsExactly(id);
    }
}
