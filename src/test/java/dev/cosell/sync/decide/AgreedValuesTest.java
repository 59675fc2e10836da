package dev.cosell.sync.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.mapping.CompiledTable;
import dev.cosell.mapping.FieldTable;
import dev.cosell.mapping.Row;
import dev.cosell.mapping.StandIns;
import dev.cosell.mapping.Value;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What counts as moved since both sides agreed, and what is only a write of ours that was not finished. */
class AgreedValuesTest {
    private static final CompiledTable TABLE = table();
    private static final Row NOTES = TABLE.rows().get(0);

    @ParameterizedTest(name = "agreed {0}, under way {1}, now {2}: moved {3}, ours {4}")
    @CsvSource(nullValues = "-", textBlock = """
            old, -,   old, false, false
            old, -,   new, true,  false
            old, -,   -,   true,  false
            old, new, old, false, false
            old, new, new, true,  true
            old, new, odd, true,  false
            -,   -,   -,   false, false
            -,   -,   new, true,  false
            """)
    void a_side_moves(String agreed, String underWay, String now, boolean moved, boolean ours) {
        Agreed.Begun begun = underWay == null ? null : new Agreed.Begun(underWay);
        AgreedValues values = new AgreedValues(Map.of("Description", new Agreed(agreed, agreed, begun, begun)));
        assertThat(values.referralMoved(NOTES, Value.of(now), now)).isEqualTo(moved);
        assertThat(values.crmMoved(NOTES, Value.of(now), now)).isEqualTo(moved);
        assertThat(values.isOurReferral(NOTES, now)).isEqualTo(ours);
        assertThat(values.isOurCrm(NOTES, now)).isEqualTo(ours);
    }

    @Test
    void what_a_record_does_not_mention_has_not_moved() {
        AgreedValues values = new AgreedValues(Map.of("Description", Agreed.on("old", "old")));
        assertThat(values.referralMoved(NOTES, Value.ABSENT, null)).isFalse();
        assertThat(values.crmMoved(NOTES, Value.ABSENT, null)).isFalse();
    }

    @Test
    void without_an_agreement_a_value_is_news_and_emptiness_is_none() {
        assertThat(AgreedValues.NONE.referralMoved(NOTES, Value.of("text"), "text")).isTrue();
        assertThat(AgreedValues.NONE.crmMoved(NOTES, Value.of(null), null)).isFalse();
        assertThat(AgreedValues.NONE.isOurCrm(NOTES, null)).isFalse();
    }

    /** It overwrote the name that a seller had typed meanwhile. */
    @Test
    void without_an_agreement_what_stands_in_for_a_name_is_no_news() {
        assertThat(AgreedValues.NONE.referralMoved(NOTES, Value.of(StandIns.NOT_PROVIDED), StandIns.NOT_PROVIDED))
                .isFalse();
        assertThat(new AgreedValues(Map.of("Description", Agreed.on("Kerr", "Kerr"))).referralMoved(NOTES,
                Value.of(StandIns.NOT_PROVIDED), StandIns.NOT_PROVIDED)).isTrue();
    }

    @Test
    void the_deal_of_a_lead_has_values_of_its_own_beside_those_of_the_lead() {
        AgreedValues lead = new AgreedValues(Map.of("Description", Agreed.on("lead", "lead")));
        AgreedValues deal = new AgreedValues(Map.of("Description", Agreed.on("deal", "deal")));
        assertThat(lead.ofLead()).isEqualTo(lead);
        assertThat(lead.ofDeal()).isEqualTo(AgreedValues.NONE);
        AgreedValues both = lead.withDeal(AgreedValues.NONE).withDeal(deal);
        assertThat(both.ofLead()).isEqualTo(lead);
        assertThat(both.ofDeal()).isEqualTo(deal);
    }

    @Test
    void a_field_that_is_being_cleared_is_under_way_too() {
        AgreedValues values = new AgreedValues(Map.of("Description", Agreed.on("old", "old").writingCrm(null, null)));
        assertThat(values.isOurCrm(NOTES, null)).isTrue();
        assertThat(values.isOurReferral(NOTES, null)).isFalse();
    }

    /**
     * The answer of the first was lost, the second never arrived: once the first was then taken for a person's edit.
     */
    @Test
    void of_two_writes_that_came_to_no_known_end_each_is_ours() {
        Agreed twice = Agreed.on("old", "old").writingCrm("first", null).writingCrm("second", null);
        AgreedValues values = new AgreedValues(Map.of("Description", twice));
        assertThat(List.of("first", "second")).allMatch(now -> values.isOurCrm(NOTES, now));
        assertThat(List.of("old", "third")).noneMatch(now -> values.isOurCrm(NOTES, now));
        assertThat(twice.writingCrm("first", null).toCrm())
                .isEqualTo(new Agreed.Begun("first", List.of("second"), null));
        Agreed cleared = Agreed.on("old", "old").writingReferral(null, null).writingReferral("second", null);
        assertThat(cleared.isOurReferral(null)).isTrue();
    }

    /** The answer got lost, and whoever edited the target afterwards lost against what the write was copied from. */
    @ParameterizedTest(name = "old was being overwritten with new; now the target shows {0} and the source {1}")
    @CsvSource(nullValues = "-", textBlock = """
            odd, new,   true
            -,   new,   true
            old, new,   false
            new, new,   false
            odd, other, false
            odd, -,     false
            """)
    void an_edit_behind_an_unfinished_write_is_later_than_what_was_written(String target, String source,
            boolean later) {
        Agreed toReferral = Agreed.on("old", "old").writingReferral("new", new Agreed.Shown("old", "new"));
        assertThat(toReferral.referralEditedSince(target, source)).isEqualTo(later);
        assertThat(toReferral.crmEditedSince(source, target)).isFalse();
        Agreed toCrm = Agreed.on("old", "old").writingCrm("new", new Agreed.Shown("new", "old"));
        assertThat(toCrm.crmEditedSince(source, target)).isEqualTo(later);
        assertThat(toCrm.referralEditedSince(target, source)).isFalse();
        Agreed refused = Agreed.on("old", "old").writingReferral("new", null);
        assertThat(refused.referralEditedSince(target, source)).as("it is known not to have arrived").isFalse();
        assertThat(toReferral.writingReferral("new", null).referralEditedSince(target, source))
                .as("an earlier attempt may have arrived").isEqualTo(later);
    }

    @Test
    void only_the_rows_that_travel_are_shown() {
        Map<String, Object> referral = Map.of("details", Map.of("notes", "text"), "name", "Deal");
        AgreedValues shown = AgreedValues.shown(TABLE.rows(), Row::toCrmOnCreate, referral,
                Map.of("Description", "text", "Name", "Other"));
        assertThat(shown.rows()).containsOnly(Map.entry("Description", Agreed.on("text", "text")));
        assertThat(shown.without(List.of(NOTES))).isEqualTo(AgreedValues.NONE);
    }

    private static CompiledTable table() {
        FieldTable table = new FieldTable();
        table.setRows("""
                Description | details.notes | text | create | create | crm wins
                Name        | name          | text | -      | create | crm wins
                """);
        return table.compile("test", Map.of());
    }
}
