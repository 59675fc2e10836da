package dev.cosell.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.entra.SignIn;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionWarningsTest {
    private static final Instant NOW = Instant.parse("2027-03-01T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    private static ConnectionWarnings unusedFor(int days) {
        SignIn signIn = new SignIn("c", "t", "ana", NOW.minus(Duration.ofDays(100)), NOW.minus(Duration.ofDays(days)), "");
        return new ConnectionWarnings(Map.of(), () -> Optional.of(signIn), List.of(), CLOCK);
    }

    @ParameterizedTest
    @CsvSource({"2027-03-31, expires in 30 days", "2027-03-02, expires in 1 day", "2027-03-01, expires today", "2027-02-27, expired on 2027-02-27"})
    void aSecretNearItsEndIsNamedWithTheSettings(LocalDate end, String when) {
        ConnectionWarnings warnings = new ConnectionWarnings(Map.of("dynamics", end), Optional::empty, List.of(), CLOCK);
        assertThat(warnings.of("dynamics")).singleElement().satisfies(line -> assertThat(line).contains(when, "dynamics.client-secret-expires"));
        assertThat(warnings.of("partner-center")).isEmpty();
    }

    @Test
    void aSecretThatLastsIsNoNews() {
        assertThat(new ConnectionWarnings(Map.of("dynamics", LocalDate.parse("2027-04-01")), Optional::empty, List.of(), CLOCK).of("dynamics")).isEmpty();
    }

    @Test
    void aSignInThatWasNotUsedForSixtyDaysIsNamed() {
        assertThat(unusedFor(59).of("partner-center")).isEmpty();
        assertThat(unusedFor(60).of("partner-center")).singleElement().satisfies(line -> assertThat(line).contains("60 days ago", "./cosell login"));
        assertThat(unusedFor(60).of("salesforce")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"2026-11-28, ends the sign-in", "2027-02-20, ends the sign-in", "2027-02-21, has ended the sign-in"})
    void thePasswordThatSalesforceWillNotTakeIsNamedWithTheDay(LocalDate today, String said) {
        ConnectionWarnings warnings = new ConnectionWarnings(Map.of(), Optional::empty, List.of("salesforce.password"),
                Clock.fixed(today.atTime(12, 0).toInstant(ZoneOffset.UTC), ZoneOffset.UTC));
        assertThat(warnings.of("salesforce")).singleElement().satisfies(line -> assertThat(line).contains(said, "20 February 2027", "salesforce.password",
                "External Client App"));
        assertThat(warnings.of("dynamics")).isEmpty();
    }
}
