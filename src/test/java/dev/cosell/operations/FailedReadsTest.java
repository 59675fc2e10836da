package dev.cosell.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.connection.Connections;
import dev.cosell.connection.Pauses;
import dev.cosell.operations.FailedReads.Failing;
import dev.cosell.operations.FailedReads.Told;
import dev.cosell.sandbox.MovableClock;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Trouble;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When failures of polls are an alarm, and when they are said. */
class FailedReadsTest {
    private static final Fault HIDDEN = new Fault.Data("salesforce", Trouble.STRANGE_ANSWER,
            "There is no field Amount");
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static Instant at(String time) {
        return time == null ? null : Instant.parse("2026-04-07T" + time + "Z");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # first   | last     | succeeded | alarm | why
            10:00:00  | 10:00:00 | 09:59:55  | false | one failure
            10:00:00  | 10:04:55 | 09:59:55  | false | not for long enough
            10:00:00  | 10:05:00 | 09:59:55  | true  | for five minutes
            10:00:00  | 10:05:00 |           | true  | never read from the first day on
            10:00:00  | 10:00:05 | 02:00:00  | false | nothing ran in the night
            10:00:00  | 10:30:00 | 10:29:55  | false | now and then one fails
            10:00:00  | 10:35:00 | 10:29:55  | true  | the second time it lasts
            10:00:00  | 10:35:00 | 10:35:05  | false | it is over, here or on another instance
            """, delimiter = '|')
    void aPollThatFailsForLongIsAnAlarm(String first, String last, String succeeded, boolean alarm, String why) {
        assertThat(new Failing(at(first), at(last), "").lasts(at(succeeded), PATIENCE)).as(why).isEqualTo(alarm);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # words | said     | last     | now      | enough | why
            A       | 10:00:00 | 10:00:00 | 10:00:05 | true   | the same again
            B       | 10:00:00 | 10:00:00 | 10:00:05 | false  | something else
            A       | 10:00:00 | 10:59:50 | 10:59:55 | true   | for less than an hour
            A       | 10:00:00 | 10:59:55 | 11:00:00 | false  | for an hour
            A       | 10:00:00 | 10:01:00 | 10:16:00 | false  | again, after it was over
            """, delimiter = '|')
    void theSameWordsAreSaidOnceAnHour(String words, String said, String last, String now, boolean enough,
            String why) {
        assertThat(new Told("A", at(said), at(last)).isEnough(words, at(now))).as(why).isEqualTo(enough);
    }

    /** A poll failed at ten, and five minutes later again. */
    private static final class Poll implements AutoCloseable {
        final CamelContext camel = new DefaultCamelContext();
        final Connections connections;
        String database = "";
        private final MovableClock clock = new MovableClock(Clock.fixed(at("10:00:00"), ZoneOffset.UTC));
        private final FailedReads reads;
        private Exception fault;

        Poll() throws Exception {
            connections = new Connections(List.of("partner-center", "salesforce"), Pauses.ALONE, clock,
                    Duration.ofMinutes(1));
            reads = new FailedReads(connections, crm -> at("09:59:55"), PATIENCE, clock);
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:poll").routeId("salesforce-poll")
                            .onException(Exception.class).handled(true).bean(reads, "note").end()
                            .process(reading -> {
                                throw fault;
                            });
                    from("direct:sync").routeId("sync-salesforce").to("mock:sync");
                }
            });
            camel.start();
            reads.register(camel, Map.of("salesforce", "Salesforce"), () -> database);
        }

        Poll fails(Exception fault) {
            this.fault = fault;
            ProducerTemplate schedule = camel.createProducerTemplate();
            schedule.sendBody("direct:poll", null);
            clock.setAhead(PATIENCE);
            schedule.sendBody("direct:poll", null);
            return this;
        }

        List<String> alarms() {
            return AlarmCheck.sentences(camel);
        }

        @Override
        public void close() {
            camel.stop();
        }
    }

    @Test
    void theAlarmSaysSinceWhenAndWhy() throws Exception {
        try (Poll poll = new Poll().fails(HIDDEN)) {
            assertThat(poll.alarms()).singleElement().asString()
                    .startsWith("No poll of Salesforce has succeeded since 2026-04-07T09:59:55Z").contains("no field");
        }
    }

    @Test
    void whatHasAnAlarmOfItsOwnOrIsWantedIsNone() throws Exception {
        try (Poll poll = new Poll().fails(new Fault.Transient("state", "The database did not answer"))) {
            assertThat(poll.alarms()).isEmpty();
        }
        try (Poll poll = new Poll().fails(HIDDEN)) {
            poll.database = "away";
            assertThat(poll.alarms()).isEmpty();
            poll.database = "";
            poll.camel.getRouteController().suspendRoute("sync-salesforce");
            assertThat(poll.alarms()).isEmpty();
            poll.camel.getRouteController().resumeRoute("sync-salesforce");
            poll.camel.getRouteController().stopRoute("salesforce-poll");
            assertThat(poll.alarms()).isEmpty();
            poll.camel.getRouteController().startRoute("salesforce-poll");
            assertThat(poll.alarms()).isNotEmpty();
            poll.connections.of("salesforce").stop(new Fault.Auth("salesforce", "The sign-in is refused"));
            assertThat(poll.alarms()).isEmpty();
        }
    }

    /** Camel gave the innermost cause: what the driver said of the database passed for a fault of Salesforce. */
    @Test
    void aFaultWithACauseWasTakenForItsCause() throws Exception {
        SQLException cause = new SQLException("terminating connection");
        try (Poll poll = new Poll().fails(new Fault.Transient("state", "The database did not answer", cause))) {
            assertThat(poll.alarms()).isEmpty();
        }
        IOException closed = new IOException("channel@4f7d447e closed");
        try (Poll poll = new Poll().fails(new Fault.Transient("salesforce", "Salesforce gave no answer", closed))) {
            assertThat(poll.alarms()).singleElement().asString().contains("Salesforce gave no answer");
        }
    }

    /** A system that is away for long has no hint that grows old, either. */
    @Test
    void aCrmThatIsAwayForLongIsAnAlarm() throws Exception {
        try (Poll poll = new Poll().fails(new Fault.Transient("salesforce", "No answer"))) {
            assertThat(poll.alarms()).singleElement().asString().contains("No answer");
        }
    }
}
