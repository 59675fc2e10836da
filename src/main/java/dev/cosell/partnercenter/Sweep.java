package dev.cosell.partnercenter;

import dev.cosell.sync.books.ReferralIndex;
import dev.cosell.verbs.Changes;
import dev.cosell.verbs.Hint;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/** The slow comparison that finds what notifications missed. */
public final class Sweep {
    private final Duration fullInterval;
    private final UnaryOperator<Changes> unseen;
    private final Consumer<Changes> met;
    private final ReferralIndex index;
    private final Clock clock;

    /**
     * @param fullInterval how often everything is read, whatever its time of change says
     * @param unseen       leaves out the changes that every sync has handled
     * @param met          told of each page of a sweep of everything: what it shows was not deleted
     * @param index        learns what every referral names; until it is whole, everything is read
     */
    public Sweep(Duration fullInterval, UnaryOperator<Changes> unseen, Consumer<Changes> met, ReferralIndex index,
            Clock clock) {
        this.fullInterval = fullInterval;
        this.unseen = unseen;
        this.met = met;
        this.index = index;
        this.clock = clock;
    }

    /** Whether everything was read once. */
    public boolean isWhole() {
        return index.isWhole();
    }

    public boolean isDueFirst() {
        return !index.isWhole();
    }

    /**
     * Where to begin.
     *
     * @param position where the last sweep ended
     * @param lastFull when everything was read last; null for never
     * @return null to read everything
     */
    public String begin(@Variable("sweepPosition") String position, @Variable("sweepLastFull") String lastFull) {
        boolean full = lastFull == null || !index.isWhole()
                || Instant.parse(lastFull).plus(fullInterval).isBefore(clock.instant());
        return full ? null : position;
    }

    /** When a sweep of everything began, for the next one; null for a sweep that begins at a position. */
    public String fullSince(@Variable("sweepPosition") String position) {
        if (position != null) {
            return null;
        }
        Instant now = clock.instant();
        index.begin(now);
        return now.toString();
    }

    /** @param full when the sweep of everything began that the page is of; null for another sweep */
    public Changes news(@Body Changes page, @Variable("sweepFull") String full) {
        index.note(page.records());
        if (full != null) {
            met.accept(page);
        }
        return unseen.apply(page);
    }

    public List<Hint> hints(Changes page) {
        return page.changes().stream()
                .map(change -> new Hint(ReferralView.SYSTEM, change.id(), change.version(), Hint.Origin.SWEEP))
                .toList();
    }
}
