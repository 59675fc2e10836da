package dev.cosell.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PeopleTest {
    private static final Map<String, Object> JO = Map.of("firstName", "Jo", "lastName", " Doe ", "email",
            "jo@microsoft.example", "phoneNumber", "+1\n425");
    private static final Map<String, Object> SAM = Map.of("firstName", "Sam", "email", "sam@microsoft.example");

    private final Converter people = named("people(100)");

    private static Converter named(String word) {
        return new ConverterNames(bean -> null, Set.of(), new Years(1700, 4000)).find(word);
    }

    @Test
    void one_line_a_person_with_what_is_known() {
        assertThat(people.toCrm(List.of(JO, SAM, Map.of("email", "desk@microsoft.example"), Map.of())))
                .isEqualTo("Jo Doe, jo@microsoft.example, +1 425\nSam, sam@microsoft.example\ndesk@microsoft.example");
        assertThat(people.toCrm(List.of())).isNull();
        assertThat(people.normalReferral(List.of())).isNull();
        assertThat(people.normalCrm("  ")).isNull();
    }

    @Test
    void order_does_not_count_and_neither_do_line_ends() {
        assertThat(people.same(List.of(SAM, JO), people.toCrm(List.of(JO, SAM)))).isTrue();
        assertThat(people.same(List.of(SAM, JO), "Jo Doe, jo@microsoft.example, +1 425\r\nSam, sam@microsoft.example"))
                .isTrue();
        assertThat(people.same(List.of(SAM), people.toCrm(List.of(JO, SAM)))).isFalse();
    }

    @Test
    void a_text_that_was_cut_counts_as_the_whole() {
        Converter narrow = named("people(40)");
        String cut = (String) narrow.toCrm(List.of(JO, SAM));
        assertThat(cut).hasSizeLessThanOrEqualTo(40);
        assertThat(narrow.same(List.of(JO, SAM), cut)).isTrue();
    }

    @Test
    void it_is_a_one_way_converter_for_lists() {
        assertThatThrownBy(() -> people.toReferral("Jo")).isInstanceOf(ConversionFault.class)
                .hasMessageContaining("Write - in the column");
        assertThatThrownBy(() -> people.toCrm("Jo")).isInstanceOf(ConversionFault.class)
                .hasMessageContaining("no list of people");
    }

    @Test
    void a_value_map_that_copies_shows_unknown_values_as_they_are() {
        ValueMap map = new ValueMap();
        map.setValues("Active/Accepted = Active");
        map.setUnknownReferralValue("copy");
        Converter answer = map.forRow(1, 2);
        assertThat(answer.toCrm(List.of("Active", "Engaged"))).isEqualTo("Active/Engaged");
        assertThat(answer.toCrm(Arrays.asList("Paused", null))).isEqualTo("Paused");
        assertThat(answer.same(Arrays.asList("Paused", null), "Paused")).isTrue();
        assertThat(answer.same(List.of("active", "accepted"), "Active")).isTrue();
        assertThat(answer.same(List.of("Active", "Engaged"), "Active")).isFalse();
        assertThat(answer.normalReferral(Arrays.asList(null, null))).isNull();

        map.setCrmType("integer");
        assertThatThrownBy(() -> map.forRow(1, 2)).isInstanceOf(MappingFault.class).hasMessageContaining("holds text");
    }
}
