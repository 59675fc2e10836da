package dev.cosell.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.state.Database;
import dev.cosell.sync.books.AuditEntry;
import dev.cosell.sync.books.AuditLog;
import dev.cosell.sync.books.AuditTrail;
import dev.cosell.sync.books.Finished;
import dev.cosell.sync.books.Label;
import dev.cosell.sync.books.LinkSearch;
import dev.cosell.sync.books.LinkStore;
import dev.cosell.sync.books.SeenVersions;
import dev.cosell.sync.decide.Ends;
import dev.cosell.sync.decide.Link;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    private List<Long> found(String crm, String text) {
        return log.newest(crm, text).lines().stream().map(DecisionLog.Line::id).toList();
    }

    private void asked(String situation, String referralId) {
        trail.add(new AuditEntry(Instant.now(), "salesforce", referralId, "record", situation, "LOOK_AGAIN", null, null,
                false));
    }

    /** The name is what people see first, and nothing fitted it. */
    @Test
    void what_a_deal_is_called_is_searched_too() {
        LinkStore links = new LinkStore(database, new SeenVersions(database, Clock.systemUTC()), Clock.systemUTC());
        links.finish(new Finished(Link.of("salesforce", Ends.deal("ref", null, "record")), null, List.of())
                .called(new Label("Logged 100% Quay", "Contoso")));
        links.finish(new Finished(Link.of("dynamics", Ends.deal("ref", null, "other")), null, List.of())
                .called(new Label("Another pier", null)));
        decide("one");
        asked("ASKED", null);
        trail.add(new AuditEntry(Instant.now(), "salesforce", "stranger", null, "CHANGED", "UPDATE", null, null, true));

        assertThat(log.newest(null, "00% qUAY").lines()).extracting(DecisionLog.Line::name)
                .containsExactly("Logged 100% Quay", "Logged 100% Quay");
        assertThat(found("dynamics", "quay")).isEmpty();
        assertThat(found(null, "pier")).as("of the other CRM nothing was decided").isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"ASKED, A person asked", "JOINED, two records are one", "BROKEN_RULE, breaks a rule",
            "BRAKE, the brake stopped", "DEAL_REGISTRATION, registration of a won"})
    void the_sentence_of_what_no_comparison_found_is_searched_too(String situation, String text) {
        asked(situation, "ref");
        decide("one");
        assertThat(log.newest(null, text).lines()).extracting(line -> line.entry().situation())
                .containsExactly(situation);
    }
}
