package dev.cosell.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The short form of {@code bench/faults}: everything but a full disk happens once to one embedded application. */
class InterruptedProcessTest {
    @Test
    void whatever_happens_to_it_no_edit_is_lost_doubled_or_looped() {
        OneProcessRun run = OneProcessRun.with(RealParts.embedded(), null,
                new OneProcessRun.Size(6, 60, 9, Duration.ofSeconds(1), People.Patience.SHORT), 1,
                System.out::println);
        System.out.println(run.table());

        assertThat(run.lost()).as("lost; the audit says %s", run.audits()).isEmpty();
        assertThat(run.doubled()).as("doubled").isEmpty();
        assertThat(run.looped()).as("looped").isEmpty();
        assertThat(run.differences()).as("differences").isEmpty();
        assertThat(run.parked()).as("parked").isEmpty();
    }
}
