package dev.cosell.salesforce.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.salesforce.stream.Failure.Kind;
import dev.cosell.verbs.Fault;
import java.io.EOFException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FailureTest {
    private static Map<String, Object> denied(String error, String reason) {
        return Map.of("error", error, "ext", Map.of("sfdc", Map.of("failureReason", reason)));
    }

    @Test
    void aSessionThatHasEndedSmellsOf401InAnyForm() {
        assertThat(Failure.of(Map.of("error", "401::Authentication invalid")).kind()).isEqualTo(Kind.SESSION);
        assertThat(Failure.of(denied("403::Handshake denied", "401::Authentication invalid")).kind())
                .isEqualTo(Kind.SESSION);
        assertThat(Failure.of(Map.of("failure", Map.of("httpCode", 401))))
                .isEqualTo(new Failure("HTTP 401", Kind.SESSION));
    }

    @Test
    void otherRefusalsNeedNoLogin() {
        assertThat(Failure.of(Map.of("error", "403::Handshake denied")).kind()).isEqualTo(Kind.OTHER);
        assertThat(Failure.of(denied("403::denied_by_security_policy:subscribe_denied", "503::Server is too busy.")))
                .isEqualTo(
                        new Failure("403::denied_by_security_policy:subscribe_denied (503::Server is too busy.)",
                                Kind.OTHER));
        assertThat(Failure.of(Map.of("error", "403::Unknown client")).kind()).isEqualTo(Kind.FORGOTTEN);
        assertThat(Failure.of(Map.of("failure", Map.of("httpCode", 503))).kind()).isEqualTo(Kind.OTHER);
        assertThat(Failure.of(Map.of()).reason()).isEqualTo("an answer without a reason");
    }

    @Test
    void aPositionThatIsNotKeptIsKnownByItsSentence() {
        assertThat(Failure.of(Map.of("error",
                "400::The replayId {123} you provided was invalid. Please provide a valid ID, -2 to replay all"
                        + " events, or -1 to replay only new events."))
                .kind()).isEqualTo(Kind.POSITION);
        assertThat(Failure
                .of(Map.of("error", "400::The channel you requested to subscribe to does not exist {/data/X}")).kind())
                .isEqualTo(Kind.OTHER);
    }

    @Test
    void exceptionsAreNamedAndShort() {
        assertThat(Failure.of(Map.of("failure", Map.of("exception", new EOFException()))).reason())
                .isEqualTo("EOFException");
        assertThat(Failure.of("", new Fault.Transient("salesforce", "Salesforce is away")).reason())
                .isEqualTo("Salesforce is away (CS-703)");
        assertThat(Failure.of("", new IllegalStateException("x".repeat(1000))).reason()).hasSizeLessThan(250);
    }

    @Test
    void pausesDoubleUpToTheLongest() {
        assertThat(Pace.USUAL.pause(1)).isEqualTo(Duration.ofSeconds(1));
        assertThat(Pace.USUAL.pause(4)).isEqualTo(Duration.ofSeconds(8));
        assertThat(Pace.USUAL.pause(10)).isEqualTo(Duration.ofMinutes(5));
        assertThat(Pace.USUAL.pause(100_000)).isEqualTo(Duration.ofMinutes(5));
        assertThat(Pace.USUAL.deafPause(1)).isEqualTo(Duration.ofMinutes(5));
        assertThat(Pace.USUAL.deafPause(50)).isEqualTo(Duration.ofDays(1));
    }
}
