package dev.cosell.backfill;

import dev.cosell.backfill.Backfill.Phase;
import dev.cosell.backfill.Records.Found;
import dev.cosell.backfill.Step.Look;
import dev.cosell.backfill.Step.Work;
import dev.cosell.sync.books.FirstSync;
import dev.cosell.sync.decide.Decision;
import dev.cosell.sync.steps.PreviewSteps.Foreseen;
import dev.cosell.verbs.Changes;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Hint;
import dev.cosell.verbs.Reason;
import dev.cosell.verbs.Trouble;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeException;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * The steps of {@code routes/backfill.camel.yaml}. All that is known of a job is in the database, so that each turn
 * goes on where the last one ended, in whichever process.
 */
public final class BackfillSteps {
    /** A turn ends after so long, so that nobody waits for it who stops the application. */
    private static final Duration TURN = Duration.ofSeconds(5);
    private static final int LOOKS = 40;
    /** Records on the queue at a time: enough for every consumer, and few enough to stop soon. */
    private static final int UNDER_WAY = 64;

    private final Jobs jobs;
    private final Records records;
    private final Pages pages;
    private final FirstSync first;
    private final Rules rules;
    private final Waits waits;
    private final Rest rest;
    private final BooleanSupplier stopping;
    private final Clock clock;

    /**
     * When a run asks.
     *
     * @param atOnce most records of a first sync, a record once for each CRM
     */
    public record Rules(Breakers breakers, int atOnce) {}

    /** What a run would wait for in vain. */
    record Waits(FailedLooks looks, LostHints lost, NeverDone neverDone) {}

    /** @param stopping whether the application is */
    BackfillSteps(Jobs jobs, Records records, Pages pages, FirstSync first, Rules rules, Waits waits,
            BooleanSupplier stopping, Clock clock) {
        this.jobs = jobs;
        this.records = records;
        this.pages = pages;
        this.first = first;
        this.rules = rules;
        this.waits = waits;
        this.rest = new Rest(clock);
        this.stopping = stopping;
        this.clock = clock;
    }

    public Turn turn() {
        return new Turn(clock.instant().plus(TURN), records);
    }

    /** What to do now; null when there is nothing to do in this turn. */
    public Step next(@Variable("backfillTurn") Turn turn) {
        if (stopping.getAsBoolean() || clock.instant().isAfter(turn.ends())) {
            return null;
        }
        Backfill job = jobs.atWork().orElse(null);
        if (job == null || rest.lasts(job)) {
            return null;
        }
        Optional<Step> step = job.phase() == Phase.COUNTING ? counting(job) : running(job, turn);
        return step.orElseGet(() -> moved(job) ? next(turn) : null);
    }

    /** A system is away or wants to be left alone. */
    public void rest(@Variable("backfillStep") Step step, @ExchangeException Fault away) {
        rest.begin(step.job(), away);
    }

    /** The step is done. */
    public void goOn(@Variable("backfillStep") Step step) {
        rest.end(step.job());
    }

    private boolean moved(Backfill job) {
        return jobs.atWork().map(now -> now.phase() != job.phase() || now.id() != job.id()).orElse(true);
    }

    private Optional<Step> counting(Backfill job) {
        List<Found> toLook = records.toLook(job, LOOKS);
        if (!toLook.isEmpty()) {
            return Optional.of(new Step(job, Work.LOOK, toLook.stream()
                    .map(each -> new Look(job.id(), each.crm(), hint(job, each.id(), Hint.Origin.PREVIEW))).toList(),
                    List.of()));
        }
        if (!job.listed()) {
            return Optional.of(new Step(job, Work.LIST, List.of(), List.of()));
        }
        counted(job);
        return Optional.empty();
    }

    private void counted(Backfill job) {
        Counts counts = records.counts(job.id());
        String question = first.asks(job.source()) && counts.toHand() > 0
                ? "Nothing new from " + job.source() + " was written before: look at the counts first"
                : rules.breakers().question(counts, records.closed(job.id()));
        if (job.dryRun()) {
            jobs.move(job, Phase.COUNTED, question.isEmpty() ? null : question, null);
        } else if (!question.isEmpty()) {
            jobs.move(job, Phase.ASKING, question, null);
        } else {
            jobs.move(job, Phase.RUNNING, null, null);
        }
    }

