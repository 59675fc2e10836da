package dev.cosell.check.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.check.Finding;
import dev.cosell.check.Finding.State;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What counts as a clock that is off, and as a disk that is full. */
class MachineTest {
    private static final Instant NOON = Instant.parse("2026-07-01T12:00:00Z");

    @Test
    void fiveMinutesAreForgiven() {
        assertThat(ClockCheck.judged("salesforce", NOON, NOON.plusSeconds(300))).isEmpty();
        assertThat(ClockCheck.judged("salesforce", NOON, NOON.minusSeconds(300))).isEmpty();
    }

    @Test
    void aClockThatIsOffIsToldWithItsDirection() {
        assertThat(ClockCheck.judged("salesforce", NOON, NOON.plusSeconds(720))).map(Finding::said)
                .contains("is 12 minutes ahead of the clock of salesforce");
        assertThat(ClockCheck.judged("salesforce", NOON, NOON.minusSeconds(720))).map(Finding::said)
                .contains("is 12 minutes behind the clock of salesforce");
    }

    @Test
    void instancesThatEachHaveASignInOfTheirOwnAreNamed() {
        SignInPlaceCheck files = new SignInPlaceCheck(false, Optional::empty);
        assertThat(files.look()).noneMatch(Finding::isFault);
        assertThat(files.judged(1)).noneMatch(Finding::isFault);
        assertThat(new SignInPlaceCheck(true, Optional::empty).judged(2)).noneMatch(Finding::isFault);
        assertThat(files.judged(2)).singleElement().matches(Finding::isFault).extracting(Finding::line).asString()
                .contains("2 instances", "partner-center.sign-in-key");
    }

    @Test
    void aDiskIsFullBeforeItsLastByte() {
        Path folder = Path.of("data");
        assertThat(DataFolderCheck.room(folder, 100L << 20)).matches(Finding::isFault).extracting(Finding::said)
                .isEqualTo("data has 100 MB left");
        assertThat(DataFolderCheck.room(folder, 500L << 20).state()).isEqualTo(State.WARNING);
        assertThat(DataFolderCheck.room(folder, 5000L << 20).state()).isEqualTo(State.OK);
    }
}
