package dev.cosell.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.state.Database;
import dev.cosell.sync.books.AuditEntry;
import dev.cosell.sync.books.AuditLog;
import dev.cosell.sync.books.AuditTrail;
import dev.cosell.sync.books.LinkSearch;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DecisionLogTest {
    private final Database database = Database.inMemory();
    private final AuditTrail trail = new AuditTrail(database);
    private final DecisionLog log = new DecisionLog(new AuditLog(database), new LinkSearch(database),
            Clock.systemUTC());

    @AfterEach
    void close() {
        database.close();
    }

    private void decide(String detail) {
        trail.add(new AuditEntry(Instant.now(), "salesforce", "ref", "record", "CHANGED", "UPDATE", detail, "m1",
                true));
    }

    private List<String> news() {
        return log.news().stream().map(line -> line.entry().detail()).toList();
    }

    @Test
    void each_decision_is_told_once_also_one_of_another_instance_that_comes_late() {
        decide("one");
        assertThat(news()).containsExactly("one");
        assertThat(news()).isEmpty();
        decide("two");
        database.client().sql("INSERT INTO audit (id, happened_at, crm, situation, action, detail, wrote) VALUES"
                + " (900, CURRENT_TIMESTAMP, 'dynamics', 'CHANGED', 'UPDATE', 'quick', TRUE)").update();
        assertThat(news()).containsExactly("two", "quick");
        database.client().sql("INSERT INTO audit (id, happened_at, crm, situation, action, detail, wrote) VALUES"
                + " (899, CURRENT_TIMESTAMP, 'dynamics', 'CHANGED', 'UPDATE', 'late', TRUE)").update();
        assertThat(news()).containsExactly("late");
        assertThat(news()).isEmpty();
    }

    @Test
    void after_a_rush_all_of_it_comes_part_by_part() {
        decide("first");
        news();
        trail.addAll(IntStream.range(0, 1_500).mapToObj(i -> new AuditEntry(Instant.now(), "salesforce", null, "r" + i,
                "CHANGED", "UPDATE", "d" + i, null, true)).toList());
        List<String> all = IntStream.range(0, 10).mapToObj(i -> news()).flatMap(List::stream).toList();
        assertThat(all).hasSize(1_500).doesNotHaveDuplicates().endsWith("d1499");
    }

    @Test
    void a_long_detail_is_cut_and_the_words_of_a_situation_are_searched_too() {
        decide("long ".repeat(6_400));
        assertThat(log.newest("salesforce", "fields changed").lines()).singleElement()
                .satisfies(line -> assertThat(line.entry().detail()).hasSize(500).endsWith("…"));
        assertThat(log.newest("dynamics", null).lines()).isEmpty();
    }
}
