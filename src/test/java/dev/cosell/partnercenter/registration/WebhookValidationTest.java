package dev.cosell.partnercenter.registration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.http.Answer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookValidationTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final RegistrationWish WISH = new RegistrationWish("https://sync.example/hook/word", "word", true,
            false, Registrar.USER);
    private final RegistrationStatus status = new RegistrationStatus(
            new RegistrationStatus.FoundRight(() -> null, found -> { }));
    private final WebhookValidation validation = new WebhookValidation(WISH, status, Clock.fixed(NOW, ZoneOffset.UTC));

    private static Answer answer(int code, Map<String, Object> body) {
        return new Answer(code, Map.of(), body, "");
    }

    private static Map<String, Object> report(String state, String code) {
        return Map.of("Status", state, "CallbackUrl", WISH.url(), "Results",
                List.of(Map.of("ResponseCode", "503"), Map.of("responseCode", code)));
    }

    private ValidationReport begun() {
        return validation.begun(answer(200, Map.of("CorrelationId", "c1")));
    }

    @Test
    void theLastResultOfACompletedReportCounts() {
        ValidationReport done = validation.reported(answer(200, report("Completed", "OK")), begun());
        assertThat(done.isPending()).isFalse();
        validation.outcome(done);
        assertThat(status.validation()).isEqualTo(
                "Partner Center delivered its test notification to https://sync.example/hook/***, response code OK");
    }

    /** Only "completed" is published: all else is waited for, and in the end reported in Partner Center's own words. */
    @ParameterizedTest
    @ValueSource(strings = {"inProgress", "Queued", "failed-in-a-new-way", ""})
    void anUnknownStatusIsWaitedForUntilTheLimit(String unknown) {
        ValidationReport report = begun();
        int asks = 0;
        while (report.isPending()) {
            report = validation.reported(answer(200, report(unknown, "NotFound")), report);
            asks++;
        }
        assertThat(asks).isEqualTo(60);
        validation.outcome(report);
        assertThat(status.validation()).contains("has not finished", "***", "NotFound", "\"" + unknown + "\"");
    }

    @Test
    void aReportThatIsNotThereYetIsAskedForAgain() {
        ValidationReport report = validation.reported(answer(404, Map.of("code", 2003)), begun());
        assertThat(report.isPending()).isTrue();
        assertThat(validation.report(report).uri()).endsWith("/validationEvents/c1");
    }

    @Test
    void noMoreThanTwoTestsAreAskedForInAMinute() {
        Set<String> events = Set.of("Test-Created");
        assertThat(List.of(validation.allowed(events), validation.allowed(events), validation.allowed(events)))
                .containsExactly(true, true, false);
        WebhookValidation later = new WebhookValidation(WISH, status,
                Clock.offset(Clock.fixed(NOW, ZoneOffset.UTC), Duration.ofMinutes(2)));
        assertThat(later.allowed(events)).isTrue();
        assertThat(later.allowed(Set.of("referral-created"))).isFalse();
        assertThat(status.validation()).contains("offers no test notification");
    }
}
