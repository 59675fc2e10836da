package dev.cosell.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.check.Finding;
import dev.cosell.check.machine.InstancesCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.Test;

class DivergenceTest {
    private static final Duration MOST = Duration.ofSeconds(5);

    private static KnownInstance instance(String name, Map<String, String> routes, int aheadSeconds, boolean live) {
        return new KnownInstance(name, name, Map.of(), routes, Map.of(), Duration.ofSeconds(aheadSeconds),
                Instant.EPOCH, Instant.EPOCH, live);
    }

    @Test
    void a_file_that_was_edited_on_one_instance_is_named_with_those_that_have_it() {
        Map<String, String> differences = Divergence.ofRoutes(List.of(instance("a:8080",
                Map.of("sync.camel.yaml", "1", "leads.camel.yaml", "7"), 0, true),
                instance("b:8080", Map.of("sync.camel.yaml", "2", "leads.camel.yaml", "7"), 0, true),
                instance("c:8080", Map.of("sync.camel.yaml", "1", "leads.camel.yaml", "7"), 0, true)));
        assertThat(differences.get("sync.camel.yaml"))
                .startsWith("routes/sync.camel.yaml is not the same everywhere: a:8080, c:8080 (1)"
                        + " and b:8080 (2). Give");
    }

    @Test
    void a_file_that_one_lacks_is_named_and_one_that_is_starting_or_dead_is_not_asked() {
        List<KnownInstance> instances = List.of(instance("a:1", Map.of("sync.camel.yaml", "1", "more.camel.yaml", "2"),
                0, true),
                instance("b:1", Map.of("sync.camel.yaml", "1"), 0, true), instance("starting:1", Map.of(), 0, true),
                instance("dead:1", Map.of("sync.camel.yaml", "0"), 0, false));
        assertThat(Divergence.ofRoutes(instances).values()).singleElement().asString()
                .contains("more.camel.yaml", "b:1 (no such file)");
    }

    @Test
    void two_live_instances_of_one_name_are_named() {
        assertThat(Divergence.ofNames(List.of(instance("a:1", Map.of(), 0, true), instance("b:1", Map.of(), 0, true),
                instance("b:1", Map.of(), 0, false)))).as("one of them has died").isEmpty();
        assertThat(Divergence.ofNames(List.of(instance("a:1", Map.of(), 0, true), instance("b:1", Map.of(), 0, true),
                instance("b:1", Map.of(), 0, true)))).containsOnlyKeys("b:1").hasValueSatisfying(new Condition<>(
                        sentence -> sentence.startsWith("2 instances are called b:1. Give the machines"), "remedy"));
    }

    @Test
    void clocks_that_are_further_apart_than_they_may_are_named_whichever_is_right() {
        assertThat(Divergence.ofClocks(List.of(instance("a:1", Map.of(), -3, true),
                instance("b:1", Map.of(), 2, true)), MOST)).isEmpty();
        assertThat(Divergence.ofClocks(List.of(instance("a:1", Map.of(), -3, true),
                instance("b:1", Map.of(), 3, true)), MOST)).singleElement().asString()
                .startsWith("The clock of b:1 is 6 s ahead of that of a:1")
                .endsWith("Switch on time synchronisation (NTP) on both machines");
        assertThat(Divergence.ofClocks(List.of(instance("a:1", Map.of(), 60, false),
                instance("b:1", Map.of(), 0, true)), MOST)).isEmpty();
    }

    @Test
    void the_check_compares_the_clock_of_this_machine_too() {
        List<Finding> findings = new InstancesCheck(() -> Optional.of(new InstancesLook(List.of(instance("a:1",
                Map.of(), 0, true)), Duration.ofSeconds(9))),
                MOST).look();
        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.isFault()).isTrue();
            assertThat(finding.said()).startsWith("The clock of this machine is 9 s ahead of that of a:1");
            assertThat(finding.remedy()).startsWith("Switch on time synchronisation");
        });
        assertThat(new InstancesCheck(Optional::empty, MOST).look()).isEmpty();
        assertThat(new InstancesCheck(() -> Optional.of(new InstancesLook(List.of(instance("a:1", Map.of(), 0, true)),
                Duration.ZERO)), MOST).look())
                .singleElement().satisfies(finding -> assertThat(finding.said()).contains("a:1"));
    }
}
