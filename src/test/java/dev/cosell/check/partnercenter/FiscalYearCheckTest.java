package dev.cosell.check.partnercenter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nobody was reminded of the names that Microsoft changes in July, until it refused a deal for one. */
class FiscalYearCheckTest {
    @ParameterizedTest
    @CsvSource({"2026-06-30T23:59:59Z, 0", "2026-07-01T00:00:00Z, 1", "2026-08-31T12:00:00Z, 1",
            "2026-09-01T00:00:00Z, 0"})
    void warns_in_the_first_two_months_of_microsofts_year(Instant now, int warnings) {
        FiscalYearCheck check = new FiscalYearCheck(List.of("Security", "Modern SecOps"),
                Clock.fixed(now, ZoneOffset.UTC));
        assertThat(check.look()).hasSize(warnings).allSatisfy(finding -> assertThat(finding.told())
                .contains("fiscal year 2027", "Security, Modern SecOps", "partner-center.services.solution-area"));
    }
}
