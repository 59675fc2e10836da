package dev.cosell.partnercenter;

import dev.cosell.connection.SteadyTime;
import dev.cosell.sync.books.ReferralIndex;
import dev.cosell.text.Past;
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
    /** When this process began: until twice the interval later nothing is overdue. */
    private final Instant started;
    /** How long this process has run, also when the machine's clock is set back. */
    private final SteadyTime running;

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
        this.running = new SteadyTime(clock);
        this.started = running.instant();
    }

    /** Whether everything was read once. */
    public boolean isWhole() {
        return index.isWhole();
    }

    public boolean isDueFirst() {
        return !index.isWhole();
    }

    /**
     * The sweep of everything that is due now, as far as it is; null when none is due. Where no referral was ever seen
     * there is nothing to go on from, so everything is read each time.
     *
     * @param position up to which changes were read; null for none
     * @param lastFull when everything was read last; null for never
     * @param kept     how far the last one came; null when there was none
     */
    public String due(@Variable("sweepPosition") String position, @Variable("sweepLastFull") String lastFull,
            @Variable("sweepKept") String kept) {
        Instant now = clock.instant();
        Instant last = lastFull == null ? null : Instant.parse(lastFull);
        if (position != null && index.isWhole() && !Past.isOver(last, fullInterval, now)) {
            return null;
        }
        FullPass broken = FullPass.parse(kept);
        if (broken != null && broken.ordered() && goesOn(broken.begun(), Past.of(last, now))) {
            return kept;
        }
        index.begin(now);
        return FullPass.begin(now).text();
    }

    private boolean goesOn(Instant begun, Instant last) {
        return Past.of(begun, clock.instant()) != null && index.holdsWhatWasReadSince(begun)
                && (last == null || begun.isAfter(last));
    }

    /** Where a sweep of everything begins: where it broke off, or null for the first page. */
    public String begin(@Variable("sweepPass") String pass) {
        Instant reached = FullPass.parse(pass).reached();
        return reached == null ? null : reached.toString();
    }

    /** When a sweep of everything began, for the next one. */
    public String fullSince(@Variable("sweepPass") String pass) {
        return FullPass.parse(pass).begun().toString();
    }

    /**
     * How far a sweep of everything is with this page; null for another sweep.
     *
     * @param position where the page was read
     */
    public String reached(@Body Changes page, @Variable("partnerCenterPosition") String position,
            @Variable("sweepPass") String pass) {
        FullPass before = FullPass.parse(pass);
        if (before == null || !before.ordered() || ChangesPosition.parse(page.position()).descending()) {
            return pass;
        }
        return before.after(page.records(), ChangesPosition.parse(position).newest()).text();
    }

    /** What a person has to know when reading everything does not come to its end; empty when it does. */
    public String overdue() {
        Instant now = clock.instant();
        Instant last = index.lastRead();
        Duration patience = fullInterval.multipliedBy(2);
        Duration ran = Duration.between(started, running.instant());
        boolean awaited = !Past.isOver(last, patience, now) || ran.compareTo(patience) <= 0;
        return last == null || awaited ? ""
                : "Not all referrals of Partner Center were read since "
                + (Past.of(last, now) == null ? now.minus(ran) : last) + "; until they are"
                + (index.isWhole() ? ", a deal that only a read of all finds is not found"
                        : " no referral is created for an opportunity")
                + ". The log says why each read broke off (partner-center-sweep, partner-center-first-sweep)";
    }

    /** @param pass the sweep of everything that the page is of; null for another sweep */
    public Changes news(@Body Changes page, @Variable("sweepPass") String pass) {
        index.noteListed(page.records());
        if (pass != null) {
            met.accept(page);
        }
        return unseen.apply(page);
    }

    /** The news in one deal, as the list of its engagement shows it. */
    public Changes newsOfDeal(@Body Changes deal) {
        index.note(deal.records());
        return unseen.apply(deal);
    }

    /** Whether pages of all referrals show Microsoft's, so that no deal has to be looked through for one. */
    public boolean isShowingMicrosofts() {
        return !Past.isOver(index.microsoftsListedAt(), fullInterval.multipliedBy(2), clock.instant());
    }

    public List<Hint> hints(Changes page) {
        return page.changes().stream()
                .map(change -> new Hint(ReferralView.SYSTEM, change.id(), change.version(), Hint.Origin.SWEEP))
                .toList();
    }
}
