package dev.cosell.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.cosell.backfill.Backfill.Phase;
import dev.cosell.queue.Hints;
import dev.cosell.stories.Log;
import dev.cosell.verbs.Fault;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A backfill whose system was away tried its forty looks once a second, with a warning each time. */
class RestTest {
    private static final Fault AWAY = new Fault.Transient("salesforce", "salesforce answered 503");

    private Instant now = Instant.parse("2026-11-22T14:05:00Z");
    private final Rest rest = new Rest(((InstantSource) () -> now).withZone(ZoneOffset.UTC));
    private final Backfill job = job(1);
    private final Log log = Log.from(Level.INFO);

    private static Backfill job(long id) {
        return new Backfill(id, "partner-center", null, null, true, Phase.COUNTING, null, null, 0, false, null, "ana",
                Instant.EPOCH, null, null, List.of());
    }

    @AfterEach
    void close() {
        log.close();
    }

    private List<String> said() {
        return log.lines().stream().filter(line -> line.contains("backfill of partner-center")).toList();
    }

    /** How long it rests after this fault. */
    private long seconds(Fault fault) {
        rest.begin(job, fault);
        Instant begun = now;
        while (rest.lasts(job)) {
            now = now.plusSeconds(1);
        }
        return Duration.between(begun, now).toSeconds();
    }

    @Test
    void it_rests_longer_from_fault_to_fault_and_says_so_once_with_the_end() {
        assertThat(List.of(seconds(AWAY), seconds(AWAY), seconds(AWAY))).containsExactly(1L, 2L, 4L);
        for (int fault = 0; fault < 10; fault++) {
            seconds(AWAY);
        }
        assertThat(seconds(AWAY)).isEqualTo(60);
        assertThat(said()).singleElement().asString().startsWith("WARN").contains("partner-center (1)",
                "salesforce answered 503");
        rest.end(job);
        rest.end(job);
        assertThat(said()).hasSize(2).last().asString().startsWith("INFO").endsWith("goes on");
        assertThat(seconds(AWAY)).isEqualTo(1);
    }

    @Test
    void it_rests_for_as_long_as_the_system_wants() {
        assertThat(seconds(new Fault.Throttled("salesforce", "no calls left", Duration.ofHours(5)))).isEqualTo(18_000);
        assertThat(said()).hasSize(1);
    }

    @Test
    void another_backfill_does_not_rest_with_it() {
        rest.begin(job, AWAY);
        assertThat(rest.lasts(job(2))).isFalse();
    }

    @Test
    void what_others_say_and_the_usual_wait_for_a_call_is_not_said() {
        seconds(new Fault.Throttled("partner-center", "used up", Duration.ofSeconds(3)));
        seconds(new Fault.Early("salesforce", "not all referrals are read yet"));
        seconds(new Fault.Transient(Hints.SYSTEM, "the disk is full"));
        rest.end(job);
        assertThat(said()).isEmpty();
    }
}
