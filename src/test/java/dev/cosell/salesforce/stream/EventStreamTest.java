package dev.cosell.salesforce.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.sandbox.salesforce.RunningSalesforce.HandClock;
import dev.cosell.verbs.Changes.Change;
import dev.cosell.verbs.Changes;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is known about the stream, as time goes by. */
class EventStreamTest {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxx")
            .withZone(ZoneOffset.UTC);
    private final HandClock clock = new HandClock();
    private final EventStream stream = new EventStream(Pace.USUAL, clock);

    private void after(Duration time) {
        clock.advance(time);
    }

    private void listen() {
        stream.connecting();
        stream.listening("7");
        after(Duration.ofMinutes(2));
    }

    /** A record that changes now and that a poll finds. */
    private void pollFinds(String id) {
        stream.compare(page(new Change(id, STAMP.format(clock.instant()) + "#a1")));
    }

    private static Changes page(Change... changes) {
        return new Changes(List.of(changes), "p", false);
    }

    private boolean deafAfterMissing(String... ids) {
        for (String id : ids) {
            pollFinds(id);
        }
        after(Duration.ofSeconds(31));
        return stream.isDeaf();
    }

    private ChangeEvent event(String id) {
        return new ChangeEvent("s", "8", null, "UPDATE", List.of(id), "", clock.instant(), Map.of());
    }

    @Test
    void aFewMissedChangesMakeItDeafAndAnEventMakesItWell() {
        listen();
        assertThat(deafAfterMissing("a", "b")).isFalse();
        assertThat(stream.alarm()).isEmpty();
        assertThat(deafAfterMissing("c")).isTrue();
        assertThat(stream.missed()).isEqualTo(3);
        assertThat(stream.state()).startsWith("deaf").contains("3 changed opportunities", "Change Data Capture");
        assertThat(stream.alarm()).contains("read access");

        stream.heard(event("d"));
        assertThat(stream.state()).isEqualTo("listening");
        assertThat(stream.alarm()).isEmpty();
    }

    @Test
    void anEventInBetweenBeginsTheCountAnew() {
        listen();
        deafAfterMissing("a", "b");
        stream.heard(event("x"));
        assertThat(deafAfterMissing("c", "d")).isFalse();
        assertThat(stream.missed()).isEqualTo(4);
    }

    @Test
    void freshClientsOfADeafStreamComeEverMoreRarely() {
        listen();
        assertThat(deafAfterMissing("a", "b", "c")).isTrue();
        listen();
        assertThat(stream.state()).as("a fresh client has not heard anything yet").startsWith("deaf");
        assertThat(deafAfterMissing("d")).as("too soon").isFalse();
        after(Duration.ofMinutes(5));
        assertThat(deafAfterMissing("e")).isTrue();
        listen();
        after(Duration.ofMinutes(5));
        assertThat(deafAfterMissing("f")).as("the pause has doubled").isFalse();
        after(Duration.ofMinutes(5));
        assertThat(deafAfterMissing("g")).isTrue();
    }

    @Test
    void deletedRecordsAndSolutionRowsAreNotExpectedOfIt() {
        listen();
        stream.compare(page(new Change("a", null), Change.ofParts("b", null),
                Change.ofParts("c", STAMP.format(clock.instant()) + "#1")));
        after(Duration.ofMinutes(1));
        assertThat(stream.isDeaf()).isFalse();
        assertThat(stream.missed()).isZero();
    }

    @Test
    void whileNobodyListensNothingIsCompared() {
        pollFinds("a");
        stream.connecting();
        pollFinds("b");
        listen();
        stream.lost("HTTP 503", Duration.ofSeconds(1), false);
        pollFinds("c");
        after(Duration.ofMinutes(1));
        assertThat(stream.isDeaf()).isFalse();
        assertThat(stream.missed()).isZero();
    }

    @Test
    void aLongSilenceIsAnAlarmAndAShortOneNot() {
        listen();
        Instant lost = clock.instant();
        stream.lost("HTTP 503", Duration.ofSeconds(1), false);
        after(Duration.ofMinutes(4));
        stream.connecting();
        assertThat(stream.alarm()).isEmpty();
        stream.lost("HTTP 503", Duration.ofSeconds(1), false);
        after(Duration.ofMinutes(2));
        assertThat(stream.alarm()).contains("no events since " + lost, "HTTP 503", "Polls go on");
        assertThat(stream.rebuilds()).isEqualTo(1);
        stream.connecting();
        stream.listening(null);
        assertThat(stream.alarm()).isEmpty();
    }

    @Test
    void anEventWithoutNamesMayBeAboutAnything() {
        listen();
        pollFinds("a");
        stream.heard(new ChangeEvent("s", "9", null, "GAP_OVERFLOW", List.of(), "", clock.instant(), Map.of()));
        after(Duration.ofMinutes(1));
        stream.isDeaf();
        assertThat(stream.missed()).isZero();
    }

    @Test
    void aStoppedRouteIsNoAlarm() {
        listen();
        stream.off();
        after(Duration.ofDays(1));
        assertThat(stream.state()).isEqualTo("stopped");
        assertThat(stream.alarm()).isEmpty();
    }
}
