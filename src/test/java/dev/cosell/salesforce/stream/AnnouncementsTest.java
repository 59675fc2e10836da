package dev.cosell.salesforce.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which changes the stream missed. */
class AnnouncementsTest {
    private static final Instant START = Instant.parse("2026-04-07T10:00:00Z");
    private final Announcements announcements = new Announcements(Duration.ofSeconds(30));

    private static Instant at(int seconds) {
        return START.plusSeconds(seconds);
    }

    private void found(String id, int changed, int now) {
        announcements.found(id, at(changed), START, at(now));
    }

    @Test
    void aChangeWithoutEventIsMissedWhenTheGraceIsOverAndOnce() {
        found("a", 100, 110);
        assertThat(announcements.missed(at(139))).isEmpty();
        assertThat(announcements.missed(at(140))).containsExactly("a");
        assertThat(announcements.missed(at(500))).isEmpty();
    }

    @Test
    void aPollThatFindsItAgainDoesNotPutTheEndOff() {
        found("a", 100, 110);
        found("a", 100, 130);
        assertThat(announcements.missed(at(140))).containsExactly("a");
    }

    @Test
    void anEventMayComeBeforeOrAfterThePoll() {
        announcements.announced(List.of("a"), at(100));
        found("a", 100, 110);
        found("b", 100, 110);
        announcements.announced(List.of("b"), at(101));
        assertThat(announcements.missed(at(200))).isEmpty();
    }

    @Test
    void anOlderEventOfTheRecordAnnouncesNothing() {
        announcements.announced(List.of("a"), at(90));
        found("a", 100, 110);
        announcements.announced(List.of("a"), at(99));
        assertThat(announcements.missed(at(200))).containsExactly("a");
    }

    @Test
    void repeatedEventsDoNotMakeTheLastOneOlder() {
        announcements.announced(List.of("a"), at(100));
        announcements.announced(List.of("a"), at(50));
        found("a", 100, 110);
        assertThat(announcements.missed(at(200))).isEmpty();
    }

    @Test
    void whatChangedBeforeOrAboutTheStartIsNotExpected() {
        found("before", -5, 10);
        found("about", 30, 40);
        assertThat(announcements.missed(at(200))).isEmpty();
    }

    @Test
    void whatNobodyListenedToIsForgiven() {
        found("a", 100, 110);
        announcements.forgive();
        assertThat(announcements.missed(at(200))).isEmpty();
    }

    @Test
    void theMemoryIsBounded() {
        for (int i = 0; i < Announcements.MOST + 10; i++) {
            found("r" + i, 100, 110);
        }
        assertThat(announcements.missed(at(200))).hasSize(Announcements.MOST).doesNotContain("r9").contains("r10");
    }
}
