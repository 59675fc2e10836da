package dev.cosell.queue;

import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Hint;
import dev.cosell.verbs.Reason;
import dev.cosell.verbs.Recent;
import dev.cosell.verbs.Trouble;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeException;
import org.apache.camel.Variable;

/**
 * Records at which a system meets an error of its own each time, or at which an answer comes that is none of its own.
 * The same tells of an outage, so a record is to blame only as long as the system does well otherwise. Counted as
 * {@link Defects} are.
 */
public final class ServerErrors {
    /** With the pauses between them, ten minutes. */
    private static final int ENOUGH = 15;
    /** After so many of those, the very verb that failed had succeeded for others since the failure before. */
    private static final int BESIDE_OTHERS = 3;
    /** With the pauses between them, twenty-five minutes: where nobody else calls that verb. */
    private static final int MANY = 30;
    /** How many records one deal has, in Partner Center and in two CRMs: more that fail at a time are no exception. */
    private static final int ONE_DEAL = 3;
    /** Longer than the longest pause before a hint comes again. */
    private static final Duration AT_A_TIME = Duration.ofMinutes(2);
    private static final String JUDGED = "cosell.server-error";

    private final VerbCounts verbs;
    private final Function<String, Optional<Instant>> answered;
    private final Clock clock;
    private final Recent<Failing> failing;

    /** @param answered when a system last answered as it should, by its name; empty when it has not since the start */
    public ServerErrors(VerbCounts verbs, Function<String, Optional<Instant>> answered, Clock clock) {
        this.verbs = verbs;
        this.answered = answered;
        this.clock = clock;
        this.failing = new Recent<>(clock);
    }

    /**
     * A hint whose syncs failed.
     *
     * @param succeeded    how often the verb that failed last had succeeded then
     * @param times        how many in a row
     * @param besideOthers after how many of them the verb had succeeded since the failure before
     * @param answers      after how many of them the system had answered anything since the failure before; what
     *     answers in its place does so everywhere, so a strange answer is not counted
     */
    private record Failing(String record, String verb, long succeeded, Instant at, int times, int besideOthers,
            int answers) {
        static Failing first(String record, String verb, long succeeded, Instant at) {
            return new Failing(record, verb, succeeded, at, 1, 0, 0);
        }

        Failing again(String failed, long successes, Optional<Instant> answered, Instant now) {
            boolean beside = failed.equals(verb) && successes > succeeded;
            boolean answers = answered.filter(time -> time.isAfter(at)).isPresent();
            return new Failing(record, failed, successes, now, times + 1, besideOthers + (beside ? 1 : 0),
                    this.answers + (answers ? 1 : 0));
        }
    }

    /** For the sync's policy: whether time alone has brought this look, and will bring another one. */
    public boolean meetALookOfTime(Exchange exchange) {
        Hint hint = Hints.of(exchange);
        return hint != null && hint.origin() == Hint.Origin.AGAIN;
    }

    /**
     * For the sync's policy: whether the record is to blame, and no outage. However often it is asked about one
     * exchange, that is one failure.
     */
    public boolean areOfTheRecord(Exchange exchange, @ExchangeException Fault.ServerError error) {
        Boolean judged = exchange.getProperty(JUDGED, Boolean.class);
        if (judged == null) {
            Hint hint = Hints.of(exchange);
            String verb = VerbCounts.failed(exchange);
            judged = hint != null && verb != null
                    && isToBlame(failed(exchange, hint.system() + " " + hint.id(), verb, error));
            exchange.setProperty(JUDGED, judged);
        }
        return judged;
    }

    private Failing failed(Exchange exchange, String record, String verb, Fault.ServerError error) {
        Instant now = clock.instant();
        long succeeded = verbs.succeeded(verb);
        Optional<Instant> last = error.isStrange() ? Optional.empty() : answered.apply(error.system());
        return failing.again(Defects.what(exchange), before -> before == null
                ? Failing.first(record, verb, succeeded, now) : before.again(verb, succeeded, last, now));
    }

    private boolean isToBlame(Failing now) {
        return now.times() >= ENOUGH && now.besideOthers() >= BESIDE_OTHERS
                || now.answers() >= MANY && isAnException(now.verb());
    }

    private boolean isAnException(String verb) {
        return failing.within(AT_A_TIME).stream().filter(each -> each.verb().equals(verb)).map(Failing::record)
                .distinct().count() <= ONE_DEAL;
    }

    /**
     * Why the record is parked.
     *
     * @param found why it was about to be parked already, when telling so failed; null for nothing
     */
    public List<Reason> reasons(@ExchangeException Fault.ServerError error,
            @Variable("problems") List<Reason> found) {
        String what = error.isStrange() ? " gives an answer that is none of its own"
                : " meets an error of its own";
        return found != null ? found : List.of(new Reason(Trouble.FAILS_ALWAYS, error.system(),
                "each time a sync comes to this record, " + error.system() + what
                        + ", while it answers otherwise: " + error.faults().get(0).words()));
    }

    /** It went well, or it was given up. */
    void forget(Exchange exchange) {
        failing.forget(Defects.what(exchange));
    }
}
