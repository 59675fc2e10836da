package dev.cosell.verbs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cosell.stories.Api;
import dev.cosell.stories.CrmDriver;
import dev.cosell.verbs.Writes.Close;
import dev.cosell.verbs.Writes.Outcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is asked of a CRM beyond {@link VerbsContract}: the shape of its records, and closing. */
abstract class CrmVerbsContract extends VerbsContract {
    protected abstract String bareRecord();

    protected abstract boolean won(Map<String, Object> record);

    protected abstract boolean lost(Map<String, Object> record);

    /** At most, with fields to write first. */
    protected abstract int callsOfClose();

    protected abstract String nameField();

    protected abstract String lastNameField();

    @Test
    void a_record_carries_account_contact_and_solutions() {
        Map<String, Object> record = get(newRecord(null));
        assertThat(Api.map(record.get("account")).get(nameField())).asString().isNotBlank();
        assertThat(Api.map(record.get("contact")).get(lastNameField())).asString().isNotBlank();
        assertThat((List<?>) record.get("solutions")).singleElement().satisfies(solution ->
                assertThat(Api.map(solution)).containsOnlyKeys("id", "name").doesNotContainValue(null));
    }

    @Test
    void several_are_read_as_each_alone_and_those_that_are_not_there_left_out() {
        Map<String, Object> one = get(newRecord(null));
        Map<String, Object> other = get(newRecord(null));
        Object several = verb("get-several",
                List.of(id(one), unknownId(), id(other)));
        assertThat(Api.list(several)).containsExactlyInAnyOrder(one, other);
    }

    @Test
    void a_record_without_them_leaves_them_out() {
        Map<String, Object> record = get(bareRecord());
        assertThat(record).doesNotContainKeys("account", "contact").containsEntry("solutions", List.of());
    }

    @Test
    void the_sales_team_is_read_with_one_call() {
        Map<String, Object> record = get(newRecord(null));
        assertThat(people(id(record))).isEmpty();
        driver().colleague(id(record), "Nina", "Partner", "nina" + System.nanoTime() + "@cosell.example");
        countFromHere();
        List<Map<String, Object>> people = people(id(record));
        assertThat(calls()).isEqualTo(1);
        assertThat(people).singleElement()
                .satisfies(person -> assertThat(person.get(lastNameField())).isEqualTo("Partner"));
    }

    private List<Map<String, Object>> people(String id) {
        Object people = verb("sales-team", id);
        return Api.list(people);
    }

    protected abstract CrmDriver driver();

    @ParameterizedTest
    @EnumSource(Outcome.class)
    void close_writes_the_last_fields_and_closes(Outcome outcome) {
        Map<String, Object> record = get(newRecord(null));
        countFromHere();
        Map<String, Object> closed = verb("close", new Close(update(record, valuePatch(995)), outcome, "as agreed"));
        assertThat(calls()).isLessThanOrEqualTo(callsOfClose());
        assertThat(value(closed)).isEqualByComparingTo("995");
        assertThat(won(closed)).isEqualTo(outcome == Outcome.WON);
        assertThat(lost(closed)).isEqualTo(outcome == Outcome.LOST);
        assertThat(version(closed)).isEqualTo(version(get(id(record))));
        assertThat(closed.keySet()).isEqualTo(record.keySet());
    }

    @Test
    void close_of_a_record_that_moved_writes_nothing() {
        Map<String, Object> record = get(newRecord(null));
        personChangesValue(id(record), 4711);
        String version = version(get(id(record)));
        assertThatThrownBy(() -> verb("close", new Close(update(record, valuePatch(995)), Outcome.WON, null)))
                .isInstanceOf(Fault.VersionConflict.class);
        assertThat(version(get(id(record)))).isEqualTo(version);
        assertThat(won(get(id(record)))).isFalse();
    }
}