    private Optional<Step> running(Backfill job, Turn turn) {
        long underWay = records.underWay(job.id());
        List<String> next = turn.toHand(job, UNDER_WAY - underWay);
        if (!next.isEmpty()) {
            return Optional.of(new Step(job, Work.HAND, List.of(), next.stream()
                    .map(id -> hint(job, id, Hint.Origin.BACKFILL)).toList()));
        }
        if (underWay == 0) {
            end(job);
        } else if (waits.lost().found(job)) {
            turn.readAgain();
            return running(job, turn);
        } else if (waits.neverDone().found(job, underWay)) {
            return running(job, turn);
        }
        return Optional.empty();
    }

    private void end(Backfill job) {
        Counts counts = records.counts(job.id());
        if (counts.handed() < counts.toHand()) {
            jobs.move(job, Phase.ASKING, counts.handed() + " of " + counts.toHand() + " records, a record once for"
                    + " each CRM, were handed to the sync, as many as first-sync-limit allows at once: look at them"
                    + " first", job.allowed());
        } else {
            finish(job);
        }
    }

    private void finish(Backfill job) {
        List<String> asking = first.asking(job.source()).stream().filter(job.crms()::contains).toList();
        if (job.isWhole() && !asking.isEmpty()) {
            first.done(job.source(), asking);
        }
        jobs.move(job, Phase.DONE, waits.neverDone().words(job), null);
    }

    private static Hint hint(Backfill job, String id, Hint.Origin origin) {
        return new Hint(job.source(), id, null, origin);
    }

    /** A page was read: what of it agrees is known now, the rest is looked at next. */
    public void listed(@Body Changes page, @Variable("backfillStep") Step step) {
        records.add(step.job(), pages.found(step.job().source(), page), page.position(), !page.more());
    }

    /** The system does not take the list as it was asked for. */
    public void refused(@Variable("backfillStep") Step step, @ExchangeException Fault.Data refusal) {
        jobs.move(step.job(), Phase.FAILED, refusal.getMessage(), null);
    }

    public void foreseen(@Body Foreseen foreseen, @Variable("backfillLook") Look look) {
        waits.looks().succeeded(look);
        foreseen(look, Prediction.of(foreseen));
    }

    /**
     * A record that could not be looked at has a fault of its own, unless a system is away: then all of it waits. One
     * that is just being shared or joined is left to the sync: while its CRM is paused, that comes to no end.
     */
    public void unforeseen(@Variable("backfillLook") Look look,
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failed) throws Exception {
        if (failed instanceof Fault.Taken || failed instanceof Fault.VersionConflict) {
            foreseen(look, Prediction.underWay((Fault) failed));
            return;
        }
        List<Reason> faults = faults(look, failed);
        if (faults.isEmpty()) {
            throw failed;
        }
        foreseen(look, Prediction.faulty(faults));
    }

    private void foreseen(Look look, Prediction prediction) {
        records.foreseen(look.job(), look.crm(), look.hint().id(), prediction);
    }

    /** Those of the record; none when it may not be to blame. */
    private List<Reason> faults(Look look, Exception failed) {
        if (failed instanceof Fault.Data || failed instanceof Fault.Denied) {
            return ((Fault) failed).faults();
        }
        if (failed instanceof Fault.Transient away && !(away instanceof Fault.Early)) {
            return waits.looks().faults(look, away);
        }
        return failed instanceof Fault ? List.of()
                : List.of(new Reason(Trouble.DEFECT, String.valueOf(failed.getMessage())));
    }

    public void handed(@Body Hint hint, @Variable("backfillStep") Step step, @Variable("backfillTurn") Turn turn) {
        turn.handed(records.handed(step.job().id(), hint.id()));
    }

    /**
     * For the sync: notes what became of a hint of ours when it is done. When that cannot be noted, the hint comes
     * again: it is not acknowledged before.
     */
    public void watch(Exchange exchange, @Body Hint hint) {
        if (hint.origin() == Hint.Origin.BACKFILL) {
            exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
                @Override
                public void onComplete(Exchange done) {
                    try {
                        records.done(done.getVariable("crm", String.class), hint.id(), outcome(done));
                    } catch (RuntimeException away) {
                        // What is thrown in here Camel only logs.
                        done.setException(away);
                    }
                }
            });
        }
    }

    private static Kind outcome(Exchange done) {
        Decision decision = done.getVariable("decision", Decision.class);
        return done.getVariable("problems") != null ? Kind.FAULTY : decision == null ? Kind.LEFT
                : Kind.of(decision.action(), decision.situation().compared());
    }
}
