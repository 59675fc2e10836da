package dev.cosell.sync.steps;

import dev.cosell.sync.books.LinkStore;
import dev.cosell.sync.books.LookAgain;
import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.Situation;
import dev.cosell.verbs.Hint;
import dev.cosell.verbs.Trouble;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which parked records are looked at again although nobody asked. What stops them may be mended where no change of
 * theirs tells it: on the contact, in the CRM's setup, by the end of an approval. Very many take several turns, so that
 * the calls of a day are few.
 */
public final class ParkedLooks {
    /** Of one CRM in one turn; each costs a read of both sides, and perhaps a write that is refused again. */
    static final int MOST = 100;
    /** Another look would write again what something undoes, or meet the same defect. */
    private static final Set<String> FOR_A_PERSON = Set.of(Situation.UNSTABLE.code(), Trouble.DEFECT.code(),
            Trouble.UNSTORABLE.code(), Trouble.NEVER_SETTLES.code());

    private final List<String> crms;
    private final Predicate<String> busy;
    private final Duration interval;
    private final Clock clock;
    private final Turns turns;

    /**
     * @param crms     names of the enabled CRMs; what is parked of others rests
     * @param busy     whether the queue of a CRM has so much to do that its parked records come later
     * @param interval how long a record is parked before it is looked at
     */
    public ParkedLooks(LinkStore links, List<String> crms, Predicate<String> busy, Duration interval, Clock clock) {
        this.turns = new Turns(links::parked, MOST);
        this.crms = List.copyOf(crms);
        this.busy = busy;
        this.interval = interval;
        this.clock = clock;
    }

    /** The hints of this turn; the next one goes on behind them, and begins anew after the last. */
    public List<Hint> next() {
        List<Hint> hints = new ArrayList<>();
        crms.stream().filter(busy.negate()).map(turns::next).flatMap(List::stream).filter(this::isWorthALook)
                .map(LookAgain::unasked).forEach(hints::add);
        return hints;
    }

    private boolean isWorthALook(Link parked) {
        return !parked.updatedAt().isAfter(clock.instant().minus(interval))
                && parked.standing().codes().stream().noneMatch(FOR_A_PERSON::contains);
    }
}
