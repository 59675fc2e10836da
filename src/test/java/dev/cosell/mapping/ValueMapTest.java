package dev.cosell.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ValueMapTest {
    private static ValueMap map(String values) {
        ValueMap map = new ValueMap();
        map.setValues(values);
        return map;
    }

    private static Converter status() {
        ValueMap map = map("""
            # referral = state/reason
            New/Pending     = 0/2
            New/Received    = 0 / 2
            Active/Accepted = 0/1, 0/*
            Closed/Won      = 1/3, 1/*

            Closed/Lost     = 2/4, 2/5
            Closed/Declined = 2/4
            """);
        map.setCrmType("integer");
        map.setUnknownReferralValue("ignore");
        return map.forRow(2, 2);
    }

    @Test
    void the_first_value_is_written_and_all_are_recognised() {
        Converter status = status();
        assertThat(status.toCrm(List.of("closed", "LOST"))).isEqualTo(List.of(2, 4));
        assertThat(status.toReferral(List.of(2, 5))).isEqualTo(List.of("Closed", "Lost"));
        assertThat(status.toReferral(List.of("2", "5"))).isEqualTo(List.of("Closed", "Lost"));
    }

    @Test
    void the_first_line_that_recognises_a_value_counts_and_a_named_value_goes_before_a_star() {
        Converter status = status();
        assertThat(status.toReferral(List.of(2, 4))).isEqualTo(List.of("Closed", "Lost"));
        assertThat(status.toReferral(List.of(0, 2))).isEqualTo(List.of("New", "Pending"));
        assertThat(status.toReferral(List.of(0, 100000001))).isEqualTo(List.of("Active", "Accepted"));
    }

    @Test
    void values_are_the_same_when_one_line_knows_both() {
        Converter status = status();
        assertThat(status.same(List.of("Closed", "Declined"), List.of(2, 4))).isTrue();
        assertThat(status.same(List.of("New", "Received"), List.of(0, 2))).isTrue();
        assertThat(status.same(List.of("Active", "Accepted"), List.of(0, 7))).isTrue();
        assertThat(status.same(List.of("Active", "Accepted"), List.of(0, 2))).isFalse();
        assertThat(status.same(List.of("Closed", "Won"), List.of(2, 4))).isFalse();
    }

    @Test
    void values_that_the_other_side_cannot_tell_apart_have_one_form() {
        Converter status = status();
        assertThat(status.normalReferral(List.of("Closed", "Declined"))).isEqualTo("Closed/Lost");
        assertThat(status.normalCrm(List.of(2, 5))).isEqualTo("Closed/Lost");
        assertThat(status.normalCrm(List.of(0, 9))).isEqualTo(status.normalCrm(List.of(0, 1)));
        assertThat(status.normalCrm(List.of(9, 9))).isEqualTo("9/9");
    }

    @Test
    void an_unknown_value_names_the_known_ones() {
        assertThatThrownBy(() -> status().toReferral(List.of(3, 1))).isInstanceOf(ConversionFault.class)
                .hasMessage("\"3/1\" has no line in the value map. Known: 0/2, 0/1, 0/*, 1/3, 1/*, 2/4, 2/5. "
                        + "Correct the record, or add a line.");
        assertThatThrownBy(() -> status().toReferral(Arrays.asList(0, null))).isInstanceOf(ConversionFault.class);
    }

    @Test
    void the_nearest_to_an_unknown_value_is_that_of_the_first_line_with_the_same_first_part() {
        assertThat(status().nearest(List.of("active", "Engaged"))).isEqualTo(List.of("Active", "Accepted"));
        assertThat(status().nearest(List.of("New", "Later"))).isEqualTo(List.of("New", "Pending"));
        assertThat(status().nearest(Arrays.asList("New", null))).isEqualTo(List.of("New", "Pending"));
        assertThat(status().nearest(List.of("Paused", "Later"))).isNull();
        assertThat(map("a = b").nearest("c")).isNull();
    }

    @Test
    void an_unknown_referral_value_is_a_fault_unless_it_is_to_be_ignored() {
        assertThat(status().ignores(List.of("Active", "Engaged"))).isTrue();
        assertThat(status().ignores(List.of("Active", "Accepted"))).isFalse();
        assertThat(map("a = b").ignores("c")).isFalse();
        assertThatThrownBy(() -> map("a = b").toCrm("c")).isInstanceOf(ConversionFault.class);
    }

    @Test
    void empty_stays_empty_unless_a_line_says_otherwise() {
        ValueMap plain = map("a = b");
        assertThat(plain.toCrm(null)).isNull();
        assertThat(plain.toReferral(" ")).isNull();
        assertThat(plain.same(null, null)).isTrue();
        assertThat(plain.same("a", null)).isFalse();

        ValueMap visibility = map("false = Private, empty\ntrue = Visible\nempty = Private, empty");
        visibility.setReferralType("flag");
        assertThat(visibility.toReferral(null)).isEqualTo(false);
        assertThat(visibility.toCrm(null)).isEqualTo("Private");
        assertThat(visibility.same(null, null)).isTrue();
        assertThat(visibility.same(false, null)).isTrue();
        assertThat(visibility.same(true, null)).isFalse();

        ValueMap help = map("empty = empty\nDemo = Proof of concept\nUnknown = empty");
        assertThat(help.toCrm("Unknown")).isNull();
        assertThat(help.toReferral(null)).isNull();
        assertThat(help.normalReferral("unknown")).isNull();
        assertThat(help.same("Unknown", null)).isTrue();
    }

    @Test
    void commas_and_stars_stand_in_quotes() {
        ValueMap map = map("Won = \"Won, at last\", \"*\", Closed = yes\nOpen = Proposal/Price Quote , *");
        assertThat(map.toCrm("Won")).isEqualTo("Won, at last");
        assertThat(map.toReferral("*")).isEqualTo("Won");
        assertThat(map.toReferral("closed = yes")).isEqualTo("Won");
        assertThat(map.toReferral("Proposal/Price Quote")).isEqualTo("Open");
        assertThat(map.toReferral("anything")).isEqualTo("Open");
    }

    /** Standard stages of Salesforce have one: three parts were held against two fields, and no line helped. */
    @Test
    void a_value_of_two_fields_with_a_slash_of_its_own_had_no_line() {
        Converter stage = map("""
            New/Pending     = "Negotiation/Review"/"Waiting, for us"
            New/Received    = "Needs Analysis/first"
            Active/Accepted = Qualification/empty, "Proposal/Price Quote"/*, "Value Proposition" / empty
            Closed/Lost     = Closed Lost/none, *
            """).forRow(2, 2);
        assertThat(stage.toCrm(List.of("New", "Pending"))).isEqualTo(List.of("Negotiation/Review", "Waiting, for us"));
        assertThat(stage.toReferral(List.of("negotiation/review", "Waiting, for us")))
                .isEqualTo(List.of("New", "Pending"));
        assertThat(stage.toCrm(List.of("New", "Received"))).as("quotes around all parts, as before")
                .isEqualTo(List.of("Needs Analysis", "first"));
        assertThat(stage.toReferral(List.of("Proposal/Price Quote", "x"))).isEqualTo(List.of("Active", "Accepted"));
        assertThat(stage.toReferral(Arrays.asList("Value Proposition", null)))
                .isEqualTo(List.of("Active", "Accepted"));
        assertThat(stage.toReferral(List.of("Perception/Analysis", "x"))).isEqualTo(List.of("Closed", "Lost"));
        assertThatThrownBy(() -> map("New/Pending = Negotiation/Review/x").forRow(2, 2))
                .hasMessageContaining("has 3 parts").hasMessageContaining("stands in double quotes");
    }

    @Test
    void a_star_is_every_value_of_two_fields_also_where_one_is_empty() {
        Converter all = map("Active/Accepted = Qualification/empty, *\nNew/Pending = On Hold/x, */late").forRow(2, 2);
        assertThat(all.toReferral(Arrays.asList("Dreaming", null))).isEqualTo(List.of("Active", "Accepted"));
        assertThat(all.toReferral(Arrays.asList(null, "x"))).isEqualTo(List.of("Active", "Accepted"));
        assertThat(all.toReferral(Arrays.asList(null, null))).as("nothing at all is no value").isNull();

        Converter parts = map("Active/Accepted = Qualification/a, Qualification/*").forRow(2, 2);
        assertThat(parts.toReferral(List.of("Qualification", "b"))).isEqualTo(List.of("Active", "Accepted"));
        assertThatThrownBy(() -> parts.toReferral(Arrays.asList("Qualification", null)))
                .as("one star is one value").isInstanceOf(ConversionFault.class);
    }

    @Test
    void the_word_empty_in_quotes_was_an_empty_field() {
        ValueMap map = map("Low = \"Empty\"\nHigh = Full\nempty = empty");
        assertThat(map.toCrm("Low")).isEqualTo("Empty");
        assertThat(map.toReferral("empty")).isEqualTo("Low");
        assertThat(map.toReferral(null)).isNull();
        assertThat(map.same("Low", "Empty")).isTrue();
        assertThat(map.same("Low", null)).isFalse();
        assertThat(map.normalCrm("EMPTY")).isEqualTo("Low");
        assertThat(map.forRow(1, 1).demand().values().lines()).extracting(Demand.Line::crm)
                .containsExactly("Empty", "Full");

        Converter two = map("New/Pending = On Hold/\"empty\"\nActive/Accepted = On Hold/empty").forRow(2, 2);
        assertThat(two.toCrm(List.of("New", "Pending"))).isEqualTo(List.of("On Hold", "empty"));
        assertThat(two.toReferral(List.of("On Hold", "Empty"))).isEqualTo(List.of("New", "Pending"));
        assertThat(two.toReferral(Arrays.asList("On Hold", null))).isEqualTo(List.of("Active", "Accepted"));
    }

    /** With a capital it was written as a word, and read as an empty field. */
    @Test
    void the_word_empty_stands_for_an_empty_field_whatever_its_capitals_are() {
        ValueMap map = map("Empty = EMPTY\nDemo = Empty\nOther = x");
        assertThat(map.toCrm("Demo")).isNull();
        assertThat(map.toReferral(null)).isNull();
        assertThat(map.toReferral("Empty")).as("what was written until now").isNull();

        Converter two = map("Closed/Empty = x/Empty\nEmpty = Empty").forRow(2, 2);
        assertThat(two.toCrm(Arrays.asList("Closed", null))).isEqualTo(Arrays.asList("x", null));
        assertThat(two.toReferral(Arrays.asList("x", null))).isEqualTo(Arrays.asList("Closed", null));
        assertThat(two.toCrm(null)).isEqualTo(Arrays.asList(null, null));
    }

    /** What is kept of agreed values: another form of the same value would look like an edit after an update. */
    @Test
    void the_form_of_a_value_stays_as_it_was() {
        Converter stage = map("Active/Accepted = Qualification/a").forRow(2, 2);
        assertThat(stage.normalCrm(List.of("Negotiation/Review", "X"))).isEqualTo("negotiation/review/x");
        assertThat(stage.normalCrm(Arrays.asList("Dreaming", null))).isEqualTo("dreaming/empty");
        assertThat(stage.normalReferral(List.of("New", "Later"))).isEqualTo("new/later");
        assertThat(stage.normalCrm(List.of("qualification", "A"))).isEqualTo("Active/Accepted");
        assertThat(stage.normalReferral(null)).isNull();

        ValueMap capital = map("Empty = Private, Empty");
        assertThat(capital.normalReferral(null)).isEqualTo("Empty");
        assertThat(capital.normalCrm(null)).isEqualTo("Empty");
        ValueMap plain = map("a = b");
        assertThat(plain.normalCrm("Empty")).isNull();
        assertThat(plain.normalReferral(List.of("x", "Y"))).isEqualTo("x/y");
        assertThat(plain.normalReferral(List.of())).isNull();
    }

    @Test
    void every_bad_line_is_named_at_once() {
        ValueMap map = map("""
            a
            b = *
            c = 1/2/3
            d = x/2
            e =
            = 1/1
            f = 1/1
            F = 1/2
            g = "1/1
            h = 1/1,, 2/2
            """);
        map.setCrmType("integer");
        assertThatThrownBy(() -> map.forRow(2, 1)).isInstanceOfSatisfying(MappingFault.class, fault -> assertThat(
                fault.faults())
                .containsExactly(
                        "value line 1, \"a\": there is no = between the Partner Center value and the CRM values",
                        "value line 2, \"b = *\": the first CRM value is the one to write and cannot be *",
                        "value line 3, \"c = 1/2/3\": \"1/2/3\" has 3 parts, but the row names 2 fields: write one "
                                + "part for each, separated by /; a part with a slash stands in double quotes",
                        "value line 4, \"d = x/2\": \"x\" is no whole number",
                        "value line 5, \"e =\": there is no CRM value behind the =: write empty for an empty field",
                        "value line 6, \"= 1/1\": there is no Partner Center value before the =: write empty for an "
                                + "empty field",
                        "value line 8, \"F = 1/2\": \"F\" has a line already: put all its CRM values into one",
                        "value line 9, \"g = \"1/1\": a closing \" is missing",
                        "value line 10, \"h = 1/1,, 2/2\": there is nothing between two commas"));
    }

    @Test
    void options_are_checked() {
        assertThatThrownBy(() -> map("a = b").setCrmType("number")).isInstanceOf(MappingFault.class)
                .hasMessageContaining("text, integer, flag");
        assertThatThrownBy(() -> map("a = b").setUnknownReferralValue("skip")).hasMessageContaining("ignore or error");
        assertThatThrownBy(() -> map("# nothing").forRow(1, 1)).hasMessageContaining("no lines");
    }
}
