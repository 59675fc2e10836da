package dev.cosell.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.entra.SignIn;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionWarningsTest {
    private static final Instant NOW = Instant.parse("2027-03-01T12:00:00Z");
    private static final BiFunction<String, LocalDate, List<String>> NONE = (system, today) -> List.of();
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    private static ConnectionWarnings unusedFor(int days) {
        SignIn signIn = new SignIn("c", "t", "ana", NOW.minus(Duration.ofDays(100)), NOW.minus(Duration.ofDays(days)),
                "");
        return new ConnectionWarnings(null, () -> Optional.of(signIn), NONE, CLOCK);
    }

    @ParameterizedTest
    @CsvSource({"2027-03-31, expires in 30 days", "2027-03-02, expires in 1 day", "2027-03-01, expires today",
            "2027-02-27, expired on 2027-02-27"})
    void aSecretNearItsEndIsNamedWithTheSettings(LocalDate end, String when) {
        ConnectionWarnings warnings = new ConnectionWarnings(new SecretEnd("partner-center", end), Optional::empty,
                NONE, CLOCK);
        assertThat(warnings.of("partner-center")).singleElement()
                .satisfies(line -> assertThat(line).contains(when, "partner-center.client-secret-expires"));
        assertThat(warnings.of("dynamics")).isEmpty();
    }

    @Test
    void aSecretThatLastsIsNoNews() {
        assertThat(new SecretEnd("partner-center", LocalDate.parse("2027-04-01"))
                .warning(LocalDate.ofInstant(NOW, ZoneOffset.UTC))).isEmpty();
    }

    @Test
    void aSignInThatWasNotUsedForSixtyDaysIsNamed() {
        assertThat(unusedFor(59).of("partner-center")).isEmpty();
        assertThat(unusedFor(60).of("partner-center")).singleElement()
                .satisfies(line -> assertThat(line).contains("60 days ago", "./cosell login"));
        assertThat(unusedFor(60).of("salesforce")).isEmpty();
    }

    @Test
    void a_secret_and_a_sign_in_that_come_to_their_end_are_two_things_to_tell() {
        SignIn unused = new SignIn("c", "t", "ana", NOW.minus(Duration.ofDays(100)),
                NOW.minus(Duration.ofDays(70)), "");
        ConnectionWarnings warnings = new ConnectionWarnings(new SecretEnd("partner-center",
                LocalDate.parse("2027-03-31")), () -> Optional.of(unused), NONE, CLOCK);
        assertThat(warnings.parts("partner-center")).containsOnlyKeys("secret", "sign-in")
                .containsValues(warnings.of("partner-center").toArray(String[]::new));
        assertThat(warnings.parts("salesforce")).isEmpty();
    }

    @Test
    void aCrmIsAskedForItsOwnWarningsWithTheDateOfToday() {
        ConnectionWarnings warnings = new ConnectionWarnings(null, Optional::empty,
                (system, today) -> List.of(system + " on " + today), CLOCK);
        assertThat(warnings.of("salesforce")).containsExactly("salesforce on 2027-03-01");
        assertThat(warnings.of("partner-center")).isEmpty();
    }
}
