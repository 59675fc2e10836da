package dev.cosell.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.junit.jupiter.api.Test;

class AlarmCheckTest {
    private final DefaultCamelContext camel = new DefaultCamelContext();

    /** The overview had a list of those that it told. */
    @Test
    void what_a_check_of_whatever_name_has_to_say_is_told_alarms_before_warnings() {
        AlarmCheck.ofParts("soon", Map::of, health -> health.detail(Parts.DETAIL, "The well is half empty"))
                .register(camel);
        new AlarmCheck("bridge", () -> "The bridge is out", health -> { }).register(camel);
        AlarmCheck.ofParts("roads", () -> Map.of("a", "Road a is closed", "b", "Road b is closed")).register(camel);
        new AlarmCheck("quiet", () -> "", health -> health.detail(Parts.DETAIL, "")).register(camel);
        BackfillHealth.register(camel, () -> Map.of("one", "The first sync waits", "two", "So does a backfill"));
        assertThat(AlarmCheck.sentences(camel)).containsExactlyInAnyOrder("The bridge is out", "Road a is closed",
                "Road b is closed", "The well is half empty", "The first sync waits", "So does a backfill");
        assertThat(AlarmCheck.sentences(camel).subList(0, 3)).allMatch(sentence -> sentence.matches(".* (out|closed)"));
    }

    /** The overview and the page of health answered 500, whatever else there was to tell. */
    @Test
    void a_check_that_cannot_be_made_is_told_by_its_name_and_hides_no_other() {
        AlarmCheck gauge = new AlarmCheck("tide", () -> {
            throw new IllegalStateException("the gauge is broken");
        }, health -> { });
        gauge.register(camel);
        new AlarmCheck("bridge", () -> "The bridge is out", health -> { }).register(camel);
        assertThat(AlarmCheck.sentences(camel)).containsExactly("The bridge is out",
                "The check tide could not be made: the gauge is broken");
        assertThat(AlarmCheck.failed(gauge.call())).isTrue();
    }

    /** A connection is told with the system that it leads to, and Camel's own checks of routes by what they mean. */
    @Test
    void a_check_of_another_group_is_not_told() {
        HealthCheckRegistry.get(camel).register(new AbstractHealthCheck("connection", "salesforce-connection") {
            @Override
            protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
                builder.message("Nobody is signed in").down();
            }
        });
        assertThat(AlarmCheck.sentences(camel)).isEmpty();
    }
}
