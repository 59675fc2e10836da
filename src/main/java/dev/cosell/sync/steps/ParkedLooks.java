package dev.cosell.sync.steps;

import dev.cosell.sync.books.LinkStore;
import dev.cosell.sync.books.LookAgain;
import dev.cosell.sync.decide.Link;
import dev.cosell.text.Past;
import dev.cosell.verbs.Hint;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * Which parked records are looked at again although nobody asked. What stops them may be mended where no change of
 * theirs tells it: on the contact, in the CRM's setup, by the end of an approval. Very many take several turns, so that
 * the calls of a day are few.
 */
public final class ParkedLooks {
    /** Of one CRM in one turn; each costs a read of both sides, and perhaps a write that is refused again. */
    static final int MOST = 100;
    /** Of hints that wait, so many leave no room for looks that nobody waits for. */
    private static final int ENOUGH = 500;
    /** So many may wait however many were handed over: there are always some that come again and again. */
    static final int FEW = 20;

    private final List<String> crms;
    private final ToIntFunction<String> backlog;
    private final Duration interval;
    private final Clock clock;
    private final Turns turns;
    /** As many hints of each CRM as waited behind the last turn: with fewer, its own are being worked on. */
    private final Map<String, Integer> behindTheLast = new HashMap<>();

    /**
     * @param crms     names of the enabled CRMs; what is parked of others rests
     * @param backlog  how many hints of a CRM wait
     * @param interval how long a record is parked before it is looked at
     */
    public ParkedLooks(LinkStore links, List<String> crms, ToIntFunction<String> backlog, Duration interval,
            Clock clock) {
        this.turns = new Turns(links::parked, MOST);
        this.crms = List.copyOf(crms);
        this.backlog = backlog;
        this.interval = interval;
        this.clock = clock;
    }

    /**
     * The hints of this turn; the next one goes on behind them, and begins anew after the last. A CRM of which no hint
     * was worked on since the last turn, as when it is paused, has none.
     */
    public synchronized List<Hint> next() {
        List<Hint> hints = new ArrayList<>();
        for (String crm : crms) {
            int waiting = backlog.applyAsInt(crm);
            if (waiting < behindTheLast.getOrDefault(crm, ENOUGH)) {
                List<Link> worth = turns.next(crm).stream().filter(this::isWorthALook).toList();
                behindTheLast.put(crm, worth.isEmpty() ? ENOUGH
                        : Math.min(ENOUGH, Math.max(FEW, waiting + worth.size())));
                worth.stream().map(LookAgain::unasked).forEach(hints::add);
            }
        }
        return hints;
    }

    private boolean isWorthALook(Link parked) {
        return Past.isOver(parked.updatedAt(), interval, clock.instant()) && parked.standing().mayEndByItself();
    }
}
