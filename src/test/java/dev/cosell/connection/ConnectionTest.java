package dev.cosell.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Reason;
import dev.cosell.verbs.Trouble;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ConnectionTest {
    private Instant now = Instant.parse("2027-03-01T12:00:00Z");
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private final Connection connection = new Connection("dynamics", clock, Duration.ofMinutes(1));
    private final Fault.Auth dead = new Fault.Auth("dynamics", "create a new secret");

    private void pass(int seconds) {
        now = now.plusSeconds(seconds);
    }

    @Test
    void brokenItLetsOneCallThroughAtItsPace() {
        connection.check();
        connection.noted(dead);
        assertThatThrownBy(connection::check).isInstanceOf(Fault.Auth.class).hasMessage("create a new secret (CS-701)");
        pass(60);
        assertThat(connection.attemptDue()).isTrue();
        connection.check();
        assertThatThrownBy(connection::check).isInstanceOf(Fault.Auth.class);
        connection.worked();
        connection.check();
        assertThat(connection.problem()).isEmpty();
    }

    @Test
    void aClockThatIsSetBackDelaysNoAttempt() {
        connection.noted(dead);
        pass(-3600);
        assertThat(connection.attemptDue()).isTrue();
        connection.check();
        connection.worked();
        assertThat(connection.problem()).isEmpty();
    }

    /** Ten calls that wait for a refused sign-in look again at once; one of them asked a second time. */
    @Test
    void aClockThatIsPutRightByAHairCausesNoAttempt() {
        connection.noted(dead);
        now = now.minusMillis(3);
        assertThat(connection.attemptDue()).isFalse();
        assertThatThrownBy(connection::check).isInstanceOf(Fault.Auth.class);
    }

    @Test
    void anAnswerToACallThatWasSentBeforeDoesNotMendIt() {
        connection.noted(dead);
        connection.worked();
        assertThat(connection.broken()).isTrue();
    }

    /** A hint that was refused without a call arrives at the policy when a person has mended the connection already. */
    @Test
    void aReminderThatComesLateDoesNotBreakItAgain() {
        connection.noted(dead);
        Fault late = Fault.Auth.reminder("dynamics", new Reason(Trouble.SIGN_IN, "create a new secret"));
        connection.tryNow();
        connection.check();
        connection.worked();
        connection.noted(late);
        assertThat(connection.broken()).isFalse();
    }

    @Test
    void theTimeItBrokeStaysWhileAttemptsFail() {
        connection.noted(dead);
        Instant since = connection.problem().orElseThrow().since();
        pass(60);
        connection.check();
        connection.noted(new Fault.Auth("dynamics", "an administrator must consent"));
        assertThat(connection.problem()).contains(new Connection.Problem(
                new Reason(Trouble.SIGN_IN, "an administrator must consent"), since));
        assertThat(connection.attemptDue()).isFalse();
    }

    @Test
    void aDenialIsBelievedForItsRecordOnlyAfterAnotherReadWorked() {
        Fault.Denied denied = new Fault.Denied("dynamics", "no privilege");
        connection.noted(denied);
        assertThat(connection.broken()).isFalse();
        assertThat(connection.deniesRecord()).isFalse();
        assertThat(connection.suspected()).isTrue();
        connection.verified();
        assertThat(connection.suspected()).isFalse();
        assertThat(connection.deniesRecord()).isTrue();
        pass(60);
        assertThat(connection.deniesRecord()).as("old knowledge").isFalse();
        connection.unsure();
        assertThat(connection.suspected()).isFalse();
    }

    private final Fault.Auth refused = Fault.Auth.ofAFreshToken("dynamics", "a fresh token was refused");

    /** A web server that was restarted counted as a sign-in that a person has to mend. */
    @Test
    void aFreshTokenThatIsRefusedForAMomentHasTheCallsWaitAndNobodyIsCalled() {
        connection.worked();
        for (int second = 0; second < 60; second += 5) {
            assertThat(connection.noted(refused)).isInstanceOf(Fault.Throttled.class);
            assertThat(connection.pause().lasts()).isTrue();
            assertThat(connection.suspected()).as("somebody looks after the pause").isTrue();
            assertThat(connection.refusesFreshTokens()).as("no further token is asked for").isTrue();
            pass(5);
            assertThat(connection.pause().lasts()).isFalse();
        }
        assertThat(connection.broken()).isFalse();
        connection.worked();
        assertThat(connection.refusesFreshTokens()).isFalse();
        pass(180);
        assertThat(connection.noted(refused)).as("another restart").isInstanceOf(Fault.Throttled.class);
    }

    @Test
    void freshTokensThatAreRefusedForAMinuteNeedAPerson() {
        connection.worked();
        connection.noted(refused);
        pass(60);
        assertThat(connection.noted(refused)).isSameAs(refused);
        assertThat(connection.broken()).isTrue();
        assertThat(connection.refusesFreshTokens()).as("an attempt asks for another token").isFalse();
    }

    @Test
    void freshTokensThatSomeCallsAreRefusedWithForMinutesNeedAPersonToo() {
        for (int second = 0; second < 300; second += 30) {
            connection.worked();
            pass(15);
            assertThat(connection.noted(refused)).as(second + " s").isInstanceOf(Fault.Throttled.class);
            pass(15);
        }
        connection.worked();
        pass(15);
        assertThat(connection.noted(refused)).isSameAs(refused);
    }

    @Test
    void aFreshTokenThatIsRefusedAtOnceOrAfterALongSilenceNeedsAPerson() {
        assertThat(connection.noted(refused)).isSameAs(refused);
        connection.tryNow();
        connection.check();
        connection.worked();
        pass(16 * 60);
        assertThat(connection.noted(refused)).isSameAs(refused);
    }

    @Test
    void otherFaultsAreNoneOfItsBusiness() {
        connection.noted(new Fault.Transient("dynamics", "away"));
        connection.check();
        assertThat(connection.broken()).isFalse();
    }
}
