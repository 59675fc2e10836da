package dev.cosell.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cosell.crm.Crms;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConvertersTest {
    private static Converter named(String name) {
        return new ConverterNames(bean -> null, Set.of(), new Years(1700, 4000)).find(name);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
        # as read                             UTC date
          2026-09-30,                         2026-09-30
          2026-09-30T00:00:00Z,               2026-09-30
          2026-09-30T23:59:59.1234567Z,       2026-09-30
          2026-09-30t23:59z,                  2026-09-30
          2026-09-30 12:00:00,                2026-09-30
          2026-10-01T01:30:00+02:00,          2026-09-30
          2026-09-30T22:30:00.000-0200,       2026-10-01
          2026-12-31T23:00:00-05:00,          2027-01-01
          2028-02-29T00:00:00Z,               2028-02-29
          2026-02-29,                         -
          2026-13-01,                         -
          2026-09-31,                         -
          26-09-30,                           -
          2026-09-30T24:00:00Z,               -
          2026-09-30T00:00:00.Z,              -
          2026-09-30T00:00:00+2:00,           -
          2026-09-30T00:00:00+02x00,          -
          2026-09-30T,                        -
          tomorrow,                           -
        """)
    void dates_are_read_in_every_iso_form(String text, String date) {
        assertThat(UtcDate.of(text)).isEqualTo(date);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", delimiter = '|', textBlock = """
        # as typed                              | address
          noor@contoso.example                  | noor@contoso.example
          Noor <noor@contoso.example>           | noor@contoso.example
          mailto:noor@contoso.example           | noor@contoso.example
          noor@contoso.example.                 | noor@contoso.example
          noor@contoso.example (work)           | noor@contoso.example
          "noor@x.example, noor@x.example"      | noor@x.example
          o'hara+sales@sub.contoso.example      | o'hara+sales@sub.contoso.example
          "noor@x.example; other@x.example"     | -
          n/a                                   | -
          noor at contoso                       | -
          noor@localhost                        | -
          .noor@contoso.example                 | -
          nöor@contoso.example                  | -
          @                                     | -
        """)
    void the_only_address_in_a_text_is_found(String text, String address) {
        assertThat(EmailAddress.in(text)).isEqualTo(address);
        assertThat(named("email").normalReferral(text)).isEqualTo(address);
    }

    @Test
    void what_identifies_is_never_cut() {
        for (String name : List.of("email(20)", "phone(20)", "id(20)")) {
            assertThatThrownBy(() -> named(name).toCrm("a.very.long.one@contoso.example"))
                    .isInstanceOfSatisfying(ConversionFault.class,
                            fault -> assertThat(fault.isLeftOut()).isTrue())
                    .hasMessageContaining("31 characters").hasMessageContaining("holds 20");
            assertThat(named(name).toReferral("a.very.long.one@contoso.example"))
                    .isEqualTo("a.very.long.one@contoso.example");
        }
    }

    @ParameterizedTest
    @CsvSource({"1699-12-31, false, false", "1700-01-01, true, false", "1753-01-01, true, true",
            "4000-12-31, true, true", "4001-01-01, false, true",
            "9999-12-31, false, true"})
    void each_crm_holds_the_dates_of_its_years(String date, boolean salesforce, boolean dataverse) {
        assertThat(Crms.SHIPPED.named("salesforce").years().hold(date)).isEqualTo(salesforce);
        assertThat(Crms.SHIPPED.named("dynamics").years().hold(date)).isEqualTo(dataverse);
    }

    @Test
    void the_first_day_of_all_says_that_there_is_none() {
        assertThat(named("date").ignores("0001-01-01T00:00:00+02:00")).isTrue();
        assertThat(named("date").ignores("0001-01-02")).isFalse();
        assertThat(named("date(90)").ignores("0001-01-01 and more")).isFalse();
    }

    @Test
    void a_date_is_midnight_utc_in_partner_center() {
        assertThat(named("date").toReferral("2026-09-30")).isEqualTo("2026-09-30T00:00:00Z");
        assertThat(named("date").same("2026-09-30T22:15:10.1234567Z", "2026-09-30")).isTrue();
    }

    @Test
    void money_compares_as_number() {
        Converter money = named("money");
        assertThat(money.toCrm("72000")).isEqualTo(new BigDecimal("72000.00"));
        assertThat(money.toReferral(0.125)).as("a dinar has three decimals").isEqualTo(new BigDecimal("0.125"));
        assertThat(money.toReferral(0.1255)).isEqualTo(new BigDecimal("0.126"));
        assertThat(money.same(72000, "72000.000")).isTrue();
        assertThat(money.same(new BigDecimal("7.2E+4"), 72000.0)).isTrue();
        assertThat(money.same(72000, new BigDecimal("72000.01"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"72,000", "1e5", "£5", "--1", "1.2.3", ".", "12345678901234567", "NaN"})
    void what_is_no_amount_is_refused(String text) {
        assertThatThrownBy(() -> named("money").toCrm(text)).isInstanceOf(ConversionFault.class)
                .hasMessageStartingWith("\"" + text);
    }

    @Test
    void numbers_made_to_exhaust_the_memory_are_refused() {
        for (String number : List.of("1E+999999999", "1E-999999999")) {
            BigDecimal monster = new BigDecimal(number);
            assertThatThrownBy(() -> named("money").toCrm(monster)).isInstanceOf(ConversionFault.class);
            assertThat(named("money").same(monster, 1)).isFalse();
            assertThat(named("text").same(monster, "1")).isFalse();
        }
    }

    @Test
    void a_cut_text_is_the_same_as_the_whole() {
        Converter text = named("text(10)");
        assertThat(text.toCrm("123456789🚢x")).isEqualTo("123456789");
        assertThat(text.toCrm("12345678  x")).isEqualTo("12345678");
        assertThat(text.toReferral("12345678901")).isEqualTo("12345678901");
        assertThat(text.same("12345678901", "1234567890")).isTrue();
        assertThat(text.same("1234567890", "12345678901")).isFalse();
        assertThat(text.same(" a\r\nb ", "a\nb")).isTrue();
        assertThat(text.toCrm("  \r\n ")).isNull();
    }

    @Test
    void a_deal_name_has_no_mark() {
        Converter name = named("dealName(120)");
        assertThat(name.toReferral("✔ Harbour cranes")).isEqualTo("Harbour cranes");
        assertThat(name.toReferral("✔\uFE0FHarbour")).isEqualTo("Harbour");
        assertThat(name.same("Harbour cranes", "✖ Harbour cranes")).isTrue();
        assertThat(name.toReferral("✔ ")).isNull();
        assertThat(name.toReferral("Checked ✔")).isEqualTo("Checked ✔");
    }

    @Test
    void a_text_is_no_list() {
        assertThatThrownBy(() -> named("text").toCrm(List.of("a"))).isInstanceOf(ConversionFault.class)
                .hasMessageContaining("single value");
    }

    @ParameterizedTest
    @CsvSource({"UK, GB", "GBR, GB", "Germany, DE", "united states, US", "EL, GR"})
    void a_country_fault_names_the_code_that_was_meant(String wrong, String right) {
        assertThatThrownBy(() -> named("country").toReferral(wrong)).isInstanceOf(ConversionFault.class)
                .hasMessageContaining("two-letter country code").hasMessageContaining("Write " + right + " instead.");
    }

    /** Who chooses from a list cannot follow the advice to write a code. */
    @ParameterizedTest
    @CsvSource({"United Kingdom", "Vereinigtes Königreich"})
    void a_country_of_a_list_is_told_with_the_field_that_holds_its_code(String name) {
        assertThatThrownBy(() -> named("country").toReferral(name))
                .hasMessageContaining("map the field of its code");
        assertThatThrownBy(() -> named("country").toReferral("GBR")).hasMessageEndingWith("Write GB instead.");
    }

    @Test
    void countries_are_written_in_upper_case() {
        assertThat(named("country").toReferral(" gb ")).isEqualTo("GB");
        assertThatThrownBy(() -> named("country").toReferral("Atlantis")).hasMessageContaining("such as GB or DE");
    }

    @Test
    void lines_too_many_are_joined_in_the_last_field() {
        Converter lines = named("lines").forRow(1, 2);
        assertThat(lines.toReferral("a\r\n\r\nb\nc")).isEqualTo(List.of("a", "b, c"));
        assertThat(lines.toReferral("a")).isEqualTo(Arrays.asList("a", null));
        assertThat(lines.toCrm(Arrays.asList(null, "b"))).isEqualTo("b");
        assertThat(lines.same(List.of("a", "b, c"), "a\nb\nc")).isTrue();
        assertThat(lines.same(List.of("a", "b"), "a\nc")).isFalse();
    }

    @Test
    void solutions_are_compared_by_id() {
        Converter solutions = named("solutions");
        List<Map<String, Object>> referral = List.of(
                Map.of("id", "SOL-2", "name", "Two", "type", "Name", "publisherName", "Tidewater"),
                Map.of("id", "sol-1", "name", "One", "type", "Name"));
        List<Map<String, Object>> crm = List.of(Map.of("id", "SOL-1", "name", "Uno"),
                Map.of("id", "SOL-2", "name", "Dos"));
        assertThat(solutions.same(referral, crm)).isTrue();
        assertThat(solutions.same(referral, crm.subList(0, 1))).isFalse();
        assertThat(solutions.toCrm(referral))
                .isEqualTo(List.of(Map.of("id", "SOL-2", "name", "Two"), Map.of("id", "sol-1", "name", "One")));
        assertThat(solutions.toReferral(crm.subList(0, 1)))
                .isEqualTo(List.of(Map.of("type", "Name", "id", "SOL-1", "name", "Uno")));
        assertThat(solutions.same(null, List.of())).isTrue();
    }

    @Test
    void a_solution_twice_is_written_once() {
        assertThat(named("solutions").toReferral(List.of(Map.of("id", "SOL-1"), Map.of("id", "sol-1"))))
                .isEqualTo(List.of(Map.of("type", "Name", "id", "SOL-1")));
    }

    @Test
    void a_head_count_falls_into_a_customer_size() {
        Converter employees = named("employees");
        assertThat(employees.toReferral(640)).isEqualTo("251to1000employees");
        assertThat(employees.toReferral("20001")).isEqualTo("Morethan20000employees");
        assertThat(employees.toReferral(0)).isNull();
        assertThat(employees.same("251to1000employees", 640)).isTrue();
        assertThat(employees.same("51to500employees", 60)).isTrue();
        assertThat(employees.same("1to9employees", 640)).isFalse();
        assertThatThrownBy(() -> employees.toReferral("many")).hasMessageContaining("whole number");
        assertThatThrownBy(() -> employees.toCrm("huge")).hasMessageContaining("1to9employees");
    }

    @Test
    void a_converter_of_ones_own_needs_two_methods_only() {
        Converter thousands = new Converter() {
            @Override
            public Object toCrm(Object referralValue) {
                return Decimal.parse(referralValue).movePointLeft(3);
            }

            @Override
            public Object toReferral(Object crmValue) {
                BigDecimal number = Decimal.parse(crmValue);
                if (number == null) {
                    throw new ConversionFault(crmValue, "is no number.");
                }
                return number.movePointRight(3);
            }
        };
        assertThat(thousands.same(72000, new BigDecimal("72.0"))).isTrue();
        assertThat(thousands.same(72000, 71)).isFalse();
        assertThat(thousands.same(72000, "none")).isFalse();
        assertThat(thousands.normalCrm(new BigDecimal("72.0"))).isEqualTo("72");
    }

    /** Dynamics 365 parked the whole deal, Salesforce cut. */
    @Test
    void a_solution_name_that_no_column_holds_is_cut_in_either_crm_and_counts_as_the_same() {
        Map<String, Object> solution = Map.of("id", "SOL-1", "name", "n".repeat(79) + "\uD83D\uDE80 and more");
        Solutions solutions = new Solutions(Solutions.USUAL_NAME);
        Object cut = solutions.toCrm(List.of(solution));
        assertThat(cut).isEqualTo(List.of(Map.of("id", "SOL-1", "name", "n".repeat(79))));
        assertThat(solutions.same(List.of(solution), cut)).isTrue();
    }

    @Test
    void a_very_long_text_in_an_address_field_is_read_to_its_end() {
        assertThat(EmailAddress.in("a.".repeat(20_000) + "a@contoso.example")).endsWith("@contoso.example");
        assertThat(EmailAddress.in("Noor@contoso.example, noor@contoso.example")).isEqualTo("Noor@contoso.example");
        assertThat(EmailAddress.in("mailto:noor@contoso.example?subject=x")).isEqualTo("noor@contoso.example");
    }
}
