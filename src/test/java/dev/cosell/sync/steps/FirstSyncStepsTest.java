package dev.cosell.sync.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cosell.sync.books.FirstSync;
import dev.cosell.sync.decide.Pair;
import dev.cosell.sync.decide.PlainDeals;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Hint;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of hints before a person has let the first sync go. */
class FirstSyncStepsTest extends BooksAtHand {
    /** It was a warning each minute for each of them, as if a system were away. */
    @Test
    void a_lead_of_the_marketplace_waits_for_the_first_sync_without_a_word() {
        FirstSync first = new FirstSync(database, List.of("crm"));
        first.begin(false, false);
        FirstSyncSteps steps = new FirstSyncSteps(first);
        Pair lead = Pair.of("crm", new Hint(Hint.MARKETPLACE, "lead-1", null, Hint.Origin.WEBHOOK), null);
        assertThatThrownBy(() -> steps.holds(lead)).isInstanceOf(Fault.Early.class).hasMessageContaining("first sync");
        assertThat(steps.holds(Pair.of("crm", PlainDeals.hint("crm"), null))).isTrue();

        first.done("crm");
        first.done(FirstSync.PARTNER_CENTER);
        assertThat(steps.holds(lead)).isFalse();
    }
}
