package dev.cosell.backfill;

import dev.cosell.backfill.Step.Look;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Reason;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Looks that failed as they do when a system is away. When it answers about other records all the while, the record is
 * to blame, and nothing else may wait for it. Kept in memory: after a restart it takes some turns to find out anew.
 */
final class FailedLooks {
    /** So many failures in a row are believed when other records could be looked at meanwhile. */
    private static final int ENOUGH = 5;
    /** So many, in two minutes by {@link Rest}, when there were no other records, but the system answered otherwise. */
    private static final int MANY = 8;

    private final Map<Look, Failed> failed = new ConcurrentHashMap<>();
    /** By CRM: one may be away while the other is not. */
    private final Map<String, Long> succeeded = new ConcurrentHashMap<>();
    private final Function<String, Optional<Instant>> answered;
    private final Clock clock;

    /** @param answered when a system last answered, by its name; empty when it has not since the start */
    FailedLooks(Function<String, Optional<Instant>> answered, Clock clock) {
        this.answered = answered;
        this.clock = clock;
    }

    /** @param others how many looks with the CRM had succeeded when this one failed first */
    private record Failed(int times, Instant since, long others) {
        Failed again() {
            return new Failed(times + 1, since, others);
        }
    }

    void succeeded(Look look) {
        failed.remove(look);
        succeeded.merge(look.crm(), 1L, Long::sum);
    }

    private long others(Look look) {
        return succeeded.getOrDefault(look.crm(), 0L);
    }

    /** What is wrong with the record; empty as long as the system may be away for all of them. */
    List<Reason> faults(Look look, Fault.Transient fault) {
        Failed now = failed.merge(look, new Failed(1, clock.instant(), others(look)),
                (before, first) -> before.again());
        boolean others = now.times() >= ENOUGH && others(look) > now.others();
        boolean answers = now.times() >= MANY
                && answered.apply(fault.system()).filter(at -> at.isAfter(now.since())).isPresent();
        if (!others && !answers) {
            return List.of();
        }
        failed.remove(look);
        return fault.faults().stream().map(reason -> new Reason(reason.cause(), reason.about(), look.hint().id()
                + " could not be looked at, " + now.times() + " times in a row, while "
                + (others ? "other records could" : fault.system() + " answered otherwise") + ": "
                + reason.words())).toList();
    }
}
