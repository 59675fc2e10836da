package dev.cosell.crm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a CRM says of the end of its own connection. */
class CrmWarningsTest {
    private static List<String> warnings(String crm, LocalDate today, Map<String, String> settings) {
        return Crms.SHIPPED.named(crm).warnings(Crms.SHIPPED.settings(Path.of("none"), Map.of(), settings), today);
    }

    @ParameterizedTest
    @CsvSource({"2026-11-28, ends the sign-in", "2027-02-20, ends the sign-in", "2027-02-21, has ended the sign-in"})
    void thePasswordThatSalesforceWillNotTakeIsNamedWithTheDay(LocalDate today, String said) {
        Map<String, String> settings = Map.of("crms", "salesforce", "partner-center.tenant", "t",
                "partner-center.client-id", "a", "salesforce.client-id", "b", "salesforce.client-secret", "c",
                "salesforce.login-url", "https://example.my.salesforce.com",
                "setup.salesforce.client-id", "d", "setup.salesforce.client-secret", "e",
                "setup.salesforce.user-name", "ana", "setup.salesforce.password", "very-secret");
        assertThat(warnings("salesforce", today, settings)).singleElement().satisfies(line -> assertThat(line)
                .contains(said, "20 February 2027", "setup.salesforce.password", "External Client App")
                .doesNotContain("very-secret"));
        assertThat(warnings("salesforce", today, Map.of())).isEmpty();
        assertThat(warnings("dynamics", today, settings)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"2027-03-31, expires in 30 days", "2027-03-02, expires in 1 day", "2027-03-01, expires today",
            "2027-02-27, expired on 2027-02-27"})
    void aSecretNearItsEndIsNamedWithTheSettings(String end, String when) {
        assertThat(warnings("dynamics", LocalDate.parse("2027-03-01"), Map.of("dynamics.client-secret-expires", end)))
                .singleElement()
                .satisfies(line -> assertThat(line).contains(when, "dynamics.client-secret-expires"));
        assertThat(warnings("dynamics", LocalDate.parse("2027-01-01"), Map.of("dynamics.client-secret-expires", end)))
                .isEmpty();
    }
}
