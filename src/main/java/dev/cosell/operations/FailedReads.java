package dev.cosell.operations;

import dev.cosell.connection.Connections;
import dev.cosell.text.Moment;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Hint;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.ServiceStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls, sweeps and other readings that failed. Each is tried again at its next turn and has lost nothing. A poll that
 * fails for long is an alarm: no hint waits that would grow old, so nothing else tells that the changes of a CRM are
 * not noticed.
 */
public final class FailedReads {
    private static final Logger LOG = LoggerFactory.getLogger("cosell.journey");
    private final Map<String, Told> told = new ConcurrentHashMap<>();
    private final Map<String, Failing> polls = new ConcurrentHashMap<>();
    private final Connections connections;
    private final Function<String, Instant> succeeded;
    private final Duration patience;
    private final Clock clock;

    /**
     * @param succeeded when a poll of a CRM last succeeded, on whatever instance; null for never
     * @param patience  how long polls may fail, one after the other, until that is an alarm
     */
    public FailedReads(Connections connections, Function<String, Instant> succeeded, Duration patience, Clock clock) {
        this.connections = connections;
        this.succeeded = succeeded;
        this.patience = patience;
        this.clock = clock;
    }

    /**
     * What was last said of a route's failures.
     *
     * @param at   when it was said as a warning
     * @param last when it was said at all
     */
    record Told(String words, Instant at, Instant last) {
        private static final Duration REMINDER = Duration.ofHours(1);
        /** Longer than the usual intervals, so that one which failed before that has succeeded meanwhile. */
        private static final Duration SAME_INCIDENT = Duration.ofMinutes(15);

        boolean isEnough(String now, Instant when) {
            return words.equals(now) && when.isBefore(at.plus(REMINDER)) && when.isBefore(last.plus(SAME_INCIDENT));
        }
    }

    /** Polls of a CRM that failed here; some in between may have succeeded. */
    record Failing(Instant first, Instant last, String words) {
        /** @param succeeded when one last did; null for never */
        boolean lasts(Instant succeeded, Duration patience) {
            Instant since = succeeded == null || succeeded.isBefore(first) ? first : succeeded;
            return !last.isBefore(since.plus(patience));
        }
    }

    /** For the policy of all that reads. */
    public void note(Exchange reading, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception fault) {
        String route = route(reading);
        Instant now = clock.instant();
        String words = String.valueOf(fault.getMessage());
        tell(route, words, now);
        if (!isElsewhere(route, fault)) {
            polls.compute(route, (same, before) -> new Failing(before == null || isOver(route, before) ? now
                    : before.first(), now, words));
        }
    }

    /** The first sweep of a new installation is a sweep like the others. */
    private static String route(Exchange reading) {
        return reading.getFromRouteId().replace("-first-sweep", "-sweep");
    }

    /** A reading has ended well, here: what failed before is over. */
    public void over(Exchange reading) {
        polls.remove(route(reading));
    }

    /** Whether one has succeeded since the last failure; while the database is away nobody knows. */
    private boolean isOver(String route, Failing before) {
        try {
            Instant last = succeeded.apply(route.replaceFirst("-(poll|sweep)$", ""));
            return last != null && last.isAfter(before.last());
        } catch (Fault.Transient unknown) {
            return false;
        }
    }

    /** Our own queue and database have alarms of their own. */
    private static boolean isElsewhere(String route, Exception fault) {
        return fault instanceof Fault.Transient away && !route.equals(route(away.system()));
    }

    private void tell(String route, String words, Instant now) {
        Told before = told.get(route);
        if (before != null && before.isEnough(words, now)) {
            LOG.debug("{} tries again at its next turn: {}", route, words);
            told.put(route, new Told(words, before.at(), now));
        } else {
            LOG.warn("{} tries again at its next turn: {}", route, words);
            told.put(route, new Told(words, now, now));
        }
    }

    /**
     * Shows an alarm for each CRM and for Partner Center.
     *
     * @param titles   of the CRMs for people, by name
     * @param database why it cannot be used; empty when it can
     */
    public void register(CamelContext camel, Map<String, String> titles, Supplier<String> database) {
        Map<String, String> all = new HashMap<>(titles);
        all.put(Hint.PARTNER_CENTER, "Partner Center");
        all.forEach((system, title) -> new AlarmCheck(check(system),
                () -> isToldElsewhere(camel, system) || !database.get().isEmpty() ? "" : alarm(system, title),
                health -> { }).register(camel));
    }

    /** The id of a system's check. */
    private static String check(String system) {
        return isSwept(system) ? "sweep" : "poll-" + system;
    }

    private static boolean isSwept(String system) {
        return system.equals(Hint.PARTNER_CENTER);
    }

    /** A broken connection has an alarm of its own, and who has paused a CRM or stopped its poll knows it. */
    private boolean isToldElsewhere(CamelContext camel, String system) {
        return connections.of(system).broken() || !runs(camel, route(system))
                || !isSwept(system) && !runs(camel, "sync-" + system);
    }

    private static boolean runs(CamelContext camel, String route) {
        ServiceStatus status = camel.getRouteController().getRouteStatus(route);
        return status != null && status.isStarted();
    }

    private String alarm(String system, String title) {
        Failing failing = polls.get(route(system));
        if (failing == null) {
            return "";
        }
        Instant last = succeeded.apply(system);
        String look = isSwept(system) ? "sweep" : "poll";
        return !failing.lasts(last, patience) ? "" : "No " + look + " of " + title + " has succeeded since "
                + Moment.text(last == null ? failing.first() : last) + ", so what people change there is not noticed"
                + (isSwept(system) ? " unless a notification tells it" : "") + ". Nothing is lost, and the next " + look
                + " that succeeds finds it. The last one failed like this: " + failing.words();
    }

    private static String route(String system) {
        return system + (isSwept(system) ? "-sweep" : "-poll");
    }
}
