package dev.cosell.cluster;

import static org.awaitility.Awaitility.await;

import dev.cosell.queue.Broker;
import dev.cosell.queue.Hints;
import dev.cosell.stories.OutsideBroker;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Hint;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What stands between the application and its brokers may take connections although the broker behind it is away, as
 * load balancers and forwarded ports do.
 */
class BrokerDoorTest {
    /** A silence of fifteen seconds, and two answers that nobody gives, of ten seconds each. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final long QUESTION_MILLIS = 500;

    private static boolean isAccepted(Hints hints, String id) {
        try {
            hints.offer(new Hint("salesforce", id, "v1", Hint.Origin.POLL));
            return true;
        } catch (Fault.Transient notYet) {
            return false;
        }
    }

    private static void accepts(Hints hints, String id) {
        await().pollDelay(Duration.ZERO).atMost(PATIENCE).until(() -> isAccepted(hints, id));
    }

    /** As the alerts and the page do. */
    private static void ask(Hints hints) {
        try {
            hints.backlog("salesforce");
        } catch (Fault.Transient notYet) {
            // Asked again.
        }
    }

    /**
     * In a long run, a primary that was back was not asked for twelve minutes, until its backup took over again. And
     * when each broker of the list was asked in turn, questions meanwhile took every other turn, two minutes long.
     */
    @ParameterizedTest
    @EnumSource(names = {"CUT", "HALF_OPEN"})
    void the_door_of_a_broker_that_was_away_was_asked_for_ever_though_the_other_broker_was_there(
            Wire.State away) {
        try (OutsideBroker broker = new OutsideBroker();
             Wire one = Wire.to(URI.create(broker.url).getPort());
             Wire other = Wire.to(URI.create(broker.url).getPort());
             Broker client = Broker.external("(tcp://localhost:" + one.port() + ",tcp://localhost:" + other.port()
                     + ")?ha=true&reconnectAttempts=-1", null, null);
             Hints hints = new Hints(client, List.of("salesforce"), offered -> Map.of(), Clock.systemUTC())) {
            ScheduledExecutorService questions = Executors.newSingleThreadScheduledExecutor();
            try {
                questions.scheduleWithFixedDelay(() -> ask(hints), 0, QUESTION_MILLIS, TimeUnit.MILLISECONDS);
                accepts(hints, "0");
                one.is(away);
                accepts(hints, "1");
                one.is(Wire.State.OPEN);
                other.is(away);
                accepts(hints, "2");
            } finally {
                questions.shutdownNow();
            }
            other.is(Wire.State.OPEN);
            // A hint whose answer was lost is offered again, and may be there twice.
            await().atMost(PATIENCE).ignoreExceptions().until(() -> hints.backlog("salesforce") >= 3);
        }
    }
}
