package dev.cosell.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RowTest {
    private static Row row(String text) {
        ValueMap stage = new ValueMap();
        stage.setUnknownReferralValue("ignore");
        stage.setValues("Active/Accepted = Qualification, *\nClosed/Won = Closed Won");
        FieldTable table = new FieldTable();
        table.setRows(text);
        return table.compile("test", Map.of("stage", stage)).rows().get(0);
    }

    private static final Row NOTES = row(
            "Description | details.notes | text(10) | create, update | create, update | park");
    private static final Row STAGE = row("StageName | status + substatus | stage | create, update | update | park");
    private static final Row SOLUTIONS =
            row("solutions | details.requirements.solutions | solutions | create, update | create, update | park");

    @Test
    void absent_null_and_content_are_three_things() {
        assertThat(NOTES.referralValue(Map.of())).isEqualTo(Value.ABSENT);
        assertThat(NOTES.referralValue(Collections.singletonMap("details", null))).isEqualTo(Value.ABSENT);
        assertThat(NOTES.referralValue(Map.of("details", Collections.singletonMap("notes", null))))
                .isEqualTo(Value.NULL);
        assertThat(NOTES.referralValue(Map.of("details", Map.of("notes", "x")))).isEqualTo(Value.of("x"));
    }

    @Test
    void several_fields_are_one_value() {
        assertThat(STAGE.referralValue(Map.of())).isEqualTo(Value.ABSENT);
        assertThat(STAGE.referralValue(Map.of("status", "Closed"))).isEqualTo(Value.ABSENT);
        assertThat(STAGE.referralValue(Map.of("status", "Closed", "substatus", "Won")))
                .isEqualTo(Value.of(List.of("Closed", "Won")));
        Map<String, Object> nulls = new HashMap<>();
        nulls.put("status", null);
        assertThat(STAGE.referralValue(nulls)).isEqualTo(Value.NULL);
    }

    @Test
    void a_value_to_be_overlooked_counts_as_absent() {
        assertThat(STAGE.referralValue(Map.of("status", "Active", "substatus", "Engaged"))).isEqualTo(Value.ABSENT);
    }

    @Test
    void absent_puts_nothing_and_null_clears() {
        Map<String, Object> patch = new LinkedHashMap<>();
        NOTES.putCrm(patch, Value.ABSENT);
        NOTES.putReferral(patch, Value.ABSENT);
        assertThat(patch).isEmpty();

        NOTES.putCrm(patch, Value.NULL);
        NOTES.putReferral(patch, Value.of("  "));
        assertThat(patch).containsOnlyKeys("Description", "details.notes").containsValue(null)
                .doesNotContainValue("");
    }

    @Test
    void a_referral_patch_has_dotted_paths() {
        Map<String, Object> patch = new LinkedHashMap<>();
        STAGE.putReferral(patch, Value.of("Closed Won"));
        NOTES.putReferral(patch, Value.of(" done "));
        assertThat(patch).isEqualTo(Map.of("status", "Closed", "substatus", "Won", "details.notes", "done"));
    }

    @Test
    void a_cleared_list_is_an_empty_list() {
        Map<String, Object> patch = new LinkedHashMap<>();
        SOLUTIONS.putCrm(patch, Value.NULL);
        assertThat(patch).isEqualTo(Map.of("solutions", List.of()));
    }

    @Test
    void absent_counts_as_empty_when_comparing() {
        assertThat(NOTES.same(Value.ABSENT, Value.NULL)).isTrue();
        assertThat(NOTES.same(Value.ABSENT, Value.of(" "))).isTrue();
        assertThat(NOTES.same(Value.of("x"), Value.ABSENT)).isFalse();
        assertThat(NOTES.same(Value.of("12345678901"), Value.of("1234567890"))).isTrue();
        assertThat(SOLUTIONS.same(Value.ABSENT, Value.of(List.of()))).isTrue();
        assertThat(STAGE.same(Value.of(List.of("Active", "Accepted")), Value.of("Negotiation/Review"))).isTrue();
    }

    @Test
    void a_fault_names_the_field_that_holds_the_value() {
        Row country = row("BillingCountry | details.currency | country | create | create | park");
        assertThatThrownBy(() -> country.putReferral(new HashMap<>(), Value.of("GBR")))
                .isInstanceOf(ConversionFault.class)
                .hasMessageStartingWith("BillingCountry: \"GBR\" is");
        assertThatThrownBy(() -> country.putCrm(new HashMap<>(), Value.of("GBR"))).isInstanceOf(ConversionFault.class)
                .hasMessageStartingWith("Partner Center details.currency: \"GBR\" is");
    }

    @Test
    void several_crm_fields_are_written_together() {
        Row row = row("StreetOne + StreetTwo | status + substatus | copy | create, update | - | park",
                new Converter() {
            @Override
            public Object toCrm(Object referralValue) {
                return referralValue;
            }

            @Override
            public Object toReferral(Object crmValue) {
                return crmValue;
            }

            @Override
            public Converter forRow(int crmFields, int referralFields) {
                return this;
            }
        });
        Map<String, Object> patch = new LinkedHashMap<>();
        row.putCrm(patch, Value.of(Arrays.asList("a", null)));
        Map<String, Object> street = new HashMap<>();
        street.put("StreetOne", "a");
        street.put("StreetTwo", null);
        assertThat(patch).isEqualTo(street);
    }

    private static Row row(String text, Converter copy) {
        FieldTable table = new FieldTable();
        table.setRows(text);
        return table.compile("test", Map.of("copy", copy)).rows().get(0);
    }}
